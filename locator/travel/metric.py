"""How far it is from here to there, whatever "far" means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from locator.earth import Floats, Point, ecef
from locator.errors import InputError
from locator.notes import Note
from locator.travel.costs import Costs, Integers, Nearest
from locator.travel.units import Limit, Unit

if TYPE_CHECKING:
    from scipy.spatial import cKDTree
    from shapely.geometry.base import BaseGeometry

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Places:
    """Where one starts from, or goes to. Kept as long as it is asked about: it remembers its tree.

    Attributes:
        x, y: longitude and latitude in degrees (EPSG:4326), or coordinates of a plane, shape (n,);
            None where only ids are known.
        ids: text, n of them; may be empty for metrics that go by points.
    """

    x: Floats | None
    y: Floats | None
    ids: Sequence[str] = ()

    @classmethod
    def at(cls, point: Point) -> "Places":
        """One point."""
        return cls(np.array([point.lon]), np.array([point.lat]))

    def __len__(self) -> int:
        return len(self.ids) if self.x is None else len(self.x)

    def points(self) -> tuple[Floats, Floats]:
        """x and y.

        Raises:
            InputError: there are none.
        """
        if self.x is None or self.y is None:
            raise InputError(
                "There are no coordinates to measure from: add columns lon and lat (or x and y), "
                "or give a cost table with --cost."
            )
        return self.x, self.y

    def some(self, rows: npt.NDArray[np.intp] | slice) -> "Places":
        """These rows alone, without their ids."""
        x, y = self.points()
        return Places(x[rows], y[rows])

    @cached_property
    def xyz(self) -> Floats:
        """Earth-centred coordinates in metres of points in degrees, shape (n, 3).

        Raises:
            InputError: a coordinate is not finite or not on the globe.
        """
        lon, lat = self.points()
        # NaN compares false.
        if not (np.abs(lat).max(initial=0) <= 90 and np.abs(lon).max(initial=0) <= 180):
            row = int(np.argmin((np.abs(lat) <= 90) & (np.abs(lon) <= 180)))
            raise InputError(
                "Point number {row} ({lat}, {lon}) is not on the earth: check its latitude "
                "(-90 to 90) and longitude (-180 to 180).",
                row=row + 1,
                lat=lat[row],
                lon=lon[row],
            )
        return ecef(lon, lat)

    @cached_property
    def box(self) -> Floats:
        """The eight corners of a box about all of `xyz`, shape (8, 3)."""
        sides = [(axis.min(), axis.max()) for axis in self.xyz.T]
        return np.stack(np.meshgrid(*sides), axis=-1).reshape(8, 3)

    @cached_property
    def tree(self) -> "cKDTree":
        """Of `xyz`."""
        from scipy.spatial import cKDTree

        return cKDTree(self.xyz)


class Metric(Protocol):
    """What it costs to get from origins to facilities, both given as points and ids.

    Attributes:
        unit: of every cost.
        note: what the figure is, for people.
        anywhere: whether it can measure from any point; else only between the ids it knows.
    """

    @property
    def unit(self) -> Unit: ...

    @property
    def note(self) -> Note: ...

    @property
    def anywhere(self) -> bool: ...

    @property
    def rough(self) -> "Metric":
        """The same where costs need not be right to the last digit: quicker, if there is a way."""

    def knows(self, facilities: Places) -> Bools:
        """Which facilities it can measure to at all, shape (facilities,)."""

    def nearest(
        self, origins: Places, facilities: Places, k: int | None = 1, within: Limit | None = None
    ) -> Nearest:
        """The k nearest facilities of each origin; all (None) at the most.

        Raises:
            InputError: `k` is below 0, or `within` is of another kind than `unit`.
        """

    def costs(
        self, origins: Places, facilities: Places, within: Limit | None = None
    ) -> Iterator[tuple[slice, Costs]]:
        """All pairs within reach, in blocks: some rows of the origins, and the costs of those.

        Raises:
            InputError: `within` is of another kind than `unit`.
        """

    def around(self, origin: Point, limit: Limit) -> "BaseGeometry | None":
        """What is within the limit of a point, as an area (EPSG:4326); None where unknown.

        Raises:
            InputError: the limit is of another kind than `unit`.
        """

    def gathered(
        self, origins: Places, group: Integers, ids: Sequence[str], people: Floats
    ) -> "Metric":
        """The same for groups of origins, so that a cell of places can be an origin.

        Args:
            origins: the places.
            group: the row in `ids` of each place's group, shape (origins,).
            ids: of the groups.
            people: at each place, shape (origins,).
        """


def reach(within: Limit | None, unit: Unit) -> float:
    """A limit in the unit; inf without one."""
    return np.inf if within is None else within.under(unit)


def asked(within: Limit | None, unit: Unit, k: int | None, facilities: Places) -> tuple[float, int]:
    """What `Metric.nearest` is asked: a limit in the unit, and how many facilities.

    Raises:
        InputError: either is below 0, or the limit is of another kind than the unit.
    """
    limit, count = reach(within, unit), len(facilities) if k is None else k
    if limit < 0 or count < 0:
        raise InputError("Give a limit and a distance of 0 or more.")
    return limit, count


def check_rank(k: int) -> None:
    """See that there can be a `k`-th nearest.

    Raises:
        InputError: `k` is below 1.
    """
    if k < 1:
        raise InputError("The nearest, second nearest, ... are counted from 1; {k} is none.", k=k)
