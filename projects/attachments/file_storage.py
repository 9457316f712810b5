"""Files of attachments and minutes: stored under their SHA-256, deleted when no row names them."""

import hashlib
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.intake.files import MEGABYTE, MOST_BYTES_TOGETHER
from projects.proposals.models import Proposal
from projects.sessions.models import Session

from .models import Attachment

MOST_ATTACHMENTS = 100


def address_of(proposal, digest):
    """The storage path of a file of a proposal, from the SHA-256 of its content."""
    return f"attachments/{proposal.pk}/{digest}"


def digest_of_file(content):
    return hashlib.sha256(content).hexdigest()


def reasons_against(proposal, content):
    """Reasons to reject a file: attached already, too many files, or too many bytes in all."""
    papers = list(proposal.attachments.filter(removed=False).order_by("pk"))
    digest = digest_of_file(content)
    for paper in papers:
        if paper.sha256 == digest:
            yield _("This very file is attached already, as “%s”.") % paper.name
    if len(papers) >= MOST_ATTACHMENTS:
        yield _("There are %s attachments already. Take one out, or put several into one PDF.") % (
            len(papers)
        )
    if sum(paper.size for paper in papers) + len(content) > MOST_BYTES_TOGETHER:
        yield _(
            "All attachments of a proposal may have %s MB together. Take one out, or make this"
            " one smaller."
        ) % (MOST_BYTES_TOGETHER // MEGABYTE)


def keep(proposal, content):
    """Store a file of a proposal and return its storage path; the proposal must be locked."""
    return keep_at(address_of(proposal, digest_of_file(content)), content)


def keep_at(address, content):
    """Store a file and return its storage path; the record that it belongs to must be locked.

    A stored file of another size was left by a failure; it is deleted and written again.
    """
    if default_storage.exists(address):
        if default_storage.size(address) == len(content):
            return address
        default_storage.delete(address)
    return default_storage.save(address, ContentFile(content))


@transaction.atomic
def clear_away(proposal, address):
    """Delete a stored file that no attachment names.

    It locks the proposal: a person who attaches the same file meanwhile has either written its
    row already, or stores the file again afterwards.
    """
    Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not Attachment.objects.filter(file=address).exists():
        default_storage.delete(address)


def minutes_address(session, digest):
    """The storage path of the minutes of a session."""
    return f"minutes/{session.pk}/{digest}"


@transaction.atomic
def clear_minutes_away(session, digest):
    """Delete stored minutes that the session does not name, under its lock."""
    address = minutes_address(session, digest)
    held = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if held.minutes.name != address:
        default_storage.delete(address)


def take_out(attachment):
    """Remove an attachment; one that a submitted revision names is hidden, others are deleted.

    The proposal must be locked. The stored file is deleted after the transaction is committed.
    """
    proposal = attachment.proposal
    if is_submitted(attachment):
        attachment.removed = True
        attachment.save(update_fields=["removed"])
        return
    attachment.delete()
    transaction.on_commit(partial(clear_away, proposal, attachment.file.name))


def is_submitted(attachment):
    named = {"attachments": [{"id": attachment.pk}]}
    return attachment.proposal.revisions.filter(content__contains=named).exists()
