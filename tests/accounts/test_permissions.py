"""The table of permissions written by hand, and the same in SQL."""

import pytest

from accounts.models import Deputy, Membership
from accounts.permissions import PERMISSIONS
from agreements.models import (
    Agreement,
    Amendment,
    Confirmation,
    Correction,
    Deed,
    Delegation,
    Evaluation,
    PaperSignature,
    Party,
    Remark,
    Template,
    Termination,
    Version,
    YearlyReport,
)
from disbursements.models import (
    Appropriation,
    BankAccount,
    BankLine,
    CarryOver,
    GapResolution,
    PaymentBatch,
    Settlement,
    Tranche,
)
from foundation.models import DecreedHoliday
from plans.models import Area, Plan
from projects.models import (
    AgendaItem,
    Call,
    Ceiling,
    Comment,
    Condition,
    Issue,
    IssueSide,
    Letter,
    Position,
    Proposal,
    Question,
    Review,
    Round,
    Session,
)
from tests import factories

GANGNEUNG = {"drafter", "approver", "finance"}
PROVINCE = {"province_approver"}
MOTIR = {"motir_reviewer", "motir_approver", "motir_finance", "motir_payer"}
MCST = {"mcst_reviewer", "mcst_approver", "mcst_finance", "mcst_payer"}
STRANGERS = {"moe_reviewer", "moe_approver", "hongseong_drafter"}
COORDINATORS = {"coordinator", "second_coordinator"}
OVERSIGHT = COORDINATORS | {"budget", "auditor"}
EVERYONE = GANGNEUNG | PROVINCE | MOTIR | MCST | STRANGERS | OVERSIGHT | {"administrator", "nobody"}
APPROVERS = {"approver", "province_approver", "motir_approver", "mcst_approver"}
CONCERNED = GANGNEUNG | PROVINCE | MOTIR | MCST | OVERSIGHT
PAYERS = {"motir_finance", "motir_payer", "mcst_finance", "mcst_payer"}

MAY = {
    ("accounts.view_deputy", "deputy"): MOTIR | {"auditor"},
    ("accounts.name_deputy", "deputy"): {"motir_approver"},
    ("accounts.take_up_post", "deputy"): MOTIR,
    ("accounts.hand_over_post", "post"): {"motir_approver"},
    ("reminders.view_holiday", "holiday"): EVERYONE - {"administrator", "nobody"},
    ("reminders.decree_holiday", "holiday"): COORDINATORS,
    ("plans.view_plan", "plan"): EVERYONE - {"administrator", "nobody"},
    ("plans.manage_plan", "plan"): COORDINATORS,
    ("projects.view_call", "call"): EVERYONE - {"administrator", "nobody"},
    ("projects.manage_call", "call"): COORDINATORS,
    ("projects.view_ranking", "call"): OVERSIGHT,
    ("projects.view_proposal", "proposal"): CONCERNED,
    ("projects.write_proposal", "proposal"): {"drafter"},
    ("projects.hand_over_proposal", "proposal"): {"drafter", "approver"},
    ("projects.submit_proposal", "proposal"): {"approver"},
    ("projects.screen_proposal", "screened"): PROVINCE,
    ("projects.decide_proposal", "proposal"): COORDINATORS,
    ("projects.view_review", "review"): CONCERNED - PROVINCE,
    ("projects.write_review", "review"): {"motir_reviewer"},
    ("projects.confirm_review", "review"): {"motir_approver"},
    ("projects.declare_conflict", "review"): {"motir_reviewer", "motir_approver"},
    ("projects.view_question", "question"): GANGNEUNG | MOTIR | OVERSIGHT,
    ("projects.ask_question", "question"): {"motir_reviewer"},
    ("projects.answer_question", "question"): {"drafter"},
    ("projects.view_issue", "issue"): CONCERNED,
    ("projects.state_position", "side"): {"motir_reviewer", "motir_approver"},
    ("projects.view_session", "session"): CONCERNED,
    ("projects.read_minutes", "session"): OVERSIGHT,
    ("projects.view_comment", "comment"): MOTIR | {"auditor"},
    ("projects.write_comment", "comment"): {"motir_reviewer", "motir_approver"},
    ("projects.view_condition", "condition"): GANGNEUNG | MOTIR | MCST | OVERSIGHT,
    ("projects.fulfil_condition", "condition"): {"drafter"},
    ("projects.settle_condition", "condition"): {"motir_reviewer", "motir_approver"},
    ("projects.waive_condition", "condition"): {"motir_approver"} | COORDINATORS,
    ("projects.view_letter", "letter"): CONCERNED,
    ("projects.view_round", "round"): CONCERNED,
    ("projects.coordinate_proposal", "round"): COORDINATORS,
    ("projects.view_position", "position"): CONCERNED,
    ("projects.take_position", "position"): {"motir_approver"},
    ("projects.view_ceiling", "ceiling"): MOTIR | OVERSIGHT,
    ("projects.set_ceiling", "ceiling"): {"budget"},
    ("agreements.view_version", "version"): CONCERNED,
    ("agreements.draft_version", "version"): COORDINATORS,
    ("agreements.resolve_version", "version"): COORDINATORS,
    ("agreements.view_party", "party"): CONCERNED,
    ("agreements.view_report", "report"): CONCERNED,
    ("agreements.write_report", "report"): {"drafter"},
    ("agreements.submit_report", "report"): {"approver"},
    ("agreements.return_report", "report"): COORDINATORS,
    ("agreements.view_evaluation", "evaluation"): CONCERNED,
    ("agreements.write_evaluation", "evaluation"): {"motir_reviewer"},
    ("agreements.confirm_evaluation", "evaluation"): {"motir_approver"},
    ("agreements.consent_as_party", "party"): {"province_approver"},
    ("agreements.sign_as_party", "party"): {"province_approver"},
    ("agreements.view_amendment", "amendment"): CONCERNED,
    ("agreements.propose_amendment", "amendment"): COORDINATORS | APPROVERS,
    ("agreements.write_amendment", "version"): {"drafter", "approver"},
    ("agreements.withdraw_amendment", "amendment"): COORDINATORS | {"approver"},
    ("agreements.suspend_version", "version"): COORDINATORS | {"motir_approver"},
    ("agreements.complete_version", "version"): COORDINATORS,
    ("agreements.end_agreement", "termination"): COORDINATORS,
    ("agreements.view_delegation", "delegation"): PROVINCE | OVERSIGHT,
    ("agreements.grant_delegation", "delegation"): {"province_approver"},
    ("agreements.view_paper", "paper"): CONCERNED,
    ("agreements.enter_paper", "paper"): {"province_approver"} | COORDINATORS,
    ("agreements.confirm_paper", "paper"): {"province_approver"} | COORDINATORS,
    ("agreements.view_correction", "correction"): CONCERNED,
    ("agreements.view_remark", "remark"): CONCERNED,
    ("agreements.write_remark", "remark"): {"drafter", "approver"},
    ("agreements.settle_remark", "remark"): COORDINATORS,
    ("agreements.view_template", "template"): EVERYONE - {"administrator", "nobody"},
    ("agreements.write_template", "template"): COORDINATORS,
    ("agreements.view_confirmation", "confirmation"): CONCERNED,
    ("agreements.confirm_correction", "confirmation"): {"province_approver"},
    ("disbursements.view_appropriation", "line"): CONCERNED,
    ("disbursements.record_vote", "line"): {"motir_finance", "motir_payer"},
    ("disbursements.report_execution", "line"): {"finance"},
    ("disbursements.view_tranche", "tranche"): CONCERNED,
    ("disbursements.request_tranche", "tranche"): {"finance"},
    ("disbursements.grant_tranche", "tranche"): {"motir_finance", "motir_payer"},
    ("disbursements.pay_tranche", "tranche"): {"motir_finance", "motir_payer"},
    ("disbursements.view_carry_over", "carry_over"): CONCERNED,
    ("disbursements.request_carry_over", "carry_over"): {"finance"},
    ("disbursements.decide_carry_over", "carry_over"): {"motir_finance", "motir_payer"},
    ("disbursements.view_settlement", "settlement"): CONCERNED,
    ("disbursements.report_settlement", "settlement"): {"finance"},
    ("disbursements.accept_settlement", "settlement"): {"motir_finance", "motir_payer"},
    ("disbursements.view_gap", "gap"): CONCERNED,
    ("disbursements.resolve_gap", "gap"): {"motir_finance", "motir_payer"},
    ("disbursements.accept_gap", "gap"): {"approver"},
    ("disbursements.answer_for_payer", "gap"): {"motir_approver"},
    ("disbursements.answer_for_recipient", "gap"): {"approver"},
    ("disbursements.oversee", "gap"): {"coordinator", "second_coordinator"},
    ("disbursements.view_payment", "payment"): MOTIR | OVERSIGHT,
    ("disbursements.view_bank_account", "bank_account"): GANGNEUNG | PAYERS | OVERSIGHT,
    ("disbursements.read_account_number", "bank_account"): GANGNEUNG | PAYERS,
    ("disbursements.request_bank_account", "bank_account"): {"finance"},
    ("disbursements.confirm_bank_account", "bank_account"): {"approver"},
    ("disbursements.stop_bank_account", "bank_account"): {"finance", "approver"},
}

ROADS = (
    "with_deputies",
    "proposal",
    "complete_proposal",
    "screened",
    "submitted",
    "questioned",
    "disputed",
    "judged",
    "commented",
    "conditioned",
    "reviewed",
    "proposed",
    "coordinated",
    "selected",
    "drafted",
    "remarked",
    "signing",
    "in_force",
    "amending",
    "amended",
    "reported",
    "ending",
    "entered_on_paper",
    "being_corrected",
)
MODELS = (
    DecreedHoliday,
    Deputy,
    Plan,
    Area,
    Call,
    Proposal,
    Review,
    Question,
    Issue,
    IssueSide,
    Session,
    Comment,
    Condition,
    Letter,
    Ceiling,
    Round,
    Position,
    Agreement,
    Version,
    Party,
    Remark,
    Template,
    YearlyReport,
    Evaluation,
    Amendment,
    Termination,
    Deed,
    Delegation,
    PaperSignature,
    Correction,
    Confirmation,
    Appropriation,
    Tranche,
    CarryOver,
    Settlement,
    GapResolution,
    BankAccount,
    PaymentBatch,
    BankLine,
)


def test_table_by_hand(cast, call):
    version = factories.amending(cast, call)
    line = Appropriation.objects.get(
        component__ministry="MOTIR", fiscal_year=2027, source="national"
    )
    factories.session(cast, call, version.agreement.proposal)
    records = {
        "deputy": Deputy(organisation=cast.motir),
        "post": Membership(organisation=cast.motir),
        "holiday": DecreedHoliday(),
        "plan": Plan(),
        "call": call,
        "proposal": version.agreement.proposal,
        "screened": Proposal(screened_by=cast.gangwon),
        "review": Review.objects.get(ministry="MOTIR"),
        "question": Question(
            review=Review.objects.get(ministry="MOTIR"), proposal=version.agreement.proposal
        ),
        "issue": Issue(proposal=version.agreement.proposal, pk=0),
        "side": IssueSide(organisation=cast.motir),
        "session": AgendaItem.objects.get().session,
        "comment": Comment(
            review=Review.objects.get(ministry="MOTIR"), proposal=version.agreement.proposal
        ),
        "condition": Condition(
            owner=cast.gangneung,
            review=Review.objects.get(ministry="MOTIR"),
            proposal=Proposal(applicant=cast.gangneung, lead_ministry=cast.mcst),
        ),
        "letter": Letter(proposal=version.agreement.proposal),
        "ceiling": Ceiling(ministry=cast.motir),
        "round": Round(proposal=version.agreement.proposal),
        "position": Position(
            round=Round(proposal=version.agreement.proposal), organisation=cast.motir
        ),
        "version": version,
        "amendment": version.amendment,
        "termination": Termination(agreement=version.agreement),
        "party": version.parties.get(organisation="gangwon"),
        "report": YearlyReport(agreement=version.agreement),
        "evaluation": Evaluation(
            report=YearlyReport(agreement=version.agreement), organisation=cast.motir
        ),
        "delegation": Delegation(organisation=cast.gangwon),
        "paper": PaperSignature(party=version.parties.get(organisation="gangwon")),
        "correction": Correction(version=version),
        "remark": Remark(version=version, organisation=cast.gangneung),
        "template": Template(call=call),
        "confirmation": Confirmation(
            correction=Correction(version=version),
            party=version.parties.get(organisation="gangwon"),
        ),
        "line": line,
        "tranche": Tranche(appropriation=line),
        "carry_over": CarryOver(appropriation=line),
        "settlement": Settlement(appropriation=line),
        "gap": GapResolution(appropriation=line),
        "bank_account": BankAccount(organisation=cast.gangneung),
        "payment": PaymentBatch(payer=cast.motir),
    }

    for (permission, record), allowed in MAY.items():
        found = {who for who in EVERYONE if cast[who].has_perm(permission, records[record])}
        assert found == allowed, permission


def test_every_permission_is_in_the_table_by_hand():
    assert {permission for permission, _record in MAY} == set(PERMISSIONS)


@pytest.mark.parametrize("road", ROADS)
def test_sql_and_python_agree_about_who_may_see(cast, call, road):
    made = getattr(factories, road)
    factories.decree(cast)
    made(cast, call)
    factories.proposal(cast, call, title="a second one, still a draft")

    people = {who: type(cast[who]).objects.get(pk=cast[who].pk) for who in EVERYONE}
    for model in MODELS:
        if rows := list(model.objects.all()):
            for who, person in people.items():
                by_sql = set(model.objects.visible_to(person).values_list("pk", flat=True))
                by_python = {row.pk for row in rows if person.has_perm(model.view_permission, row)}
                assert by_sql == by_python, (model.__name__, who)


def test_sql_and_python_agree_about_who_may_act(cast, call):
    version = factories.amending(cast, call)
    factories.termination(cast, version.amendment.base)
    factories.decree(cast)

    rows = {model: list(model.objects.all()) for model in MODELS}
    by_rights = {PERMISSIONS[permission]: permission for permission, _record in MAY}
    for permission in by_rights.values():  # the same rights are asked once
        for model in MODELS:
            if has_the_places_of(permission, model):
                for who in EVERYONE:
                    found = model.objects.permitted(cast[who], permission)
                    asked = {row.pk for row in rows[model] if cast[who].has_perm(permission, row)}
                    assert set(found.values_list("pk", flat=True)) == asked, (
                        permission,
                        model,
                        who,
                    )


def has_the_places_of(permission, model):
    """Can the right be asked of this model at all?"""
    return all(right.at is None or right.at in model.places for right in PERMISSIONS[permission])


def test_ministry_sees_a_proposal_only_when_it_is_asked(cast, call):
    proposal = factories.complete_proposal(cast, call)

    assert not cast["motir_reviewer"].has_perm("projects.view_proposal", proposal)


def test_successor_inherits_what_its_predecessor_could(cast, call):
    heir = factories.organisation("gangwon-heir", "municipality")
    cast.gangneung.successors.add(heir)
    successor = factories.person("successor", ("approver", heir))
    proposal = factories.complete_proposal(cast, call)

    assert successor.has_perm("projects.submit_proposal", proposal)
    assert Proposal.objects.visible_to(successor).count() == 1


def test_post_that_has_ended_gives_nothing(cast, call):
    proposal = factories.complete_proposal(cast, call)
    cast["approver"].memberships.update(until="2026-01-01")
    fresh = type(cast["approver"]).objects.get(pk=cast["approver"].pk)

    assert not fresh.has_perm("projects.submit_proposal", proposal)
    assert not Proposal.objects.visible_to(fresh).exists()


def test_administrator_has_no_right_over_content(cast, call):
    factories.in_force(cast, call)
    cast["administrator"].is_staff = True

    assert cast["administrator"].has_perm("accounts.change_user")
    assert not any(model.objects.visible_to(cast["administrator"]).exists() for model in MODELS)
