"""Which addresses a query may mean, ranked by what has to be put right to reach them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from locator.geocoding.addresses.columns import Array
from locator.geocoding.addresses.index import AddressIndex, Door
from locator.geocoding.query import Query
from locator.language import clean, keys
from locator.places import area, postcodes

# What each correction costs, in typing errors of the street's name.
_OTHER_POSTCODE = 2.0
_POSTCODE_SLIP = 1.0  # the postcode is wrong, but the town agrees with the street
_FAR_SLIP = 5.5  # one digit of the postcode is wrong, which puts it across the country
_OTHER_PLACE = 3.0
_PLACE_DISAGREES = 0.3  # with the postcode, which agrees with the street
_PLACE_UNKNOWN = 0.8
_KM = 0.1  # per kilometre from the postcode given
_FURTHEST_KM = 30.0
_CUT_SHORT = 1.5  # only the beginning of the street's name was given
_EQUAL = 0.05
_MOST_PAIRS = 400
_SHORTEST_BEGINNING = 5
_LONG = 12  # letters; two errors leave no doubt which street is meant
_SHORT = 6  # letters; two errors in a shorter name could make it any other


class House(Enum):
    """How the house number was found."""

    NONE = auto()  # not asked for
    EXACT = auto()
    LETTER = auto()  # 12 for 12A, or 12A for 12
    NEAREST = auto()  # another number of the street
    UNNUMBERED = auto()  # the source has the door, but not its number
    UNKNOWN = auto()  # no doors known of this street
    BEYOND = auto()  # no doors known, and the number is in another part of the street


_HOUSE_COST = {
    House.NONE: 0.0,
    House.EXACT: 0.0,
    House.UNNUMBERED: 0.1,
    House.UNKNOWN: 0.5,
    House.LETTER: 0.6,
    House.BEYOND: 0.9,
    House.NEAREST: 0.9,
}


@dataclass(frozen=True, slots=True)
class Match:
    """An address that a query may mean.

    Attributes:
        pair: the (street, postcode) pair in `index`.
        name: the number of the street's name as matched (the register has short names too).
        doors: the door or doors found, best first.
        errors: letters of the street's key that differ from the key typed.
        cost: what had to be put right in all; 0 is an exact match.
    """

    index: AddressIndex
    query: Query
    pair: int
    name: int
    house: House
    doors: tuple[Door, ...]
    errors: float
    cost: float

    @property
    def written(self) -> str:
        """The street's name as matched."""
        return self.index.name(self.name)


def search(indexes: Sequence[AddressIndex], readings: Sequence[Query]) -> list[Match]:
    """The addresses that cost least to reach from any reading; equals together, [] for none.

    Args:
        indexes: asked in order; a later one adds streets that are as good, never the same ones.
        readings: from `locator.query.parse`.
    """
    best: list[Match] = []
    for far in (False, True):
        for query in readings:
            for index in indexes:
                if not query.street or (best and best[0].cost == 0 and best[0].query is not query):
                    continue
                found = _matches(index, query, best, far=far)
                best = _better(best, [match for match in found if not _is_known(match, best)])
        if best and best[0].cost < _CUT_SHORT + 0.5:
            break
    return _as_written(best)


def _as_written(matches: list[Match]) -> list[Match]:
    """Of equals those whose name is letter for letter what was typed, if there are any."""
    same = [m for m in matches if clean(m.query.street).casefold() == m.written.casefold()]
    return same or matches


def _is_known(match: Match, matches: list[Match]) -> bool:
    """Whether another index has this street of this postcode among its matches."""
    return any(
        m.index is not match.index
        and m.index.postcode(m.pair) == match.index.postcode(match.pair)
        and m.index.street(m.pair) == match.index.street(match.pair)
        for m in matches
    )


def _better(old: list[Match], new: list[Match]) -> list[Match]:
    if not new or not old:
        return new or old
    if abs(old[0].cost - new[0].cost) <= _EQUAL and old[0].index is not new[0].index:
        return old + new
    return old if old[0].cost <= new[0].cost else new


def _matches(index: AddressIndex, query: Query, best: list[Match], *, far: bool) -> list[Match]:
    """The cheapest matches of one reading in one index: exact names, then misspelt ones."""
    spellings = keys(query.street)
    exact = [at for at in map(index.exact, spellings) if at is not None]
    found = _ranked(index, query, [(0.0, at) for at in exact])
    limit = min(found[0].cost if found else np.inf, best[0].cost if best else np.inf)
    if limit < 1 or not spellings or (far and len(spellings[0]) < 2 * _SHORTEST_BEGINNING):
        return found
    if query.number is None and query.street[-1].isdigit():
        return found  # a number is no misspelt end of a name
    most = _slips(len(spellings[0]), query)
    if not (index.complete or query.postcode or query.place):
        most = min(most, 2 if len(spellings[0]) >= _LONG else 1)
    near: dict[int, float] = {}
    for spelling in spellings[:3]:
        slips = index.far_misspelt(spelling) if far else index.misspelt(spelling)
        for errors, at in slips:
            if errors <= min(most, limit):
                near[at] = min(float(errors), near.get(at, np.inf))
        if len(spelling) >= _SHORTEST_BEGINNING and not far:
            for at in index.starting(spelling)[:_MOST_PAIRS]:
                near.setdefault(at, _CUT_SHORT)
    slipped = _ranked(index, query, [(e, at) for at, e in near.items() if at not in exact])
    return _better(found, slipped)


def _slips(length: int, query: Query) -> int:
    """How many errors a name of this length may have and still be known."""
    most = 0 if length < 3 else 1 if length < 5 else 2 if length < 8 else 3
    if query.postcode or query.place:
        return most
    if query.number is None:
        return min(most, max(length // 5, 1))
    return most if length >= _SHORT else min(most, 1)


def _ranked(index: AddressIndex, query: Query, named: list[tuple[float, int]]) -> list[Match]:
    """The cheapest pairs of these keys, with their doors."""
    if not named:
        return []
    parts = [(errors, *index.pairs(at)) for errors, at in named]
    pairs = np.concatenate([pairs for _, pairs, _ in parts])
    shown = np.concatenate([names for _, _, names in parts])
    errors = np.repeat([e for e, _, _ in parts], [len(pairs) for _, pairs, _ in parts])
    cost = errors + _area_cost(index, query, pairs)
    order = np.argsort(cost, kind="stable")[:_MOST_PAIRS]
    order = order[np.isfinite(cost[order])]
    found: list[Match] = []
    lowest = np.inf
    for at in order.tolist():
        if cost[at] > lowest + _EQUAL:
            break
        pair = int(pairs[at])
        house, doors = _doors(index, pair, query)
        total = float(cost[at]) + _HOUSE_COST[house]
        lowest = min(lowest, total)
        found.append(
            Match(index, query, pair, int(shown[at]), house, doors, float(errors[at]), total)
        )
    seen: dict[int, Match] = {}
    for match in sorted(found, key=lambda m: m.cost):
        if match.cost <= lowest + _EQUAL:
            seen.setdefault(match.pair, match)
    return list(seen.values())


def _area_cost(index: AddressIndex, query: Query, pairs: Array) -> Array:
    """What postcode and town cost for each pair; infinite where they rule it out."""
    codes = index.columns["pair_postcode"][pairs].astype(np.int64)
    inside = area(query.place, danish=bool(query.postcode)) if query.place else None
    agrees = inside[codes] if inside is not None else np.zeros(len(codes), bool)
    if query.postcode:
        same = codes == int(query.postcode)
        far = _kilometres(index, query.postcode, pairs)
        other = np.where(agrees, _POSTCODE_SLIP + 0.01 * far, _OTHER_POSTCODE + _KM * far)
        near = agrees | (far <= _FURTHEST_KM)
        if not query.place and _covers(index, query.postcode):
            slipped = _one_digit_off(codes, int(query.postcode))
            other = np.where(slipped & ~near, _FAR_SLIP, other)
            near |= slipped
        other = np.where(near, other, np.inf)
        cost = np.where(same, 0.0, other)
        cost += np.where(same & ~agrees & (inside is not None), _PLACE_DISAGREES, 0.0)
        sure = same | agrees
    elif inside is not None:
        cost, sure = np.where(agrees, 0.0, _OTHER_PLACE), agrees
    else:
        cost = np.full(len(codes), _PLACE_UNKNOWN if query.place else 0.0)
        sure = np.full(len(codes), not query.place)
    if query.extra and not (query.place or query.postcode):
        cost = cost + 1.0
    if index.complete:
        return cost
    # An index of some streets only cannot say that a street is not where it was said to be, save
    # where it has all streets of the postcode given, or where there is no such postcode.
    known = query.postcode and (query.postcode not in postcodes() or _covers(index, query.postcode))
    return cost if known else np.where(sure, cost, np.inf)


def _covers(index: AddressIndex, postcode: str) -> bool:
    """Whether the index has addresses in the postcode, so that it would know the street there."""
    return bool((index.columns["pair_postcode"] == int(postcode)).any())


def _one_digit_off(codes: Array, postcode: int) -> Array:
    digits = np.array([1000, 100, 10, 1])
    differ = (codes[:, None] // digits % 10) != (postcode // digits % 10)
    return np.asarray(differ.sum(axis=1) == 1)


def _kilometres(index: AddressIndex, postcode: str, pairs: Array) -> Array:
    """From the postcode's point to each pair, on a plane: good enough to prefer the nearest."""
    known = postcodes().get(postcode)
    if not known:
        return np.zeros(len(pairs))
    middle = index.columns["pair_middle"][pairs]
    lat = index.columns["door_lat"][middle] / 1e7 - known.point.lat
    lon = (index.columns["door_lon"][middle] / 1e7 - known.point.lon) * 0.56
    return np.asarray(np.hypot(lat, lon) * 111.2)


def _doors(index: AddressIndex, pair: int, query: Query) -> tuple[House, tuple[Door, ...]]:
    """The door or doors that the house number means, or what comes nearest to it."""
    if query.number is None:
        return House.NONE, (index.middle(pair),)
    first, numbers, letters = index.doors(pair)
    if not index.complete:
        known = not numbers[0] or query.number in numbers
        return House.UNKNOWN if known else House.BEYOND, (index.middle(pair),)
    wanted = ord(query.letter) - 64 if query.letter.isascii() and query.letter else 0
    start, end = np.searchsorted(numbers, [query.number, query.number + 1])
    same = range(int(start), int(end)) if query.number else range(0)
    exact = [at for at in same if letters[at] == wanted]
    if exact:
        return House.EXACT, tuple(index.door(first + at) for at in exact)
    unnumbered = int(np.searchsorted(numbers, 1))
    if same and (wanted or not unnumbered):
        nearest = sorted(same, key=lambda at: abs(int(letters[at]) - wanted))
        return House.LETTER, tuple(index.door(first + at) for at in nearest)
    if unnumbered:
        doors = range(first, first + unnumbered)
        middle = int(index.columns["pair_middle"][pair])
        chosen = sorted(doors, key=lambda at: abs(at - middle))
        return House.UNNUMBERED, tuple(index.door(at) for at in chosen[:8])
    return House.NEAREST, (index.door(first + _nearest_number(numbers, query.number)),)


def _nearest_number(numbers: Array, wanted: int) -> int:
    """The nearest number, on the same side of the street (odd or even) where that is near."""
    off = np.abs(numbers.astype(np.int64) - wanted)
    return int(np.argmin(off + np.where((off % 2) == 1, 2.5, 0.0)))
