"""From the readings of a text to one answer, or to an honest question."""

from collections.abc import Sequence
from dataclasses import replace

from locator.earth import Precision
from locator.errors import LocatorError, NotFoundError, UnknownStreetError
from locator.geocoding.addresses import (
    Layers,
    Matches,
    asked,
    certain_of,
    choices_of,
    denmark,
    options_of,
    place_answer,
    search,
    town_answer,
    villages_named,
    where_of,
)
from locator.geocoding.answer import Answer, Confidence, Question
from locator.geocoding.query import ENDINGS, Query
from locator.geocoding.sites import begins, site_answer, suggested
from locator.language import fold, key
from locator.notes import Note
from locator.places import find_place, is_foreign_city, postcodes

_SHOWN = 60  # characters of the query that an error repeats
_MOST_CHOICES = 5
_LARGE = 20_000  # residents
_SHORTEST_TOWN = 4  # letters of a town's name in a line that is not understood


def resolve(layers: Layers, line: str, readings: Sequence[Query]) -> Answer:
    """The answer to a line, of which these are the readings.

    Raises:
        NotFoundError: nothing in Denmark matches.
    """
    if not readings and any(c.isalpha() for c in line):
        raise NotFoundError("Write more of the address: the town or the postcode.")
    site = site_answer(layers, line)
    if site:
        return site
    place = place_answer(readings)
    if place and place.confidence is Confidence.A and _is_town(place, readings):
        return place
    matches = None if _abroad(line, readings) else search(layers, readings)
    if matches and matches.sure:
        return _street_answer(layers, matches, place if _is_village(line) else None)
    if place:
        return place
    found = (
        _question(layers, line, readings, matches)
        or _without_street(line, readings)
        or _town_within(line)
    )
    if found:
        return found
    raise _not_found(line, readings)


def _is_town(place: Answer, readings: Sequence[Query]) -> bool:
    """Whether the place was written as one name or a postcode, and is no mere village."""
    if place.precision is Precision.POSTCODE and not place.village:
        return True
    return any(find_place(q.place, slips=False) for q in readings if q.place and not q.street)


def _is_village(line: str) -> bool:
    return bool(villages_named(line))


def _abroad(line: str, readings: Sequence[Query]) -> bool:
    """Whether the line is, or ends in, a large foreign city's name that is no place in Denmark."""
    places = {query.place for query in readings if query.place and not query.postcode}
    return any(
        is_foreign_city(name)
        for name in {line, *places}
        if not any(c.isdigit() for c in name) and not _is_danish(name)
    )


def _is_danish(name: str) -> bool:
    where = where_of(Query(place=name))
    return not where.unknown


def _street_answer(layers: Layers, matches: Matches, place: Answer | None) -> Answer:
    choices = choices_of(options_of(layers, matches))
    if place:  # a village of the same name
        return asked(Question.WHICH, denmark(), [*(place.alternatives or (place,)), *choices])
    first, rest = choices[0], tuple(choices[1:])
    if not rest:
        return _unless_unsure(matches, first)
    if _is_one_place(first, rest):
        return replace(first, confidence=Confidence.C, alternatives=rest)
    return asked(Question.WHICH, _certain(matches), choices)


def _is_one_place(first: Answer, others: Sequence[Answer]) -> bool:
    """Whether the choices are doors of one house number: 12A and 12B for 12."""
    return all(
        (other.street, other.postcode) == (first.street, first.postcode)
        and other.precision is Precision.ADDRESS
        for other in others
    )


def _unless_unsure(matches: Matches, answer: Answer) -> Answer:
    """The answer, if all that was written of the place was understood; else it is asked about."""
    where = matches.where
    if not where.is_wide(answer.postcode) and (where.binds or not where.unknown):
        return answer
    return asked(Question.DID_YOU_MEAN, _certain(matches), [answer])


def _certain(matches: Matches) -> Answer:
    if matches.where.binds:
        return certain_of(matches.query, matches.where)
    if matches.where.wrong:
        wrong = {"postcode": matches.where.wrong}
        return replace(denmark(), notes=(Note("{postcode} is no Danish postcode.", wrong),))
    return denmark()


def _question(
    layers: Layers, line: str, readings: Sequence[Query], matches: Matches | None
) -> Answer | None:
    """What may be meant by a line in which no street and no place is sure; None where nothing."""
    binds = bool(matches and matches.where.binds)
    if not binds and not any(c.isdigit() for c in line):
        found = list(suggested(layers, line, _MOST_CHOICES))
        if found and (len(line) < _SHORTEST_TOWN or not is_foreign_city(line)):
            kind = Question.COMPLETE if begins(found[0], line) else Question.DID_YOU_MEAN
            return asked(kind, _large_town(readings) or denmark(), found)
    if not matches:
        return None
    choices = choices_of(options_of(layers, matches))[:_MOST_CHOICES]
    certain = _certain(matches)
    note = _street_unknown(matches.query, certain)
    certain = replace(certain, notes=(note, *certain.notes))
    return asked(Question.DID_YOU_MEAN, certain, choices)


def _large_town(readings: Sequence[Query]) -> Answer | None:
    """The town that is named beside what is not understood; a village's name may be chance."""
    for query in readings:
        found = where_of(query).found if query.street else None
        if found and not found.errors and found.place.population >= _LARGE:
            return certain_of(query, where_of(query))
    return None


def _street_unknown(query: Query, certain: Answer) -> Note:
    if certain.precision is Precision.COUNTRY:
        return Note("The street “{street}” is not known here.", {"street": query.street})
    return Note(
        "The street “{street}” is not known here: the point is that of {place}.",
        {"street": query.street, "place": certain.address},
    )


def _without_street(line: str, readings: Sequence[Query]) -> Answer | None:
    """Where the street is not known: its postcode, else its town, saying so."""
    for query in readings:
        where = where_of(query)
        if not where.binds or not query.street or is_foreign_city(query.street):
            continue
        known = certain_of(query, where)
        is_street = query.number is not None or key(query.street).endswith(tuple(ENDINGS))
        note = _street_unknown(query, known) if is_street else _only(line, known.address)
        return replace(known, confidence=Confidence.C, notes=(note, *known.notes))
    return None


def _town_within(line: str) -> Answer | None:
    """The town that is named in a line not understood otherwise, the longest name first."""
    words = "".join(c if c.isalnum() or c in "-'" else " " for c in line).split()
    for size in range(min(len(words), 4), 0, -1):
        for at in range(len(words) - size, -1, -1):
            name = " ".join(words[at : at + size])
            long = len(name) >= _SHORTEST_TOWN
            found = find_place(name, slips=False) if long else None
            plain = name[0].isupper() or len(name) > _SHORTEST_TOWN
            if found and plain:
                answer = town_answer(found.place, Confidence.C)
                return replace(answer, notes=(_only(line, found.place.name),))
    return None


def _only(line: str, place: str) -> Note:
    shown = {"text": line[:_SHOWN], "place": place}
    return Note("Of “{text}” only {place} is understood.", shown)


def _not_found(line: str, readings: Sequence[Query]) -> LocatorError:
    codes = [q.postcode for q in readings if q.postcode and q.postcode not in postcodes()]
    shown = line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
    if codes and fold(line) == codes[0]:
        return NotFoundError(
            "{postcode} is no Danish postcode: they have four digits, 1050 to 9990. Write one, "
            "or a town.",
            postcode=codes[0],
        )
    street = next((q for q in readings if q.street and q.number is not None), None)
    if street and not _abroad(line, readings) and key(street.street):
        return UnknownStreetError(
            "We do not know the street “{street}”. Which town or postcode is it in?",
            street=f"{street.street} {street.house}"[:_SHOWN],
        )
    return NotFoundError(
        "Nothing in Denmark is found for “{text}”. Write street, number and postcode, or only a "
        "postcode or a town.",
        text=shown,
    )
