"""A record as a person reads it: one card, in one language, at one moment.

The list, the map's popup and the handout all show cards, so that they never disagree. A card is
plain JSON-able data; what draws it must treat every text in it as text.
"""

from datetime import date, datetime
from typing import TypedDict
from urllib.parse import urlsplit

from babel.dates import format_date

from locator.directory import (
    Cost,
    Phone,
    PlaceKind,
    Record,
    Wheelchair,
    category,
    is_stale,
    open_state,
    state_text,
)
from locator.earth import Precision
from locator.find.nearby import Hit
from locator.language import Language, direction_text, distance_text, plain, safe_url

DIRECTIONS_HOST = "openstreetmap.org"


class Link(TypedDict):
    """Where a link goes and what it says; `note` says more, or is empty."""

    href: str
    text: str
    note: str


class Card(TypedDict):
    """One service as shown; empty strings and lists where nothing is known."""

    id: str
    number: int
    name: str
    category: str
    icon: str
    colour: str
    description: str
    distance: str
    status: dict[str, str]
    place: str
    marks: list[str]
    phones: list[Link]
    website: Link | None
    email: Link | None
    details: list[tuple[str, str]]
    source: Link | None
    directions: str
    checked: str
    point: list[float] | None


def card(
    record: Record, t: Language, now: datetime, hit: Hit | None = None, number: int = 0
) -> Card:
    """The card of `record`; `hit` adds the distance, `number` the pin that it has on the map."""
    kind = category(record.categories[0])
    state = open_state(record, now)
    return Card(
        id=record.id,
        number=number,
        name=plain(name(record, t)),
        category=kind.name(t),
        icon=kind.icon,
        colour=kind.colour,
        description=plain(record.description_da or record.description)
        if t.code == "da"
        else plain(record.description),
        distance=_distance(hit, t),
        status={"kind": state.kind.value, "text": state_text(state, t, now)},
        place=plain(record.place),
        marks=_marks(record, t, now),
        phones=[_phone(p) for p in record.phones],
        website=_website(record.website),
        email=_email(record),
        details=_details(record, t),
        source=_source(record, t),
        directions=_directions(record),
        checked=checked_text(record, t),
        point=list(record.point) if record.point else None,
    )


def name(record: Record, t: Language) -> str:
    """The record's name in the language shown."""
    return (record.name_da if t.code == "da" else record.name) or record.name


def precision_text(precision: Precision, t: Language) -> str:
    """How good a point is, in words."""
    return {
        Precision.POINT: t("A point on the map, not an address"),
        Precision.ADDRESS: t("Exact address"),
        Precision.STREET: t("The street, not the exact door"),
        Precision.POSTCODE: t("Only the postcode area: can be kilometres off"),
        Precision.PLACE: t("Only the town: can be kilometres off"),
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
            Precision.PLACE: t("in this town"),
        }.get(hit.record.precision or Precision.PLACE, "")
    text = distance_text(hit.distance_m, t)
    return text if hit.distance_m < 1 else f"{text} {direction_text(hit.bearing, t)}"


def _marks(record: Record, t: Language, now: datetime) -> list[str]:
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


def _details(record: Record, t: Language) -> list[tuple[str, str]]:
    spoken = ", ".join(t.language_name(code) for code in record.languages)
    rows = [
        (t("Address"), place_text(record, t)),
        (t("Opening hours"), " · ".join(filter(None, (record.opening_hours, record.hours_note)))),
        (t("Languages"), spoken),
        (t("For whom"), record.audience_note),
        (t("Appointment"), {"yes": t("Needed"), "no": t("Not needed")}.get(record.booking, "")),
        (t("Run by"), record.organization.name),
        (t("Point on the map"), precision_text(record.precision, t) if record.precision else ""),
        (t("Last checked"), checked_text(record, t)),
    ]
    return [(label, plain(value)) for label, value in rows if value]
