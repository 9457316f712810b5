"""Forms of calls (coordinators) and ceilings (budget officers)."""

from projects.coordination.forms import DivideForm

from .calls import CallForm
from .ceilings import CeilingForm

CALL_FORMS = {"prepare": CallForm, "revise": CallForm, "amend": CallForm, "divide": DivideForm}
CEILING_FORMS = {"set": CeilingForm, "change": CeilingForm}
