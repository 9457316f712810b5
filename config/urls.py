"""All addresses: the pages of the apps, and one API router."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

from accounts.api import DeputyViewSet, OrganisationViewSet
from agreements.api import (
    AgreementViewSet,
    AmendmentViewSet,
    CheckView,
    ConfirmationViewSet,
    CorrectionViewSet,
    DeedViewSet,
    DelegationViewSet,
    EvaluationViewSet,
    PaperViewSet,
    PartyViewSet,
    RemarkViewSet,
    ReportViewSet,
    TemplateViewSet,
    TerminationViewSet,
)
from disbursements.api import (
    AppropriationViewSet,
    CarryOverViewSet,
    GapResolutionViewSet,
    SettlementViewSet,
    StabilityViewSet,
    TrancheViewSet,
)
from disbursements.bank.api import BankAccountViewSet, BankLineViewSet, PaymentBatchViewSet
from plans.api import AreaViewSet, PlanViewSet
from projects.api import (
    CallViewSet,
    CeilingViewSet,
    CommentViewSet,
    ConditionViewSet,
    IssueSideViewSet,
    IssueViewSet,
    LetterViewSet,
    PositionViewSet,
    ProposalViewSet,
    QuestionViewSet,
    ReviewViewSet,
    RoundViewSet,
    SessionViewSet,
)
from reminders.api import HolidayViewSet, RuleViewSet, WorkViewSet

from .health import healthz, metrics

api = DefaultRouter()
api.include_format_suffixes = False
api.register("organisations", OrganisationViewSet, basename="api-organisation")
api.register("deputies", DeputyViewSet, basename="api-deputy")
api.register("plans", PlanViewSet, basename="api-plan")
api.register("areas", AreaViewSet, basename="api-area")
api.register("calls", CallViewSet, basename="api-call")
api.register("proposals", ProposalViewSet, basename="api-proposal")
api.register("ceilings", CeilingViewSet, basename="api-ceiling")
api.register("reviews", ReviewViewSet, basename="api-review")
api.register("questions", QuestionViewSet, basename="api-question")
api.register("issues", IssueViewSet, basename="api-issue")
api.register("sides", IssueSideViewSet, basename="api-side")
api.register("sessions", SessionViewSet, basename="api-session")
api.register("comments", CommentViewSet, basename="api-comment")
api.register("conditions", ConditionViewSet, basename="api-condition")
api.register("letters", LetterViewSet, basename="api-letter")
api.register("rounds", RoundViewSet, basename="api-round")
api.register("positions", PositionViewSet, basename="api-position")
api.register("agreements", AgreementViewSet, basename="api-agreement")
api.register("amendments", AmendmentViewSet, basename="api-amendment")
api.register("terminations", TerminationViewSet, basename="api-termination")
api.register("reports", ReportViewSet, basename="api-report")
api.register("evaluations", EvaluationViewSet, basename="api-evaluation")
api.register("parties", PartyViewSet, basename="api-party")
api.register("remarks", RemarkViewSet, basename="api-remark")
api.register("templates", TemplateViewSet, basename="api-template")
api.register("deeds", DeedViewSet, basename="api-deed")
api.register("papers", PaperViewSet, basename="api-paper")
api.register("delegations", DelegationViewSet, basename="api-delegation")
api.register("corrections", CorrectionViewSet, basename="api-correction")
api.register("confirmations", ConfirmationViewSet, basename="api-confirmation")
api.register("appropriations", AppropriationViewSet, basename="api-appropriation")
api.register("tranches", TrancheViewSet, basename="api-tranche")
api.register("carry-overs", CarryOverViewSet, basename="api-carry-over")
api.register("gap-resolutions", GapResolutionViewSet, basename="api-gap-resolution")
api.register("settlements", SettlementViewSet, basename="api-settlement")
api.register("stability", StabilityViewSet, basename="api-stability")
api.register("bank-accounts", BankAccountViewSet, basename="api-bank-account")
api.register("payments", PaymentBatchViewSet, basename="api-payment")
api.register("bank-lines", BankLineViewSet, basename="api-bank-line")
api.register("holidays", HolidayViewSet, basename="api-holiday")
api.register("work", WorkViewSet, basename="api-work")
api.register("reminder-rules", RuleViewSet, basename="api-reminder-rule")

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("plans.urls")),
    path("", include("projects.urls")),
    path("", include("agreements.urls")),
    path("", include("disbursements.urls")),
    path("", include("reminders.urls")),
    path("account/", include("allauth.account.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("people/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/check/", CheckView.as_view(), name="api-check"),
    path("api/v1/", include(api.urls)),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
]
