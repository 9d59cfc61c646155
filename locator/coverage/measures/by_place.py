"""What the measures need of every place, found part by part or over all pairs at once.

The demand comes in parts. What competing people claim of each facility is summed over all parts
first; then each part gives its values, a number a place, and the whole is measured over those.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from locator.coverage.inputs import Inputs, Layer, Part, Run, column, merged, whole
from locator.coverage.measures.accessibility import AVAILABILITY, BALANCED, THREE_STAGE, TWO_STEP
from locator.coverage.measures.joint import Joint
from locator.coverage.measures.parameters import (
    COMPETING,
    JOINT,
    PLACES,
    Parameters,
    joint_value,
    value,
)
from locator.earth import Point
from locator.errors import InputError
from locator.notes import Note
from locator.travel import Costs, Floats, Metric, Rows, Unit

WHOLE = ("share", "gini", "theil", "palma", "fgt", "concentration")
MEASURES = (*PLACES, *WHOLE)

_COMPETITIONS = {
    "2sfca": TWO_STEP,
    "e2sfca": TWO_STEP,
    "3sfca": THREE_STAGE,
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
        joint: what measures of everybody say of the facilities, with the pairs they were found of.
        middle: median of the first part's points, None where they are not in degrees.
    """

    ids: np.ndarray
    people: Floats
    places: dict[str, Floats]
    facility: Rows
    columns: dict[str, np.ndarray]
    notes: tuple[Note, ...]
    middle: Point | None
    joint: dict[str, tuple[Joint, Costs]] = field(default_factory=dict)


def values(inputs: Inputs, names: Sequence[str], asked: Parameters, run: Run[Any] = map) -> Values:
    """What the measures in `names` need of every place.

    Raises:
        InputError: no such measure, or a parameter that it needs is missing.
    """
    wanted = _wanted(names, asked, inputs.metric.unit)
    alone = [name for name in wanted if name not in JOINT]
    work = _Work(inputs.facilities, inputs.metric, alone, asked)
    if set(alone) & set(COMPETING):
        claims: dict[str, Floats] = {}
        for found in run(work.claimed, inputs.parts):
            claims = {name: claims.get(name, 0) + found[name] for name in found}
        work = replace(work, claims=claims)
    found = _joined(list(run(work.valued, inputs.parts)))
    if len(alone) == len(wanted):
        return found
    together = _together(inputs, [name for name in wanted if name in JOINT], asked)
    places = {name: of.places for name, (of, _) in together.items()}
    return replace(found, places={**found.places, **places}, joint=together)


def _together(
    inputs: Inputs, names: Sequence[str], asked: Parameters
) -> dict[str, tuple[Joint, Costs]]:
    """What the measures of `JOINT` say, over all pairs within reach."""
    demand, metric = whole(inputs.parts), inputs.metric
    there, within = inputs.facilities.places, asked.reach(names, metric.unit)
    shape = (len(demand), len(there))
    costs = Costs.joined(metric.costs(demand.places, there, within), shape)
    supply, people = inputs.facilities.weight, demand.weight
    return {
        name: (joint_value(name, costs, supply, people, asked, metric.unit), costs)
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
        if demand.on_earth and len(demand):
            lon, lat = demand.points()
            middle = Point(float(np.median(lat)), float(np.median(lon)))
        return Values(ids, demand.weight, joined, facility, columns, demand.notes, middle)

    def _value(self, name: str, costs: Costs, some: Layer) -> Floats:
        if name not in COMPETING:
            supply, unit = self.facilities.weight, self.metric.unit
            return value(name, costs, supply, some.weight, self.asked, unit)
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
        next((part.middle for part in parts if part.middle), None),
    )
