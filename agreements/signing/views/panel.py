"""Page of an agreement: its document, its signatures and its corrections."""

from django.db.models import Q

from accounts.models import Membership
from accounts.permissions import PERMISSIONS
from agreements.corrections.models import Correction
from agreements.corrections.workflow import CORRECTION
from agreements.versions.models import Party, Version
from foundation.time import clock

from ..models import PaperSignature
from ..workflow import PAPER

V, S = Version.State, Party.State
UNSIGNED = (S.INVITED, S.DECLINED)


def signing_parts(user, version, parties):
    """Template context; the number of queries does not depend on the number of parties."""
    papers = waiting_papers(version)
    return {
        "deeds": deeds_of(version),
        "resolutions": list(version.resolutions.for_page()),
        "missing": [missing_row(user, party, names, papers) for party, names in missing(parties)],
        "corrections": list(version.corrections.order_by("-pk")),
        "may_correct": CORRECTION["propose"].post_of(user, Correction(version=version))
        and version.state in (V.CONSENT, V.FROZEN, V.SIGNING),
    }


def deeds_of(version):
    """The states of the document of this edition, newest first, without their bytes."""
    rows = version.deeds.without_bytes().filter(edition=version.edition)
    return list(rows.newest_first()) if version.digest else []


def waiting_papers(version):
    rows = PaperSignature.objects.filter(party__version=version, state="entered")
    return {row.party_id: row for row in rows.defer("scan").order_by("pk")}


def missing(parties):
    """The parties that have not signed yet, each with the names of those who may sign."""
    asked = [party for party in parties if party.state in UNSIGNED]
    names = names_by_organisation([party.organisation_id for party in asked]) if asked else {}
    return [(party, names.get(party.organisation_id, [])) for party in asked]


def names_by_organisation(keys):
    """{organisation: names of those who hold a post that may sign for it today}."""
    roles = set().union(*(right.roles for right in PERMISSIONS["agreements.sign_as_party"]))
    posts = (
        Membership.objects.active(clock.today())
        .filter(Q(organisation__in=keys) | Q(organisation__predecessors__in=keys), role__in=roles)
        .select_related("user")
        .prefetch_related("organisation__predecessors")
        .distinct()
    )
    found = {}
    for post in posts:
        for key in post.reach & set(keys):
            found.setdefault(key, []).append(post.user.name)
    return {key: sorted(set(names)) for key, names in found.items()}


def missing_row(user, party, names, papers):
    return {
        "party": party,
        "names": names,
        "days_left": party.days_left,
        "paper": papers.get(party.pk),
        "may_enter": party.pk not in papers
        and PAPER["enter"].post_of(user, PaperSignature(party=party)) is not None,
    }
