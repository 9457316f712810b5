"""What an amendment changes since the last resolved version, and which parties it concerns."""

from accounts.models import LOCAL_KINDS, Kind
from agreements.versions.comparison import cells, difference
from foundation.time import clock
from projects.models import Source

from .materiality import Facts, Heirs, Limits, evaluate_criteria
from .succession import bodies_in_place_of, ministry_of

NAMES_OF_THE_DAY = 2  # the first columns of a party's row in a text; its printed names follow


def baseline_of(version):
    """The last version up to this one that the committee resolved; minor ones do not count."""
    if version.in_force_on and version.kind != version.Kind.MINOR:
        return version
    resolved = version.agreement.versions.entered().exclude(kind=version.Kind.MINOR)
    return resolved.filter(number__lt=version.number).order_by("-number").first()


def criteria_of(version):
    """The five criteria with their changes; none while no version is resolved."""
    baseline = baseline_of(version)
    if baseline is None:
        return []
    call = version.agreement.proposal.call
    return evaluate_criteria(
        facts_of(baseline, area=area_known_at(baseline, version)),
        facts_of(version, area=version.area),
        Limits(call.material_percent, call.material_years),
        heirs_since(baseline, version.in_force_on or clock.today()),
    )


def facts_of(version, *, area):
    staying = list(version.parties.staying().values_list("organisation", "role"))
    leads = [body for body, role in staying if role == "lead_ministry"]
    return Facts(
        cost=sum(version.schedule.values_list("won", flat=True)),
        area=area,
        first_year=version.first_year,
        last_year=version.last_year,
        parties=frozenset(body for body, _role in staying),
        lead=leads[0] if leads else "",
    )


def area_known_at(baseline, version):
    """The area (m²) of the baseline; if it stated none, the first that was stated after it."""
    later = version.agreement.versions.entered().filter(
        number__gte=baseline.number, number__lt=version.number, area__isnull=False
    )
    first = later.order_by("number").values_list("area", flat=True).first()
    return version.area if baseline == version else first


def heirs_since(baseline, day):
    """The heirs of each party since a version, because a succession changes no party."""
    bodies = [p.organisation for p in baseline.parties.prefetch_related("organisation__spells")]
    municipalities = municipalities_of(baseline, bodies)
    since = baseline.in_force_on
    return Heirs(
        {
            body.pk: {heir.pk for heir in bodies_in_place_of(body, municipalities, since, day)}
            for body in bodies
        }
    )


def municipalities_of(version, bodies):
    """The local governments of an agreement below province level, administrative cities too."""
    proposal = version.agreement.proposal
    below = [kind for kind in LOCAL_KINDS if kind != Kind.PROVINCE]
    asking = {body.pk: body for body in [*bodies, proposal.applicant, *proposal.partners.all()]}
    return [body for body in asking.values() if body.kind in below]


def changes_of(version):
    """Differences from the base, without printed names, numbers, edition and title."""
    return difference(comparable(version.amendment.base), comparable(version))


def comparable(version):
    text = version.text()
    for name in ("number", "version", "edition", "title"):
        del text[name]
    return text | {"parties": [row[:NAMES_OF_THE_DAY] for row in text["parties"]]}


def concerned_by(version):
    """Keys of the parties that must consent; when in doubt, of all parties.

    Where only amounts change: the lead ministry, and each party that pays into a changed component
    or receives for it, because its share changes too.
    """
    parties = list(version.parties.select_related("organisation").order_by("position", "pk"))
    everybody = {party.organisation_id for party in parties}
    if version.amendment is None or version.kind == version.Kind.MATERIAL:
        return everybody
    changes = changes_of(version)
    if changes["facts"] or changes["rows"] or changes["titles"] or not changes["cells"]:
        return everybody
    changed = {component for (component, _year, _source), _before, _after in changes["cells"]}
    return {p.organisation_id for p in parties if is_affected(p, version, changed)}


def is_affected(party, version, changed):
    """Whether the party pays into one of the changed components, or receives for it."""
    roles = party.Role
    if party.role == roles.MINISTRY:
        components = version.agreement.proposal.components.filter(pk__in=changed)
        answering = {ministry_of(version, each, clock.today()) for each in components}
        return party.organisation_id in answering
    if party.role == roles.PROVINCE and version.parties.filter(role=roles.MUNICIPALITY).exists():
        return any(
            component in changed and source == Source.PROVINCIAL
            for text in (version.text(), version.amendment.base.text())
            for component, _year, source in cells(text)
        )
    return True


def whose_turn(version):
    """The parties whose consent or signature is awaited, in the order of the text."""
    waiting = version.parties.filter(state__in=["asked", "objected", "invited", "declined"])
    return list(waiting.prefetch_related("organisation__spells").order_by("position", "pk"))
