"""Which streets a text may mean: those of the name, where the text says; else those near it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from locator.geocoding.addresses.columns import Array
from locator.geocoding.addresses.index import AddressIndex
from locator.geocoding.addresses.layers import Layers, Member, Street, same_street
from locator.geocoding.addresses.where import Where, where_of
from locator.geocoding.query import ENDINGS, Query
from locator.language import clean, fold, keys, sound, spellings
from locator.places import postcodes

# What a correction costs, in typing errors of the street's name.
_SOUND = 0.5  # spelt as it sounds
_CUT = 0.3  # an ending that may be an abbreviation's
_WIDE = 0.5  # as `where` has it: only in the town's municipality
_CUT_SHORT = 1.5  # only the beginning of the street's name was given
_ELSEWHERE = 2.0  # not where it was said to be
_KM = 0.1  # per kilometre from there
_FURTHEST_KM = 30.0
_PLACE_UNKNOWN = 1.5  # the place is no name that is known
_WORDS_LEFT = 1.0
_NO_STREETS = frozenset(
    [
        "st",
        "station",
        "stationen",
        "banegard",
        "banegarden",
        "lufthavn",
        "hospital",
        "sygehus",
        "sygehuset",
    ]
)
_NUMBER_LEFT = 3.0  # with a house number among them: it is of a street that is misspelt
_EQUAL = 0.05
_SPREAD = 2.0  # a choice may cost so much more than the best one
_MOST_PAIRS = 400
_MOST_NEAR = 40
_SHORTEST_BEGINNING = 5
_CUT_WORD = re.compile(r"\s?(?:g|gd|v|str|pl)\.?$", re.IGNORECASE)  # of gade, vej, stræde, plads
_LONG = 12  # letters; two errors leave no doubt which street is meant


@dataclass(frozen=True, slots=True)
class Match:
    """A street that a reading may mean.

    Attributes:
        errors: letters of the street's key that differ from the key typed; 0 for a variant.
        cost: what had to be put right in all; 0 is an exact match.
    """

    query: Query
    where: Where
    street: Street
    errors: float
    cost: float


@dataclass(frozen=True, slots=True)
class Matches:
    """What the best reading may mean.

    Attributes:
        sure: streets of just this name where the text says; several are to be asked about.
        wider: those of this name elsewhere in the municipality of the town that was written.
        near: where none is sure, those it may be a slip of, the likeliest first.
    """

    query: Query
    where: Where
    sure: tuple[Match, ...] = ()
    wider: tuple[Match, ...] = ()
    near: tuple[Match, ...] = ()

    @property
    def cost(self) -> float:
        """That of the best match."""
        return min((m.cost for m in (*self.sure, *self.near)), default=np.inf)


def search(layers: Layers, readings: Sequence[Query]) -> Matches | None:
    """The best reading with the streets it may mean; None where none means any."""
    best: Matches | None = None
    for query in (query for query in readings if query.street):
        where = where_of(query)
        named = _named(layers, query, where)
        if named and (best is None or named[0].cost < best.cost - _EQUAL):
            sure = _as_written(query, named)
            wider = [match for match in named if match.cost > named[0].cost + _EQUAL]
            best = Matches(query, where, sure=tuple(sure), wider=tuple(wider))
            if best.cost == 0:
                break
    if best and best.cost < _WORDS_LEFT:
        return best
    for query in (query for query in readings if query.street):
        found = _misspelt(layers, query, where_of(query))
        if found and (best is None or found.cost < best.cost - _EQUAL):
            best = found
    return best


def _left_over(query: Query, where: Where) -> float:
    """What words cost that no part of the reading explains."""
    if not where.unknown:
        return 0.0
    if query.number is None and any(c.isdigit() for c in where.unknown):
        return _NUMBER_LEFT
    # Beside a postcode or a town they may be anything: a name, a farm, a new village.
    if where.binds:
        return _EQUAL / 2 if query.extra or where.postcode else _WORDS_LEFT / 2
    return _WORDS_LEFT if query.extra else _PLACE_UNKNOWN


def _named(layers: Layers, query: Query, where: Where) -> list[Match]:
    """The streets of just this name that the place leaves, the best first."""
    full = spellings(query.street)
    cut = [text for text in keys(query.street) if text not in full]
    # With no place beside it, "Sønderbrog" may as well be a town misspelt.
    for texts, extra in ((full, 0.0), (cut, _CUT) if where.binds else ((), _CUT)):
        found = _matches(layers, query, where, texts, extra)
        if found:
            return found
    return []


def _matches(
    layers: Layers, query: Query, where: Where, texts: Sequence[str], extra: float
) -> list[Match]:
    left = _left_over(query, where) + extra
    members = []
    for index, at in _keys(layers, texts):
        pairs, names = index.pairs(at)
        members += _members(index, pairs, names, where.cost(index, pairs), _MOST_PAIRS)
    found = [
        Match(query, where, street, 0.0, member.price + left)
        for street, member in layers.streets(members)
    ]
    return sorted(found, key=lambda match: match.cost)


def _keys(layers: Layers, texts: Sequence[str]) -> Iterator[tuple[AddressIndex, int]]:
    for text in texts:
        for index in layers.indexes:
            at = index.keys.exact(text)
            if at is not None:
                yield index, at


def _members(
    index: AddressIndex, pairs: Array, names: Array, cost: Array, most: int, errors: float = 0.0
) -> list[Member]:
    """The cheapest of the pairs that are not ruled out."""
    order = np.argsort(cost, kind="stable")[:most]
    return [
        Member(index, int(pairs[at]), int(names[at]), float(cost[at]), errors)
        for at in order.tolist()
        if np.isfinite(cost[at])
    ]


def _as_written(query: Query, matches: list[Match]) -> list[Match]:
    """The cheapest; of equals of one postcode those whose name is just what was typed, if any."""
    there: dict[str, list[Match]] = {}
    for match in matches:
        if match.cost <= matches[0].cost + _EQUAL:
            there.setdefault(match.street.postcode, []).append(match)
    typed = clean(query.street).casefold()
    found = []
    for equals in there.values():
        literal = [m for m in equals if m.street.written.casefold() == typed]
        ringed = [m for m in equals if same_street(m.street.written) == same_street(query.street)]
        found += literal or ringed or equals
    return found


def _misspelt(layers: Layers, query: Query, where: Where) -> Matches | None:
    """Streets that the typed name comes near: in the place, about it, or in all the country."""
    typed = keys(query.street)
    if not typed or (query.number is None and query.street[-1].isdigit()):
        return None  # a number is no misspelt end of a name
    if typed[0] in ENDINGS or fold(query.street) in _NO_STREETS:
        return None  # "gade" is no slip of Ågade, and Hillerød St. no street
    members = []
    for errors, index, at in _near_keys(layers, typed, query, where):
        pairs, names = index.pairs(at)
        cost = errors + _near_cost(index, where, pairs)
        members += _members(index, pairs, names, cost, _MOST_NEAR, errors)
    left = _left_over(query, where)
    found = [
        Match(query, where, street, member.errors, member.price + left)
        for street, member in layers.streets(members)
    ]
    found.sort(key=lambda match: match.cost)
    sure = _by_sound(query, where, found)
    if sure:
        return Matches(query, where, sure=sure)
    found = [match for match in found if match.cost <= found[0].cost + _SPREAD]
    return Matches(query, where, near=tuple(found)) if found else None


def _near_keys(
    layers: Layers, typed: Sequence[str], query: Query, where: Where
) -> Iterator[tuple[float, AddressIndex, int]]:
    """(errors, index, number of key) of every key that the typed ones may be a slip of."""
    most = _slips(len(typed[0]), query, where)
    for index in layers.indexes:
        near: dict[int, float] = {}
        for text in typed[:3]:
            for slips, at in index.keys.misspelt(text, most):
                near[at] = min(float(slips), near.get(at, np.inf))
            if len(text) >= _SHORTEST_BEGINNING and where.binds:
                for at in index.keys.starting(text)[:_MOST_PAIRS]:
                    near.setdefault(at, _CUT_SHORT)
        for at, errors in near.items():
            yield errors, index, at


def _slips(length: int, query: Query, where: Where) -> int:
    """How many errors a name of this length may have and still be offered."""
    most = 0 if length < 3 else 1 if length < 5 else 2 if length < 8 else 3
    if where.binds:
        return most
    return min(most, 2 if query.number is not None or length >= _LONG else max(length // 5, 1))


def _near_cost(index: AddressIndex, where: Where, pairs: Array) -> Array:
    """As `Where.cost`, but what lies near the place is not ruled out."""
    cost = where.cost(index, pairs)
    middle = where.point
    if not middle or not where.binds:
        return cost
    far = _kilometres(index, pairs, middle.lat, middle.lon)
    return np.minimum(cost, np.where(far <= _FURTHEST_KM, _ELSEWHERE + _KM * far, np.inf))


def _kilometres(index: AddressIndex, pairs: Array, lat: float, lon: float) -> Array:
    """From a point to each pair's postcode, on a plane: good enough to prefer the nearest."""
    where = _postcode_points()[index.columns["pair_postcode"][pairs]]
    return np.asarray(np.hypot(where[:, 0] - lat, (where[:, 1] - lon) * 0.56) * 111.2)


_points: list[Array] = []


def _postcode_points() -> Array:
    if not _points:
        table = np.full((10_000, 2), np.nan)
        for code, found in postcodes().items():
            table[int(code)] = found.point
        _points.append(table)
    return _points[0]


def _by_sound(query: Query, where: Where, found: Sequence[Match]) -> tuple[Match, ...]:
    """The street of the place that is only spelt otherwise: with double letters, say.

    None if any other street there is as near to what was typed.
    """
    heard = {sound(text) for text in keys(query.street)}
    there = [m for m in found if where.binds and m.cost - m.errors < _WIDE]
    same = [match for match in there if heard & _heard(match.street)]
    names = {same_street(match.street.name) for match in same}
    if len(names) != 1:
        return ()
    most = max(match.errors for match in same)
    if any(m.errors <= most and same_street(m.street.name) not in names for m in there):
        return ()
    lowest = min(match.cost - match.errors for match in same)
    return tuple(
        replace(match, errors=_SOUND, cost=match.cost - match.errors + _SOUND)
        for match in same
        if match.cost - match.errors <= lowest + _EQUAL
    )


def _heard(street: Street) -> set[str]:
    """What the street's names sound like; of the register's short ones without the cut word too."""
    names = [street.name, street.written]
    if street.written != street.name:
        names.append(_CUT_WORD.sub("", street.written))
    return {sound(text) for name in names for text in keys(name)}
