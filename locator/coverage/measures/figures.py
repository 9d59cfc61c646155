"""Any measure by its name: the figures that the command line prints and the page shows."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from locator.coverage.inputs import Inputs, Run
from locator.coverage.measures import inequality
from locator.coverage.measures.by_place import Values, values
from locator.coverage.measures.parameters import JOINT, PLACES, Parameters
from locator.coverage.measures.regions import by_group
from locator.coverage.measures.summaries import share_curve, shares, summary
from locator.travel import Unit


def figures(
    inputs: Inputs, names: Sequence[str], asked: Parameters, run: Run[Any] = map
) -> dict[str, dict[str, Any]]:
    """By measure: "values" by demand id where it has one a place, else its figures by name.

    Args:
        run: applies a function to every part of the demand, as `map` does.

    Raises:
        InputError: no such measure, or a parameter that it needs is missing.
    """
    return measured(inputs, values(inputs, names, asked, run), names, asked)


def measured(
    inputs: Inputs, found: Values, names: Sequence[str], asked: Parameters, *, each: bool = True
) -> dict[str, dict[str, Any]]:
    """The figures of `values` that were found for the same names and parameters.

    Without `each`, what is there for the whole alone.
    """
    return {
        name: _by_place(inputs, found, name, asked, each)
        if name in PLACES
        else _whole(found, name, asked, inputs.metric.unit)
        for name in names
    }


def _by_place(
    inputs: Inputs, found: Values, name: str, asked: Parameters, each: bool
) -> dict[str, Any]:
    cost, limits = found.places[name], asked.limits(inputs.metric.unit)
    figures: dict[str, Any] = {}
    if each:
        ids, names = found.ids.tolist(), inputs.facilities.ids
        figures["values"] = dict(zip(ids, map(_finite, cost.tolist()), strict=True))
        if name == "nearest":
            rows = found.facility.tolist()
            figures["facility"] = {
                i: names[j] if j >= 0 else None for i, j in zip(ids, rows, strict=True)
            }
    if name in JOINT:
        return {**figures, **_of_facilities(inputs, found, name, each)}
    if name != "nearest":
        return figures
    return {
        **figures,
        "unit": inputs.metric.unit.value,
        "shares": [share._asdict() for share in shares(cost, found.people, limits)],
        "summary": summary(cost, found.people),
    }


def _of_facilities(inputs: Inputs, found: Values, name: str, each: bool) -> dict[str, Any]:
    """By facility the people that a joint measure gives it, the sums, and the flows it has."""
    joint, costs = found.joint[name]
    names = inputs.facilities.ids
    lived = found.people > 0
    reached = lived & np.isfinite(joint.places)
    figures: dict[str, Any] = {
        "sum_of_facilities": math.fsum(joint.facilities),
        "sum_of_places": math.fsum(joint.places[np.isfinite(joint.places)]),
        "mean": float(np.average(joint.places[reached], weights=found.people[reached]))
        if reached.any()
        else None,
        "people_unreached": math.fsum(found.people[lived & ~reached]),
    }
    if each:
        figures["facilities"] = dict(zip(names, joint.facilities.tolist(), strict=True))
    if each and joint.flows is not None:
        at = found.ids[costs.origin].tolist()
        to = [names[row] for row in costs.destination]
        figures["flows"] = [list(one) for one in zip(at, to, joint.flows.tolist(), strict=True)]
    return figures


def _whole(found: Values, name: str, asked: Parameters, unit: Unit) -> dict[str, Any]:
    if name == "share":
        return _shares(found, asked, unit)
    access, people = found.places[asked.of], found.people
    income = found.columns.get(asked.income or "", np.empty(0))
    table: dict[str, Callable[[], dict[str, Any]]] = {
        "gini": lambda: {"gini": inequality.gini(access, people)},
        "theil": lambda: _theil(found, asked),
        "fgt": lambda: dict(inequality.fgt(access, people, asked.poverty_line or 0.0)._asdict()),
        "palma": lambda: {"palma": inequality.palma(access, people, income)},
        "concentration": lambda: {
            "concentration": inequality.concentration(
                access,
                people,
                income,
                corrected=asked.corrected,
                ranks=asked.ranks,
                bounds=asked.bounds,
            )
        },
    }
    return table[name]()


def _theil(found: Values, asked: Parameters) -> dict[str, Any]:
    groups = None if asked.by is None else found.columns[asked.by]
    whole = inequality.theil(found.places[asked.of], found.people, groups)
    if asked.by is None:
        return {"theil": whole.theil}
    parts = [
        {asked.by: name, "between": between, "within": within}
        for name, (between, within) in whole.groups.items()
    ]
    return {
        "theil": whole.theil,
        "between": whole.between,
        "within": whole.within,
        "groups": parts,
    }


def _shares(found: Values, asked: Parameters, unit: Unit) -> dict[str, Any]:
    people, cost = found.people, found.places["nearest"]
    limits = asked.limits(unit) or tuple(np.unique(share_curve(cost, people)[0]))
    within = shares(cost, people, limits)
    whole = {
        "unit": unit.value,
        "shares": [s._asdict() for s in within],
        "summary": summary(cost, people),
    }
    if asked.by is None:
        return whole
    groups = by_group(found.columns[asked.by], people, cost, limits[0], asked.by)
    return {**whole, "groups": groups.to_dict("records")}


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
