"""The eleven pilot agreements of 2019, as far as they are public; the rest is illustrative.

Amounts by source come from ``pilot-2019.json``. The split by component and by year is made
by rule and is not public: a third of the money in each year, the first a little less.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from foundation.money import split
from projects.models import Source

YEAR_WEIGHTS = (30, 35, 35)
ILLUSTRATIVE = "(예시)"


@dataclass
class Plan:
    """One pilot project: what was asked for and what was agreed, by source, in won."""

    no: int
    title: str
    applicant: str
    partners: list
    lead: str
    ministries: list
    components: list
    asked: dict
    agreed: dict | None

    def grid(self, sums, years):
        """{component index: {(year, source): won}}; every source adds up to the won."""
        cells = [(place, year) for place in range(len(self.components)) for year in years]
        weights = [YEAR_WEIGHTS[n % len(years)] for n in range(len(cells))]
        grid = {place: {} for place in range(len(self.components))}
        for source, total in sums.items():
            for (place, year), won in zip(cells, split(total, weights), strict=True):
                if won:
                    grid[place][year, source] = won
        return grid


def plans():
    """All eleven, in the order of the source."""
    data = json.loads((Path(__file__).parent / "pilot-2019.json").read_text(encoding="utf-8"))
    return [plan_of(project) for project in data["projects"]]


def plan_of(project):
    asked = by_source(project["selected_april_2019"], project["lead_local_government"])
    agreed = project["agreed_june_2019"]
    ministries = [project["lead_ministry"], *project["participating_ministries"]]
    if len(ministries) < 2:
        ministries.append("MAFRA")
    return Plan(
        no=project["no"],
        title=project["title_ko"],
        applicant=project["lead_local_government"],
        partners=project["partner_local_governments"],
        lead=project["lead_ministry"],
        ministries=ministries,
        components=components_of(project, len(ministries)),
        asked=asked,
        agreed=agreed_by_source(agreed, asked, project["lead_local_government"]),
    )


def components_of(project, least):
    """The components that are named in public, and illustrative ones up to one per ministry."""
    named = [name.split(" (")[0] for name in project["components_named"]]
    for number in range(len(named) + 1, least + 1):
        named.append(f"내역사업 {number} {ILLUSTRATIVE}")
    return named


def by_source(amounts, applicant):
    """Amounts by source; an unknown local share is as large as the national one."""
    sums = {source.value: amounts[source] for source in Source if amounts.get(source)}
    local = amounts.get("local")
    if local is None and not {"provincial", "municipal"} & set(sums):
        local = (amounts.get("total") or 2 * amounts["national"]) - sum(sums.values())
    if local:
        sums |= local_share(local, applicant)
    return sums


def local_share(local, applicant):
    """The province pays 30 %, the municipality the rest; a province alone pays all of it."""
    if applicant.endswith(("광역시", "자치시")):
        return {"provincial": local}
    provincial, municipal = split(local, [30, 70])
    return {"provincial": provincial, "municipal": municipal}


def agreed_by_source(agreed, asked, applicant):
    if agreed is None:
        return None
    if set(agreed) == {"total"}:
        shares = split(agreed["total"], list(asked.values()))
        return dict(zip(asked, shares, strict=True))
    return by_source(agreed, applicant)
