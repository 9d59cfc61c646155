"""Every street of Denmark, embedded: two small files, opened as one index.

The files (made by `geodata.build_streets`) keep what differs and leave out what follows from it;
opening adds that, in some milliseconds. The part that comes from OpenStreetMap (ODbL) lies over the
other, and may be missing.
"""

from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from locator.earth import Point, Precision
from locator.errors import DataError
from locator.geocoding.addresses import columns as files
from locator.geocoding.addresses.columns import Array, Columns
from locator.geocoding.addresses.grid import DEGREE, grid_of
from locator.geocoding.addresses.index import AddressIndex, Spot
from locator.geocoding.addresses.keys import Keys, Texts
from locator.geocoding.addresses.spots import LEVELS, NO_MUNICIPALITY, NO_VILLAGE, spot_columns
from locator.language import fold, key
from locator.places import POSTCODES_SOURCE, city, town_residents
from locator.settings import GEODATA

FILE = GEODATA / "streets.index"
OSM_FILE = GEODATA / "streets_openstreetmap.index"
_SHORTEST = 3  # letters of a village's name

_DOOR = ("door_pair", "door_number", "door_letter", "door_lat", "door_lon", "door_source")


class StreetIndex(AddressIndex):
    """The embedded streets: each has a best point, a village if it belongs to one, and towns.

    Args:
        columns: as `expanded` gives them.
        about: sources, municipalities.
    """

    def __init__(self, columns: Columns, about: dict[str, Any]) -> None:
        super().__init__(columns, about)
        self.village_names = Texts(columns["village_text"], columns["village_start"])
        self.village_keys = Keys(columns["village_key_text"], columns["village_key_start"])

    def whole(self, pair: int) -> Spot:
        """The best point known for the street: its own, its village's, its town's, the postcode's.

        The house numbers known of it do not change it.
        """
        return self._spot(int(self.columns["pair_spot"][pair]), pair)

    def village(self, pair: int) -> str:
        at = int(self.columns["pair_village"][pair])
        return "" if at == NO_VILLAGE else self.village_names.string(at)

    def municipalities(self, pair: int) -> tuple[str, ...]:
        first = int(self.columns["pair_municipality"][pair])
        if first == NO_MUNICIPALITY:
            return super().municipalities(pair)
        start, end = self.columns["more_pair"].searchsorted([pair, pair + 1]).tolist()
        more = self.columns["more_municipality"][start:end].tolist()
        return tuple(self.about["municipalities"][code] for code in (first, *more))

    def in_municipalities(self, pairs: Array, codes: frozenset[str], postcodes: Array) -> Array:
        known = self.about["municipalities"]
        table = np.zeros(256, bool)
        table[[at for at, code in enumerate(known) if code in codes]] = True
        table[NO_MUNICIPALITY] = True
        also = self.columns["more_pair"][table[self.columns["more_municipality"]]]
        inside = table[self.columns["pair_municipality"][pairs]] | np.isin(pairs, also)
        return super().in_municipalities(pairs, codes, postcodes) & inside

    def has_number(self, pair: int, number: int) -> bool | None:
        start, end = self.columns["interval_pair"].searchsorted([pair, pair + 1]).tolist()
        if start == end:
            return None
        here = slice(start, end)
        side = self.columns["interval_side"][here] == number % 2
        low, high = self.columns["interval_low"][here], self.columns["interval_high"][here]
        return bool((side & (low <= number) & (number <= high)).any())

    @cached_property
    def weights(self) -> Array:
        """How much each key weighs: the residents of the towns that have the street."""
        weight = self.pair_weights[self.columns["key_pair"]]
        return np.add.reduceat(weight, self.columns["key_pairs"][:-1].astype(np.int64))

    @cached_property
    def pair_weights(self) -> Array:
        """How much each pair weighs: the residents of its town."""
        table = np.zeros(10_000, np.int64)
        for code, residents in town_residents().items():
            table[int(code)] = residents
        return table[self.columns["pair_postcode"]]

    def streets_in_town(self, postcode: str) -> int:
        """How many streets of the postcode lie in its town, and not in a village."""
        return int(self._in_town[int(postcode)])

    @cached_property
    def _in_town(self) -> Array:
        inside = self.columns["pair_village"] == NO_VILLAGE
        return np.bincount(self.columns["pair_postcode"][inside], minlength=10_000)

    def example(self, postcode: str) -> str:
        """An address of the postcode as one may type it: a door that is known, else a street."""
        first, last = np.searchsorted(self._by_postcode[0], [int(postcode), int(postcode) + 1])
        pairs = self._by_postcode[1][first:last]
        if not len(pairs):
            return ""
        doors = self.columns["pair_door"]
        pair = int(pairs[np.argmax(doors[pairs + 1] - doors[pairs])])
        start, numbers, _ = self.doors(pair)
        house = self.door(start + len(numbers) // 2).house if len(numbers) else ""
        return f"{self.street(pair)} {house}".strip() + f", {postcode}"

    @cached_property
    def _by_postcode(self) -> tuple[Array, Array]:
        codes = self.columns["pair_postcode"]
        order = np.argsort(codes, kind="stable")
        return codes[order], order

    def villages_of(self, key: str) -> tuple[int, ...]:
        """The numbers of the villages of this key (`locator.language.key`)."""
        at = self.village_keys.exact(key) if key else None
        if at is None:
            return ()
        first, last = self.columns["village_first"][at : at + 2].tolist()
        return tuple(range(first, last))

    def village_spot(self, village: int) -> Spot | None:
        """The point of a village by its number; None where none is known."""
        at = int(self.columns["village_point"][village])
        return None if at < 0 else self._spot(at, None)

    def _spot(self, at: int, pair: int | None) -> Spot:
        level = LEVELS[self.columns["spot_level"][at]]
        name = ""
        if pair is not None and level is Precision.VILLAGE:
            name = self.village(pair)
        elif pair is not None and level is Precision.PLACE:
            name = city(self.postcode(pair))
        return Spot(
            Point(
                int(self.columns["spot_lat"][at]) / DEGREE,
                int(self.columns["spot_lon"][at]) / DEGREE,
            ),
            level,
            name,
            str(self.about["sources"][self.columns["spot_source"][at]]["name"]),
        )


@cache
def street_index() -> StreetIndex:
    """The embedded index.

    Raises:
        DataError: the file is missing or damaged.
    """
    return open_streets(FILE, OSM_FILE)


@lru_cache(maxsize=4096)
def villages_named(text: str) -> tuple[int, ...]:
    """The numbers of the villages of this name."""
    name, plain = key(text), fold(text)
    index = street_index()
    found = index.villages_of(name) if len(name) >= _SHORTEST else ()
    # A key has abbreviations written out, and no village called Al is an Allé.
    return tuple(v for v in found if " " in plain or fold(index.village_names.string(v)) == plain)


def sole_streets() -> dict[str, str]:
    """The street that a postcode of inner Copenhagen was made for, by postcode."""
    index = street_index()
    return {
        index.postcode(pair): index.street(pair) for pair in index.columns["sole_pair"].tolist()
    }


def open_streets(file: Path, osm_file: Path | None) -> StreetIndex:
    """The index of the two files; without the second one, of what is free of the ODbL."""
    main, about = files.read(file)
    more, more_about = files.read(osm_file) if osm_file and osm_file.exists() else ({}, about)
    if more_about["pairs"] != about["pairs"]:
        raise DataError(
            "{path} does not belong to {other}: make both again with geodata/build_streets.py.",
            path=osm_file,
            other=file,
        )
    names = [*about["sources"], *(more_about["sources"] if more else ()), POSTCODES_SOURCE]
    found = expanded(main, more, about["municipalities"], len(about["sources"]), len(names) - 1)
    return StreetIndex(found, {**about, "sources": [{"name": name} for name in names]})


def expanded(main: Columns, more: Columns, codes: Sequence[str], shift: int, last: int) -> Columns:
    """The columns of an address index from those of the two files.

    Args:
        codes: of the municipalities, as the columns number them.
        shift: added to the numbers of the second file's sources.
        last: the number of the postcodes' source.
    """
    pairs = len(main["pair_name"])
    doors = _doors(main, more, shift)
    return {
        **_started(main, "name"),
        **_keys(main),
        **_started(main, "village"),
        **_started(main, "village_key"),
        "village_first": _ends(main["village_key_count"]),
        **{name: main[name] for name in main if name.startswith(("pair_", "more_", "interval_"))},
        "village_postcode": main["village_postcode"],
        "pair_door": np.searchsorted(doors["door_pair"], np.arange(pairs + 1)).astype(np.uint32),
        **doors,
        "door_id": np.zeros((0, 2), np.uint64),
        **grid_of(doors["door_lat"], doors["door_lon"]),
        **spot_columns(main, more, codes, shift, last),
        "sole_pair": main["sole_pair"],
    }


def _started(main: Columns, name: str) -> Columns:
    return {f"{name}_text": main[f"{name}_text"], f"{name}_start": _ends(main[f"{name}_size"])}


def _ends(sizes: Array) -> Array:
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.uint32))).astype(np.uint32)


def _keys(main: Columns) -> Columns:
    return {
        **_started(main, "key"),
        "key_pairs": _ends(main["key_pairs"]),
        "key_pair": main["key_pair"],
        "key_name": main["pair_name"][main["key_pair"]],
    }


def _doors(main: Columns, more: Columns, shift: int) -> Columns:
    """The doors of both, by pair and number; one that both have is taken from the first."""
    if not more:
        return {name: main[name] for name in _DOOR}
    both = {name: np.concatenate((main[name], more[name])) for name in _DOOR}
    both["door_source"][len(main["door_pair"]) :] += shift
    pair, number, letter = (both[name] for name in _DOOR[:3])
    order = np.lexsort((letter, number, pair))  # stable, so the first file's come first
    same = np.zeros(len(order), bool)
    same[1:] = (
        (np.diff(pair[order].astype(np.int64)) == 0)
        & (np.diff(number[order].astype(np.int32)) == 0)
        & (np.diff(letter[order].astype(np.int16)) == 0)
    )
    return {name: column[order[~same]] for name, column in both.items()}
