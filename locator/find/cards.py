"""A record as a person reads it: one card, in one language, at one moment.

The list, the map's popup and the handout all show cards, so that they never disagree. A card is
plain JSON-able data; what draws it must treat every text in it as text.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TypedDict
from urllib.parse import urlsplit

from locator.directory import (
    UNDETERMINED,
    Cost,
    Phone,
    Reader,
    Record,
    Said,
    TextField,
    Wheelchair,
    can_be_visited,
    category,
    hours_lines,
    open_state,
    state_text,
)
from locator.find.danish_words import explained
from locator.find.distances import distance_words
from locator.find.municipal import contact_of
from locator.find.nearby import Hit
from locator.find.record_words import (
    aged_text,
    checked_text,
    date_text,
    head_place_text,
    place_text,
    precision_text,
)
from locator.find.ways_out import Link, directions
from locator.language import Language, plain, safe_url

# The texts of a record that a card shows.
_SHOWN: tuple[TextField, ...] = ("name", "description", "audience_note", "hours_note")


class Detail(TypedDict):
    """One line of what more there is to tell.

    `key` says which, in any language: address, phone, website, hours, languages, audience, booking,
    operator, precision, checked, words or journey. `value` may be of several lines.
    """

    key: str
    label: str
    value: str


class Card(TypedDict):
    """One service as shown; empty strings and lists where nothing is known.

    `name_language` and `description_language` are BCP 47 tags where a text is known to be in
    another language than the card, else "". `ask` leads to the municipality where the card itself
    has neither telephone nor place; its note says so.
    """

    id: str
    number: int
    name: str
    name_language: str
    category: str
    icon: str
    colour: str
    description: str
    description_language: str
    distance: str
    status: dict[str, str]
    place: str
    marks: list[str]
    phones: list[Link]
    website: Link | None
    email: Link | None
    ask: Link | None
    details: list[Detail]
    source: Link | None
    directions: list[Link]
    checked: str
    point: list[float] | None


def cards_of(
    shown: Iterable[Hit | Record],
    reader: Reader,
    now: datetime,
    known: Mapping[str, Record] = MappingProxyType({}),
    *,
    numbered: bool = True,
) -> list[Card]:
    """The cards of what a search found.

    Args:
        numbered: places are numbered from 1, as on the map.
        known: the municipalities' own lines (see `locator.find.municipal`).
    """
    found: list[Card] = []
    for number, one in enumerate(shown, 1):
        if isinstance(one, Hit):
            made = card(one.record, reader, now, one, number if numbered else 0)
        else:
            made = card(one, reader, now)
        record = one.record if isinstance(one, Hit) else one
        found.append(made | {"ask": _ask(record, contact_of(record, known), reader)})
    return found


def card(
    record: Record, reader: Reader, now: datetime, hit: Hit | None = None, number: int = 0
) -> Card:
    """The card of `record` as `reader` reads it.

    Args:
        hit: adds the distance.
        number: the pin that it has on the map; 0 for none.
    """
    t = reader.t
    name, description = reader.said(record, "name"), reader.said(record, "description")
    kind = category(record.categories[0])
    state = open_state(record, now)
    return Card(
        id=record.id,
        number=number,
        name=plain(name.text),
        name_language=_foreign(name, t),
        category=kind.name(t),
        icon=kind.icon,
        colour=kind.colour,
        description=plain(description.text),
        description_language=_foreign(description, t),
        distance=distance_words(hit, t) if hit else "",
        status={"kind": state.kind.value, "text": state_text(state, t, now)},
        place=plain(head_place_text(record, t)),
        marks=_marks(record, reader, now),
        phones=[_phone(p) for p in record.phones],
        website=_website(record.website),
        email=_email(record),
        ask=None,
        details=[*_journey(hit, t), *_details(record, reader, now)],
        source=_source(record, t),
        directions=directions(record, t),
        checked=checked_text(record, t),
        point=list(record.point) if record.point else None,
    )


def _foreign(said: Said, t: Language) -> str:
    """The language of a text, where it is known to be another than that of the card."""
    return "" if said.language in (t.code, UNDETERMINED) else said.language


def _marks(record: Record, reader: Reader, now: datetime) -> list[str]:
    t = reader.t
    marks = []
    if record.cost is Cost.FREE:
        marks.append(t("Free"))
    if record.wheelchair is Wheelchair.YES:
        marks.append("♿ " + t("Wheelchair access"))
    if record.precision and not record.precision.exact:
        marks.append("⌖ " + precision_text(record.precision, t))
    marks.append(checked_text(record, t))
    if not (record.phones or record.emails or record.website):
        marks.append(t("No telephone or website known to us"))
    if aged := aged_text(record, t, now):
        marks.append("⚠ " + aged)
    if any(reader.said(record, field).stale for field in _SHOWN):
        marks.append("⚠ " + t("Translated from an older text"))
    return marks


def _phone(phone: Phone) -> Link:
    number = plain(phone.number)
    digits = "".join(c for c in number if c.isdigit() or c == "+")
    return Link(href=f"tel:{digits}", text=number, note=plain(phone.note))


def _website(url: str) -> Link | None:
    safe = safe_url(url)
    return (
        Link(href=safe, text=urlsplit(safe).netloc.removeprefix("www."), note="") if safe else None
    )


def _email(record: Record) -> Link | None:
    if not record.emails:
        return None
    address = plain(record.emails[0])
    return Link(href=f"mailto:{address}", text=address, note="")


def _ask(record: Record, contact: Record | None, reader: Reader) -> Link | None:
    if not contact or record.phones or can_be_visited(record):
        return None
    way = next((_phone(phone) for phone in contact.phones), None) or _website(contact.website)
    if not way:
        return None
    name = plain(reader.name(contact))
    return Link(
        href=way["href"],
        text=f"{name}: {way['text']}",
        note=reader.t("Ask the municipality"),
    )


def _source(record: Record, t: Language) -> Link | None:
    for source in record.sources:
        href = safe_url(source.url)
        if href:
            when = f" ({date_text(source.date, t)})" if source.date else ""
            return Link(href=href, text=urlsplit(href).netloc.removeprefix("www.") + when, note="")
    return None


def _journey(hit: Hit | None, t: Language) -> list[Detail]:
    """The way by public transport, a line a leg."""
    journey = hit.trip.journey if hit and hit.trip else None
    if not journey:
        return []
    from locator.travel import journey_lines

    return [Detail(key="journey", label=t("The way"), value="\n".join(journey_lines(journey, t)))]


def _texts(record: Record, reader: Reader) -> list[str]:
    """What of a card is written by people, its organisation's name too."""
    return [*(reader.said(record, field).text for field in _SHOWN), record.organization.name]


def _details(record: Record, reader: Reader, now: datetime) -> list[Detail]:
    t = reader.t
    lines = hours_lines(record.opening_hours, t, now)
    hours = [*map(": ".join, lines), reader.said(record, "hours_note").text]
    spoken = ", ".join(t.language_name(code) for code in record.languages)
    booking = {"yes": t("Needed"), "no": t("Not needed")}
    precision = precision_text(record.precision, t) if record.precision else ""
    unknown = t("Not known to us")
    rows = [
        ("address", t("Address"), place_text(record, t)),
        ("phone", t("Telephone"), "" if record.phones else unknown),
        ("website", t("Website"), "" if record.website else unknown),
        ("hours", t("Opening hours"), "\n".join(plain(line) for line in hours if line)),
        ("languages", t("Languages"), spoken),
        ("audience", t("For whom"), reader.said(record, "audience_note").text),
        ("booking", t("Appointment"), booking.get(record.booking, "")),
        ("operator", t("Run by"), record.organization.name),
        ("precision", t("Point on the map"), precision),
        ("checked", t("Last checked"), checked_text(record, t)),
        ("words", t("Danish words explained"), "\n".join(explained(_texts(record, reader), t))),
    ]
    return [
        Detail(key=key, label=label, value="\n".join(map(plain, value.split("\n"))))
        for key, label, value in rows
        if value
    ]
