"""What is wrong or doubtful in a directory: `check`.

Each finding names record, field and mend. An error is a fact that cannot be right; a warning is
one that a person should look at.
"""

import math
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

import numpy as np
from opening_hours import validate

from locator.directory.doubles import doubles
from locator.directory.findings import Finding, Harm, Level, error, warning
from locator.directory.freshness import is_stale
from locator.directory.importing import is_refuge, is_withheld
from locator.directory.record import PlaceKind, Record, Status
from locator.directory.records import Directory
from locator.directory.translation import TEXT_FIELDS, digest
from locator.directory.usefulness import (
    can_be_acted_on,
    editors_words,
    has_a_number,
    is_protected,
    nobody_is_shown_it,
)
from locator.earth import TOLERANCE, Precision, distance, metres_from_land
from locator.language import safe_url
from locator.notes import Note
from locator.places import CHRISTIANSOE, Postcode, municipality_name, postcodes

# How far a postcode reaches from its middle: in radii of a disc of its area, and then some.
POSTCODE_REACH = 4.0
POSTCODE_SLACK = 2500.0  # metres

_SHORT_NUMBER = re.compile(r"\d{3,6}")
_DANISH_NUMBER = re.compile(r"(\+45)?[2-9]\d{7}")
_FOREIGN_NUMBER = re.compile(r"\+(?!45)\d{7,15}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def check(records: Iterable[Record], now: datetime) -> list[Finding]:
    """All findings, those of one record together, then what is listed twice.

    Translations are checked where the records carry them (see `Directory.whole`).

    Asks nobody; see `locator.links` for whether the websites answer.
    """
    every = list(records)
    coast = _distances_to_land(every)
    found = [
        finding
        for record, off in zip(every, coast, strict=True)
        for finding in (
            *_form(record),
            *_known(record),
            *_place(record, off),
            *_use(record),
            *_texts(record),
            *_age(record, now),
        )
    ]
    return found + [_twice(one, other) for one, other in doubles(every)]


def check_texts(directory: Directory) -> list[Finding]:
    """The translations in the directory's files that belong to no record of it."""
    note = Note("it translates a record that is not in the directory: remove it")
    return [
        warning(record, f"{one.field}:{one.language}", note, Harm.WORDING)
        for record, one in directory.texts.in_files()
        if record not in directory.by_id
    ]


def new_errors(record: Record, before: Record | None, now: datetime) -> list[Finding]:
    """What an edit must not bring in: the errors of `check` that were not there before."""
    there = check([before], now) if before else []
    return [one for one in check([record], now) if one.level is Level.ERROR and one not in there]


def _form(record: Record) -> Iterator[Finding]:
    for phone in record.phones:
        digits = phone.number.replace(" ", "")
        if not any(p.fullmatch(digits) for p in (_SHORT_NUMBER, _DANISH_NUMBER, _FOREIGN_NUMBER)):
            note = Note("{number} is no telephone number: mend it", {"number": phone.number})
            yield _error(record, "phones", note)
    for field, url in (
        ("website", record.website),
        ("organization.website", record.organization.website),
    ):
        if url and not (safe_url(url) or "").startswith(("http://", "https://")):
            note = Note("{url} is no web address: write https://…", {"url": url[:80]})
            yield _error(record, field, note)
    for email in record.emails:
        if not _EMAIL.fullmatch(email):
            note = Note("{email} is no e-mail address: mend it", {"email": email[:80]})
            yield _error(record, "emails", note)
    if record.opening_hours and not validate(record.opening_hours):
        note = Note("the opening hours cannot be read: give them day by day, or in words")
        yield _error(record, "opening_hours", note)
    if is_refuge(record.names) and not is_withheld(record) and record.point:
        note = Note("it sounds like a refuge and shows its place")
        yield _error(record, "categories", note)
    ages = (record.minimum_age, record.maximum_age)
    if None not in ages and ages[0] > ages[1]:  # type: ignore[operator]
        yield _error(record, "minimum_age", Note("the youngest age is above the oldest: swap them"))


def _known(record: Record) -> Iterator[Finding]:
    """Whether it says of its place what is known, no more and no less."""
    if record.precision is Precision.ADDRESS and not has_a_number(record.address):
        note = Note("an exact address has a street and a number: give them, or call it a point")
        yield _error(record, "precision", note)
    if record.place_kind is PlaceKind.UNKNOWN and record.scope != "national":
        note = Note("it has a place that we do not know: find its address")
        yield _warning(record, "address", note, Harm.PLACELESS)
    if nobody_is_shown_it(record):
        note = Note("it has no place and serves nobody that we know: give its municipality")
        yield _warning(record, "municipality_code", note, Harm.NO_WAY)


def _place(record: Record, off_coast: float) -> Iterator[Finding]:
    if record.municipality_code == CHRISTIANSOE:
        return  # too small for the coast, and its postcode is Gudhjem's, 20 km across the sea
    if off_coast > TOLERANCE:
        away = {"km": f"{off_coast / 1000:.0f}"}
        note = Note("the point is {km} km from land: geocode again", away)
        yield _error(record, "lat, lon", note)
    code = postcodes().get(record.postcode)
    if record.postcode and not code:
        note = Note("there is no postcode {postcode}", {"postcode": record.postcode})
        yield _error(record, "postcode", note)
    if not code:
        return
    if record.municipality_code and record.municipality_code not in code.municipalities:
        there = ", ".join(map(municipality_name, code.municipalities))
        here = municipality_name(record.municipality_code)
        values = {"postcode": code.code, "there": there, "here": here}
        note = Note("postcode {postcode} lies in {there}, not in {here}", values)
        yield _warning(record, "municipality_code", note)
    if record.point and record.precision is not Precision.PLACE:
        metres = float(distance(record.point.lon, record.point.lat, code.point.lon, code.point.lat))
        if metres > _reach(code):
            values = {"km": f"{metres / 1000:.0f}", "postcode": code.code}
            note = Note(
                "the point is {km} km from postcode {postcode}: one of them is wrong", values
            )
            yield _error(record, "lat, lon", note)


def _use(record: Record) -> Iterator[Finding]:
    """Whether it helps a person to do the next thing, and is written for that person."""
    if record.status is Status.ACTIVE and not can_be_acted_on(record):
        note = Note("nobody can act on it: give a telephone, an e-mail, a website or an address")
        yield _warning(record, "phones", note, Harm.NO_WAY)
    if is_protected(record) and not record.phones:
        note = Note("help against violence is reached by telephone only: give a number")
        yield _error(record, "phones", note, Harm.NO_WAY)
    said: dict[str, str] = {field: getattr(record, field) for field in TEXT_FIELDS}
    said |= {f"{one.field}:{one.language}": one.text for one in record.translations}
    for field, text in said.items():
        if words := editors_words(text):
            note = Note(
                "“{words}” is for maintainers: move it to the note among them", {"words": words}
            )
            yield _warning(record, field, note, Harm.WORDING)


def _texts(record: Record) -> Iterator[Finding]:
    """Whether its translations are of what it says today."""
    for one in record.translations:
        own = getattr(record, one.field)
        if not own:
            note = Note("it translates nothing: the record has no such text")
        elif one.of != digest(own):
            note = Note("the text that it translates has changed since: translate it again")
        else:
            continue
        yield _warning(record, f"{one.field}:{one.language}", note, Harm.WORDING)


def _twice(one: Record, other: Record) -> Finding:
    note = Note("it may be {name} once more: merge the two", {"name": one.name})
    return _warning(other, "name", note, Harm.DOUBLE)


def _age(record: Record, now: datetime) -> Iterator[Finding]:
    if not record.checked:
        note = Note("when it was last checked is not known")
        yield _warning(record, "assured_date", note, Harm.STALE)
    elif is_stale(record, now):
        note = Note("last checked {date}: check it again", {"date": record.checked})
        yield _warning(record, "assured_date", note, Harm.STALE)


def _distances_to_land(records: list[Record]) -> list[float]:
    """Metres from each record's point to the nearest land; 0 on land and without a point."""
    located = [at for at, record in enumerate(records) if record.point]
    off = np.zeros(len(records))
    if located:
        lon, lat = zip(*((records[at].lon, records[at].lat) for at in located), strict=True)
        off[located] = metres_from_land(lon, lat)
    return [float(metres) for metres in off]


def _reach(postcode: Postcode) -> float:
    """How far from its middle a postcode may reach, in metres."""
    return POSTCODE_SLACK + POSTCODE_REACH * math.sqrt(postcode.land_km2 / math.pi) * 1000


def _error(record: Record, field: str, problem: Note, harm: Harm = Harm.CONTRADICTION) -> Finding:
    return error(record.id, field, problem, harm)


def _warning(record: Record, field: str, problem: Note, harm: Harm = Harm.CONTRADICTION) -> Finding:
    return warning(record.id, field, problem, harm)
