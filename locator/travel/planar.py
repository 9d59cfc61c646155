"""Straight lines in a plane, in the unit of its coordinates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from locator.earth import Floats, Point
from locator.notes import Note
from locator.travel.costs import Costs, Integers, Nearest
from locator.travel.metric import Bools, Metric, Places, asked, reach
from locator.travel.units import Limit, Unit

_SLACK = 1 + 1e-9  # more than rounding, so that none equally far is missed
_SPARE = 6  # taken along, to see facilities that are as far as the k-th
_BLOCK = 2_000_000  # pairs in memory at once


@dataclass(frozen=True)
class Planar:
    """Straight lines between coordinates of a plane.

    Attributes:
        unit: of the coordinates.
    """

    unit: Unit = Unit.UNKNOWN

    note = Note("Distances are straight lines in the plane of the coordinates.")
    anywhere = True

    @property
    def rough(self) -> Metric:
        """No quicker."""
        return self

    def knows(self, facilities: Places) -> Bools:
        """All."""
        return np.ones(len(facilities), bool)

    def nearest(
        self, origins: Places, facilities: Places, k: int | None = 1, within: Limit | None = None
    ) -> Nearest:
        """By a k-d tree."""
        from scipy.spatial import cKDTree

        limit, wanted = asked(within, self.unit, k, facilities)
        shape = (len(origins), wanted)
        into = Nearest(np.full(shape, np.inf), np.full(shape, -1))
        if not (wanted and len(facilities)):
            return into
        at, tree = np.column_stack(origins.points()), cKDTree(np.column_stack(facilities.points()))
        count = min(wanted + _SPARE, len(facilities))
        _, found = map(np.asarray, tree.query(at, list(range(1, count + 1))))
        # Measured as everywhere else, since the tree rounds otherwise.
        far = np.hypot(*np.moveaxis(tree.data[found] - at[:, None], -1, 0))
        last = min(wanted, count) - 1
        order = np.lexsort((found, far))[:, :wanted]
        into.cost[:, :count] = np.take_along_axis(far, order, axis=1)
        into.facility[:, :count] = np.take_along_axis(found, order, axis=1)
        if count < len(facilities):
            for row in np.flatnonzero(far[:, -1] <= far[:, last] * _SLACK).tolist():
                near = np.sort(tree.query_ball_point(at[row], far[row, last] * _SLACK))
                away = np.hypot(*(tree.data[near] - at[row]).T)
                first = np.argsort(away, kind="stable")[:wanted]
                into.cost[row], into.facility[row] = away[first], near[first]
        into.facility[into.cost > limit] = -1
        into.cost[into.cost > limit] = np.inf
        return into

    def costs(
        self, origins: Places, facilities: Places, within: Limit | None = None
    ) -> Iterator[tuple[slice, Costs]]:
        """Blocks of origins whose pairs are few enough to hold."""
        limit = reach(within, self.unit)
        (x, y), (xs, ys) = origins.points(), facilities.points()
        step = max(1, _BLOCK // max(len(facilities), 1))
        for start in range(0, len(origins), step):
            here = slice(start, min(start + step, len(origins)))
            far = np.hypot(x[here, None] - xs[None], y[here, None] - ys[None])
            yield here, Costs.from_matrix(np.where(far <= limit, far, np.inf))

    def around(self, origin: Point, limit: Limit) -> None:
        """Unknown: the plane need not lie on the earth."""

    def gathered(
        self, origins: Places, group: Integers, ids: Sequence[str], people: Floats
    ) -> Metric:
        """The same: a group is measured from its own point."""
        return self
