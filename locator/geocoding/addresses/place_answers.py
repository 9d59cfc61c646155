"""Postcodes, towns and villages as answers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from locator.earth import EAST, NORTH, SOUTH, WEST, Point, Precision, roughly
from locator.geocoding.accuracy import measured, of_postcode
from locator.geocoding.addresses.answers import asked, residents
from locator.geocoding.addresses.said import setting_aside
from locator.geocoding.addresses.streets import street_index
from locator.geocoding.addresses.where import Where, where_of
from locator.geocoding.answer import Answer, Confidence, Question
from locator.geocoding.query import Query
from locator.language import key
from locator.notes import Note
from locator.places import (
    POSTCODES_SOURCE,
    Found,
    Place,
    Postcode,
    municipality_name,
    postcodes,
)

_NINE_IN_TEN = 0.9
_SAME_PLACE = 8_000.0  # metres between a village's point and the town it is
_TOWN = 2_000  # residents: who names it does not mean a village of the same name


def place_answer(readings: Sequence[Query]) -> Answer | None:
    """The answer where the text is a postcode, a place, or both, and nothing else."""
    best: Answer | None = None
    for query in readings:
        if query.street or any(c.isdigit() for c in query.place) or query.number is not None:
            continue
        where = where_of(query)
        if where.unknown or not (where.binds or where.found):
            continue
        answer = certain_of(query, where)
        if best is None or answer.confidence < best.confidence:
            best = answer
    return best


def certain_of(query: Query, where: Where) -> Answer:
    """What the place that was written stands for, whatever the street is; it must bind."""
    notes = setting_aside(query, where)
    if where.postcode:
        found = postcodes()[where.postcode]
        villages = _villages([v for v in where.villages if _in_postcode(v, where.postcode)])
        if len(villages) == 1:
            return replace(villages[0], notes=notes)
        agrees = not query.place or (where.inside is not None and where.inside[int(found.code)])
        return postcode_answer(found, "" if agrees else query.place, notes)
    if where.wrong:
        notes = (Note("{postcode} is no Danish postcode.", {"postcode": where.wrong}), *notes)
    villages = _villages(_in_town(where))
    if not where.found:
        return replace(_one_or_which(villages), notes=notes)
    answer = _found_answer(where.found, query.place, notes)
    if where.found.place.population < _TOWN and not where.found.place.city:
        others = [v for v in villages if roughly(v.point, answer.point) > _SAME_PLACE]
        every = (*(answer.alternatives or (answer,)), *others)
        return _one_or_which(every) if others else answer
    return answer


def denmark() -> Answer:
    """What is certain when nothing is: the answer is in the country."""
    middle = Point((SOUTH + NORTH) / 2, (WEST + EAST) / 2)
    return Answer("Danmark", middle, Precision.COUNTRY, Confidence.C)


def _one_or_which(answers: Sequence[Answer]) -> Answer:
    if len(answers) == 1:
        return answers[0]
    bare = [replace(a, question=None, alternatives=()) for a in answers]
    return asked(Question.WHICH, denmark(), bare)


def _in_town(where: Where) -> list[int]:
    """The villages that were written; of those of a name the ones in the town written with it."""
    codes = street_index().columns["village_postcode"]
    inside = where.inside
    if inside is None:
        return list(where.villages)
    return [v for v in where.villages if inside[codes[v]]] or list(where.villages)


def _in_postcode(village: int, code: str) -> bool:
    return int(street_index().columns["village_postcode"][village]) == int(code)


def _villages(numbers: Iterable[int]) -> list[Answer]:
    return [village_answer(number) for number in numbers]


def villages_starting(text: str, limit: int) -> list[Answer]:
    """Villages whose name begins so, those of the largest towns' postcodes first."""
    index = street_index()
    start = key(text)
    if not start:
        return []
    span = index.village_keys.starting(start)
    first = index.columns["village_first"]
    found = range(int(first[span.start]), int(first[span.stop]))
    codes = index.columns["village_postcode"]
    order = sorted(found, key=lambda village: -residents(f"{codes[village]:04d}"))
    return [village_answer(village) for village in order[:limit]]


def village_answer(number: int) -> Answer:
    """A village of the embedded index; where it has no point, its postcode's, saying so."""
    index = street_index()
    code = f"{index.columns['village_postcode'][number]:04d}"
    name = index.village_names.string(number)
    found = postcodes()[code]
    spot = index.village_spot(number)
    note = Note(
        "Where {street} lies in {place} is not known here: the point is in the middle of the "
        "postcode.",
        {"street": name, "place": code},
    )
    return Answer(
        f"{name}, {code} {found.name}",
        spot.point if spot else found.point,
        Precision.VILLAGE if spot else Precision.POSTCODE,
        Confidence.A,
        postcode=code,
        city=found.name,
        village=name,
        municipality=_municipality(code),
        notes=() if spot else (note,),
        source=spot.source if spot else POSTCODES_SOURCE,
        accuracy_m=measured()["village"] if spot else of_postcode(code),
    )


def postcode_answer(postcode: Postcode, other: str = "", notes: tuple[Note, ...] = ()) -> Answer:
    """The postcode's point; `other` is a town that was given and does not fit."""
    if other:
        note = Note(
            "{postcode} is {city}, not “{typed}”.",
            {"postcode": postcode.code, "city": postcode.name, "typed": other},
        )
        notes = (note, *notes)
    return Answer(
        f"{postcode.code} {postcode.name}",
        postcode.point,
        Precision.POSTCODE,
        Confidence.B if other else Confidence.A,
        postcode=postcode.code,
        city=postcode.name,
        municipality=_municipality(postcode.code),
        notes=notes,
        source=POSTCODES_SOURCE,
        accuracy_m=of_postcode(postcode.code),
    )


def _found_answer(found: Found, typed: str, notes: tuple[Note, ...]) -> Answer:
    if found.errors:
        note = Note("“{typed}” is read as {city}.", {"typed": typed, "city": found.place.name})
        notes = (note, *notes)
    sure = (Confidence.A, Confidence.B, Confidence.C)[min(found.errors, 2)]
    answer = replace(town_answer(found.place, sure), notes=notes)
    if not found.equals:
        return answer
    every = [town_answer(place, Confidence.C) for place in (found.place, *found.equals)]
    return replace(asked(Question.WHICH, denmark(), every), notes=notes)


def town_answer(place: Place, confidence: Confidence = Confidence.A) -> Answer:
    """A town, municipality, island or district."""
    one = place.postcodes[0] if len(place.postcodes) == 1 else ""
    district = place.name if place.city and place.city != place.name else ""
    city = place.city or place.name
    return Answer(
        f"{district}, {one} {city}".replace("  ", " ") if district else f"{one} {city}".strip(),
        place.point,
        Precision.PLACE,
        confidence,
        postcode=one,
        city=city,
        village=district,
        municipality=_municipality(place.postcodes[0]) if place.postcodes else "",
        source=place.source,
        accuracy_m=_extent(place),
    )


def _extent(place: Place) -> float:
    """Metres from a place's point that hold most of it.

    A part of a city whose own point is known is less than the postcode that it lies in.
    """
    spread = _spread(place.point, place.postcodes)
    own = all(place.point != postcodes()[code].point for code in place.postcodes)
    part = place.city and place.city != place.name and len(place.postcodes) == 1
    return min(spread, measured()["village"]) if part and own else spread


def _municipality(code: str) -> str:
    return next(map(municipality_name, postcodes()[code].municipalities), "")


@lru_cache(maxsize=4096)
def _spread(point: Point, codes: tuple[str, ...]) -> float:
    """Metres from a town's point within which nine in ten of the streets of its postcodes lie."""
    if not codes:
        return measured()["village"]
    columns = street_index().columns
    inside = np.zeros(10_000, bool)
    inside[[int(code) for code in codes]] = True
    spots = columns["pair_spot"][inside[columns["pair_postcode"]]]
    known = spots[columns["spot_level"][spots] > 0]  # more than the postcode's own point
    spots = known if len(known) else spots
    if not len(spots):
        return of_postcode(codes[0])
    lat, lon = columns["spot_lat"][spots] / 1e7, columns["spot_lon"][spots] / 1e7
    metres = np.hypot(lat - point.lat, (lon - point.lon) * 0.56) * 111_200
    # A street's own point is off too, so that the two add up as errors do.
    return float(np.hypot(np.quantile(metres, _NINE_IN_TEN), measured()["village"]))
