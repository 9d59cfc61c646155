"""Any measure by its name: the figures that the command line prints and the page shows.

The demand comes in parts. What competing people claim of each facility is summed over all parts
first; then each part gives its values, a number a place, and the whole is measured over those.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from locator.coverage.inputs import Inputs, Layer, Part, Run, column, merged
from locator.coverage.measures import inequality
from locator.coverage.measures.accessibility import AVAILABILITY, BALANCED, TWO_STEP
from locator.coverage.measures.parameters import COMPETING, PLACES, Parameters, value
from locator.coverage.measures.regions import by_group
from locator.coverage.measures.summaries import share_curve, shares, summary
from locator.earth import Point
from locator.errors import InputError
from locator.notes import Note
from locator.travel import Costs, Floats, Metric, Rows, Unit

WHOLE = ("share", "gini", "palma", "fgt", "concentration")
MEASURES = (*PLACES, *WHOLE)

_COMPETITIONS = {
    "2sfca": TWO_STEP,
    "e2sfca": TWO_STEP,
    "bfca": BALANCED,
    "availability": AVAILABILITY,
}


@dataclass(frozen=True)
class Values:
    """What the parts of the demand gave, put together in their order.

    Attributes:
        ids: of each place, as `numpy.dtypes.StringDType`.
        people: at each place.
        places: the values of each measure that has one a place, shape (demand,).
        facility: row of the k-th nearest, -1 without one, where "nearest" was asked.
        columns: other columns of the demand that a measure needs.
        notes: what a person should know about the demand.
        middle: median of the first part's points, None where they are not in degrees.
    """

    ids: np.ndarray
    people: Floats
    places: dict[str, Floats]
    facility: Rows
    columns: dict[str, np.ndarray]
    notes: tuple[Note, ...]
    middle: Point | None


def values(inputs: Inputs, names: Sequence[str], asked: Parameters, run: Run[Any] = map) -> Values:
    """What the measures in `names` need of every place.

    Raises:
        InputError: no such measure, or a parameter that it needs is missing.
    """
    wanted = _wanted(names, asked, inputs.metric.unit)
    work = _Work(inputs.facilities, inputs.metric, wanted, asked)
    if set(wanted) & set(COMPETING):
        claims: dict[str, Floats] = {}
        for found in run(work.claimed, inputs.parts):
            claims = {name: claims.get(name, 0) + found[name] for name in found}
        work = replace(work, claims=claims)
    return _joined(list(run(work.valued, inputs.parts)))


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


def _wanted(names: Sequence[str], asked: Parameters, unit: Unit) -> list[str]:
    """The measures with a value a place that these are, or are made from; each once."""
    wanted = []
    for name in names:
        if name not in MEASURES:
            raise InputError(
                "There is no measure {name}: choose one of {names}.",
                name=repr(name),
                names=", ".join(MEASURES),
            )
        base = name if name in PLACES else "nearest" if name == "share" else asked.of
        if base not in PLACES:
            raise InputError(
                "{name} has no value for each place: choose one of {names}.",
                name=repr(base),
                names=", ".join(PLACES),
            )
        asked.check(name, unit)
        asked.check(base, unit)
        wanted.append(base)
    return list(dict.fromkeys(wanted))


@dataclass(frozen=True)
class _Work:
    """What is done to each part of the demand, here or on a cluster.

    Attributes:
        names: measures with a value a place.
        claims: of all people on each facility, by competing measure (see `Competition`).
    """

    facilities: Layer
    metric: Metric
    names: list[str]
    asked: Parameters
    claims: dict[str, Floats] = field(default_factory=dict)

    def claimed(self, part: Part) -> dict[str, Floats]:
        """What this part of the demand claims of the facilities, by competing measure."""
        names = [name for name in self.names if name in COMPETING]
        claims: dict[str, Floats] = {}
        for some, costs in self._blocks(part.load(), names):
            for name in names:
                decay = self.asked.decay_of(name, self.metric.unit)
                found = _COMPETITIONS[name].claims(costs, some.weight, decay)
                claims[name] = claims.get(name, 0) + found
        return claims

    def valued(self, part: Part) -> Values:
        """The values of this part of the demand."""
        demand, asked = part.load(), self.asked
        places: dict[str, list[Floats]] = {name: [] for name in self.names}
        facility: Rows = np.empty(0, np.int64)
        if "nearest" in self.names:
            there = self.facilities.places
            cost, facility = self.metric.nearest(demand.places, there, asked.k).kth
            places["nearest"].append(cost)
        others = [name for name in self.names if name != "nearest"]
        for some, costs in self._blocks(demand, others):
            for name in others:
                places[name].append(self._value(name, costs, some))
        columns: dict[str, np.ndarray] = {}
        if asked.income is not None:
            columns[asked.income] = demand.values(asked.income)
        if asked.by is not None:
            columns[asked.by] = column(demand.table, asked.by, "the demand").astype(str).to_numpy()
        joined = {name: np.concatenate(parts) for name, parts in places.items()}
        ids = np.array(demand.ids, np.dtypes.StringDType())
        middle = None
        if demand.on_earth:
            lon, lat = demand.points()
            middle = Point(float(np.median(lat)), float(np.median(lon)))
        return Values(ids, demand.weight, joined, facility, columns, demand.notes, middle)

    def _value(self, name: str, costs: Costs, some: Layer) -> Floats:
        if name not in COMPETING:
            return value(name, costs, self.facilities.weight, self.asked, self.metric.unit)
        decay, claims = self.asked.decay_of(name, self.metric.unit), self.claims[name]
        supply = self.facilities.weight
        return _COMPETITIONS[name].access(costs, supply, some.weight, decay, claims)

    def _blocks(self, demand: Layer, names: Sequence[str]) -> Iterator[tuple[Layer, Costs]]:
        if names:
            within = self.asked.reach(names, self.metric.unit)
            for rows, costs in self.metric.costs(demand.places, self.facilities.places, within):
                yield demand.rows(rows.start, rows.stop), costs


def _joined(parts: list[Values]) -> Values:
    first = parts[0]
    if len(parts) == 1:
        return first
    return Values(
        np.concatenate([part.ids for part in parts]),
        np.concatenate([part.people for part in parts]),
        {name: np.concatenate([part.places[name] for part in parts]) for name in first.places},
        np.concatenate([part.facility for part in parts]),
        {name: np.concatenate([part.columns[name] for part in parts]) for name in first.columns},
        merged(note for part in parts for note in part.notes),
        first.middle,
    )


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
    if name != "nearest":
        return figures
    return {
        **figures,
        "unit": inputs.metric.unit.value,
        "shares": [share._asdict() for share in shares(cost, found.people, limits)],
        "summary": summary(cost, found.people),
    }


def _whole(found: Values, name: str, asked: Parameters, unit: Unit) -> dict[str, Any]:
    if name == "share":
        return _shares(found, asked, unit)
    access, people = found.places[asked.of], found.people
    income = found.columns.get(asked.income or "", np.empty(0))
    table: dict[str, Callable[[], dict[str, Any]]] = {
        "gini": lambda: {"gini": inequality.gini(access, people)},
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
