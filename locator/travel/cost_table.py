"""A ready table of costs between ids: travel times or ways that another program found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from locator.earth import Floats, Point
from locator.notes import Note
from locator.travel.costs import Costs, Integers, Nearest, nearest_by_cost
from locator.travel.metric import Bools, Metric, Places, asked, reach
from locator.travel.units import Limit, Unit


@dataclass(frozen=True, eq=False)
class CostTable:
    """What is not in the table cannot be reached.

    Attributes:
        table: all its pairs.
        origins, destinations: ids of its rows and columns.
        unit: of its costs.
    """

    table: Costs
    origins: Sequence[str]
    destinations: Sequence[str]
    unit: Unit = Unit.UNKNOWN

    note = Note("How far it is stands in the cost table that was given; it is not measured here.")
    anywhere = False

    @property
    def rough(self) -> Metric:
        """No quicker."""
        return self

    def knows(self, facilities: Places) -> Bools:
        """Those that the table leads to."""
        return np.array([name in self._column for name in facilities.ids], bool)

    def nearest(
        self, origins: Places, facilities: Places, k: int | None = 1, within: Limit | None = None
    ) -> Nearest:
        """By sorting the table."""
        limit, count = asked(within, self.unit, k, facilities)
        return nearest_by_cost(self._between(origins, facilities).within(limit), count)

    def costs(
        self, origins: Places, facilities: Places, within: Limit | None = None
    ) -> Iterator[tuple[slice, Costs]]:
        """All in one block."""
        limit = reach(within, self.unit)
        yield slice(0, len(origins)), self._between(origins, facilities).within(limit)

    def around(self, origin: Point, limit: Limit) -> None:
        """Unknown: a table has no places between its own."""

    def gathered(
        self, origins: Places, group: Integers, ids: Sequence[str], people: Floats
    ) -> Metric:
        """A table from groups: the cost that at least half of the people of a group have at most.

        A group more than half of whose people cannot reach a facility cannot reach it. Where
        nobody lives in a group every place of it counts as one person.
        """
        everywhere = Places(None, None, self.destinations)
        costs = self._between(origins, everywhere)
        lived = np.bincount(group, people, len(ids)) > 0
        weight = np.where(lived[group], people, 1.0)
        half = np.bincount(group, weight, len(ids)) / 2
        order = np.lexsort((costs.cost, costs.destination, group[costs.origin]))
        at, to = group[costs.origin][order], costs.destination[order]
        pair = at * len(self.destinations) + to
        first = np.flatnonzero(np.diff(pair, prepend=-1))
        running = np.cumsum(weight[costs.origin][order])
        before = np.concatenate(([0.0], running))[first]
        sought = before + half[at[first]] * (1 - 1e-12)  # a hair less, for rounding of the sum
        median = np.searchsorted(running, sought)
        end = np.append(first[1:], len(pair))
        there = median < end
        kept = median[there]
        shape = (len(ids), len(self.destinations))
        gathered = Costs.from_pairs(at[kept], to[kept], costs.cost[order][kept], shape)
        return CostTable(gathered, list(ids), self.destinations, self.unit)

    @cached_property
    def _row(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.origins)}

    @cached_property
    def _column(self) -> dict[str, int]:
        return {name: column for column, name in enumerate(self.destinations)}

    def _between(self, origins: Places, facilities: Places) -> Costs:
        """The pairs of these, counted in their own rows."""
        shape = (len(origins), len(facilities))
        place = _asked(self._row, origins.ids, len(self.origins))
        facility = _asked(self._column, facilities.ids, len(self.destinations))
        at, to = place[self.table.origin], facility[self.table.destination]
        kept = (at >= 0) & (to >= 0)
        return Costs.from_pairs(at[kept], to[kept], self.table.cost[kept], shape)


def _asked(known: dict[str, int], ids: Sequence[str], size: int) -> Integers:
    """For each row of the table the place in `ids` that it is of, -1 where it is of none."""
    found = np.full(size, -1, np.int64)
    rows = np.fromiter((known.get(name, -1) for name in ids), np.int64, len(ids))
    there = rows >= 0
    found[rows[there]] = np.flatnonzero(there)
    return found
