"""Search as you type: what the letters so far may become."""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from locator.earth import Precision
from locator.geocoding.addresses.answers import full_text
from locator.geocoding.addresses.columns import Array
from locator.geocoding.addresses.index import AddressIndex, Door
from locator.geocoding.answer import Answer, Confidence
from locator.geocoding.query import Query, parse
from locator.language import LONGEST, clean, keys
from locator.places import POSTCODES_SOURCE, area_so_far, city, places_starting, postcodes

_MOST_KEYS = 24


def suggestions(indexes: Sequence[AddressIndex], text: str, limit: int) -> tuple[Answer, ...]:
    """Answers that the text may become, the likeliest first; () for an empty text or no match."""
    line = clean(text[:LONGEST])
    if not line or limit < 1:
        return ()
    if line.isdecimal() and len(line) <= 4:
        return tuple(islice(_postcodes(line), limit))
    found: dict[str, Answer] = {}
    for answer in _every(indexes, parse(text), line, limit):
        found.setdefault(answer.address, answer)
        if len(found) >= limit:
            break
    return tuple(found.values())


def _every(
    indexes: Sequence[AddressIndex], readings: Sequence[Query], line: str, limit: int
) -> Iterator[Answer]:
    if not any(c.isdigit() for c in line):
        yield from _places(line, max(limit // 3, 1))
    for misspelt in (False, True):
        any_found = False
        for query in readings[:4]:
            for index in indexes if query.street else ():
                for answer in _streets(index, query, limit, misspelt=misspelt):
                    any_found = True
                    yield answer
            if any_found:
                return


def _postcodes(start: str) -> Iterator[Answer]:
    for code, postcode in postcodes().items():
        if code.startswith(start):
            yield Answer(
                f"{code} {postcode.name}",
                postcode.point,
                Precision.POSTCODE,
                Confidence.A,
                postcode=code,
                city=postcode.name,
                source=POSTCODES_SOURCE,
            )


def _places(line: str, limit: int) -> Iterator[Answer]:
    for place in places_starting(line, limit):
        yield Answer(
            place.name,
            place.point,
            Precision.PLACE,
            Confidence.A,
            city=place.name,
            source=place.source,
        )


def _streets(index: AddressIndex, query: Query, limit: int, *, misspelt: bool) -> Iterator[Answer]:
    for key in _keys(index, query, misspelt=misspelt):
        pairs, _ = index.pairs(key)
        for pair in _inside(index, query, pairs)[:limit].tolist():
            if query.number is None:
                yield _answer(index, pair, index.middle(pair), door=False)
                continue
            for door in _doors(index, pair, query, limit):
                yield _answer(index, pair, door, door=True)


def _keys(index: AddressIndex, query: Query, *, misspelt: bool) -> list[int]:
    """Keys that begin as typed, the one typed whole first, then those with most doors."""
    spellings = keys(query.street)
    if misspelt:
        return [at for _, at in index.misspelt_beginning(spellings[0])[:_MOST_KEYS]]
    chosen: dict[int, None] = {}
    for spelling in spellings:
        whole = index.exact(spelling)
        if whole is not None:
            chosen[whole] = None
        if whole is not None and query.number is not None:
            continue
        span = index.starting(spelling)
        weight = index.columns["key_weight"][span.start : span.stop]
        if len(weight) > _MOST_KEYS:
            top = np.argpartition(weight, -_MOST_KEYS)[-_MOST_KEYS:]
        else:
            top = np.arange(len(weight))
        for at in top[np.argsort(weight[top])[::-1]].tolist():
            chosen[span.start + at] = None
    return list(chosen)


def _inside(index: AddressIndex, query: Query, pairs: Array) -> Array:
    """The pairs in the postcode (as far as it is typed) or the place; the largest first."""
    codes = index.columns["pair_postcode"][pairs]
    if query.postcode:
        pairs = pairs[codes == int(query.postcode)]
    elif query.place:
        inside = area_so_far(query.place)
        pairs = pairs[inside[codes]]
    start = index.columns["pair_door"]
    size = start[pairs + 1] - start[pairs]
    return pairs[np.argsort(size)[::-1]]


def _doors(index: AddressIndex, pair: int, query: Query, limit: int) -> Iterator[Door]:
    """Doors whose number begins with the digits typed: the number itself before longer ones."""
    first, numbers, letters = index.doors(pair)
    if not index.complete or query.number is None:
        return
    wanted = ord(query.letter) - 64 if query.letter else 0
    spans = [(query.number, query.number + 1)]
    if not query.letter and query.number:
        spans += [(query.number * 10, query.number * 10 + 10)]
    given = 0
    for low, high in spans:
        start, end = np.searchsorted(numbers, [low, high])
        for at in range(int(start), int(end)):
            if wanted in (0, letters[at]) and given < limit:
                given += 1
                yield index.door(first + at)


def _answer(index: AddressIndex, pair: int, at: Door, *, door: bool) -> Answer:
    street, postcode = index.street(pair), index.postcode(pair)
    number = at.house if door else ""
    return Answer(
        full_text(street, number, postcode),
        at.point,
        Precision.ADDRESS if number else Precision.STREET,
        Confidence.A,
        street=street,
        number=number,
        postcode=postcode,
        city=city(postcode),
        source=index.source(at.at),
        id=index.id(at.at) if door else "",
    )
