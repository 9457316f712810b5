"""News: notices written once, when something happens, such as a changed call or a handover."""

from functools import partial

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role, User
from accounts.workflow import DEPUTY
from agreements.workflow import PARTY
from disbursements.bank.workflow import BANK_ACCOUNT
from foundation.models import Event
from foundation.time import clock
from projects.selection.letters import letter_document
from projects.workflow import CALL, LETTER, PROPOSAL

from .models import Notice
from .sending.rendering import in_words
from .sending.unsubscribing import foot_of
from .topics import CHANGED, NEWS

STAND_IN = _("You act for a colleague")
INFORMED = _("An amendment that does not change your part")
YOURS = _("A proposal was handed over to you")
LETTER_CAME = _("Decision letter")
ACCOUNT = {
    "request": _("Another bank account of your organisation is requested"),
    "confirm": _("Another bank account of your organisation is confirmed and will take effect"),
    "refuse": _("Another bank account of your organisation was refused"),
    "withdraw": _("The change of your organisation's bank account was stopped"),
}


def notify_drafters(call):
    """Notify every drafter that a published call was changed, with the reason."""
    today = clock.today()
    posts = Membership.objects.active(today).filter(role=Role.DRAFTER)
    notify(User.objects.acting_in(posts, today), "call_changed", CHANGED, call)


def notify_holder(proposal):
    notify(User.objects.filter(pk=proposal.held_by_id), "handed_over", YOURS, proposal)


def notify_deputy(deputy):
    notify(User.objects.filter(pk=deputy.deputy_id), "deputy", STAND_IN, deputy)


def notify_applicant(letter):
    """Send a decision letter to the applicant's drafters and approvers, each in their language."""
    posts = Membership.objects.active(clock.today())
    writers = posts.holding("projects.write_proposal", letter.proposal)
    deciders = posts.holding("projects.submit_proposal", letter.proposal)
    people = {post.user_id for post in (*writers, *deciders)}
    notify(User.objects.filter(pk__in=people), "letter", LETTER_CAME, letter, more=letter_words)


def letter_words(letter):
    return {"letter": letter_document(letter)}


def nothing_more(record):
    return {}


def notify_informed(party):
    """Notify a party that a minor amendment does not concern; it may object."""
    posts = Membership.objects.active(clock.today()).holding("agreements.consent_as_party", party)
    people = User.objects.filter(pk__in=posts.values("user"))
    notify(people, "informed", INFORMED, party)


def notify_account_holders(headline, account):
    """Notify everyone who can stop a change of the bank account, also the one who asked for it."""
    today = clock.today()
    posts = Membership.objects.active(today)
    posts = posts.holding("disbursements.stop_bank_account", account)
    notify(User.objects.acting_in(posts, today), "account_changed", headline, account)


def notify(people, kind, headline, record, more=nothing_more):
    """Write a notice of the last event of ``record`` to each person, in their language."""
    event = Event.objects.of(record).latest("position")
    texts = {}
    notices = []
    for person in people.select_related("mail_preference").order_by("pk"):
        with translation.override(person.language):
            if person.language not in texts:
                text = {"headline": f"{headline}: {record}", "note": event.note, "event": event}
                texts[person.language] = text | more(record)
            notices.append(notice(person, kind, texts[person.language], record, event))
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def notice(person, kind, words, record, event):
    topic = kind if kind in NEWS else ""
    return in_words(
        kind,
        person,
        "notices/letter" if "letter" in words else "notices/news",
        words | foot_of(person, topic),
        record.get_absolute_url(),
        [event.digest],
        subject=f"{record.reference}/{event.position}",
        due_on=clock.today(),
        stage="news",
        topic=topic,
        written_on=clock.today(),
    )


def connect():
    """Connect the notices to the moves of the workflows; called once, when the apps are ready."""
    CALL.then("amend", notify_drafters)
    PROPOSAL.then("hand_over", notify_holder)
    DEPUTY.then("name", notify_deputy)
    LETTER.then("write", notify_applicant)
    PARTY.then("inform", notify_informed)
    for move, headline in ACCOUNT.items():
        BANK_ACCOUNT.then(move, partial(notify_account_holders, headline))
