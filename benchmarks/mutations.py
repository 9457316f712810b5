"""Forty deliberate faults; does the suite find each? ``python -m benchmarks.mutations``.

Each fault is one changed text in a copy of the project; the tests of the folders named beside it
run there until one fails. ``TEST_COPIES=2`` works on two copies at once, and a number
(``python -m benchmarks.mutations 12``) begins with that fault. A fault that is not found is printed
at the end, and the command fails.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
COPIES = int(os.environ.get("TEST_COPIES", "1"))
LEFT_OUT = {ROOT / ".git", ROOT / ".house" / "demo", ROOT / ".house" / "test"}

# what is wrong, file, text, text instead, where it should be found
FAULTS = (
    # rules
    ("a draft may be incomplete", "projects/proposals/workflow.py", "requires=(call_accepts, is_complete)", "requires=(call_accepts,)", "projects/proposals/test_proposals.py projects"),
    ("a closed call accepts", "projects/proposals/requirements.py", "if proposal.state == P.DRAFT and not", "if False and not", "projects/calls/test_calls.py projects/proposals/test_proposals.py projects"),
    ("who wrote it submits it", "projects/proposals/workflow.py", 'never_by=("written_by",), does=start', "does=start", "foundation/test_workflow.py projects"),
    ("silence is recorded on the last day", "foundation/time/deadlines.py", "return last_day(due) < today", "return last_day(due) <= today", "foundation/test_deadlines.py projects/test_deadlines.py projects"),
    ("the clock runs during a question", "projects/reviews/workflow.py", "effects=(stop_review_clock,), tone", "tone", "projects/reviews/test_questions.py projects"),
    ("a reviewer confirms their own answer", "projects/reviews/workflow.py", 'never_by=("prepared_by", *INTERESTED)', "never_by=INTERESTED", "projects/reviews/test_reviews.py projects"),
    ("a session is recorded before its day", "projects/sessions/requirements.py", "if session.held_on > clock.today():", "if False:", "projects/sessions/test_sessions.py projects"),
    ("above the ceilings is selected", "projects/proposals/workflow.py", "requires=(has_support, is_within_ceilings), effects", "requires=(has_support,), effects", "projects/calls/test_ceilings.py projects"),
    ("marks may be missing", "projects/reviews/workflow.py", "requires=(has_answer, has_all_marks, has_valid_conditions)", "requires=(has_answer, has_valid_conditions)", "projects/selection/test_ranking.py projects/reviews/test_reviews.py projects"),
    ("30 percent is not material", "agreements/amendments/materiality.py", "hit = share >= limit if before", "hit = share > limit if before", "agreements/amendments/test_materiality.py agreements"),
    ("a substitute holiday does not move a deadline", "foundation/time/calendar.py", "if day.weekday() >= 5 or day in public_holidays(day.year):", "if day.weekday() >= 5:", "foundation/test_calendar.py foundation"),
    ("a working day less is left", "foundation/time/deadlines.py", "or (-1 if last < today else 0)", "or 0", "reminders/matters/test_deadlines.py reminders"),
    ("shares lose a won", "foundation/money.py", "for i in by_remainder[: total - sum(shares)]:", "for i in by_remainder[: total - sum(shares) - 1]:", "foundation/test_money.py foundation"),
    ("more tranches than the call allows", "disbursements/tranches/requirements.py", "if counted >= call.tranches_a_year:", "if counted > call.tranches_a_year:", "disbursements/tranches/test_rules.py disbursements"),
    ("a tranche before enough is spent", "disbursements/tranches/requirements.py", "if balance.executed * 100 < balance.paid * least:", "if balance.executed * 100 < balance.paid * least - 100:", "disbursements/tranches/test_rules.py disbursements"),
    ("a completed agreement has open tranches", "disbursements/tranches/requirements.py", "state__in=[T.REQUESTED, T.GRANTED]).order_by(\"pk\").first():\n        text = gettext(\"“%s” is open. Pay or refuse", "state__in=[T.REQUESTED]).order_by(\"pk\").first():\n        text = gettext(\"“%s” is open. Pay or refuse", "agreements/amendments/test_terminations.py disbursements/test_road.py disbursements agreements"),
    ("more is executed than is there", "disbursements/ledger/writers.py", "if not spendable or not 0 <= won <= spendable:", "if not spendable or not 0 <= won:", "disbursements/ledger/test_ledger.py disbursements"),
    ("more is granted than asked for", "disbursements/ledger/writers.py", "most = min(balance_of(line).grantable, tranche.asked)", "most = balance_of(line).grantable", "disbursements/ledger/test_ledger.py disbursements/test_workflow.py disbursements"),
    # the record and the engine
    ("an old page counts", "foundation/engine/workflow.py", "if seen is not None and seen != record.moves_made:", "if False:", "foundation/test_workflow.py foundation"),
    ("a key counts twice", "foundation/engine/workflow.py", "if key and (done := Event", "if False and (done := Event", "foundation/test_workflow.py disbursements/test_workflow.py disbursements"),
    ("the whole is not locked first", "foundation/engine/workflow.py", "whole = lock(record.whole) if record.part_of else None", "whole = record.whole if record.part_of else None", "projects/test_concurrency.py"),
    ("a note may be empty", "foundation/engine/workflow.py", "if move.needs_note and not note.strip():", "if False:", "foundation/test_workflow.py projects"),
    ("the chain does not hold the event before", "foundation/engine/history.py", "previous=last.digest if last else \"\",", "previous=last.data_digest if last else \"\",", "foundation/test_history.py foundation"),
    ("events of colleagues are read outside", "foundation/engine/workflow.py", "return events.exclude(hidden &", "return events.exclude(Q(pk__in=[]) & hidden &", "foundation/test_history.py projects/reviews/test_reviews.py projects"),
    # constraints and triggers
    ("paid above granted", "disbursements/migrations/0001_initial.py", "name='balance_paid_within_granted'", "name='balance_paid_within_granted_not'", "disbursements/ledger/test_models.py disbursements"),
    ("an event can be changed", "foundation/sql/event.sql", "BEFORE DELETE OR UPDATE ON foundation_event", "BEFORE DELETE ON foundation_event", "foundation/test_history.py foundation"),
    ("a commitment can be changed", "agreements/sql/commitment.sql", "BEFORE DELETE OR UPDATE ON agreements_commitment", "BEFORE DELETE ON agreements_commitment", "agreements/test_immutable.py agreements"),
    ("a balance is written past the entries", "disbursements/sql/balance.sql", "IF pg_trigger_depth() < 2 THEN", "IF false THEN", "disbursements/ledger/test_triggers.py disbursements"),
    ("an entry adds to no balance", "disbursements/sql/entry.sql", "paid = paid + CASE WHEN NEW.stage = 'paid' THEN NEW.won ELSE 0 END,", "paid = paid,", "disbursements/ledger/test_ledger.py disbursements"),
    ("a corrected entry is not its opposite", "disbursements/sql/entry.sql", "    WHEN (NEW.mends_id IS NOT NULL)", "    WHEN (false)", "disbursements/ledger/test_triggers.py disbursements"),
    # permissions
    ("every ministry reads every proposal", "accounts/permissions.py", 'staff("applicant"), staff("partners"), staff("province"), staff("reviewing"), OVERSIGHT,\n    ),\n    "projects.write_proposal"', 'EVERYBODY,\n    ),\n    "projects.write_proposal"', "accounts/test_permissions.py"),
    ("a drafter submits", "accounts/permissions.py", '"projects.submit_proposal": (a(APPROVER, at="applicant"),)', '"projects.submit_proposal": (a(APPROVER, DRAFTER, at="applicant"),)', "accounts/test_permissions.py"),
    ("the recipient grants", "accounts/permissions.py", '"disbursements.grant_tranche": (a(FINANCE, at="payer"),)', '"disbursements.grant_tranche": (a(FINANCE, at="recipient"),)', "accounts/test_permissions.py"),
    ("who grants also pays", "disbursements/tranches/workflow.py", 'never_by=("requested_by", "granted_by"), needs_key', 'never_by=("requested_by",), needs_key', "disbursements/test_workflow.py disbursements"),
    ("a post that ended counts", "accounts/models/people.py", "return self.filter(held_on(on)).order_by", "return self.order_by", "accounts/test_permissions.py accounts/test_models.py"),
    # pages and API
    ("a stranger's proposal is shown", "projects/proposals/views/proposals.py", "def proposal(request, pk):\n    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).for_page(), pk=pk)", "def proposal(request, pk):\n    proposal = get_object_or_404(Proposal.objects.for_page(), pk=pk)", "matrix"),
    ("a page shows a form to who may not", "foundation/web/pages.py", "if not move.post_of(request.user, record) or move.barred(request.user, record):", "if False:", "matrix"),
    ("a list queries once a row", "projects/proposals/views/proposals.py", "Proposal.objects.visible_to(request.user).for_list()", "Proposal.objects.visible_to(request.user)", "test_lists.py"),
    ("the API answers a refusal with 200", "config/errors.py", "HTTP_409_CONFLICT", "HTTP_200_OK", "projects/drafting/test_parts_api.py disbursements/test_api.py journeys matrix"),
    ("a page scrolls sideways on a telephone", "static/house.css", ".page-head {", ".page-head { min-width: 40rem;", "browser/test_pages.py"),
)  # fmt: skip


def main(first=1):
    copies, numbers = SimpleQueue(), range(first, len(FAULTS) + 1)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(COPIES):
            copy = Path(folder, str(number))
            shutil.copytree(ROOT, copy, symlinks=True, ignore=left_out)
            copies.put(copy)
        with ThreadPoolExecutor(COPIES) as pool:
            found = list(pool.map(lambda number: tried(copies, number), numbers))
    missed = [FAULTS[number - 1][0] for number, by in zip(numbers, found, strict=True) if not by]
    print(f"\n{len(numbers) - len(missed)} of {len(numbers)} found.")
    sys.exit(f"Not found: {'; '.join(missed)}" if missed else 0)


def left_out(folder, names):
    return [name for name in names if Path(folder, name) in LEFT_OUT]


def tried(copies, number):
    """The first test that failed with a fault, or an empty text."""
    what, file, before, after, places = FAULTS[number - 1]
    copy = copies.get()
    changed, text = copy / file, (ROOT / file).read_text()
    if before not in text:
        sys.exit(f"{file} no longer contains what the fault “{what}” replaces.")
    changed.write_text(text.replace(before, after, 1))
    try:
        paths = [f"tests/{place}" for place in places.split()]
        command = [sys.executable, "bin/test", *paths, "-x"]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True)
        failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
        by = failed[0].split()[1].rstrip(":") if failed else ""
    finally:
        changed.write_text(text)
        copies.put(copy)
    print(f"{number:2d}. {what}: {by or 'NOT FOUND'}", flush=True)
    return by


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
