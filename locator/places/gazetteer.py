"""Finding towns, municipalities and postal towns by name: any script, slips of the pen too."""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest

import numpy as np
import numpy.typing as npt

from locator.earth import roughly
from locator.language import Spellings, fold, key, keys
from locator.places.named import Place, names, places
from locator.places.tables import is_foreign_city

# Parts of the country that tell postal towns of one name apart, folded.
_PARTS = ("aero", "djurs", "fyn", "jyll", "midtsj", "sjaelland", "stevns", "sydfyn", "thy", "vestj")
_MUNICIPALITY = re.compile(r"\s+(?:kommune|municipality)\s*$", re.IGNORECASE)
_ELSEWHERE = 20_000.0  # metres: two places of one name are two places
_MOST_BEGINNING = 50
_CITY = 50_000
_DWARFED = 10  # a town this many times larger is what people mean


@dataclass(frozen=True, slots=True)
class Found:
    """A place, how many letters of its name differ from what was typed, and its equals.

    Attributes:
        place: the likeliest.
        errors: letters that differ after folding (optimal string alignment).
        equals: other places of the same name that may just as well be meant.
    """

    place: Place
    errors: int
    equals: tuple[Place, ...] = ()


@lru_cache(maxsize=4096)
def find_place(text: str, *, danish: bool = False, slips: bool = True) -> Found | None:
    """The place of this name, None where there is none within a slip or two of the pen.

    A foreign city's name is no slip of a Danish town's, unless a postcode beside it shows that
    it must be `danish`.

    Args:
        slips: whether a misspelt name counts.
    """
    bare = _MUNICIPALITY.sub("", text)
    # "Københavns Kommune" is København's, but "Aarhus Kommune" is not Aarhu's.
    endings = (bare.removesuffix("s"), bare) if bare != text else (bare,)
    for spelling in (spelling for ending in endings for spelling in keys(ending)):
        found = _named(spelling)
        if found:
            return _likeliest(found, 0)
    text = endings[-1]
    sought = key(text)
    most = _slips(len(sought))
    if not slips or not most or len(sought) > 40 or not sought[0].isalpha():
        return None
    near = _spellings().within(sought, most)
    if not near or (not danish and is_foreign_city(text.strip())):
        return None
    errors, at = near[0]
    return _likeliest(_named(_spelt()[at]), errors)


def places_starting(text: str, limit: int) -> list[Place]:
    """Places of which a name starts so, the most populous first."""
    start = key(text)
    if not start:
        return []
    spelt = _spelt()
    first, last = bisect_left(spelt, start), bisect_left(spelt, start + chr(sys.maxunicode))
    found = dict.fromkeys(place for name in spelt[first:last] for place in names()[name])
    own = {place for place in found if key(place.name).startswith(start)}
    # The name by which it will be shown counts more than one in another language.
    return nlargest(limit, found, key=lambda place: (place in own, _weight(place)))


def _weight(place: Place) -> int:
    """Residents; a city's districts, whose residents are not known, come before small towns."""
    return _CITY if place.city else place.population


@lru_cache(maxsize=1)
def _spelt() -> list[str]:
    return sorted(names())


@lru_cache(maxsize=1)
def _spellings() -> Spellings:
    return Spellings(_spelt())


@lru_cache(maxsize=4096)
def area(text: str, *, danish: bool = False) -> npt.NDArray[np.bool_] | None:
    """Which postcodes (index 0 to 9999) belong to the place; None where it is not known.

    Args:
        text, danish: as for `find_place`.
    """
    found = find_place(text, danish=danish)
    table = _postcodes_of((found.place, *found.equals) if found else ())
    return table if table.any() else None


@lru_cache(maxsize=4096)
def area_so_far(text: str) -> npt.NDArray[np.bool_]:
    """As `area`, for a name that is still being typed: none where nothing begins so."""
    found = find_place(text, slips=False)
    whole = _postcodes_of((found.place, *found.equals)) if found else None
    return _postcodes_of(places_starting(text, _MOST_BEGINNING)) if whole is None else whole


def _postcodes_of(found: Iterable[Place]) -> npt.NDArray[np.bool_]:
    table = np.zeros(10_000, bool)
    table[[int(code) for place in found for code in place.postcodes]] = True
    return table


def _slips(length: int) -> int:
    """How many letters may differ: none in a short name, which would soon be another name."""
    return 0 if length < 5 else 1 if length < 8 else 2


def _named(spelling: str) -> list[Place]:
    """Places of this key, and those that only a district tells apart ("Nykøbing F")."""
    found = list(names().get(spelling, ()))
    # "Gellerup" is Gjellerup's other name too: who has it as their own is meant.
    found = [place for place in found if key(place.name) == spelling] or found
    return found + [p for p in _bases().get(spelling, ()) if p not in found]


@lru_cache(maxsize=1)
def _bases() -> dict[str, tuple[Place, ...]]:
    table: dict[str, tuple[Place, ...]] = {}
    for place in places():
        words = fold(place.name).split()
        if len(words) > 1 and (len(words[-1]) <= 2 or words[-1] in _PARTS):
            base = key(" ".join(words[:-1]))
            table[base] = (*table.get(base, ()), place)
    return table


def _likeliest(found: list[Place], errors: int) -> Found:
    found = sorted(found, key=lambda p: -p.population)
    first = found[0]
    apart = [first]
    for place in found[1:]:
        large = place.population * _DWARFED >= first.population
        if large and all(roughly(place.point, other.point) > _ELSEWHERE for other in apart):
            apart.append(place)
    return Found(first, errors, tuple(apart[1:]))
