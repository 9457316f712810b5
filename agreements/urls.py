"""Addresses of agreements, their drafts, parties and signatures."""

from django.urls import path

from .views import (
    agreements,
    amendments,
    check,
    delegations,
    documents,
    drafts,
    remarks,
    reports,
    signing,
    templates,
    terminations,
    versions,
)

urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/history/", agreements.history, name="agreement-history"),
    path(
        "agreements/<int:pk>/moves/<slug:move>/", agreements.move_agreement, name="move-agreement"
    ),
    path("agreements/<int:pk>/articles/new/", drafts.new_article, name="new-article"),
    path("agreements/<int:pk>/parties/new/", drafts.new_party, name="new-party"),
    path("agreements/<int:pk>/amounts/anew/", drafts.take_amounts, name="take-amounts"),
    path("articles/<int:pk>/", drafts.article, name="article"),
    path("articles/<int:pk>/place/", drafts.place_article, name="place-article"),
    path("articles/<int:pk>/remove/", drafts.remove_article, name="remove-article"),
    path("articles/<int:pk>/remarks/new/", remarks.new_remark, name="new-remark"),
    path("remarks/<int:pk>/", remarks.remark, name="remark"),
    path("remarks/<int:pk>/moves/<slug:move>/", remarks.move_remark, name="move-remark"),
    path("calls/<int:pk>/template/", templates.template, name="template"),
    path(
        "calls/<int:pk>/template/moves/<slug:move>/", templates.move_template, name="move-template"
    ),
    path("parties/<int:pk>/remove/", drafts.remove_party, name="remove-party"),
    path("parties/<int:pk>/moves/<slug:move>/", signing.move_party, name="move-party"),
    path("parties/<int:pk>/papers/new/", signing.new_paper, name="new-paper"),
    path("papers/<int:pk>/", signing.paper, name="paper"),
    path("papers/<int:pk>/scan/", signing.scan, name="scan"),
    path("papers/<int:pk>/moves/<slug:move>/", signing.move_paper, name="move-paper"),
    path("agreements/<int:pk>/document/", documents.document, name="document"),
    path("deeds/<int:pk>/", documents.deed, name="deed"),
    path("agreements/<int:pk>/corrections/new/", signing.new_correction, name="new-correction"),
    path("corrections/<int:pk>/", signing.correction, name="correction"),
    path(
        "corrections/<int:pk>/moves/<slug:move>/",
        signing.move_correction,
        name="move-correction",
    ),
    path(
        "confirmations/<int:pk>/moves/<slug:move>/",
        signing.move_confirmation,
        name="move-confirmation",
    ),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/new/<slug:organisation>/", delegations.new_delegation, name="new-delegation"),
    path(
        "delegations/<int:pk>/moves/<slug:move>/",
        delegations.move_delegation,
        name="move-delegation",
    ),
    path("agreements/<int:pk>/reports/", reports.reports, name="reports"),
    path("agreements/<int:pk>/reports/new/", reports.new_report, name="new-report"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/moves/<slug:move>/", reports.move_report, name="move-report"),
    path(
        "evaluations/<int:pk>/moves/<slug:move>/", reports.move_evaluation, name="move-evaluation"
    ),
    path("check/", check.check, name="check"),
    path("proposals/<int:pk>/agreement/", agreements.draft_agreement, name="draft-agreement"),
    path("agreements/<int:pk>/versions/", versions.versions, name="versions"),
    path("agreements/<int:pk>/versions/<int:number>/", agreements.version, name="version"),
    path("agreements/<int:pk>/comparison/", versions.comparison, name="agreement-comparison"),
    path("agreements/<int:pk>/amendments/new/", amendments.new_amendment, name="new-amendment"),
    path("agreements/<int:pk>/terms/", amendments.terms, name="agreement-terms"),
    path(
        "agreements/<int:pk>/amounts/<int:component>/",
        amendments.amounts,
        name="agreement-amounts",
    ),
    path("agreements/<int:pk>/lead/", amendments.lead, name="agreement-lead"),
    path("agreements/<int:pk>/heirs/", amendments.heirs, name="agreement-heirs"),
    path("agreements/<int:pk>/termination/", terminations.new_termination, name="new-termination"),
    path("amendments/<int:pk>/", amendments.amendment, name="amendment"),
    path(
        "amendments/<int:pk>/moves/<slug:move>/", amendments.move_amendment, name="move-amendment"
    ),
    path("terminations/<int:pk>/", terminations.termination, name="termination"),
    path(
        "terminations/<int:pk>/moves/<slug:move>/",
        terminations.move_termination,
        name="move-termination",
    ),
]
