"""The nearest help to a point: exact on WGS84, ties in a fixed order.

A k-d tree over earth-centred coordinates finds candidates by chord. A geodesic is never shorter
than its chord and never longer than `longest_geodesic` of it, so every point whose chord is at
most the upper bound of the k-th smallest chord is measured, and none beyond can be nearer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from babel.units import format_unit
from scipy.spatial import cKDTree

from locator.directory import Directory
from locator.errors import InputError
from locator.geodesic import Floats, distance_and_bearing, ecef, longest_geodesic
from locator.language import Language
from locator.point import Point
from locator.record import Record, Status

Indices = npt.NDArray[np.intp]

# More than the rounding of coordinates (1e-9 m) and of geodesics (1e-8 m).
_SLACK = 1e-6

# Metres. Beyond it (half way round the earth) all points are measured: the bound grows loose there.
_LONG_CHORD = 1e7

# What a person may be sent to; the other records stay in the directory as history.
_EXISTING = (Status.ACTIVE, Status.TEMPORARILY_CLOSED)

# Candidates beyond k that the first look takes along; nearly always enough for the proof.
_SPARE = 6


class Neighbours(NamedTuple):
    """Nearest first; of points equally far, the one with the lower index first.

    Attributes:
        indices: into the arrays that the index was made of, shape (n,).
        distances: geodesic, metres, shape (n,).
        bearings: from the point asked about, degrees clockwise from north [0, 360), shape (n,).
    """

    indices: Indices
    distances: Floats
    bearings: Floats


class PointIndex:
    """Points on WGS84, ready to be asked for the nearest.

    Args:
        lon, lat: degrees, WGS84 (EPSG:4326), shape (n,); n may be 0.

    Raises:
        InputError: a coordinate is not finite or not on the globe.
    """

    def __init__(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> None:
        self.lon, self.lat = np.asarray(lon, float).ravel(), np.asarray(lat, float).ravel()
        wrong = ~((np.abs(self.lat) <= 90) & (np.abs(self.lon) <= 180))  # NaN compares false
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise InputError(
                "Point number {row} ({lat}, {lon}) is not on the earth: check its latitude "
                "(-90 to 90) and longitude (-180 to 180).",
                row=row + 1,
                lat=self.lat[row],
                lon=self.lon[row],
            )
        self._tree = cKDTree(ecef(self.lon, self.lat))

    def __len__(self) -> int:
        return len(self.lon)

    def query(self, point: Point, k: int | None, within: float | None = None) -> Neighbours:
        """The `k` nearest points, or all (None), at most `within` metres away.

        Exact: the same points, order and distances as measuring every geodesic, for every k.
        """
        lon, lat = point.lon, point.lat
        found = self._candidates(ecef(lon, lat)[0], len(self) if k is None else k, within)
        metres, bearings = distance_and_bearing(lon, lat, self.lon[found], self.lat[found])
        order = np.lexsort((found, metres))[:k]
        if within is not None:
            order = order[: np.searchsorted(metres[order], within, side="right")]
        return Neighbours(found[order], metres[order], bearings[order])

    def _candidates(self, at: Floats, k: int, within: float | None) -> Indices:
        """Indices, in no order, of all points that may be among the k nearest within reach."""
        reach = np.inf if within is None else within + _SLACK
        if k <= 0 or not len(self) or reach < 0:
            return np.empty(0, np.intp)
        if k + _SPARE >= len(self):
            return self._ball(at, reach)
        nearest_chords = self._tree.query(at, k + _SPARE, distance_upper_bound=reach)
        chords, found = np.asarray(nearest_chords[0]), np.asarray(nearest_chords[1])
        bound = min(float(longest_geodesic(chords[k - 1])) + _SLACK, reach)
        if chords[k - 1] > _LONG_CHORD:
            return self._ball(at, reach)
        if chords[-1] > bound:
            return np.asarray(found[chords <= bound], np.intp)
        return self._ball(at, bound)

    def _ball(self, at: Floats, radius: float) -> Indices:
        if np.isinf(radius):
            return np.arange(len(self), dtype=np.intp)
        return np.asarray(self._tree.query_ball_point(at, radius), np.intp)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found near a point.

    Attributes:
        record: what was found.
        distance_m: geodesic distance in metres on WGS84.
        bearing: where it lies from the point, degrees clockwise from north [0, 360).
    """

    record: Record
    distance_m: float
    bearing: float


def nearest(
    directory: Directory,
    point: Point,
    *,
    categories: Collection[str] = (),
    limit: int | None = 10,
    within: float | None = None,
    **filters: Any,  # noqa: ANN401 (typed by Directory.filter)
) -> list[Hit]:
    """The records nearest to `point`, nearest first; equally far ones in the order of their ids.

    Records that exist no more are left out.

    Args:
        categories: ids; a record counts if it has any of them. None given: every category.
        limit: how many at most; None for all.
        within: how far away at most, in metres; None for any distance.
        filters: passed to `Directory.filter`.

    Raises:
        InputError: `limit` or `within` is negative.
    """
    if (limit or 0) < 0 or (within or 0) < 0:
        raise InputError("Give a limit and a distance of 0 or more.")
    chosen = directory.filter(**filters) if filters else directory
    return _trees(chosen).nearest(point, categories, limit, within)


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


def _serves(record: Record, home: set[str]) -> bool:
    if record.scope == "national":
        return True
    return not home.isdisjoint({record.municipality_code, *record.service_area})


def _existing(records: Iterable[Record]) -> list[Record]:
    # In the order of ids, so that the lower index, which wins a tie, is the lower id.
    return sorted((r for r in records if r.status in _EXISTING), key=lambda record: record.id)


class _Trees:
    """A tree for each category of one directory, made when first asked for."""

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
        self._trees: dict[str | None, PointIndex] = {}

    def nearest(
        self, point: Point, categories: Collection[str], limit: int | None, within: float | None
    ) -> list[Hit]:
        wanted: list[str | None] = [c for c in dict.fromkeys(categories) if c in self._members]
        if not categories:
            wanted = [None]
        best: dict[int, tuple[float, float]] = {}  # a record of several categories counts once
        for category in wanted:
            found = self._tree(category).query(point, limit, within)
            numbers = self._members[category][found.indices].tolist()
            values = zip(found.distances.tolist(), found.bearings.tolist(), strict=True)
            best.update(zip(numbers, values, strict=True))
        order = sorted(best, key=lambda number: (best[number][0], number))
        return [Hit(self._records[n], *best[n]) for n in order[:limit]]

    def _tree(self, category: str | None) -> PointIndex:
        if category not in self._trees:
            members = self._members[category]
            self._trees[category] = PointIndex(self._lon[members], self._lat[members])
        return self._trees[category]


# Kept as long as its directory is in use.
_TREES: "WeakKeyDictionary[Directory, _Trees]" = WeakKeyDictionary()


def _trees(directory: Directory) -> _Trees:
    trees = _TREES.get(directory)
    if trees is None:
        trees = _TREES[directory] = _Trees(directory.records)
    return trees


def distance_text(metres: float, t: Language) -> str:
    """A distance as people say it, in the language's own figures: "350 m", "1.2 km", "12 km"."""
    if metres < 995:
        step = 1 if metres < 10 else 10
        return _length(round(metres / step) * step, "length-meter", t.code)
    kilometres = round(metres / 1000, 1 if metres < 9950 else 0)
    return _length(kilometres, "length-kilometer", t.code)


# Figures repeat: one page asks for the same hundred lengths again and again.
@lru_cache(maxsize=4096)
def _length(figure: float, unit: str, locale: str) -> str:
    return format_unit(figure, unit, "short", format="#,##0.#", locale=locale)


def direction_text(bearing: float, t: Language) -> str:
    """The nearest of eight compass points for a bearing in degrees clockwise from north."""
    words = (
        t("north"),
        t("north-east"),
        t("east"),
        t("south-east"),
        t("south"),
        t("south-west"),
        t("west"),
        t("north-west"),
    )
    return words[round(bearing / 45) % 8]
