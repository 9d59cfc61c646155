"""What is listed twice: like names at one door, or nothing that tells two apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz
from scipy.spatial import cKDTree

from locator.directory.importing import SAME_DOOR, similarity
from locator.directory.record import Record
from locator.earth import ecef
from locator.language import fold

ALIKE = 96.0  # of 100: names of one kind, words added or not ("Bibliotek, Christianshavn")
THE_SAME = 92.0  # of 100: names of two kinds, every word counted


def doubles(records: Iterable[Record]) -> Iterator[tuple[Record, Record]]:
    """Pairs that may be one: first the record that stays, then the one listed once more.

    Two with exact points are compared within `SAME_DOOR` metres; two without, where name, telephone
    and website agree and both serve the same place.
    """
    every = list(records)
    exact = [r for r in every if r.precision and r.precision.exact]
    for one, other in _at_one_door(exact):
        if _alike(one, other):
            yield one, other
    yield from _without_a_place([r for r in every if not (r.precision and r.precision.exact)])


def _at_one_door(records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    if len(records) < 2:
        return
    lon, lat = np.array([(r.lon, r.lat) for r in records], float).T
    tree = cKDTree(np.asarray(ecef(lon, lat)).reshape(len(records), 3))
    for a, b in sorted(tree.query_pairs(SAME_DOOR)):
        yield records[a], records[b]


def _alike(a: Record, b: Record) -> bool:
    numbers, others = ({phone.number for phone in r.phones} for r in (a, b))
    if numbers and others and numbers.isdisjoint(others):
        return False  # two services of one house: the warm rooms of the day and of the night
    if a.categories[0] == b.categories[0]:
        return similarity(a, b) >= ALIKE
    return fuzz.token_sort_ratio(fold(a.name), fold(b.name)) >= THE_SAME


def _without_a_place(records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    groups: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for r in records:
        groups[(fold(r.name), r.phones, r.website, r.city, r.municipality_code, r.scope)].append(r)
    for group in groups.values():
        yield from combinations(group, 2)
