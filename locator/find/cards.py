"""A record as a person reads it: one card, in one language, at one moment.

The list, the map's popup and the handout all show cards, so that they never disagree. A card is
plain JSON-able data; what draws it must treat every text in it as text.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict
from urllib.parse import urlsplit

from babel.dates import format_date

from locator.directory import (
    UNDETERMINED,
    Cost,
    Phone,
    PlaceKind,
    Reader,
    Record,
    Said,
    TextField,
    Wheelchair,
    category,
    is_stale,
    open_state,
    state_text,
)
from locator.earth import Precision
from locator.find.nearby import Hit
from locator.language import Language, direction_text, plain, rough_distance_text, safe_url
from locator.travel import cost_text

DIRECTIONS_HOST = "openstreetmap.org"

# The texts of a record that a card shows.
_SHOWN: tuple[TextField, ...] = ("name", "description", "audience_note", "hours_note")


class Link(TypedDict):
    """Where a link goes and what it says; `note` says more, or is empty."""

    href: str
    text: str
    note: str


class Detail(TypedDict):
    """One line of what more there is to tell.

    `key` says which, in any language: address, hours, languages, audience, booking, operator,
    precision or checked.
    """

    key: str
    label: str
    value: str


class Card(TypedDict):
    """One service as shown; empty strings and lists where nothing is known.

    `name_language` and `description_language` are BCP 47 tags where a text is known to be in
    another language than the card, else "".
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
    details: list[Detail]
    source: Link | None
    directions: str
    checked: str
    point: list[float] | None


def cards_of(shown: Iterable[Hit | Record], reader: Reader, now: datetime) -> list[Card]:
    """The cards of what a search found; places are numbered from 1, as on the map."""
    found: list[Card] = []
    for number, one in enumerate(shown, 1):
        if isinstance(one, Hit):
            found.append(card(one.record, reader, now, one, number))
        else:
            found.append(card(one, reader, now))
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
        distance=_distance(hit, t),
        status={"kind": state.kind.value, "text": state_text(state, t, now)},
        place=plain(record.place),
        marks=_marks(record, reader, now),
        phones=[_phone(p) for p in record.phones],
        website=_website(record.website),
        email=_email(record),
        details=_details(record, reader),
        source=_source(record, t),
        directions=_directions(record),
        checked=checked_text(record, t),
        point=list(record.point) if record.point else None,
    )


def _foreign(said: Said, t: Language) -> str:
    """The language of a text, where it is known to be another than that of the card."""
    return "" if said.language in (t.code, UNDETERMINED) else said.language


def precision_text(precision: Precision, t: Language) -> str:
    """How good a point is, in words."""
    return {
        Precision.POINT: t("A point on the map, not an address"),
        Precision.ADDRESS: t("Exact address"),
        Precision.STREET: t("The street, not the exact door"),
        Precision.VILLAGE: t("Only the village: can be kilometres off"),
        Precision.PLACE: t("Only the town: can be kilometres off"),
        Precision.POSTCODE: t("Only the postcode area: can be kilometres off"),
        Precision.COUNTRY: t("Only Denmark"),
    }[precision]


def place_text(record: Record, t: Language) -> str:
    """The place to visit in one line, or the town and why there is no more to tell."""
    if record.place_kind is PlaceKind.PLACE:
        return record.place
    reason = {
        PlaceKind.NONE: t("No visiting address"),
        PlaceKind.SECRET: t("The address is secret"),
        PlaceKind.UNKNOWN: t("Address not known to us"),
    }[record.place_kind]
    return f"{record.place} · {reason}" if record.place else reason


def checked_text(record: Record, t: Language) -> str:
    """When the record was last checked, in words; a day only where the source gives one."""
    if record.checked:
        return t("Checked {date}", date=_date(record.checked, t))
    read = max(source.read for source in record.sources)
    if read:
        return t("Source without a date, read {date}", date=_date(read, t))
    return t("Date of check unknown")


def _date(when: str, t: Language) -> str:
    parts = [int(part) for part in when.split("-")]
    if len(parts) == 1:
        return when
    day = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    return format_date(day, "long" if len(parts) > 2 else "MMMM y", locale=t.locale)


def _distance(hit: Hit | None, t: Language) -> str:
    if not hit:
        return ""
    if hit.distance_m < 1 and not (hit.record.precision and hit.record.precision.exact):
        # Both points stand for the same area: 0 m would promise too much.
        return {
            Precision.STREET: t("in this street"),
            Precision.POSTCODE: t("in this postcode"),
            Precision.VILLAGE: t("in this village"),
            Precision.PLACE: t("in this town"),
        }.get(hit.record.precision or Precision.PLACE, "")
    line = rough_distance_text(hit.distance_m, hit.off_m, t)
    if hit.distance_m >= 1 and hit.off_m <= hit.distance_m / 2:
        line = f"{line} {direction_text(hit.bearing, t)}"
    if hit.is_straight:
        return line
    return t("{cost} ({line} in a straight line)", cost=cost_text(hit.cost, hit.unit, t), line=line)


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
    if is_stale(record, now):
        marks.append("⚠ " + t("May be out of date: call first"))
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


def _source(record: Record, t: Language) -> Link | None:
    for source in record.sources:
        href = safe_url(source.url)
        if href:
            when = f" ({_date(source.date, t)})" if source.date else ""
            return Link(href=href, text=urlsplit(href).netloc.removeprefix("www.") + when, note="")
    return None


def _directions(record: Record) -> str:
    # Only where to, never where from: the person's own place is not handed on.
    if not record.point:
        return ""
    return (
        f"https://www.{DIRECTIONS_HOST}/directions?to={record.point.lat:.6f},{record.point.lon:.6f}"
    )


def _details(record: Record, reader: Reader) -> list[Detail]:
    t = reader.t
    hours = (record.opening_hours, reader.said(record, "hours_note").text)
    spoken = ", ".join(t.language_name(code) for code in record.languages)
    booking = {"yes": t("Needed"), "no": t("Not needed")}
    precision = precision_text(record.precision, t) if record.precision else ""
    rows = [
        ("address", t("Address"), place_text(record, t)),
        ("hours", t("Opening hours"), " · ".join(filter(None, hours))),
        ("languages", t("Languages"), spoken),
        ("audience", t("For whom"), reader.said(record, "audience_note").text),
        ("booking", t("Appointment"), booking.get(record.booking, "")),
        ("operator", t("Run by"), record.organization.name),
        ("precision", t("Point on the map"), precision),
        ("checked", t("Last checked"), checked_text(record, t)),
    ]
    return [Detail(key=key, label=label, value=plain(value)) for key, label, value in rows if value]
