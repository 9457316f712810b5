"""A million open deadlines of which 20,000 are due: how long until each has its notice.

It is compared with bare SQL, written by hand for this one case, that selects and inserts
the same rows.
"""

import os
import resource
import statistics
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402

from benchmarks.database import own_database  # noqa: E402

OPEN, DUE, ROUNDS = 1_000_000, 20_000, 5
QUESTIONS = """
    INSERT INTO projects_question (moves_made, changed_at, proposal_id, review_id, about, text,
        answer, due_on, asked_on, state, asked_by_id)
    SELECT 1, now(), review.proposal_id, review.id, '', 'Question ' || n, '',
        CASE WHEN n %% (%s / %s) = 0 THEN %s::date ELSE %s::date + 30 + n %% 300 END,
        %s::date - 30, 'asked', %s
    FROM generate_series(1, %s) AS n, (SELECT id, proposal_id FROM projects_review LIMIT 1) AS review
"""
BARE = """
    INSERT INTO reminders_notice (kind, subject, matter, person_id, due_on, stage, topic, written_on,
        address, message_id, retry_at, headline, body, html, link, attempts, last_error)
    SELECT 'question', 'projects.question:' || question.id, '', person.id, question.due_on, 'today', '',
        %s, person.email, '<' || left(encode(sha256(convert_to(concat_ws(',', 'site', 'question',
            question.id, question.due_on, 'today', person.id), 'UTF8')), 'hex'), 40) || '@host>',
        now(), '', '', '', '', 0, ''
    FROM projects_question AS question
    JOIN projects_proposal AS proposal ON proposal.id = question.proposal_id
    JOIN accounts_membership AS post
        ON post.organisation_id = proposal.applicant_id AND post.role = 'drafter'
    JOIN accounts_user AS person ON person.id = post.user_id AND person.is_active
    WHERE question.state = 'asked' AND question.due_on <= %s
"""


def set_up(today):
    from tests import conftest, factories  # noqa: PLC0415

    cast = conftest.Cast()
    conftest.add_organisations(cast)
    conftest.add_people(cast)
    factories.submitted(cast, factories.call(cast))
    asker = cast["motir_reviewer"].pk
    values = [OPEN, DUE, today, today, today, asker, OPEN]
    with connection.cursor() as cursor:
        cursor.execute(QUESTIONS, values)
        cursor.execute("VACUUM ANALYZE")


def emptied():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reminders_notice")
        cursor.execute("CHECKPOINT")


def timed(act):
    emptied()
    begun = time.perf_counter()
    made = act()
    assert made == DUE, made
    return time.perf_counter() - begun


def bare(today):
    with connection.cursor() as cursor:
        cursor.execute(BARE, [today, today + timedelta(days=5)])
        return cursor.rowcount


def measure():
    from foundation.time import clock  # noqa: PLC0415
    from foundation.time.calendar import working_day_from  # noqa: PLC0415
    from reminders.outbox.notices import write_notices  # noqa: PLC0415

    today = working_day_from(clock.today())
    set_up(today)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pairs = [
        (timed(lambda: bare(today)), timed(lambda: write_notices(today, say=print)))
        for _round in range(ROUNDS)
    ]
    again = time.perf_counter()
    assert write_notices(today) == 0
    again = time.perf_counter() - again
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sql, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{OPEN:,} open, {DUE:,} due, median of {ROUNDS}")
    print(f"bare SQL {sql:.2f} s, notices {ours:.2f} s, ratio {ours / sql:.2f}")
    print("ratios", " ".join(f"{o / s:.2f}" for s, o in pairs), f"a second run {again:.2f} s")
    print(f"memory grew by {(after - before) / 1024:.1f} MB")


def main():
    with own_database():
        measure()


if __name__ == "__main__":
    main()
