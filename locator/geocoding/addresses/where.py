"""What a text says of where its street is, and which streets that leaves.

A postcode or a town that a person wrote binds: no street elsewhere is an answer to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from locator.earth import Point
from locator.geocoding.addresses.columns import Array
from locator.geocoding.addresses.index import AddressIndex
from locator.geocoding.addresses.spots import NO_VILLAGE
from locator.geocoding.addresses.streets import StreetIndex, street_index, villages_named
from locator.geocoding.query import Query
from locator.language import key
from locator.places import Found, find_place, municipalities, postcodes

Codes = npt.NDArray[np.bool_]  # of postcodes, by their number

# What a place costs a street, in typing errors of its name.
_IN_VILLAGE = 0.05  # a village of the name, where a town may have it too
_OTHER_VILLAGE = 0.1  # in the postcode, but not known to be in the village that was written
_WIDE = 0.5  # in the town's municipality
_LARGE = 20_000  # residents: a town that a slip of the pen leaves no doubt about


@dataclass(frozen=True)
class Where:
    """What was read of the place.

    Attributes:
        postcode: four digits that are a postcode, or "".
        wrong: four digits that are none, or "".
        found: the town, municipality or district.
        inside, wide: the postcodes of `found`, and those of its municipalities.
        municipalities: their codes.
        villages: numbers of the villages of a name that was written.
        unknown: the words that name no place.
    """

    postcode: str = ""
    wrong: str = ""
    found: Found | None = None
    inside: Codes | None = None
    wide: Codes | None = None
    municipalities: frozenset[str] = frozenset()
    villages: tuple[int, ...] = ()
    unknown: str = ""

    @property
    def binds(self) -> bool:
        """Whether anything is left out by it."""
        return bool(self.postcode) or self.inside is not None or bool(self.villages)

    def is_wide(self, postcode: str) -> bool:
        """Whether a street there is only in the municipality of a town that is not its main one.

        Who writes Aarhus may mean all of its municipality; who writes Viby does not.
        """
        if self.postcode or self.inside is None or self.inside[int(postcode)] or self.villages:
            return False
        main = {one.name for one in municipalities().values()}
        return not (self.found and self.found.place.name in main)

    @property
    def point(self) -> Point | None:
        """A point in it, if it is known."""
        if self.postcode:
            return postcodes()[self.postcode].point
        return self.found.place.point if self.found else self._village_point()

    def _village_point(self) -> Point | None:
        spots = (street_index().village_spot(village) for village in self.villages)
        return next((spot.point for spot in spots if spot), None)

    def cost(self, index: AddressIndex, pairs: Array) -> Array:
        """What the place costs each pair of an index; infinite where it rules it out."""
        codes = index.columns["pair_postcode"][pairs].astype(np.int64)
        named = in_villages(index, pairs, self.villages)
        if self.postcode:
            cost = np.where(codes == int(self.postcode), 0.0, np.inf)
            return cost + np.where(named | (not self.villages), 0.0, _OTHER_VILLAGE)
        if not self.binds:
            return np.zeros(len(codes))
        cost = np.full(len(codes), np.inf)
        if self.inside is not None and self.wide is not None:
            wide = index.in_municipalities(pairs, self.municipalities, self.wide)
            cost = np.where(self.inside[codes], 0.0, np.where(wide, _WIDE, cost))
            if self.villages and not self._same_name:
                return cost + np.where(named, 0.0, _OTHER_VILLAGE)
        elif self.villages and not isinstance(index, StreetIndex):
            cost = np.where(self._village_codes[codes], _IN_VILLAGE, cost)
        return np.minimum(cost, np.where(named, _IN_VILLAGE, np.inf))

    @property
    def _same_name(self) -> bool:
        """Whether the villages have the town's own name, and so say nothing more."""
        names = {key(name) for name in self.found.place.names} if self.found else set()
        texts = (street_index().village_names.string(village) for village in self.villages)
        return all(key(text) in names for text in texts)

    @property
    def _village_codes(self) -> Codes:
        table = np.zeros(10_000, bool)
        table[street_index().columns["village_postcode"][list(self.villages)]] = True
        return table


def where_of(query: Query) -> Where:
    """What a reading says of the place."""
    return _where(query.postcode, query.place, query.extra)


@lru_cache(maxsize=4096)
def _where(code: str, place: str, extra: str) -> Where:
    known = code if code in postcodes() else ""
    found, villages, unknown = _read(place, danish=bool(known))
    other, more, left = _read(extra, danish=bool(known))
    found = found or other
    unknown = " ".join(filter(None, (left, unknown)))
    villages = (*villages, *(village for village in more if village not in villages))
    inside = _codes_of(found)
    towns = frozenset() if inside is None else _municipalities_of(inside)
    return Where(
        known,
        "" if known else code,
        found if inside is not None else None,
        inside,
        None if inside is None else inside | _codes_in(towns),
        towns,
        villages,
        unknown,
    )


def _read(text: str, *, danish: bool) -> tuple[Found | None, tuple[int, ...], str]:
    """The town, the villages and the words that are neither, of a place as typed."""
    words = text.replace(",", " ").split()
    for size in range(len(words), 0, -1):
        for at in (len(words) - size, 0) if size < len(words) else (0,):
            part = " ".join(words[at : at + size])
            found, villages = find_place(part, slips=False), villages_named(part)
            if not found and not villages:
                continue
            rest = " ".join((*words[:at], *words[at + size :]))
            if not rest:
                return found, villages, ""
            other, more, unknown = _read(rest, danish=danish)
            return found or other, (*villages, *more), unknown
    found = town_of(text, danish=danish)
    return found, (), "" if found else text


def town_of(text: str, *, danish: bool = False) -> Found | None:
    """The town of this name; a misspelt one only where it is large, and so beyond doubt."""
    found = find_place(text, danish=danish)
    sure = found and (not found.errors or (danish or found.place.population >= _LARGE))
    return found if sure else None


def _codes_of(found: Found | None) -> Codes | None:
    if not found:
        return None
    table = np.zeros(10_000, bool)
    places = (found.place, *found.equals)
    table[[int(code) for place in places for code in place.postcodes]] = True
    return table if table.any() else None


def _municipalities_of(inside: Codes) -> frozenset[str]:
    """The municipalities that most of each of the postcodes lies in."""
    return frozenset(m for code in np.flatnonzero(inside) for m in _first(f"{code:04d}"))


@lru_cache(maxsize=4096)
def _codes_in(codes: frozenset[str]) -> Codes:
    table = np.zeros(10_000, bool)
    for found in postcodes().values():
        table[int(found.code)] |= bool(codes.intersection(found.municipalities))
    return table


def _first(code: str) -> Iterable[str]:
    found = postcodes().get(code)
    return found.municipalities[:1] if found else ()


def in_villages(index: AddressIndex, pairs: Array, villages: tuple[int, ...]) -> Codes:
    """Which pairs belong to one of the villages."""
    if not villages or not isinstance(index, StreetIndex):
        return np.zeros(len(pairs), bool)
    of = index.columns["pair_village"][pairs]
    return np.asarray(np.isin(of, villages) & (of != NO_VILLAGE), bool)
