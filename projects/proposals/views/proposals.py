"""Pages of proposals: list, one proposal, new, copy, and moves."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from accounts.models import Organisation
from accounts.permissions import DRAFTER
from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.time import clock
from foundation.web.pages import make_move, open_moves
from projects.budget import sums as budget
from projects.calls.models import Call, SectionName
from projects.comments.references import with_subjects
from projects.conditions import progress
from projects.coordination.effective_amounts import lines_of
from projects.drafting import hints
from projects.drafting.task_list import share_done, tasks
from projects.issues.views import may_raise
from projects.reviews import board

from ..filters import ProposalFilter
from ..forms import BULK_PROPOSALS, PROPOSAL_FORMS, CopyForm
from ..models import Proposal, Source
from ..workflow import PROPOSAL

ROWS = 25
LIFE = ("draft", "screening", "submitted", "in_review", "reviewed", "selected")


def proposals(request):
    rows = Proposal.objects.visible_to(request.user).for_list().order_by("-changed_at", "-pk")
    chosen = ProposalFilter(request.GET, rows)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    accepting = Call.objects.accepting(clock.today()).exists()
    may_write = accepting and bool(drafting_organisations(request.user))
    many = BULK_PROPOSALS.offer(request.user, page)
    context = {"page": page, "filter": chosen, "may_write": may_write, "many": many}
    return render(request, "projects/proposals/proposals.html", context)


def new_proposal(request, call):
    """Start a proposal under a call, for one of the user's organisations."""
    call = get_object_or_404(Call.objects.visible_to(request.user), pk=call)
    applicants = drafting_organisations(request.user)
    wanted = request.POST.get("applicant") or request.GET.get("applicant")
    found = [body for body in applicants if wanted in (None, body.pk)]
    if not found:
        raise PermissionDenied(gettext("Only a drafter of a local government writes proposals."))
    applicant, last = found[0], call.first_fiscal_year + call.least_years - 1
    proposal = Proposal(
        call=call, applicant=applicant, first_year=call.first_fiscal_year, last_year=last
    )
    return make_move(
        request,
        PROPOSAL,
        proposal,
        "begin",
        forms=PROPOSAL_FORMS,
        template="projects/proposals/new_proposal.html",
        applicants=applicants,
        applicant=applicant,
        call=call,
    )


def copy_proposal(request, pk):
    """Start a new proposal with the content of another."""
    source = get_object_or_404(Proposal.objects.visible_to(request.user).for_page(), pk=pk)
    mine = drafting_organisations(request.user)
    if not mine:
        raise PermissionDenied(gettext("Only a drafter of a local government writes proposals."))
    applicant = next((body for body in mine if body.pk == source.applicant_id), mine[0])
    return make_move(
        request,
        PROPOSAL,
        Proposal(call=source.call, applicant=applicant),
        "begin",
        forms={"begin": partial(CopyForm, source=source)},
        template="projects/proposals/copy.html",
        heading=gettext("Copy as a new proposal"),
        button=gettext("Copy"),
        source=source,
        applicant=applicant,
    )


def drafting_organisations(user):
    return list(
        Organisation.objects.filter(pk__in=user.reach({DRAFTER})).local().named().order_by("pk")
    )


def proposal(request, pk):
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).for_page(), pk=pk)
    context = {
        "proposal": proposal,
        "moves": open_moves(
            PROPOSAL, request.user, proposal, forms=PROPOSAL_FORMS, but=("revise",)
        ),
        **task_list(request.user, proposal),
        "advice": hints.on(proposal, request.user),
        "may_copy": bool(request.user.reach({DRAFTER})),
        "steps": steps(proposal),
        "turn": turn(proposal),
        **written(proposal),
        "reviews": board.rows(proposal.current_reviews(), request.user),
        "questions": questions_of(proposal, request.user),
        **disputed_and_judged(proposal, request.user),
        **conditions_of(proposal, request.user),
        "letters": proposal.letters.visible_to(request.user).newest_first(),
        **reserve_of(proposal, request.user),
        "events": readable(Event.objects.of_trees(proposal), request.user).order_by("-at", "-pk")[
            :10
        ],
        **sums(proposal, request.user),
    }
    return render(request, "projects/proposals/proposal.html", context)


def questions_of(proposal, user):
    """Questions of ministries, the open ones first."""
    asked = proposal.questions.visible_to(user).for_list()
    open_first = sorted(asked.order_by("pk"), key=lambda question: question.state != "asked")
    return with_subjects(open_first)


def disputed_and_judged(proposal, user):
    """Template context: issues, the open ones first, and agenda items of visits and sessions."""
    found = proposal.issues.visible_to(user).for_list().order_by("pk")
    items = proposal.agenda_items.select_related("session").order_by("-session__held_on", "-pk")
    return {
        "issues": with_subjects(sorted(found, key=lambda issue: not issue.is_open)),
        "may_raise_issue": may_raise(user, proposal),
        "agenda_items": items,
    }


def conditions_of(proposal, user):
    """Template context: conditions of ministries, the unsettled ones first, and their progress."""
    rows = proposal.conditions.imposed().visible_to(user).for_list().order_by("due_on", "pk")
    open_first = sorted(rows, key=lambda row: not row.is_unsettled)
    met, counted = progress.progress(open_first)
    return {"conditions": open_first, "met": met, "counted": counted}


def reserve_of(proposal, user):
    """Template context for coordinators: the vacant place and the next proposal in reserve."""
    if not user.has_perm("projects.decide_proposal", proposal):
        return {}
    same = Proposal.objects.filter(call=proposal.call_id)
    vacant = same.vacant().order_by("changed_at", "pk")
    if proposal.state == Proposal.State.RESERVE:
        is_next = same.next_in_reserve().filter(pk=proposal.pk).exists()
        return {"free_place": vacant.first() if is_next else None}
    mine = vacant.filter(pk=proposal.pk).exists()
    return {"next_reserve": same.next_in_reserve().first() if mine else None, "place_is_free": mine}


def task_list(user, proposal):
    """Template context for drafters and checkers: every part with its progress."""
    open_moves = PROPOSAL.open_to(user, proposal)
    may_revise, may_check = PROPOSAL["revise"] in open_moves, PROPOSAL["accept"] in open_moves
    if not may_revise and not may_check:
        return {"may_revise": False}
    groups = tasks(proposal)
    done, needed = share_done(groups)
    return {"may_revise": may_revise, "tasks": groups, "done": done, "needed": needed}


def turn(proposal):
    """Who must act while it is screened, checked or completed, and the working days left."""
    if not proposal.due_on:
        return None
    holders = {"screening": proposal.screened_by, "returned": proposal.applicant}
    holder = holders.get(proposal.state, gettext("coordinator"))
    return {"holder": holder, "days_left": proposal.days_left, "is_late": proposal.is_late}


def written(proposal):
    """Template context: sections in order; indicators with a target for each year."""
    by_name = {section.name: section for section in proposal.sections.all()}
    indicators = []
    for indicator in proposal.indicators.all():
        targets = {target.year: target.value for target in indicator.targets.all()}
        indicators.append((indicator, [targets.get(year) for year in proposal.years]))
    sections = [by_name[name] for name in SectionName if name in by_name]
    return {"sections": sections, "indicators": indicators}


def steps(proposal):
    """Steps for the step indicator; no step is current for states that are not among them."""
    call = proposal.call
    ways_in = {"screening": call.province_quota, "submitted": call.check_days}
    life = [name for name in LIFE if ways_in.get(name, True)]
    state = proposal.State.DRAFT if proposal.state == "returned" else proposal.state
    at = life.index(state) if state in life else -1
    return [
        {
            "label": Proposal.State(name).label,
            "status": "done" if i < at else "current" if i == at else "todo",
        }
        for i, name in enumerate(life)
    ]


def sums(proposal, user):
    """Template context: requested amounts by source, ministry and year, and supported amounts."""
    components = proposal.live_components()
    asked = [line for c in components for line in c.plain_lines()]
    supported = effective_lines_shown_to(proposal, user)
    ministries = {c.ministry_id: c.ministry for c in components}
    years = sorted({*proposal.years, *(line.year for line in asked)})
    sources = [s for s in Source if s.value in budget.by(asked, "source")]
    by_source, all_years = budget.table(asked, years, [s.value for s in sources], "source")
    by_ministry, _all = budget.table(asked, years, list(ministries), "ministry")
    pairs, pair = budget.side_by_side(asked, supported, "component")
    _national, national_pair = budget.side_by_side(
        [line for line in asked if line.source == Source.NATIONAL],
        [line for line in supported if line.source == Source.NATIONAL],
        "component",
    )
    answered = {
        r.component_id
        for r in proposal.current_reviews()
        if r.is_closed and (r.state != r.State.CONFIRMED or r.shows_answer_to(user))
    }
    if proposal.coordinated_id:
        answered = {component.pk for component in components}
    titles = {c.pk: c for c in proposal.components.all()}
    return {
        "years": years,
        "by_source": [(Source(row.head).label, row) for row in by_source],
        "by_ministry": [(ministries[row.head], row) for row in by_ministry],
        "all_years": all_years,
        "components": [(c, budget.total(c.plain_lines())) for c in components],
        "pairs": [(titles[pair.head], pair, pair.head in answered) for pair in pairs],
        "pair": pair,
        "national_pair": national_pair,
        "ceiling_left": proposal.call.national_ceiling - national_pair.asked,
    }


def effective_lines_shown_to(proposal, user):
    """Effective budget lines, without those of answers that are hidden from ``user``."""
    if proposal.coordinated_id:
        return lines_of(proposal)
    hidden = {r.component_id for r in proposal.current_reviews() if not r.shows_answer_to(user)}
    return [line for line in lines_of(proposal) if line.component not in hidden]


def move_proposal(request, pk, move):
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).for_page(), pk=pk)
    return make_move(request, PROPOSAL, proposal, move, forms=PROPOSAL_FORMS)
