"""Straight lines along the WGS84 ellipsoid, in metres; places in degrees (EPSG:4326)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from locator.earth import WGS84, Floats, Point, distance
from locator.notes import Note
from locator.travel import neighbours
from locator.travel.costs import Costs, Integers, Nearest
from locator.travel.metric import Bools, Metric, Places, asked, reach
from locator.travel.units import Limit, Unit

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_FEW = 2_000  # origins; below it laying out a grid takes longer than searching a tree
_PAIRS = 4_000_000  # held at once
_ROUND = 72  # corners of a circle


@dataclass(frozen=True)
class StraightLine:
    """Geodesics.

    Attributes:
        quick: whether lengths need be right to 2.1 mm only, not to the last digit: millions of
            them then take a sixtieth of the time. The facilities found are the same.
    """

    quick: bool = False

    unit = Unit.METRE
    note = Note("Distances are straight lines, not the way to walk or drive.")
    anywhere = True

    @property
    def rough(self) -> Metric:
        """Right to 2.1 mm."""
        return StraightLine(quick=True)

    def knows(self, facilities: Places) -> Bools:
        """All."""
        return np.ones(len(facilities), bool)

    def nearest(
        self, origins: Places, facilities: Places, k: int | None = 1, within: Limit | None = None
    ) -> Nearest:
        """By a k-d tree, or for the nearest of thousands by a grid; both exact (see `chords`)."""
        limit, count = asked(within, self.unit, k, facilities)
        if count == 1 and len(facilities) and len(origins) >= _FEW:
            # Only those who have thousands of origins wait for the compiler to load.
            from locator.travel.bulk import nearest_of_many

            if found := nearest_of_many(origins, facilities):
                return self._within(self._measured(found, origins, facilities), limit)
        return neighbours.nearest(origins, facilities, count, limit)

    def _measured(self, found: Nearest, origins: Places, facilities: Places) -> Nearest:
        if self.quick:
            return found
        row = found.facility[:, 0]
        (lon, lat), (lons, lats) = origins.points(), facilities.points()
        return Nearest(distance(lon, lat, lons[row], lats[row])[:, None], found.facility)

    def _within(self, found: Nearest, limit: float) -> Nearest:
        if np.isinf(limit):
            return found
        near = found.cost <= limit
        return Nearest(np.where(near, found.cost, np.inf), np.where(near, found.facility, -1))

    def costs(
        self, origins: Places, facilities: Places, within: Limit | None = None
    ) -> Iterator[tuple[slice, Costs]]:
        """Blocks of origins whose pairs are few enough to hold.

        With a limit only the pairs whose chord is as short are measured: a geodesic is never
        shorter than its chord.
        """
        limit = reach(within, self.unit)
        step = max(1, _PAIRS // max(len(facilities), 1))
        for at in range(0, len(origins), step):
            here = slice(at, min(at + step, len(origins)))
            yield here, _pairs(origins.some(here), facilities, limit)

    def around(self, origin: Point, limit: Limit) -> "BaseGeometry":
        """The circle, its corners 5 degrees apart."""
        from shapely import Polygon

        metres, turn = limit.under(self.unit), np.arange(0, 360, 360 / _ROUND)
        lon, lat, turns, far = np.broadcast_arrays(origin.lon, origin.lat, turn, metres)
        lons, lats, _ = WGS84.fwd(lon, lat, turns, far)
        return Polygon(np.column_stack((lons, lats)))

    def gathered(
        self, origins: Places, group: Integers, ids: Sequence[str], people: Floats
    ) -> Metric:
        """The same: a group is measured from its own point."""
        return self


STRAIGHT_LINE = StraightLine()


def _pairs(origins: Places, facilities: Places, limit: float) -> Costs:
    (lon, lat), (lons, lats) = origins.points(), facilities.points()
    shape = (len(origins), len(facilities))
    if np.isinf(limit) or not (shape[0] and shape[1]):
        every = distance(lon[:, None], lat[:, None], lons[None], lats[None])
        return Costs.from_matrix(every.reshape(shape))
    lists = cast(list[list[int]], origins.tree.query_ball_point(facilities.xyz, limit))
    to = np.repeat(np.arange(shape[1]), [len(found) for found in lists])
    at = np.concatenate([np.asarray(found, np.int64) for found in lists])
    metres = distance(lon[at], lat[at], lons[to], lats[to])
    return Costs.from_pairs(at, to, np.where(metres <= limit, metres, np.inf), shape)
