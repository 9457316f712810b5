"""What coordinators and budget officers send about calls and ceilings."""

from projects.coordination.forms import DivideForm

from .calls import CallForm
from .ceilings import CeilingForm

CALL_FORMS = {"prepare": CallForm, "revise": CallForm, "amend": CallForm, "divide": DivideForm}
CEILING_FORMS = {"set": CeilingForm, "change": CeilingForm}
