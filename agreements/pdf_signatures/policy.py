"""Changes that are allowed between two states of a PDF: only filled signature fields."""

from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.policies import StandardDiffPolicy
from pyhanko.sign.diff_analysis.rules.file_structure_rules import CatalogModificationRule
from pyhanko.sign.fields import MDPPerm

# The first signature writes into the catalogue that it certifies the document.
FIRST = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(CatalogModificationRule().ignored_keys | {"/Perms"}),
        *DEFAULT_DIFF_POLICY.global_rules[1:],
    ],
    form_rule=DEFAULT_DIFF_POLICY.form_rule,
)


def only_signed(reader, step):
    """Whether only signatures were added between the states ``step`` and ``step + 1``."""
    before, after = (reader.get_historical_resolver(number) for number in (step, step + 1))
    policy = DEFAULT_DIFF_POLICY if "/Perms" in before.root else FIRST
    try:
        found = policy.apply(before, after, doc_mdp=MDPPerm.FILL_FORMS)
    except (SuspiciousModification, PdfReadError):
        return False
    return found.modification_level <= ModificationLevel.FORM_FILLING
