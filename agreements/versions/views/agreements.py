"""Pages of agreements: the list, the text with its parties, the history."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from agreements import workflow
from agreements.amendments.views.materiality import materiality_parts
from agreements.amendments.views.panel import amendment_parts, may_revise
from agreements.consent.forms import AGREEMENT_FORMS
from agreements.consent.views import clause_parts
from agreements.signing.forms import PARTY_FORMS
from agreements.signing.views.panel import signing_parts
from foundation.engine.workflow import NotNow, readable
from foundation.models import Event
from foundation.web.pages import make_move, open_moves
from projects.budget import sums as budget
from projects.models import Proposal, Source, plain

from ..filters import AgreementFilter
from ..models import Agreement, Party, Version
from ..payer_table import payers_of, sources_of
from ..workflow import AGREEMENT, PARTY
from .steps import steps

ROWS = 25


def agreements(request):
    rows = Agreement.objects.visible_to(request.user).for_list().order_by("-drafted_at", "-pk")
    chosen = AgreementFilter(request.GET, rows)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    return render(request, "agreements/versions/agreements.html", {"page": page, "filter": chosen})


def draft_agreement(request, pk):
    """Redirect to the agreement of a proposal; if there is none, draft it."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    if found := Agreement.objects.visible_to(request.user).filter(proposal=proposal).first():
        return redirect(found)
    may_draft = request.user.has_perm("agreements.draft_version", Version())
    if request.method != "POST":
        context = {"proposal": proposal, "may_draft": may_draft}
        return render(request, "agreements/versions/draft.html", context)
    try:
        return redirect(workflow.draft(proposal, actor=request.user))
    except NotNow as reason:
        if not reason.places:
            messages.error(request, str(reason))
            return redirect(proposal)
        context = {"proposal": proposal, "may_draft": may_draft, "refusal": reason}
        return render(request, "agreements/versions/draft.html", context, status=409)


def newest_version(user, agreement_pk):
    """The version in the making, if there is one, else the last one that was made."""
    rows = Version.objects.visible_to(user).for_page().filter(agreement=agreement_pk)
    return get_object_or_404(rows.exclude(state=Version.State.DROPPED).order_by("-number")[:1])


def current_version(user, agreement_pk):
    """The version that counts, else the one in the making."""
    rows = Version.objects.visible_to(user).for_page().filter(agreement=agreement_pk)
    counting = rows.filter(state__in=Version.COUNTING).order_by("-number").first()
    return counting or newest_version(user, agreement_pk)


def version_for(user, agreement_pk, move):
    """The version to which a move applies: the one that counts, or the one in the making."""
    counting = current_version(user, agreement_pk)
    if counting.state in AGREEMENT[move].source:
        return counting
    return newest_version(user, agreement_pk)


def agreement(request, pk):
    return page_of(request, current_version(request.user, pk))


def version(request, pk, number):
    """Any version at its own permanent URL."""
    rows = Version.objects.visible_to(request.user).for_page()
    return page_of(request, get_object_or_404(rows, agreement=pk, number=number))


def page_of(request, version):
    current = current_version(request.user, version.agreement_id)
    parties = in_order(version)
    context = {
        "agreement": version.agreement,
        "version": version,
        "steps": steps(version),
        "moves": open_moves(
            AGREEMENT,
            request.user,
            version,
            forms=AGREEMENT_FORMS,
            but={"revise", "amend", "take_amounts"},
        ),
        "may_revise": may_revise(request.user, version),
        "current": current,
        **amendment_parts(request.user, version),
        **materiality_parts(version),
        "parties": [party_row(request.user, party, version) for party in parties],
        "signed": sum(party.state == Party.State.SIGNED for party in parties),
        **clause_parts(request.user, version, parties),
        **schedule_tables(version),
        **signing_parts(request.user, version, parties),
    }
    return render(request, "agreements/versions/agreement.html", context)


def in_order(version):
    """The parties in the order of the text, each with ``version`` set."""
    parties = sorted(version.parties.all(), key=lambda party: (party.position, party.pk))
    for party in parties:
        party.version = version
    return parties


def party_row(user, party, version):
    """A party with its signature, the user's moves, and the working days left until it is due."""
    return {
        "party": party,
        "signature": party.current_signature(),
        "moves": open_moves(PARTY, user, party, forms=PARTY_FORMS, but={"object"})
        if version.is_open
        else [],
        "days_left": party.days_left,
    }


def schedule_tables(version):
    """Template context: the schedule (won) by component and source, a column per year, and sums."""
    lines = list(version.schedule.all())
    components = {line.component_id: line.component for line in lines}
    plain_lines = [
        line for pk, component in components.items()
        for line in plain([row for row in lines if row.component_id == pk], component=component)
    ]  # fmt: skip
    years = sorted({*version.years, *(line.year for line in plain_lines)})
    tables = []
    for pk in sorted(components):
        own = [line for line in plain_lines if line.component == pk]
        rows, all_sources = budget.table(own, years, sources_of(own), "source")
        labelled = [(Source(row.head).label, row) for row in rows]
        tables.append({"component": components[pk], "rows": labelled, "sum": all_sources})
    rows, everything = budget.table(plain_lines, years, sources_of(plain_lines), "source")
    by_source = [(Source(row.head).label, row) for row in rows]
    return {
        "years": years,
        "tables": tables,
        "by_source": by_source,
        "by_payer": list(payers_of(version, plain_lines, years)),
        "everything": everything,
    }


def history(request, pk):
    """Everything that happened, from the first draft of the proposal to the last payment."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    events = readable(
        Event.objects.of_trees(agreement.proposal, agreement), request.user
    ).in_order()
    page = Paginator(events, 100).get_page(request.GET.get("page"))
    return render(
        request, "agreements/versions/history.html", {"agreement": agreement, "page": page}
    )


def move_agreement(request, pk, move):
    version = version_for(request.user, pk, move)
    return make_move(request, AGREEMENT, version, move, forms=AGREEMENT_FORMS)
