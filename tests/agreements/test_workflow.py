"""The workflows of agreements, compared with tables written by hand."""

import pytest

from agreements.workflow import (
    AGREEMENT,
    AMENDMENT,
    CONFIRMATION,
    CORRECTION,
    DELEGATION,
    EVALUATION,
    PAPER,
    PARTY,
    REMARK,
    REPORT,
    TEMPLATE,
    TERMINATION,
)
from foundation.engine.workflow import NEW
from tests.projects.test_workflow import as_written

SYSTEM = None

VERSIONS = {
    ("draft", "agreements.draft_version"): {NEW: "drafting"},
    ("revise", "agreements.draft_version"): {"drafting": "drafting"},
    ("take_amounts", "agreements.draft_version"): {"drafting": "drafting"},
    ("circulate", "agreements.draft_version"): {"drafting": "consent"},
    ("recall", "agreements.draft_version"): {
        "consent": "drafting",
        "frozen": "drafting",
        "signing": "drafting",
    },
    ("freeze", SYSTEM): {"consent": "frozen"},
    ("correct", SYSTEM): {"consent": "consent", "frozen": "frozen", "signing": "signing"},
    ("resolve", "agreements.resolve_version"): {"frozen": "signing"},
    ("defer", "agreements.resolve_version"): {"frozen": "frozen"},
    ("send_back", "agreements.resolve_version"): {"frozen": "drafting"},
    ("enter", SYSTEM): {"signing": "in_force"},
    ("begin", SYSTEM): {NEW: "drafting"},
    ("amend", "agreements.write_amendment"): {"drafting": "drafting"},
    ("take_effect", SYSTEM): {"frozen": "in_force"},
    ("drop", SYSTEM): {
        "drafting": "dropped",
        "consent": "dropped",
        "frozen": "dropped",
        "signing": "dropped",
    },
    ("supersede", SYSTEM): {"in_force": "superseded"},
    ("suspend", "agreements.suspend_version"): {"in_force": "suspended"},
    ("resume", "agreements.suspend_version"): {"suspended": "in_force"},
    ("complete", "agreements.complete_version"): {"in_force": "completed"},
    ("terminate", SYSTEM): {"in_force": "terminated", "suspended": "terminated"},
}
PARTIES = {
    ("ask", SYSTEM): {"named": "asked"},
    ("inform", SYSTEM): {"named": "informed"},
    ("consent", "agreements.consent_as_party"): {"asked": "consented", "objected": "consented"},
    ("weigh", "agreements.consent_as_party"): {
        "asked": "asked",
        "objected": "objected",
        "informed": "informed",
    },
    ("object", "agreements.consent_as_party"): {"asked": "objected", "informed": "objected"},
    ("reconsider", "agreements.consent_as_party"): {"consented": "asked"},
    ("invite", SYSTEM): {"consented": "invited"},
    ("sign", "agreements.sign_as_party"): {"invited": "signed", "declined": "signed"},
    ("sign_elsewhere", "agreements.sign_as_party"): {"invited": "signed", "declined": "signed"},
    ("sign_paper", SYSTEM): {"invited": "signed", "declined": "signed"},
    ("sign_again", SYSTEM): {"signed": "signed"},
    ("ask_again", SYSTEM): {"signed": "invited"},
    ("decline", "agreements.sign_as_party"): {"invited": "declined"},
    ("reset", SYSTEM): {
        "asked": "named",
        "informed": "named",
        "objected": "named",
        "consented": "named",
        "invited": "named",
        "signed": "named",
        "declined": "named",
    },
    ("release", SYSTEM): {
        "asked": "named",
        "informed": "named",
        "objected": "named",
        "consented": "named",
        "invited": "named",
        "signed": "named",
        "declined": "named",
    },
}
REMARKS = {
    ("write", "agreements.write_remark"): {NEW: "open"},
    ("settle", "agreements.settle_remark"): {"open": "settled"},
    ("withdraw", "agreements.write_remark"): {"open": "withdrawn"},
}
TEMPLATES = {("write", "agreements.write_template"): {NEW: "written", "written": "written"}}
AMENDMENTS = {
    ("propose", "agreements.propose_amendment"): {NEW: "proposed"},
    ("withdraw", "agreements.withdraw_amendment"): {"proposed": "withdrawn"},
    ("conclude", SYSTEM): {"proposed": "in_force"},
    ("lapse", SYSTEM): {"proposed": "withdrawn"},
}
TERMINATIONS = {
    ("prepare", "agreements.end_agreement"): {NEW: "prepared"},
    ("decide", "agreements.end_agreement"): {"prepared": "decided"},
    ("withdraw", "agreements.end_agreement"): {"prepared": "withdrawn"},
}


PAPERS = {
    ("enter", "agreements.enter_paper"): {NEW: "entered"},
    ("confirm", "agreements.confirm_paper"): {"entered": "confirmed"},
    ("refuse", "agreements.confirm_paper"): {"entered": "refused"},
    ("lapse", SYSTEM): {"entered": "refused"},
}
DELEGATIONS = {
    ("grant", "agreements.grant_delegation"): {NEW: "granted"},
    ("revoke", "agreements.grant_delegation"): {"granted": "revoked"},
}
CORRECTIONS = {
    ("propose", "agreements.draft_version"): {NEW: "proposed"},
    ("make", SYSTEM): {"proposed": "made"},
    ("refuse", SYSTEM): {"proposed": "refused"},
    ("withdraw", "agreements.draft_version"): {"proposed": "lapsed"},
    ("lapse", SYSTEM): {"proposed": "lapsed"},
}
CONFIRMATIONS = {
    ("ask", SYSTEM): {NEW: "asked"},
    ("confirm", "agreements.confirm_correction"): {"asked": "confirmed"},
    ("refuse", "agreements.confirm_correction"): {"asked": "refused"},
    ("lapse", SYSTEM): {"asked": "lapsed"},
}
REPORTS = {
    ("begin", "agreements.write_report"): {NEW: "draft"},
    ("write", "agreements.write_report"): {"draft": "draft"},
    ("submit", "agreements.submit_report"): {"draft": "submitted"},
    ("return", "agreements.return_report"): {"submitted": "draft"},
    ("conclude", SYSTEM): {"submitted": "evaluated"},
}
EVALUATIONS = {
    ("ask", SYSTEM): {NEW: "asked"},
    ("evaluate", "agreements.write_evaluation"): {"asked": "written", "written": "written"},
    ("confirm", "agreements.confirm_evaluation"): {"written": "confirmed"},
    ("lapse", SYSTEM): {"asked": "lapsed", "written": "lapsed", "confirmed": "lapsed"},
}
TABLES = [
    (REPORT, REPORTS),
    (EVALUATION, EVALUATIONS),
    (AGREEMENT, VERSIONS),
    (PARTY, PARTIES),
    (PAPER, PAPERS),
    (DELEGATION, DELEGATIONS),
    (CORRECTION, CORRECTIONS),
    (CONFIRMATION, CONFIRMATIONS),
    (REMARK, REMARKS),
    (TEMPLATE, TEMPLATES),
    (AMENDMENT, AMENDMENTS),
    (TERMINATION, TERMINATIONS),
]


@pytest.mark.parametrize(("workflow", "table"), TABLES)
def test_table_by_hand(workflow, table):
    assert as_written(workflow) == table
