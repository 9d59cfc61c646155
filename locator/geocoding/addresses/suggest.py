"""Search as you type: what the letters so far may become."""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from locator.earth import Precision
from locator.geocoding.accuracy import of_street
from locator.geocoding.addresses.answers import (
    full_text,
    municipalities_of,
    residents,
    village_of,
)
from locator.geocoding.addresses.columns import Array
from locator.geocoding.addresses.doors import whole
from locator.geocoding.addresses.index import AddressIndex, Door
from locator.geocoding.addresses.layers import Layers, Member, Street
from locator.geocoding.addresses.place_answers import (
    postcode_answer,
    town_answer,
    villages_starting,
)
from locator.geocoding.addresses.streets import street_index, villages_named
from locator.geocoding.addresses.where import in_villages, where_of
from locator.geocoding.answer import Answer, Confidence
from locator.geocoding.query import Query, parse
from locator.language import LONGEST, clean, keys
from locator.places import (
    area_so_far,
    city,
    municipality_name,
    places_starting,
    postcodes,
)

_MOST_KEYS = 24
_MOST_READINGS = 4
_MORE = 1e9  # more than all doors or residents: errors count first


def suggestions(layers: Layers, text: str, limit: int) -> tuple[Answer, ...]:
    """Answers that the text may become, the likeliest first; () for an empty text or no match."""
    line = clean(text[:LONGEST])
    if not line or limit < 1:
        return ()
    if line.isdecimal() and len(line) <= 4:
        return tuple(islice(_postcodes(line), limit))
    found: dict[tuple[str, str], Answer] = {}
    for answer in _every(layers, parse(text), line, limit):
        found.setdefault((answer.address, answer.village), answer)
        if len(found) >= limit:
            break
    return tuple(found.values())


def _every(layers: Layers, readings: Sequence[Query], line: str, limit: int) -> Iterator[Answer]:
    bare = not any(c.isdigit() for c in line)
    if bare:
        yield from map(town_answer, places_starting(line, max(limit // 3, 1)))
    asked = [query for query in readings[:_MOST_READINGS] if keys(query.street)[:1] > ("",)]
    for misspelt in (False, True):
        any_found = False
        for query in asked:
            if any_found and query.extra:
                continue  # no word is set aside where a reading has a use for all
            for answer in _streets(layers, query, limit, misspelt=misspelt):
                any_found = True
                yield answer
        if bare and not misspelt:
            for answer in villages_starting(line, limit):
                any_found = True
                yield answer
        if any_found:
            return


def _postcodes(start: str) -> Iterator[Answer]:
    for code, postcode in postcodes().items():
        if code.startswith(start):
            yield postcode_answer(postcode)


def _streets(layers: Layers, query: Query, limit: int, *, misspelt: bool) -> Iterator[Answer]:
    for key in _keys(layers, query, misspelt=misspelt):
        members = []
        for index in layers.indexes:
            at = index.keys.number(key)
            if at is not None:
                pairs, names = index.pairs(at)
                chosen = _inside(index, query, pairs)[:limit]
                members += [
                    Member(index, int(pairs[i]), int(names[i]), 0.0) for i in chosen.tolist()
                ]
        streets = [street for street, _ in layers.streets(members)]
        streets.sort(key=lambda street: -residents(street.postcode))
        for street in streets[:limit]:
            if query.number is None:
                yield _answer(street, "", None)
            else:
                yield from _with_number(street, query, limit)


def _keys(layers: Layers, query: Query, *, misspelt: bool) -> list[bytes]:
    """Keys that begin as typed, the one typed whole first, then those of most people."""
    spellings = keys(query.street)
    chosen: dict[bytes, float] = {}
    for index in reversed(layers.indexes):  # what residents weigh, not the doors of a few towns
        if misspelt:
            near = index.keys.misspelt_beginning(spellings[0])
            texts = index.keys.kept([at for _, at in near])
            for text, (errors, at) in zip(texts, near, strict=True):
                chosen.setdefault(text, float(index.weights[at]) / _MORE - errors)
            continue
        for spelling in spellings:
            whole = index.keys.exact(spelling)
            if whole is not None:
                (text,) = index.keys.kept([whole])
                chosen[text] = np.inf
                if query.number is not None:
                    continue
            for text, weight in _heaviest(index, index.keys.starting(spelling)):
                chosen.setdefault(text, weight)
    return sorted(chosen, key=lambda text: -chosen[text])[:_MOST_KEYS]


def _heaviest(index: AddressIndex, span: range) -> Iterator[tuple[bytes, float]]:
    weight = index.weights[span.start : span.stop]
    if len(weight) <= _MOST_KEYS:
        return zip(index.keys.kept(span), weight.tolist(), strict=True)
    top = weight.argpartition(-_MOST_KEYS)[-_MOST_KEYS:]
    texts = index.keys.kept((top + span.start).tolist())
    return zip(texts, weight[top].tolist(), strict=True)


def _inside(index: AddressIndex, query: Query, pairs: Array) -> Array:
    """Which pairs are in the postcode or the place, as far as it is typed; those of most first."""
    codes = index.columns["pair_postcode"][pairs]
    kept = np.arange(len(pairs))
    if query.postcode:
        kept = kept[codes == int(query.postcode)]
    elif query.place:
        inside = area_so_far(query.place)[codes]
        villages = in_villages(index, pairs, villages_named(query.place))
        kept = kept[inside | villages]
        if not len(kept) and " " in query.place:  # a village and its town
            where = where_of(query)
            if where.binds and not where.unknown:
                kept = np.flatnonzero(np.isfinite(where.cost(index, pairs)))
    return kept[(-index.pair_weights[pairs[kept]]).argsort(kind="stable")]


def _with_number(street: Street, query: Query, limit: int) -> Iterator[Answer]:
    """Doors whose number begins with the digits typed; where none is known, the street with it."""
    given = 0
    for index, pair in street.parts:
        for door in _doors(index, pair, query, limit):
            given += 1
            yield _answer(street, door.house, (index, door))
        if given:
            return
    if all(index.has_number(pair, query.number or 0) is not False for index, pair in street.parts):
        yield _answer(street, query.house, None)


def _doors(index: AddressIndex, pair: int, query: Query, limit: int) -> Iterator[Door]:
    """Doors whose number begins with the digits typed: the number itself before longer ones."""
    first, numbers, letters = index.doors(pair)
    if not query.number:
        return
    wanted = ord(query.letter) - 64 if query.letter else 0
    spans = [(query.number, query.number + 1)]
    if not query.letter:
        spans += [(query.number * 10, query.number * 10 + 10)]
    given = 0
    for low, high in spans:
        start, end = numbers.searchsorted([low, high]).tolist()
        for at in range(start, end):
            if wanted in (0, letters[at]) and given < limit:
                given += 1
                yield index.door(first + at)


def _answer(street: Street, number: str, door: tuple[AddressIndex, Door] | None) -> Answer:
    if door:
        index, known = door
        point, precision, source = known.point, Precision.ADDRESS, index.source(known.at)
    else:
        spot = whole(street)
        point, precision, source = spot.point, spot.precision, spot.source
    town = street_index().streets_in_town(street.postcode)
    return Answer(
        full_text(street.name, number, street.postcode),
        point,
        precision,
        Confidence.A,
        street=street.name,
        number=number,
        postcode=street.postcode,
        city=city(street.postcode),
        village=village_of(street),
        municipality=next(map(municipality_name, municipalities_of(street)), ""),
        source=source,
        id=door[0].id(door[1].at) if door else "",
        accuracy_m=of_street(precision, street.postcode, town),
    )
