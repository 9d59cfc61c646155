"""An index of addresses, asked by key, by misspelt key, by first letters and by point."""

import math
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from locator.earth import Point, distance
from locator.geocoding.addresses import columns as files
from locator.geocoding.addresses.build import (
    CELL_LAT,
    CELL_LON,
    DEGREE,
    LONGEST_KEY,
    MOST_ERRORS,
    deletions,
)
from locator.geocoding.addresses.columns import Array, Columns

_OSM_TYPES = {1: "node", 2: "way", 3: "relation"}
_HEADS = (5, 8)  # letters of a beginning that are compared, allowing one error, then two
_FURTHEST_ERRORS = 3  # what the register's washing rule still calls a small correction


@dataclass(frozen=True, slots=True)
class Door:
    """One address of an index: its position in the columns, number, letter and point."""

    at: int
    number: int
    letter: str
    point: Point

    @property
    def house(self) -> str:
        """ "12B"; "" where the source has no number."""
        return f"{self.number}{self.letter}" if self.number else ""


class _Texts:
    """Strings kept end to end, read one at a time."""

    def __init__(self, text: Array, start: Array) -> None:
        self._text = memoryview(text.data)
        self._start = start

    def __len__(self) -> int:
        return len(self._start) - 1

    def __getitem__(self, at: int) -> bytes:
        if not 0 <= at < len(self):
            raise IndexError(at)
        return bytes(self._text[self._start[at] : self._start[at + 1]])


class AddressIndex:
    """An address index over its columns (see `locator.addresses.build`).

    Args:
        columns: the index's columns, mapped or in memory.
        about: rows, sources, dates, licence, bounding box.
        complete: whether the index is trusted to know every street where it has any.
    """

    def __init__(self, columns: Columns, about: dict[str, Any], *, complete: bool = True) -> None:
        self.about = about
        self.complete = complete
        self.columns = columns
        self.keys = _Texts(columns["key_text"], columns["key_start"])
        self.names = _Texts(columns["name_text"], columns["name_start"])
        self._heads: dict[int, tuple[list[str], list[int]]] = {}

    @classmethod
    def open(cls, path: Path) -> "AddressIndex":
        """The index in a file.

        Raises:
            DataError: no index there, or a damaged one.
        """
        columns, about = files.read(path)
        return cls(columns, about)

    def __len__(self) -> int:
        return len(self.columns["door_number"])

    def exact(self, key: str) -> int | None:
        """The number of this key, None where no street has it."""
        sought = key.encode()[:LONGEST_KEY]
        at = bisect_left(self.keys, sought)
        return at if at < len(self.keys) and self.keys[at] == sought else None

    def starting(self, prefix: str) -> range:
        """The numbers of the keys that start so."""
        sought = prefix.encode()[:LONGEST_KEY]
        first = bisect_left(self.keys, sought)
        return range(first, bisect_left(self.keys, sought + b"\xff", first))

    def misspelt(self, key: str) -> list[tuple[int, int]]:
        """Keys within two errors of this one: (errors, number of key), fewest errors first.

        An error is a letter left out, put in, changed, or two changed about (optimal string
        alignment).
        """
        sought = key.encode()[:LONGEST_KEY]
        hashes = np.fromiter(deletions(sought), np.uint32)
        table = self.columns["delete_hash"]
        first = np.searchsorted(table, hashes, "left")
        last = np.searchsorted(table, hashes, "right")
        spans = [self.columns["delete_key"][a:b] for a, b in zip(first, last, strict=True) if b > a]
        if not spans:
            return []
        owners = np.unique(np.concatenate(spans))
        start = self.columns["key_start"]
        size = start[owners + 1].astype(np.int64) - start[owners]
        near = owners[np.abs(size - len(sought)) <= MOST_ERRORS].tolist()
        errors = ((OSA.distance(key, self._key(at), score_cutoff=MOST_ERRORS), at) for at in near)
        return sorted(pair for pair in errors if pair[0] <= MOST_ERRORS)

    def misspelt_beginning(self, beginning: str) -> list[tuple[int, int]]:
        """Keys that begin almost so: (errors, number of key); one error in five letters, else two.

        Fewer than five letters could be the beginning of anything: [].
        """
        heads = [size for size in _HEADS if size <= len(beginning)]
        if not heads:
            return []
        size, most = heads[-1], len(heads)
        names, firsts = self._beginnings(size)
        near = _within(beginning[:size], names, most)
        found = []
        for at in (at for _, head in near for at in range(firsts[head], firsts[head + 1])):
            text = self._key(at)
            ends = (len(beginning) + extra for extra in (-1, 0, 1))
            errors = min(OSA.distance(beginning, text[:end], score_cutoff=most) for end in ends)
            if errors <= most:
                found.append((errors, at))
        return sorted(found)

    def far_misspelt(self, key: str) -> list[tuple[int, int]]:
        """Keys within three errors, by looking at every one; some milliseconds for a country."""
        return _within(key, self._beginnings(LONGEST_KEY)[0], _FURTHEST_ERRORS)

    def _beginnings(self, size: int) -> tuple[list[str], list[int]]:
        """The first letters that keys have, in order, and the first key of each (and the end)."""
        if size not in self._heads:
            names: list[str] = []
            firsts: list[int] = []
            for at in range(len(self.keys)):
                head = self._key(at)[:size]
                if not names or names[-1] != head:
                    names.append(head)
                    firsts.append(at)
            self._heads[size] = (names, [*firsts, len(self.keys)])
        return self._heads[size]

    def _key(self, at: int) -> str:
        return self.keys[at].decode(errors="replace")

    def pairs(self, key: int) -> tuple[Array, Array]:
        """The (street, postcode) pairs of a key, and the name that each goes by under this key."""
        first, last = self.columns["key_pairs"][key], self.columns["key_pairs"][key + 1]
        return self.columns["key_pair"][first:last], self.columns["key_name"][first:last]

    def name(self, number: int) -> str:
        """A street's name as the source writes it."""
        return str(self.names[number].decode())

    def street(self, pair: int) -> str:
        """The street's name of a pair."""
        return self.name(self.columns["pair_name"][pair])

    def postcode(self, pair: int) -> str:
        """The postcode of a pair, four digits."""
        return f"{self.columns['pair_postcode'][pair]:04d}"

    def middle(self, pair: int) -> Door:
        """The door nearest to the middle of the street in this postcode."""
        return self.door(int(self.columns["pair_middle"][pair]))

    def doors(self, pair: int) -> tuple[int, Array, Array]:
        """The doors of a pair: position of the first, numbers, letters (0 none, 1 A, 2 B)."""
        first = int(self.columns["pair_door"][pair])
        last = int(self.columns["pair_door"][pair + 1])
        return (
            first,
            self.columns["door_number"][first:last],
            self.columns["door_letter"][first:last],
        )

    def door(self, at: int) -> Door:
        """The door at this position of the columns."""
        letter = int(self.columns["door_letter"][at])
        return Door(
            at,
            int(self.columns["door_number"][at]),
            chr(64 + letter) if letter else "",
            Point(
                int(self.columns["door_lat"][at]) / DEGREE,
                int(self.columns["door_lon"][at]) / DEGREE,
            ),
        )

    def pair_of(self, door: int) -> int:
        """The pair that a door belongs to."""
        return int(np.searchsorted(self.columns["pair_door"], door, "right")) - 1

    def source(self, door: int) -> str:
        """Where the door's point comes from, for attribution."""
        return str(self.about["sources"][self.columns["door_source"][door]]["name"])

    def id(self, door: int) -> str:
        """The source's identifier: the register's UUID, "node/1234" of OpenStreetMap, or ""."""
        if not len(self.columns["door_id"]):
            return ""
        high, low = (int(part) for part in self.columns["door_id"][door])
        if high in _OSM_TYPES:
            return f"{_OSM_TYPES[high]}/{low}"
        return str(UUID(int=(high << 64) | low)) if high else ""

    def nearest(self, point: Point) -> tuple[int, float] | None:
        """The nearest door and its distance in metres on the ellipsoid; None in an empty index.

        Widens a square of cells about the point until its edge is further than the best door.
        """
        south, west, height, width = (int(v) for v in self.columns["grid"])
        row = math.floor(point.lat / CELL_LAT) - south
        col = math.floor(point.lon / CELL_LON) - west
        outside = max(-row, row - height + 1, -col, col - width + 1, 0)
        reach = outside + 1
        while True:
            doors = self._in_square(row, col, reach)
            if len(doors):
                metres = distance(
                    point.lon,
                    point.lat,
                    self.columns["door_lon"][doors] / DEGREE,
                    self.columns["door_lat"][doors] / DEGREE,
                )
                best = int(np.argmin(metres))
                if metres[best] <= _edge(point, reach) or reach > outside + height + width:
                    return int(doors[best]), float(metres[best])
            elif reach > outside + height + width:
                return None
            reach *= 2

    def _in_square(self, row: int, col: int, reach: int) -> Array:
        """The doors in the cells at most `reach` cells away, each way."""
        _, _, height, width = (int(v) for v in self.columns["grid"])
        left, right = max(col - reach, 0), min(col + reach, width - 1)
        if left > right:
            return np.zeros(0, np.uint32)
        start = self.columns["cell_start"]
        spans = [
            self.columns["cell_door"][start[r * width + left] : start[r * width + right + 1]]
            for r in range(max(row - reach, 0), min(row + reach, height - 1) + 1)
        ]
        return np.concatenate(spans) if spans else np.zeros(0, np.uint32)


def _within(sought: str, texts: list[str], most: int) -> list[tuple[int, int]]:
    """(errors, position) of the texts within `most` errors, fewest first."""
    if not texts:
        return []
    errors = cdist([sought], texts, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
    return sorted((int(errors[at]), int(at)) for at in np.flatnonzero(errors <= most))


def _edge(point: Point, reach: int) -> float:
    """A distance in metres that the square's edge is surely further than.

    A degree of latitude is at least 110,574 m, one of longitude 111,320 m times the cosine of
    latitude, here taken at the square's far side from the equator.
    """
    lat = min(abs(point.lat) + (reach + 1) * CELL_LAT, 90.0)
    return reach * min(CELL_LAT * 110_574.0, CELL_LON * 111_320.0 * math.cos(math.radians(lat)))
