"""`python -m locator site`: where the next facilities would help most."""

import json
import math
from pathlib import Path
from typing import Any

import click
import numpy as np
from tabulate import tabulate

from locator.cli._coverage_options import input_options, sources_of, tell
from locator.cli._options import directory_option, format_option
from locator.coverage import (
    LIMITED,
    OBJECTIVES,
    Problem,
    Sites,
    Solution,
    column,
    named_columns,
    read,
    read_table,
    site,
    siting_problem,
    text_ids,
)
from locator.directory import FolderStore
from locator.travel import parse_limit


@click.command()
@input_options
@click.option("--objective", type=click.Choice(OBJECTIVES), required=True, help="What to reach.")
@click.option("--p", type=int, help="How many new sites (not for lscp, lscp-b).")
@click.option("--within", help="Largest cost that counts as covered: 5km, 800m, 30min or 30.")
@click.option(
    "--existing", "kept", type=click.Path(path_type=Path), help="Table of ids that stay open."
)
@click.option("--resolution", type=int, help="Gather the demand in H3 cells of this resolution.")
@click.option(
    "--exact/--heuristic",
    default=None,
    help="Prove the optimum with HiGHS, or be quick.  [default: prove small problems]",
)
@click.option("--seconds", default=60.0, show_default=True, help="HiGHS stops after so long.")
@format_option("table", "json")
@directory_option
def command(
    objective: str,
    p: int | None,
    within: str | None,
    kept: Path | None,
    resolution: int | None,
    exact: bool | None,
    seconds: float,
    form: str,
    store: FolderStore,
    **given: Any,  # noqa: ANN401 (the options of `input_options`)
) -> None:
    """Choose sites among the facilities (candidates) for the people of the demand.

    lscp: fewest sites within the limit of everyone. lscp-b: of those sets the one where most
    places have two sites within the limit. mclp: most people within the limit of p sites.
    p-median: least cost times people. p-center: smallest largest cost. p-dispersion: sites as
    far from one another as can be, whatever the demand. capacitated: mclp where a site can take
    only its --capacity.
    """
    inputs = read(sources_of(given, store))
    limit = parse_limit(within).under(inputs.metric.unit) if within else math.inf
    # The others look beyond any limit.
    reach = limit if objective in LIMITED else math.inf
    apart = objective == "p-dispersion"
    asked = siting_problem(inputs, reach, resolution, _existing(kept), apart=apart)
    tell(asked.notes)
    people, ids = asked.demand.weight, asked.demand.ids
    sites = Sites(asked.costs, people, asked.existing, ids, asked.between)
    found = site(
        sites,
        objective,
        p=p,
        limit=limit,
        capacity=asked.facilities.weight if given["capacity"] else None,
        proof=exact,
        seconds=seconds,
    )
    answer = _figures(found, asked, sites)
    if form == "json":
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        rows = [(k, v) for k, v in answer.items() if not isinstance(v, dict | list)]
        click.echo(tabulate([*rows, ("sites", ", ".join(answer["sites"]))], disable_numparse=True))


def _existing(path: Path | None) -> list[str]:
    """Their ids."""
    if path is None:
        return []
    table = read_table(path)
    name = named_columns(table, "id").get("id", str(table.columns[0]))
    return text_ids(column(table, name, path))


def _figures(found: Solution, asked: Problem, sites: Sites) -> dict[str, Any]:
    people = sites.people
    covered = math.fsum(found.covered)
    places = int((found.covered > 0).sum())
    names = asked.facilities.ids
    lived = (people > 0) & np.isfinite(found.cost)
    served = math.fsum(people[lived])
    total = math.fsum(people)
    return {
        "objective": found.objective,
        "value": found.value,
        "sites": [names[row] for row in found.sites],
        "existing": [names[row] for row in sites.existing],
        "sites_count": len(found.sites),
        "people": total,
        "people_covered": covered,
        "percent_of_people": covered / total * 100,
        "places": len(people),
        "places_covered": places,
        "percent_of_places": places / len(people) * 100,
        "mean_cost": math.fsum(found.cost[lived] * people[lived]) / served if served else None,
        "max_cost": float(found.cost[lived].max()) if lived.any() else None,
        **_covered_twice(found, sites),
        "proved": found.proved,
        "bound": found.bound,
        "gap": found.gap,
        "assignment": {
            i: names[row] if row >= 0 else None
            for i, row in zip(asked.demand.ids, found.facility, strict=True)
        },
    }


def _covered_twice(found: Solution, sites: Sites) -> dict[str, Any]:
    """What two sites or more cover, where that was asked for."""
    if found.times is None:
        return {}
    twice = found.times > 1
    people, places = math.fsum(sites.people[twice]), int(twice.sum())
    return {
        "people_covered_twice": people,
        "percent_of_people_covered_twice": people / math.fsum(sites.people) * 100,
        "places_covered_twice": places,
        "percent_of_places_covered_twice": places / len(twice) * 100,
    }
