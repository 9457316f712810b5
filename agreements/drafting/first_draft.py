"""The first draft of an agreement: parties, articles and schedule from the proposal."""

from accounts.models import Kind, Organisation
from agreements.corrections.models import TEXTS
from agreements.versions.comparison import pairs
from agreements.versions.models import Article, Party, ScheduleLine
from foundation.time import clock
from projects.coordination.effective_amounts import lines_of

from .models import Template
from .placeholders import filled, values_of
from .standard_articles import ARTICLES

LOCAL_ROLES = {Kind.PROVINCE: Party.Role.PROVINCE, Kind.MUNICIPALITY: Party.Role.MUNICIPALITY}


def fill(version):
    """Write parties, articles of the template and effective amounts into a new version."""
    proposal = version.agreement.proposal
    for position, (organisation, role) in enumerate(parties_of(proposal)):
        version.parties.create(organisation=organisation, role=role, position=position)
    write_schedule(version)
    write_articles(version)


def write_articles(version):
    """Write the articles of the call's template, with their placeholders filled in."""
    values = values_of(version)
    Article.objects.bulk_create(
        Article(
            version=version,
            number=number,
            **{name: filled(text, values[name[-2:]]) for name, text in article.items()},
        )
        for number, article in enumerate(articles_for(version.agreement.proposal.call), start=1)
    )


def write_schedule(version):
    """Replace the schedule with the coordinated amounts (won); nobody enters it by hand."""
    version.schedule.all().delete()
    ScheduleLine.objects.bulk_create(
        ScheduleLine(
            version=version,
            component_id=line.component,
            fiscal_year=line.year,
            source=line.source,
            won=line.won,
        )
        for line in lines_of(version.agreement.proposal)
    )


def differing_cells(version):
    """[[component, year, source], before, after] where schedule and coordinated amounts differ.

    Amounts in won. Empty for an amendment, which has amounts of its own.
    """
    if version.amendment_id:
        return []
    lines = version.schedule.values_list("component", "fiscal_year", "source", "won")
    written = {tuple(key): won for *key, won in lines}
    coordinated = {
        (line.component, line.year, str(line.source)): line.won
        for line in lines_of(version.agreement.proposal)
    }
    return pairs(written, coordinated)


def parties_of(proposal):
    """(organisation, role): lead ministry, supporting ministries, then local governments.

    An administrative city is no legal body: its province signs for it.
    """
    lead = proposal.lead_ministry
    yield lead, Party.Role.LEAD_MINISTRY
    others = {line.ministry for line in lines_of(proposal)} - {lead.pk}
    for ministry in Organisation.objects.filter(pk__in=others).order_by("pk"):
        yield ministry, Party.Role.MINISTRY
    for organisation in local_parties(proposal):
        yield organisation, LOCAL_ROLES[organisation.kind]
    body = Organisation.objects.coordination_body(clock.today())
    if body and proposal.call.coordinator_signs_last:
        yield body, Party.Role.COORDINATION


def local_parties(proposal):
    """The applicant and its partners that can sign, and the provinces they belong to today."""
    today = clock.today()
    asking = [proposal.applicant, *proposal.partners.all()]
    parents = {o.spell_on(today).parent_id for o in asking if o.spell_on(today)} - {None}
    wanted = {o.pk for o in asking if o.is_legal_body}
    heirs_present = Organisation.objects.filter(pk__in=wanted, successors__in=parents)
    if heirs_present.exists():
        parents -= set(heirs_present.values_list("successors", flat=True))
    bodies = Organisation.objects.filter(pk__in=wanted | parents)
    return sorted(
        bodies, key=lambda o: (o.kind != Kind.PROVINCE, o.pk != proposal.applicant_id, o.pk)
    )


def articles_for(call):
    """Articles in their order, each as {field: text}."""
    template = Template.objects.filter(call=call).first()
    return list(template.articles.order_by("number").values(*TEXTS)) if template else ARTICLES


def template_of(call):
    """The template of a call; an unsaved one if none is written (the standard articles apply)."""
    return Template.objects.select_related("call").filter(call=call).first() or Template(call=call)
