"""Travel times along streets, as a metric."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from locator.earth import Floats, Point
from locator.notes import Note
from locator.travel.costs import Costs, Integers, Nearest
from locator.travel.metric import Bools, Metric, Places, asked, reach
from locator.travel.streets import bulk
from locator.travel.streets.ends import Goals
from locator.travel.streets.network import Streets, open_network
from locator.travel.streets.snapping import Snapped, snap
from locator.travel.streets.ways import Way, ways_to_nearest
from locator.travel.units import Limit, Unit

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_FEW = 50  # origins; for more one search from all facilities is quicker than one from each
_PAIRS = 4_000_000  # held at once where there is no limit
_ORIGINS = 200_000  # searched at once where there is one

_NOTES = {
    "foot": Note("Travel times are on foot along streets and paths, ferries without waiting."),
    "bicycle": Note("Travel times are by bicycle, ferries without waiting."),
    "car": Note("Travel times are by car on empty streets, ferries without waiting."),
}


@dataclass(frozen=True, eq=False)
class StreetNetwork:
    """Seconds along the streets of a mode, with the walks from and to the nearest of them.

    What lies farther than `CAP` from every street cannot be reached.
    """

    streets: Streets
    _snapped: "WeakKeyDictionary[Places, Snapped]" = field(default_factory=WeakKeyDictionary)
    _goals: "WeakKeyDictionary[Places, Goals]" = field(default_factory=WeakKeyDictionary)

    unit = Unit.SECOND
    anywhere = True

    def __reduce__(self) -> tuple[Any, ...]:
        """Other processes open the folder themselves."""
        return _opened, (self.streets.network.folder, self.streets.mode, self.streets.scale)

    @property
    def note(self) -> Note:
        """How one travels."""
        return _NOTES[self.streets.mode]

    @property
    def rough(self) -> Metric:
        """No quicker."""
        return self

    def knows(self, facilities: Places) -> Bools:
        """Those that lie at a street."""
        return np.asarray(self.snapped(facilities).edge >= 0)

    def snapped(self, places: Places) -> Snapped:
        """Where places meet the streets; found once for each `Places`."""
        found = self._snapped.get(places)
        if found is None:
            found = self._snapped[places] = snap(self.streets, *places.points())
        return found

    def goals(self, facilities: Places) -> Goals:
        """Facilities ready to be searched for; found once for each `Places`."""
        found = self._goals.get(facilities)
        if found is None:
            found = self._goals[facilities] = Goals(self.streets, self.snapped(facilities))
        return found

    def nearest(
        self, origins: Places, facilities: Places, k: int | None = 1, within: Limit | None = None
    ) -> Nearest:
        """By a search from each origin, or for the nearest of many by one from all facilities."""
        limit, count = asked(within, self.unit, k, facilities)
        at, goals = self.snapped(origins), self.goals(facilities)
        if count == 1 and len(facilities) and len(origins) > _FEW:
            return bulk.nearest_of_many(at, goals, limit)
        return bulk.nearest_of_each(at, goals, count, limit)

    def ways(
        self, origin: Point, facilities: Places, k: int, within: Limit | None = None
    ) -> list[Way]:
        """The ways from one origin to its k nearest facilities, nearest first."""
        at = self.snapped(Places.at(origin))
        limit = reach(within, self.unit)
        return ways_to_nearest(self.streets, at, 0, self.goals(facilities), k, limit)

    def costs(
        self, origins: Places, facilities: Places, within: Limit | None = None
    ) -> Iterator[tuple[slice, Costs]]:
        """Blocks of origins, by a search backward from each facility."""
        limit = reach(within, self.unit)
        at, goals = self.snapped(origins), self.goals(facilities)
        step = _ORIGINS if np.isfinite(limit) else max(1, _PAIRS // max(len(facilities), 1))
        for begin in range(0, len(origins), step):
            here = slice(begin, min(begin + step, len(origins)))
            some = Snapped(at.edge[here], at.part[here], at.metres[here])
            yield here, bulk.pairs_within(some, goals, limit)

    def around(self, origin: Point, limit: Limit) -> "BaseGeometry | None":
        """What is within reach, by streets and a short walk from them; no ferry's water."""
        from locator.travel.streets.isochrone import reached

        return reached(self.streets, origin, [limit.under(self.unit)])[0]

    def gathered(
        self, origins: Places, group: Integers, ids: Sequence[str], people: Floats
    ) -> Metric:
        """The same: a group is measured from its own point."""
        return self


def _opened(folder: Path, mode: str, scale: float) -> StreetNetwork:
    return StreetNetwork(Streets(open_network(folder), mode, scale))
