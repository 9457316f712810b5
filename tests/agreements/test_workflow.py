"""The tables of a version and of a party, written by hand."""

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

HOUSE = None

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
    ("freeze", HOUSE): {"consent": "frozen"},
    ("correct", HOUSE): {"consent": "consent", "frozen": "frozen", "signing": "signing"},
    ("resolve", "agreements.resolve_version"): {"frozen": "signing"},
    ("defer", "agreements.resolve_version"): {"frozen": "frozen"},
    ("send_back", "agreements.resolve_version"): {"frozen": "drafting"},
    ("enter", HOUSE): {"signing": "in_force"},
    ("begin", HOUSE): {NEW: "drafting"},
    ("amend", "agreements.write_amendment"): {"drafting": "drafting"},
    ("take_effect", HOUSE): {"frozen": "in_force"},
    ("drop", HOUSE): {
        "drafting": "dropped",
        "consent": "dropped",
        "frozen": "dropped",
        "signing": "dropped",
    },
    ("supersede", HOUSE): {"in_force": "superseded"},
    ("suspend", "agreements.suspend_version"): {"in_force": "suspended"},
    ("resume", "agreements.suspend_version"): {"suspended": "in_force"},
    ("complete", "agreements.complete_version"): {"in_force": "completed"},
    ("terminate", HOUSE): {"in_force": "terminated", "suspended": "terminated"},
}
PARTIES = {
    ("ask", HOUSE): {"named": "asked"},
    ("inform", HOUSE): {"named": "informed"},
    ("consent", "agreements.consent_as_party"): {"asked": "consented", "objected": "consented"},
    ("weigh", "agreements.consent_as_party"): {
        "asked": "asked",
        "objected": "objected",
        "informed": "informed",
    },
    ("object", "agreements.consent_as_party"): {"asked": "objected", "informed": "objected"},
    ("reconsider", "agreements.consent_as_party"): {"consented": "asked"},
    ("invite", HOUSE): {"consented": "invited"},
    ("sign", "agreements.sign_as_party"): {"invited": "signed", "declined": "signed"},
    ("sign_elsewhere", "agreements.sign_as_party"): {"invited": "signed", "declined": "signed"},
    ("sign_paper", HOUSE): {"invited": "signed", "declined": "signed"},
    ("sign_anew", HOUSE): {"signed": "signed"},
    ("ask_anew", HOUSE): {"signed": "invited"},
    ("decline", "agreements.sign_as_party"): {"invited": "declined"},
    ("reset", HOUSE): {
        "asked": "named",
        "informed": "named",
        "objected": "named",
        "consented": "named",
        "invited": "named",
        "signed": "named",
        "declined": "named",
    },
    ("release", HOUSE): {
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
    ("conclude", HOUSE): {"proposed": "in_force"},
    ("lapse", HOUSE): {"proposed": "withdrawn"},
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
    ("lapse", HOUSE): {"entered": "refused"},
}
DELEGATIONS = {
    ("grant", "agreements.grant_delegation"): {NEW: "granted"},
    ("revoke", "agreements.grant_delegation"): {"granted": "revoked"},
}
CORRECTIONS = {
    ("propose", "agreements.draft_version"): {NEW: "proposed"},
    ("make", HOUSE): {"proposed": "made"},
    ("refuse", HOUSE): {"proposed": "refused"},
    ("withdraw", "agreements.draft_version"): {"proposed": "lapsed"},
    ("lapse", HOUSE): {"proposed": "lapsed"},
}
CONFIRMATIONS = {
    ("ask", HOUSE): {NEW: "asked"},
    ("confirm", "agreements.confirm_correction"): {"asked": "confirmed"},
    ("refuse", "agreements.confirm_correction"): {"asked": "refused"},
    ("lapse", HOUSE): {"asked": "lapsed"},
}
REPORTS = {
    ("begin", "agreements.write_report"): {NEW: "draft"},
    ("write", "agreements.write_report"): {"draft": "draft"},
    ("submit", "agreements.submit_report"): {"draft": "submitted"},
    ("return", "agreements.return_report"): {"submitted": "draft"},
    ("conclude", HOUSE): {"submitted": "evaluated"},
}
EVALUATIONS = {
    ("ask", HOUSE): {NEW: "asked"},
    ("evaluate", "agreements.write_evaluation"): {"asked": "written", "written": "written"},
    ("confirm", "agreements.confirm_evaluation"): {"written": "confirmed"},
    ("lapse", HOUSE): {"asked": "lapsed", "written": "lapsed", "confirmed": "lapsed"},
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
