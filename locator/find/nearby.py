"""The nearest help to a point: exact on WGS84, ties in a fixed order.

A k-d tree over earth-centred coordinates finds candidates by chord. A geodesic is never shorter
than its chord and never longer than `longest_geodesic` of it, so every point whose chord is at
most the upper bound of the k-th smallest chord is measured, and none beyond can be nearer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from locator.directory import Directory, Record, Status
from locator.earth import Point
from locator.errors import InputError
from locator.travel import Indices, PointIndex

# What a person may be sent to; the other records stay in the directory as history.
_EXISTING = (Status.ACTIVE, Status.TEMPORARILY_CLOSED)


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
