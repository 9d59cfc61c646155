"""An index of addresses, asked by key, by misspelt key, by first letters and by point."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from locator.earth import Point, Precision
from locator.geocoding.addresses import columns as files
from locator.geocoding.addresses.columns import Array, Columns
from locator.geocoding.addresses.grid import DEGREE, nearest_door
from locator.geocoding.addresses.keys import Keys, Texts
from locator.places import postcodes

_OSM_TYPES = {1: "node", 2: "way", 3: "relation"}


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


@dataclass(frozen=True, slots=True)
class Spot:
    """The best point for a street as a whole.

    Attributes:
        precision: street, village, place (the postcode's town) or postcode.
        name: of the village or town whose point it is; "" for the street's own or the postcode's.
    """

    point: Point
    precision: Precision
    name: str
    source: str


class AddressIndex:
    """An address index over its columns (see `locator.addresses.build`).

    Args:
        columns: the index's columns, mapped or in memory.
        about: rows, sources, dates, licence, bounding box.
    """

    def __init__(self, columns: Columns, about: dict[str, Any]) -> None:
        self.about = about
        self.columns = columns
        self.keys = Keys(columns["key_text"], columns["key_start"])
        self.names = Texts(columns["name_text"], columns["name_start"])
        self._read_names: dict[int, str] = {}

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

    @property
    def weights(self) -> Array:
        """How much each key weighs among suggestions: its doors."""
        return self.columns["key_weight"]

    @cached_property
    def pair_weights(self) -> Array:
        """How much each pair weighs among suggestions: its doors."""
        return np.diff(self.columns["pair_door"].astype(np.int64))

    def pairs(self, key: int) -> tuple[Array, Array]:
        """The (street, postcode) pairs of a key, and the name that each goes by under this key."""
        first, last = self.columns["key_pairs"][key], self.columns["key_pairs"][key + 1]
        return self.columns["key_pair"][first:last], self.columns["key_name"][first:last]

    def name(self, number: int) -> str:
        """A street's name as the source writes it."""
        at = int(number)
        found = self._read_names.get(at)
        if found is None:
            found = self._read_names[at] = self.names.string(at)
        return found

    def street(self, pair: int) -> str:
        """The street's name of a pair."""
        return self.name(self.columns["pair_name"][pair])

    def postcode(self, pair: int) -> str:
        """The postcode of a pair, four digits."""
        return f"{self.columns['pair_postcode'][pair]:04d}"

    def whole(self, pair: int) -> Spot:
        """The point for the street as a whole: the door nearest to its middle in this postcode."""
        middle = int(self.columns["pair_middle"][pair])
        return Spot(self.door(middle).point, Precision.STREET, "", self.source(middle))

    def village(self, pair: int) -> str:
        """The village (supplementary town name) that the street belongs to, or ""."""
        return ""

    def municipalities(self, pair: int) -> tuple[str, ...]:
        """Codes of the municipalities that the street of this postcode may be in."""
        found = postcodes().get(self.postcode(pair))
        return found.municipalities if found else ()

    def in_municipalities(self, pairs: Array, codes: frozenset[str], postcodes: Array) -> Array:
        """Which pairs lie in the municipalities, as far as is known.

        Args:
            codes: of the municipalities.
            postcodes: which postcodes reach into them.
        """
        return np.asarray(postcodes[self.columns["pair_postcode"][pairs]], bool)

    def has_number(self, pair: int, number: int) -> bool | None:
        """Whether the register puts this house number of the street here; None: not said."""
        return None

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
        """The nearest door and its distance in metres on the ellipsoid; None in an empty index."""
        return nearest_door(self.columns, point)
