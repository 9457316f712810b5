import mailbox
from email import message_from_string
from io import StringIO

import pytest
from django.core.management import call_command

from foundation.time import clock
from reminders.models import Notice
from reminders.outbox.sending.bounces import record

from ..conftest import outbox

BOUNCE = """\
From: MAILER-DAEMON@example.org
To: no-reply@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver it.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; somebody@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
  no such mailbox
--b
Content-Type: {kind}

Message-ID: {name}
Subject: x

text
--b--
"""


def bounce(action="failed", kind="message/rfc822", name="<0@test>"):
    return message_from_string(BOUNCE.format(action=action, kind=kind, name=name))


@pytest.fixture
def sent(person):
    outbox(person, 2, mailed_at=clock.now())


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_bounced_mail_is_among_the_failed_with_its_reason(sent, kind):
    assert record(bounce(kind=kind)) == 1

    failed = Notice.objects.failed().get()
    assert (failed.message_id, failed.mailed_at) == ("<0@test>", None)
    assert failed.last_error == "bounced: smtp; 550 5.1.1 no such mailbox"
    assert Notice.objects.get(message_id="<1@test>").mailed_at


def test_same_bounce_twice_counts_once(sent):
    assert (record(bounce()), record(bounce())) == (1, 0)


def test_delay_and_unknown_mail_change_nothing(sent):
    assert record(bounce(action="delayed")) == 0
    assert record(bounce(name="<other@test>")) == 0
    assert record(message_from_string("Subject: hello\n\ntext")) == 0
    assert not Notice.objects.failed().exists()


def test_command_reads_a_mailbox(sent, tmp_path):
    box = mailbox.mbox(tmp_path / "box")
    box.add(bounce())
    box.add(bounce(name="<1@test>"))
    box.flush()
    output = StringIO()

    call_command("record_bounces", str(tmp_path / "box"), stdout=output)

    assert output.getvalue() == "2 bounces recorded.\n"
    assert Notice.objects.failed().count() == 2
