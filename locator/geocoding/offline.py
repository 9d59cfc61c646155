"""The geocoder that asks nobody: embedded tables, and the address index where there is one."""

from dataclasses import replace
from pathlib import Path

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point as GeopyPoint

from locator.earth import Point, Precision, check_point, parse_point
from locator.errors import InputError, LocatorError, NotFoundError
from locator.geocoding.addresses import (
    AddressIndex,
    CurrentIndex,
    Match,
    answer_of,
    embedded_index,
    full_text,
    search,
    setting_aside,
    suggestions,
)
from locator.geocoding.answer import Answer, Confidence
from locator.geocoding.coordinates import point_answer, refuse_abroad
from locator.geocoding.query import Query, parse
from locator.language import clean, fold
from locator.notes import Note
from locator.places import (
    POSTCODES_SOURCE,
    Found,
    Place,
    Postcode,
    find_place,
    is_foreign_city,
    nearest_postcode,
    postcodes,
)

_SHOWN = 60  # characters of the query that an error repeats
_DOOR_NEAR = 1000.0  # metres: further off, the index may simply not cover the point


class OfflineGeocoder(Geocoder):
    """Addresses, streets, postcodes and places of Denmark without internet, in geopy's form.

    Args:
        addresses: where the address index is, or will be (`locator.settings` knows the
            operator's); None to do without. A new one is picked up at the next question.
        timeout: accepted as geopy's geocoders do; nothing here waits.
    """

    def __init__(
        self, *, addresses: Path | None = None, timeout: object = DEFAULT_SENTINEL
    ) -> None:
        super().__init__(timeout=timeout)
        self._current = CurrentIndex(addresses)

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """geopy's form of `answer`: a Location whose `raw` is the Answer; None for no match.

        Raises:
            GeocoderQueryError: the query is empty.
        """
        try:
            found = self.answer(query)
        except NotFoundError:
            return None
        except InputError as error:
            raise GeocoderQueryError(str(error)) from error
        every = [_location(answer) for answer in (found, *found.alternatives)]
        return every[0] if exactly_one else every

    def reverse(
        self,
        query: GeopyPoint | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """geopy's form of `nearest_address`; `query` is latitude, longitude (degrees, WGS84)."""
        try:
            point = GeopyPoint(query)
        except ValueError as error:
            raise GeocoderQueryError(str(error)) from error
        try:
            found, _ = self.nearest_address(Point(point.latitude, point.longitude))
        except NotFoundError:
            return None
        return _location(found) if exactly_one else [_location(found)]

    def answer(self, text: str, language: str = "en") -> Answer:
        """The best answer to free text; its `alternatives` are as good, if there are any.

        Args:
            text: an address, street, postcode, place, or "LAT,LON" in degrees.
            language: of the person; place names are Danish in all languages here.

        Raises:
            InputError: nothing was written.
            NotFoundError: nothing in Denmark matches.
        """
        line = clean(text[:1000])
        if not line:
            raise InputError("Write an address, a postcode or a town.")
        point = parse_point(line)
        if point:
            return point_answer(point)
        readings = parse(text)
        matches = search(self._indexes(), readings)
        place = _whole_place(readings)
        if place and (not matches or _place_cost(place) <= matches[0].cost):
            return place
        if matches and not _abroad(matches[0], line):
            return answer_of(matches)
        fallback = _without_street(readings, line)
        if fallback:
            return fallback
        raise _not_found(line, readings)

    def suggest(self, text: str, limit: int = 8) -> tuple[Answer, ...]:
        """Answers that what is typed so far may become, the likeliest first; () for none."""
        return suggestions(self._indexes(), text, limit)

    def nearest_address(self, point: Point) -> tuple[Answer, float]:
        """The nearest known address and its distance in metres on the ellipsoid.

        Without an address index, or far from all it knows, the nearest postcode's point.

        Raises:
            NotFoundError: the point is not in Denmark.
        """
        refuse_abroad(check_point(*point))
        postcode, metres = nearest_postcode(point)
        best = _postcode_answer(postcode), metres
        index = self._current.index()
        nearest = index.nearest(point) if index else None
        if index and nearest and nearest[1] <= max(_DOOR_NEAR, metres):
            best = _door_answer(index, nearest[0]), nearest[1]
        return best

    def _indexes(self) -> tuple[AddressIndex, ...]:
        index = self._current.index()
        return (index, embedded_index()) if index else (embedded_index(),)


def _location(answer: Answer) -> Location:
    return Location(answer.address, (answer.point.lat, answer.point.lon), answer)


def _whole_place(readings: tuple[Query, ...]) -> Answer | None:
    """The answer where the text is a postcode, a place, or both, and nothing else."""
    best: Answer | None = None
    for query in readings:
        if query.street or any(c.isdigit() for c in query.place) or query.number is not None:
            continue
        known = not query.place or _find_place(query)
        answer = _place_answer(query) if known else None
        if answer and (best is None or _place_cost(answer) < _place_cost(best)):
            best = answer
    return best


def _find_place(query: Query) -> Found | None:
    return find_place(query.place, danish=bool(query.postcode))


def _place_answer(query: Query) -> Answer | None:
    """The postcode's or the place's answer, with notes on what does not fit."""
    found = _find_place(query) if query.place else None
    postcode = postcodes().get(query.postcode)
    if postcode:
        agrees = not query.place or (found and postcode.code in found.place.postcodes)
        return _postcode_answer(postcode, "" if agrees else query.place, setting_aside(query))
    if not found:
        return None
    notes = setting_aside(query)
    if query.postcode:
        notes = (_no_such_postcode(query.postcode), *notes)
    return _found_answer(found, query.place, notes)


def _place_cost(answer: Answer) -> float:
    return {Confidence.A: 0.0, Confidence.B: 1.0, Confidence.C: 2.0}[answer.confidence]


def _abroad(match: Match, line: str) -> bool:
    """Whether the line is a foreign city's name, and a Danish street's only if misspelt."""
    bare = match.errors > 0 and not any(c.isdigit() for c in line)
    return bare and is_foreign_city(line)


def _without_street(readings: tuple[Query, ...], line: str) -> Answer | None:
    """Where the street is not known: its postcode, else its town, saying so."""
    for query in readings:
        known = _place_answer(query) if query.postcode or query.place else None
        # Of two words with nothing to part them, one may be a town's name by chance.
        parted = query.postcode or query.number is not None or "," in line
        if known and query.street and parted and not is_foreign_city(query.street):
            note = Note(
                "The street “{street}” is not known here: the point is that of {place}.",
                {"street": query.street, "place": known.address},
            )
            return replace(known, confidence=Confidence.C, notes=(note, *known.notes))
    return None


def _postcode_answer(postcode: Postcode, other: str = "", notes: tuple[Note, ...] = ()) -> Answer:
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
        notes=notes,
        source=POSTCODES_SOURCE,
    )


def _found_answer(found: Found, typed: str, notes: tuple[Note, ...]) -> Answer:
    if found.errors:
        note = Note("“{typed}” is read as {city}.", {"typed": typed, "city": found.place.name})
        notes = (note, *notes)
    sure = (Confidence.A, Confidence.B, Confidence.C)[min(found.errors, 2)]
    if found.equals:
        sure = Confidence.C
    others = tuple(_town_answer(place, Confidence.C) for place in found.equals)
    return replace(_town_answer(found.place, sure), notes=notes, alternatives=others)


def _town_answer(place: Place, confidence: Confidence) -> Answer:
    one = place.postcodes[0] if len(place.postcodes) == 1 else ""
    return Answer(
        f"{one} {place.name}".strip(),
        place.point,
        Precision.PLACE,
        confidence,
        postcode=one,
        city=place.name,
        source=place.source,
    )


def _no_such_postcode(code: str) -> Note:
    return Note("{postcode} is no Danish postcode.", {"postcode": code})


def _not_found(line: str, readings: tuple[Query, ...]) -> LocatorError:
    codes = [q.postcode for q in readings if q.postcode and q.postcode not in postcodes()]
    shown = line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
    if codes and fold(line) == codes[0]:
        return NotFoundError(
            "{postcode} is no Danish postcode: they have four digits, 1050 to 9990. Write one, "
            "or a town.",
            postcode=codes[0],
        )
    return NotFoundError(
        "Nothing in Denmark is found for “{text}”. Write street, number and postcode, or only a "
        "postcode or a town, for example: Nyropsgade 1, 1602.",
        text=shown,
    )


def _door_answer(index: AddressIndex, at: int) -> Answer:
    door, pair = index.door(at), index.pair_of(at)
    street, postcode = index.street(pair), index.postcode(pair)
    return Answer(
        full_text(street, door.house, postcode),
        door.point,
        Precision.ADDRESS if door.house else Precision.STREET,
        Confidence.A,
        street=street,
        number=door.house,
        postcode=postcode,
        city=postcodes()[postcode].name if postcode in postcodes() else "",
        source=index.source(at),
        id=index.id(at),
    )
