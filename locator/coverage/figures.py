"""Any measure by its name: the figures that the command line prints and the page shows."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from locator.coverage import accessibility, inequality
from locator.coverage.cost import Floats
from locator.coverage.decay import Decay, binary, parse_decay, parse_steps
from locator.coverage.inputs import Inputs
from locator.coverage.measures import nearest, share_curve, shares, summary
from locator.coverage.regions import by_group
from locator.errors import InputError

PLACES = ("nearest", "cumulative", "gravity", "2sfca", "e2sfca", "bfca", "availability")
WHOLE = ("share", "gini", "palma", "fgt", "concentration")
MEASURES = (*PLACES, *WHOLE)


@dataclass(frozen=True)
class Parameters:
    """What a measure needs to know; each measure reads only its own.

    Attributes:
        within: limits of cost, ascending.
        by: for "share": column of the demand to tell the groups by, at the first limit.
        k: for "nearest" and "share": the k-th nearest.
        decay, steps: as `decay.parse_decay` and `decay.parse_steps` read them.
        of: what "gini", "palma", "fgt" and "concentration" are measured of: one of `PLACES`.
        income: column of the demand, for "palma" and "concentration".
        poverty_line: for "fgt".
        corrected: Erreygers' corrected concentration index.
    """

    within: tuple[float, ...] = ()
    by: str | None = None
    k: int = 1
    decay: str | None = None
    steps: str | None = None
    of: str = "cumulative"
    income: str | None = None
    poverty_line: float | None = None
    corrected: bool = False


def figures(inputs: Inputs, measure: str, asked: Parameters) -> dict[str, Any]:
    """One measure: "values" by demand id where it has one a place, else its figures by name.

    Raises:
        InputError: no such measure, or a parameter that it needs is missing.
    """
    if measure in PLACES:
        return _by_place(inputs, measure, asked)
    people = inputs.demand.weight
    if measure == "share":
        return _shares(inputs, asked)
    if measure not in WHOLE:
        raise InputError(
            "There is no measure {name}: choose one of {names}.",
            name=repr(measure),
            names=", ".join(MEASURES),
        )
    access = place_values(inputs, asked.of, asked)
    if measure == "gini":
        return {"gini": inequality.gini(access, people)}
    if measure == "fgt":
        if asked.poverty_line is None:
            raise InputError("fgt needs a poverty line: --poverty-line 95368.")
        return dict(inequality.fgt(access, people, asked.poverty_line)._asdict())
    if asked.income is None:
        raise InputError("{name} needs a column of income: --income COLUMN.", name=measure)
    income = inputs.demand.values(asked.income)
    if measure == "palma":
        return {"palma": inequality.palma(access, people, income)}
    return {
        "concentration": inequality.concentration(access, people, income, corrected=asked.corrected)
    }


def place_values(inputs: Inputs, measure: str, asked: Parameters) -> Floats:
    """One value for each place of demand, shape (demand,)."""
    costs, supply, people = inputs.costs, inputs.facilities.weight, inputs.demand.weight
    limit = asked.within[-1] if asked.within else None
    table: dict[str, Callable[[], Floats]] = {
        "nearest": lambda: nearest(costs, asked.k).cost,
        "cumulative": lambda: accessibility.cumulative(costs, supply, _needed(limit, measure)),
        "gravity": lambda: accessibility.gravity(costs, supply, _decay(asked, measure)),
        "2sfca": lambda: accessibility.two_step(costs, supply, people, _decay(asked, measure)),
        "e2sfca": lambda: accessibility.two_step(costs, supply, people, _decay(asked, measure)),
        "bfca": lambda: accessibility.balanced(costs, supply, people, _decay(asked, measure)),
        "availability": lambda: accessibility.spatial_availability(
            costs, supply, people, _decay(asked, measure)
        ),
    }
    if measure not in table:
        raise InputError(
            "{name} has no value for each place: choose one of {names}.",
            name=repr(measure),
            names=", ".join(PLACES),
        )
    return table[measure]()


def _by_place(inputs: Inputs, measure: str, asked: Parameters) -> dict[str, Any]:
    ids = inputs.demand.ids
    if measure == "nearest":
        cost, row = nearest(inputs.costs, asked.k)
        names = inputs.facilities.ids
        limits = shares(cost, inputs.demand.weight, asked.within)
        return {
            "values": dict(zip(ids, map(_finite, cost), strict=True)),
            "facility": {i: names[j] if j >= 0 else None for i, j in zip(ids, row, strict=True)},
            "shares": [share._asdict() for share in limits],
            "summary": summary(cost, inputs.demand.weight),
        }
    values = place_values(inputs, measure, asked)
    return {"values": dict(zip(ids, map(_finite, values), strict=True))}


def _decay(asked: Parameters, measure: str) -> Decay:
    if asked.decay is not None:
        weight = parse_decay(asked.decay)
        if not asked.within:
            return weight
        limit = asked.within[-1]
        return lambda t: np.where(t <= limit, weight(t), 0.0)
    if asked.steps is not None:
        return parse_steps(asked.steps)
    if asked.within and measure != "gravity":
        return binary(asked.within[-1])
    raise InputError(
        "{name} needs a decay: --decay 'exp(-0.2)', --steps '2km:1,5km:0.68'{or_limit}.",
        name=measure,
        or_limit="" if measure == "gravity" else ", or a limit --within 50",
    )


def _needed(limit: float | None, measure: str) -> float:
    if limit is None:
        raise InputError("{name} needs a limit: --within 5km (or --within 30).", name=measure)
    return limit


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _shares(inputs: Inputs, asked: Parameters) -> dict[str, Any]:
    people = inputs.demand.weight
    cost = nearest(inputs.costs, asked.k).cost
    found = shares(cost, people, asked.within or tuple(np.unique(share_curve(cost, people)[0])))
    whole = {"shares": [s._asdict() for s in found], "summary": summary(cost, people)}
    if asked.by is None:
        return whole
    if not asked.within:
        raise InputError("Figures by group need a limit: --within 5km.")
    groups = by_group(inputs.demand, cost, asked.within[0], asked.by)
    return {**whole, "groups": groups.to_dict("records")}
