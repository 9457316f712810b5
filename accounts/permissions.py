"""Permissions: the one table of who may do what, and the same in SQL.

A right is a set of roles at a place. The place is a name that the record's model maps
to a path in ``places``; the same path is walked in Python and joined in SQL, so both
answers come from one line. No right depends on a state: *when* is decided by the workflow.
"""

from dataclasses import dataclass

from django.db.models import Manager, Q, QuerySet

DRAFTER, APPROVER, REVIEWER, FINANCE = "drafter", "approver", "reviewer", "finance"
COORDINATOR, BUDGET, AUDITOR = "coordinator", "budget", "auditor"
STAFF = frozenset({DRAFTER, APPROVER, REVIEWER, FINANCE})


@dataclass(frozen=True)
class Right:
    """``roles`` held in an organisation at the place ``at`` of a record; None means in any."""

    roles: frozenset
    at: str | None = None


def a(*roles, at=None):
    return Right(frozenset(roles), at)


def staff(at):
    return Right(STAFF, at)


OVERSIGHT = a(COORDINATOR, BUDGET, AUDITOR)
EVERYBODY = Right(STAFF | {COORDINATOR, BUDGET, AUDITOR})
COLLEAGUES = Right(STAFF | {COORDINATOR, BUDGET}, "organisation")

PERMISSIONS = {
    "accounts.view_deputy": (COLLEAGUES, a(AUDITOR)),
    "accounts.name_deputy": (a(APPROVER, COORDINATOR, BUDGET, at="organisation"),),
    "accounts.take_up_post": (COLLEAGUES,),
    "accounts.hand_over_post": (a(APPROVER, COORDINATOR, BUDGET, at="organisation"),),
    "reminders.view_holiday": (EVERYBODY,),
    "reminders.decree_holiday": (a(COORDINATOR),),
    "plans.view_plan": (EVERYBODY,),
    "plans.manage_plan": (a(COORDINATOR),),
    "projects.view_call": (EVERYBODY,),
    "projects.manage_call": (a(COORDINATOR),),
    "projects.view_ranking": (OVERSIGHT,),
    "projects.view_proposal": (
        staff("applicant"), staff("partners"), staff("province"), staff("reviewing"), OVERSIGHT,
    ),
    "projects.write_proposal": (a(DRAFTER, at="applicant"),),
    "projects.hand_over_proposal": (a(DRAFTER, APPROVER, at="applicant"),),
    "projects.submit_proposal": (a(APPROVER, at="applicant"),),
    "projects.screen_proposal": (a(APPROVER, at="province"),),
    "projects.decide_proposal": (a(COORDINATOR),),
    "projects.view_review": (staff("ministry"), staff("applicant"), staff("siblings"), OVERSIGHT),
    "projects.write_review": (a(REVIEWER, at="ministry"),),
    "projects.confirm_review": (a(APPROVER, at="ministry"),),
    "projects.declare_conflict": (a(REVIEWER, APPROVER, at="ministry"),),
    "projects.view_question": (staff("ministry"), staff("applicant"), OVERSIGHT),
    "projects.ask_question": (a(REVIEWER, at="ministry"),),
    "projects.answer_question": (a(DRAFTER, at="applicant"),),
    "projects.view_issue": (
        staff("sides"), staff("applicant"), staff("partners"), staff("province"), staff("reviewing"),
        OVERSIGHT,
    ),
    "projects.state_position": (a(DRAFTER, REVIEWER, APPROVER, at="organisation"),),
    "projects.view_session": (
        staff("applicant"), staff("partners"), staff("province"), staff("reviewing"), OVERSIGHT,
    ),
    "projects.read_minutes": (OVERSIGHT,),
    "projects.view_comment": (staff("ministry"), a(AUDITOR)),
    "projects.write_comment": (a(REVIEWER, APPROVER, at="ministry"),),
    "projects.view_condition": (
        staff("ministry"), staff("owner"), staff("applicant"), staff("lead"), OVERSIGHT,
    ),
    "projects.fulfil_condition": (a(DRAFTER, at="owner"),),
    "projects.settle_condition": (a(REVIEWER, APPROVER, at="ministry"),),
    "projects.waive_condition": (a(APPROVER, at="ministry"), a(COORDINATOR)),
    "projects.view_letter": (
        staff("applicant"), staff("partners"), staff("province"), staff("reviewing"), OVERSIGHT,
    ),
    "projects.view_round": (
        staff("applicant"), staff("partners"), staff("province"), staff("reviewing"), OVERSIGHT,
    ),
    "projects.coordinate_proposal": (a(COORDINATOR),),
    "projects.view_position": (
        staff("organisation"), staff("applicant"), staff("partners"), staff("province"),
        staff("reviewing"), OVERSIGHT,
    ),
    "projects.take_position": (a(APPROVER, at="organisation"),),
    "projects.view_ceiling": (staff("ministry"), OVERSIGHT),
    "projects.set_ceiling": (a(BUDGET),),
    "agreements.view_version": (staff("parties"), staff("applicant"), staff("reviewing"), OVERSIGHT),
    "agreements.draft_version": (a(COORDINATOR),),
    "agreements.resolve_version": (a(COORDINATOR),),
    "agreements.view_report": (staff("applicant"), staff("parties"), OVERSIGHT),
    "agreements.write_report": (a(DRAFTER, at="applicant"),),
    "agreements.submit_report": (a(APPROVER, at="applicant"),),
    "agreements.return_report": (a(COORDINATOR),),
    "agreements.view_evaluation": (
        staff("organisation"), staff("applicant"), staff("parties"), OVERSIGHT,
    ),
    "agreements.write_evaluation": (a(REVIEWER, COORDINATOR, at="organisation"),),
    "agreements.confirm_evaluation": (a(APPROVER, COORDINATOR, at="organisation"),),
    "agreements.view_party": (staff("organisation"), staff("siblings"), OVERSIGHT),
    "agreements.view_amendment": (staff("parties"), staff("applicant"), OVERSIGHT),
    "agreements.propose_amendment": (a(APPROVER, at="base"), a(COORDINATOR)),
    "agreements.write_amendment": (a(DRAFTER, REVIEWER, APPROVER, at="proposing"),),
    "agreements.withdraw_amendment": (a(APPROVER, at="organisation"), a(COORDINATOR)),
    "agreements.suspend_version": (a(COORDINATOR), a(APPROVER, at="lead")),
    "agreements.complete_version": (a(COORDINATOR),),
    "agreements.end_agreement": (a(COORDINATOR),),
    "agreements.consent_as_party": (a(APPROVER, COORDINATOR, at="organisation"),),
    "agreements.sign_as_party": (a(APPROVER, COORDINATOR, at="organisation"),),
    "agreements.view_delegation": (staff("organisation"), OVERSIGHT),
    "agreements.grant_delegation": (a(APPROVER, COORDINATOR, at="organisation"),),
    "agreements.view_paper": (staff("organisation"), staff("siblings"), OVERSIGHT),
    "agreements.enter_paper": (a(APPROVER, at="organisation"), a(COORDINATOR)),
    "agreements.confirm_paper": (a(APPROVER, at="organisation"), a(COORDINATOR)),
    "agreements.view_correction": (staff("parties"), OVERSIGHT),
    "agreements.view_confirmation": (staff("organisation"), staff("siblings"), OVERSIGHT),
    "agreements.view_remark": (staff("parties"), OVERSIGHT),
    "agreements.write_remark": (a(DRAFTER, REVIEWER, APPROVER, at="organisation"),),
    "agreements.settle_remark": (a(COORDINATOR),),
    "agreements.view_template": (EVERYBODY,),
    "agreements.write_template": (a(COORDINATOR),),
    "agreements.confirm_correction": (a(APPROVER, COORDINATOR, at="organisation"),),
    "disbursements.view_appropriation": (staff("payer"), staff("recipient"), staff("parties"), OVERSIGHT),
    "disbursements.record_vote": (a(FINANCE, at="payer"),),
    "disbursements.report_execution": (a(FINANCE, at="recipient"),),
    "disbursements.answer_for_payer": (a(APPROVER, at="payer"),),
    "disbursements.answer_for_recipient": (a(APPROVER, at="recipient"),),
    "disbursements.oversee": (a(COORDINATOR),),
    "disbursements.view_tranche": (staff("payer"), staff("recipient"), staff("parties"), OVERSIGHT),
    "disbursements.request_tranche": (a(FINANCE, at="recipient"),),
    "disbursements.grant_tranche": (a(FINANCE, at="payer"),),
    "disbursements.pay_tranche": (a(FINANCE, at="payer"),),
    "disbursements.view_carry_over": (staff("payer"), staff("recipient"), staff("parties"), OVERSIGHT),
    "disbursements.request_carry_over": (a(FINANCE, at="recipient"),),
    "disbursements.decide_carry_over": (a(FINANCE, at="payer"),),
    "disbursements.view_gap": (staff("payer"), staff("recipient"), staff("parties"), OVERSIGHT),
    "disbursements.resolve_gap": (a(FINANCE, at="payer"),),
    "disbursements.accept_gap": (a(APPROVER, at="recipient"),),
    "disbursements.view_settlement": (staff("payer"), staff("recipient"), staff("parties"), OVERSIGHT),
    "disbursements.report_settlement": (a(FINANCE, at="recipient"),),
    "disbursements.accept_settlement": (a(FINANCE, at="payer"),),
    "disbursements.view_bank_account": (staff("organisation"), a(FINANCE, at="payers"), OVERSIGHT),
    "disbursements.read_account_number": (staff("organisation"), a(FINANCE, at="payers")),
    "disbursements.request_bank_account": (a(FINANCE, at="organisation"),),
    "disbursements.confirm_bank_account": (a(APPROVER, at="organisation"),),
    "disbursements.stop_bank_account": (a(FINANCE, APPROVER, at="organisation"),),
    "disbursements.view_payment": (staff("payer"), OVERSIGHT),
}  # fmt: skip


def organisations_at(record, place):
    """Identifiers of the organisations at a place of a record, by the path in its ``places``."""
    found = [record]
    *way, last = record.places[place].split("__")
    for step in way:
        found = [after for before in found if before for after in step_to(before, step)]
    return {pk for before in found if before for pk in ends_at(before, last)}


def step_to(record, step):
    value = getattr(record, step)
    return value.all() if isinstance(value, Manager) else [value]


def ends_at(record, last):
    if hasattr(record, f"{last}_id"):
        return [getattr(record, f"{last}_id")]
    return [organisation.pk for organisation in getattr(record, last).all()]


def reachable(model, user, permission):
    """The Q of the rows of ``model`` over which ``user`` has ``permission``."""
    reach = Q(pk__in=[])
    for right in PERMISSIONS[permission]:
        held = user.reach(right.roles)
        if held and right.at is None:
            return Q()
        if held:
            reach |= Q(**{f"{model.places[right.at]}__in": held})
    return reach


def permitted(model, user, permission):
    """As ``reachable``, by primary key: no duplicates, however many paths lead to a row."""
    reach = reachable(model, user, permission)
    return Q(pk__in=model._base_manager.filter(reach).values("pk")) if reach else Q()


class RecordQuerySet(QuerySet):
    """A queryset filtered by who may see the rows and who may act on them."""

    def permitted(self, user, permission):
        """The rows over which ``user`` has ``permission``, each once."""
        return self.filter(permitted(self.model, user, permission))

    def visible_to(self, user):
        return self.permitted(user, self.model.view_permission)
