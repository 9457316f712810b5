"""The tables of a version and of a party, written by hand."""

import pytest

from agreements.workflow import AGREEMENT, PARTY
from foundation.workflow import NEW
from tests.projects.test_workflow import as_written

HOUSE = None

VERSIONS = {
    ("draft", "agreements.draft_version"): {NEW: "drafting"},
    ("revise", "agreements.draft_version"): {"drafting": "drafting"},
    ("circulate", "agreements.draft_version"): {"drafting": "consent"},
    ("recall", "agreements.draft_version"): {
        "consent": "drafting",
        "frozen": "drafting",
        "signing": "drafting",
    },
    ("freeze", HOUSE): {"consent": "frozen"},
    ("resolve", "agreements.resolve_version"): {"frozen": "signing"},
    ("enter", HOUSE): {"signing": "in_force"},
}
PARTIES = {
    ("ask", HOUSE): {"named": "asked"},
    ("consent", "agreements.consent_as_party"): {"asked": "consented", "objected": "consented"},
    ("object", "agreements.consent_as_party"): {"asked": "objected", "consented": "objected"},
    ("invite", HOUSE): {"consented": "invited"},
    ("sign", "agreements.sign_as_party"): {"invited": "signed", "declined": "signed"},
    ("decline", "agreements.sign_as_party"): {"invited": "declined"},
    ("reset", HOUSE): {
        "asked": "named",
        "objected": "named",
        "consented": "named",
        "invited": "named",
        "signed": "named",
        "declined": "named",
    },
}


@pytest.mark.parametrize(("workflow", "table"), [(AGREEMENT, VERSIONS), (PARTY, PARTIES)])
def test_table_by_hand(workflow, table):
    assert as_written(workflow) == table
