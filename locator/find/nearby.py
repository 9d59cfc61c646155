"""The nearest help to a point, by any metric, ties in a fixed order."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from locator.directory import Directory, Record, Status
from locator.earth import Point, distance_and_bearing
from locator.find.trips import Trip
from locator.geocoding import of_place
from locator.places import Landmass, landmasses_of
from locator.travel import STRAIGHT_LINE, Limit, Metric, Places, Unit

Indices = npt.NDArray[np.intp]

# What a person may be sent to; the other records stay in the directory as history.
_EXISTING = (Status.ACTIVE, Status.TEMPORARILY_CLOSED)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found near a point.

    Attributes:
        record: what was found.
        cost: how far it is, in `unit`, by the metric that was asked.
        unit: of the cost.
        distance_m: the straight line beside it, geodesic, in metres on WGS84.
        bearing: where it lies from the point, degrees clockwise from north [0, 360).
        off_m: metres that the distance may be off, for what is not known exactly at either end.
        start: the point it was measured from.
        trip: how one goes there, where one travels.
        here, there: the landmass of that point and of the record; None where it is not known.
    """

    record: Record
    cost: float
    unit: Unit
    distance_m: float
    bearing: float
    off_m: float = 0.0
    start: Point | None = None
    trip: Trip | None = None
    here: Landmass | None = None
    there: Landmass | None = None

    @property
    def overseas(self) -> bool:
        """Whether it is on another landmass, and a straight line does not tell of it."""
        return self.is_straight and bool(self.here and self.there) and self.here != self.there

    @property
    def apart(self) -> bool:
        """Whether it comes after what is on the person's own landmass.

        From an island without a fixed link so does what may lie anywhere: a town at the far end of
        the country is not nearer than the one across the water for that.
        """
        unknown = self.is_straight and bool(self.here and not self.here.main and not self.there)
        return self.overseas or unknown

    @property
    def off(self) -> float:
        """How far off the cost may be, in its unit: as the distance may be."""
        return self.off_m * self.cost / self.distance_m if self.distance_m else self.off_m

    @property
    def is_straight(self) -> bool:
        """Whether the cost is the straight line itself."""
        return self.unit is Unit.METRE and self.cost == self.distance_m


def nearest(
    directory: Directory,
    point: Point,
    *,
    categories: Collection[str] = (),
    limit: int | None = 10,
    within: Limit | None = None,
    metric: Metric = STRAIGHT_LINE,
    **filters: Any,  # noqa: ANN401 (typed by Directory.filter)
) -> list[Hit]:
    """The records nearest to `point`, nearest first; equally far ones in the order of their ids.

    Records that exist no more are left out.

    Args:
        categories: ids; a record counts if it has any of them. None given: every category.
        limit: how many at most; None for all.
        within: how far away at most; None for any distance.
        metric: what "near" means.
        filters: passed to `Directory.filter`.

    Raises:
        InputError: `limit` or `within` is negative, or `within` of another kind than the metric.
    """
    chosen = directory.filter(**filters) if filters else directory
    return _places(chosen).nearest(point, categories, limit, within, metric)


def placeless(
    directory: Directory,
    categories: Collection[str] = (),
    *,
    municipalities: Collection[str] | None = None,
) -> list[Record]:
    """The records without a point (phone lines, online help), in the order of their ids.

    Args:
        categories: ids; a record counts if it has any of them. None given: every category.
        municipalities: codes of where the person lives. A municipality's own line or website
            serves its residents only, so of these just theirs are left; None leaves all.
    """
    wanted, home = set(categories), None if municipalities is None else set(municipalities)
    return [
        record
        for record in _existing(directory.records)
        if record.point is None
        and (not wanted or not wanted.isdisjoint(record.categories))
        and (home is None or _serves(record, home))
    ]


def off_by(record: Record) -> float:
    """By how many metres the point of a record may be off."""
    return of_place(record.precision, record.postcode) if record.precision else 0.0


def _serves(record: Record, home: set[str]) -> bool:
    if record.scope == "national":
        return True
    return not home.isdisjoint({record.municipality_code, *record.service_area})


def _existing(records: Iterable[Record]) -> list[Record]:
    # In the order of ids, so that the lower index, which wins a tie, is the lower id.
    return sorted((r for r in records if r.status in _EXISTING), key=lambda record: record.id)


class _PlacesByCategory:
    """The places of each category of one directory, gathered when first asked for."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = [record for record in _existing(records) if record.point]
        self._members: dict[str | None, Indices] = {None: np.arange(len(self._records))}
        by_category: dict[str, list[int]] = defaultdict(list)
        for number, record in enumerate(self._records):
            for category in dict.fromkeys(record.categories):
                by_category[category].append(number)
        self._members |= {c: np.array(numbers, np.intp) for c, numbers in by_category.items()}
        points = [record.point for record in self._records if record.point]
        self._lat, self._lon = np.array(points, float).reshape(-1, 2).T
        self._places: dict[str | None, Places] = {}

    def nearest(
        self,
        point: Point,
        categories: Collection[str],
        limit: int | None,
        within: Limit | None,
        metric: Metric,
    ) -> list[Hit]:
        wanted: list[str | None] = [c for c in dict.fromkeys(categories) if c in self._members]
        if not categories:
            wanted = [None]
        origin = Places.at(point)
        best: dict[int, float] = {}  # a record of several categories counts once
        for category in wanted:
            there = self._of(category)
            most = None if limit is None else min(limit, len(there))
            found = metric.nearest(origin, there, most, within)
            reached = found.facility[0] >= 0
            numbers = self._members[category][found.facility[0][reached]]
            best.update(zip(numbers.tolist(), found.cost[0][reached].tolist(), strict=True))
        order = sorted(best, key=lambda number: (best[number], number))[:limit]
        lines = distance_and_bearing(point.lon, point.lat, self._lon[order], self._lat[order])
        lands = self._lands
        return [
            Hit(
                record=self._records[number],
                cost=best[number],
                unit=metric.unit,
                distance_m=metres,
                bearing=bearing,
                start=point,
                there=lands[number],
            )
            for number, metres, bearing in zip(
                order, *(line.tolist() for line in lines), strict=True
            )
        ]

    @cached_property
    def _lands(self) -> list[Landmass | None]:
        off = [off_by(record) for record in self._records]
        codes = [(record.municipality_code,) for record in self._records]
        return landmasses_of(self._lon, self._lat, off, codes)

    def _of(self, category: str | None) -> Places:
        if category not in self._places:
            members = self._members[category]
            ids = [self._records[number].id for number in members.tolist()]
            self._places[category] = Places(self._lon[members], self._lat[members], ids)
        return self._places[category]


# Kept as long as its directory is in use.
_PLACES: "WeakKeyDictionary[Directory, _PlacesByCategory]" = WeakKeyDictionary()


def _places(directory: Directory) -> _PlacesByCategory:
    places = _PLACES.get(directory)
    if places is None:
        places = _PLACES[directory] = _PlacesByCategory(directory.records)
    return places
