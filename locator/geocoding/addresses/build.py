"""From rows of addresses to the columns of an index.

Two levels: sorted keys of street names lead to (street, postcode) pairs, and each pair to its
doors.
"""

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from locator.geocoding.addresses.columns import Array, Columns
from locator.geocoding.addresses.grid import DEGREE, grid_of
from locator.geocoding.addresses.keys import LONGEST_KEY
from locator.language import clean, key

_IDS = ("id_high", "id_low")
_APART = 25_000  # 1e-7 degrees, 280 m of latitude: further apart it is another street


@dataclass(slots=True)
class Table:
    """Addresses being gathered, one number in each array an address."""

    names: dict[str, int] = field(default_factory=dict)
    alias: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    name: "array[int]" = field(default_factory=lambda: array("I"))
    postcode: "array[int]" = field(default_factory=lambda: array("H"))
    number: "array[int]" = field(default_factory=lambda: array("H"))
    letter: "array[int]" = field(default_factory=lambda: array("B"))
    lat: "array[int]" = field(default_factory=lambda: array("i"))
    lon: "array[int]" = field(default_factory=lambda: array("i"))
    derived: "array[int]" = field(default_factory=lambda: array("B"))
    source: "array[int]" = field(default_factory=lambda: array("B"))
    id_high: "array[int]" = field(default_factory=lambda: array("Q"))
    id_low: "array[int]" = field(default_factory=lambda: array("Q"))

    def name_id(self, name: str) -> int:
        """The number of a street's name, a new one where it is not known yet."""
        return self.names.setdefault(name, len(self.names))

    def add(
        self,
        street: str,
        postcode: int,
        number: int,
        letter: str,
        lat: float,
        lon: float,
        *,
        alias: str = "",
        derived: bool = False,
        source: int = 0,
        id: tuple[int, int] = (0, 0),
    ) -> None:
        """Add one address; `number` 0 where the source has none. Degrees, WGS84.

        A `derived` one (from "2-4", or without a postcode of its own) gives way to its duplicates.
        """
        name = self.name_id(street)
        if alias and alias != street:
            self.alias.setdefault((name, postcode), set()).add(self.name_id(alias))
        self.name.append(name)
        self.postcode.append(postcode)
        self.number.append(number)
        self.letter.append(ord(letter) - 64 if letter else 0)
        self.lat.append(round(lat * DEGREE))
        self.lon.append(round(lon * DEGREE))
        self.derived.append(derived)
        self.source.append(source)
        self.id_high.append(id[0])
        self.id_low.append(id[1])

    def keep(self, postcode: Array) -> None:
        """Take these postcodes, leaving out the addresses whose postcode is 0."""
        kept = np.flatnonzero(postcode)
        self.postcode = array("H", postcode.astype(np.uint16).tobytes())
        for name in (
            "name",
            "postcode",
            "number",
            "letter",
            "lat",
            "lon",
            "derived",
            "source",
            *_IDS,
        ):
            old = getattr(self, name)
            values = np.frombuffer(old, old.typecode)[kept]
            setattr(self, name, array(old.typecode, values.tobytes()))

    def __len__(self) -> int:
        return len(self.name)


def columns(table: Table) -> tuple[Columns, int]:
    """The columns of the index, and how many duplicates were merged into others."""
    raw: Columns = {
        "name": np.frombuffer(table.name, np.uint32),
        "postcode": np.frombuffer(table.postcode, np.uint16),
        "number": np.frombuffer(table.number, np.uint16),
        "letter": np.frombuffer(table.letter, np.uint8),
        "lat": np.frombuffer(table.lat, np.int32),
        "lon": np.frombuffer(table.lon, np.int32),
        "source": np.frombuffer(table.source, np.uint8),
    }
    # Spellings of one street ("Rahbeks Alle", "Rahbeks Allé") are one street.
    same = [street_id(name) for name in table.names]
    number_of = {each: number for number, each in enumerate(dict.fromkeys(same))}
    raw["street"] = np.array([number_of[each] for each in same], np.uint32)[raw["name"]]
    order = np.lexsort(
        (np.array(table.derived), raw["letter"], raw["number"], raw["postcode"], raw["street"])
    )
    kept = _without_duplicates(raw, order)
    doors = {name: column[kept] for name, column in raw.items()}
    ids = np.column_stack(
        (
            np.frombuffer(table.id_high, np.uint64)[kept],
            np.frombuffer(table.id_low, np.uint64)[kept],
        )
    )
    pairs = _pairs(doors)
    pairs["pair_name"], named = _names(doors, pairs)
    named |= _aliases(table.alias, named, pairs["pair_postcode"].tolist())
    keys = _keys([key(name)[:LONGEST_KEY] for name in table.names], named, pairs)
    found = {
        **texts_of("name", list(table.names)),
        **pairs,
        **keys,
        "door_number": doors["number"],
        "door_letter": doors["letter"],
        "door_lat": doors["lat"],
        "door_lon": doors["lon"],
        "door_source": doors["source"],
        "door_id": ids if ids.any() else ids[:0],
        **grid_of(doors["lat"], doors["lon"]),
    }
    return found, len(order) - len(kept)


def street_id(name: str) -> str:
    """The key of a street's name with its ø and å kept apart from o and a, as in Åvej and Avej."""
    return key(re.sub("oe|ø|ö", "0", re.sub("aa|å", "9", clean(name).casefold())))


def _without_duplicates(raw: Columns, order: Array) -> Array:
    """The first of each run of equal addresses; doors whose number is not known are all kept."""
    same = np.ones(max(len(order) - 1, 0), bool)
    for name in ("street", "postcode", "number", "letter"):
        column = raw[name][order]
        same &= column[1:] == column[:-1]
    same &= raw["number"][order][1:] != 0
    for name in ("lat", "lon"):
        column = raw[name][order].astype(np.int64)
        same &= np.abs(column[1:] - column[:-1]) < _APART
    kept: Array = order[np.concatenate((np.ones(min(len(order), 1), bool), ~same))]
    return kept


def _pairs(doors: Columns) -> Columns:
    """Street and postcode pairs: first door (one more than pairs), postcode, middle door."""
    size = len(doors["name"])
    change = np.ones(size, bool)
    change[1:] = (doors["street"][1:] != doors["street"][:-1]) | (
        doors["postcode"][1:] != doors["postcode"][:-1]
    )
    first = np.flatnonzero(change)
    start = np.append(first, size).astype(np.uint32)
    middle = np.empty(len(first), np.uint32)
    lat, lon = doors["lat"].astype(float), doors["lon"].astype(float)
    counts = np.diff(first, append=size)
    if size:
        pair = np.repeat(np.arange(len(first)), counts)
        mean_lat = np.add.reduceat(lat, first) / counts
        mean_lon = np.add.reduceat(lon, first) / counts
        off = (lat - mean_lat[pair]) ** 2 + ((lon - mean_lon[pair]) * 0.56) ** 2
        middle[:] = np.lexsort((off, pair))[first]
    return {
        "pair_door": start,
        "pair_postcode": doors["postcode"][first],
        "pair_middle": middle,
    }


def _names(doors: Columns, pairs: Columns) -> tuple[Array, set[tuple[int, int]]]:
    """The name most doors of each pair have, and every (pair, name) there is."""
    start = pairs["pair_door"].astype(np.int64)
    pair = np.repeat(np.arange(len(start) - 1), np.diff(start))
    both, count = np.unique((pair << 32) | doors["name"], return_counts=True)
    of, name = both >> 32, both & 0xFFFF_FFFF
    order = np.lexsort((-count, of))
    first = np.flatnonzero(np.diff(of[order], prepend=-1))
    return name[order][first].astype(np.uint32), set(zip(of.tolist(), name.tolist(), strict=True))


def _aliases(
    alias: dict[tuple[int, int], set[int]], named: set[tuple[int, int]], postcodes: list[int]
) -> set[tuple[int, int]]:
    """(pair, name) of the other names that the sources give, for a postcode or (0) for all."""
    return {
        (pair, other)
        for pair, name in named
        for code in (postcodes[pair], 0)
        for other in alias.get((name, code), ())
    }


def _keys(spelt: list[str], named: set[tuple[int, int]], pairs: Columns) -> Columns:
    """Sorted keys, each with its pairs and the name it has there, and the table of deletions."""
    entries = {(spelt[name].encode()[:LONGEST_KEY], pair, name) for pair, name in named}
    texts: list[bytes] = []
    start: list[int] = []
    members: list[int] = []
    shown: list[int] = []
    for text, pair, name in sorted(entries):
        if not texts or texts[-1] != text:
            texts.append(text)
            start.append(len(members))
        members.append(pair)
        shown.append(name)
    start.append(len(members))
    weight = np.diff(pairs["pair_door"].astype(np.int64))[members] if members else np.zeros(0, int)
    return {
        **texts_of("key", texts),
        "key_pairs": np.array(start, np.uint32),
        "key_pair": np.array(members, np.uint32),
        "key_name": np.array(shown, np.uint32),
        "key_weight": np.add.reduceat(weight, start[:-1]).astype(np.uint32)
        if members
        else np.zeros(0, np.uint32),
    }


def texts_of(name: str, texts: Iterable[str | bytes]) -> Columns:
    """Strings end to end, and where each starts (one more than strings)."""
    encoded = [text.encode() if isinstance(text, str) else text for text in texts]
    start = np.zeros(len(encoded) + 1, np.uint32)
    start[1:] = np.cumsum([len(text) for text in encoded])
    return {f"{name}_text": np.frombuffer(b"".join(encoded), np.uint8), f"{name}_start": start}
