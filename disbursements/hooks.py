"""Effects and conditions that money adds to moves of agreements, connected at startup."""

from agreements.verification import archive
from agreements.workflow import AGREEMENT, TERMINATION

from .ledger.follow_agreement import follow
from .ledger.requirements import keeps_what_is_paid
from .statements.archive import ledger
from .tranches.requirements import no_tranche_is_open
from .years.unspent_on_termination import freeze_the_sheet


def connect():
    AGREEMENT.then("enter", follow)
    AGREEMENT.then("take_effect", follow)
    for move in ("circulate", "enter", "take_effect"):
        AGREEMENT.demand(move, keeps_what_is_paid)
    AGREEMENT.demand("complete", no_tranche_is_open)
    TERMINATION.then("decide", freeze_the_sheet)
    archive.add_file("ledger.json", ledger)
