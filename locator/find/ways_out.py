"""The ways out of Nærved to a place: by choice, each saying where it leads and what it tells."""

from typing import TypedDict
from urllib.parse import quote

from locator.directory import PlaceKind, Record
from locator.earth import Point, Precision
from locator.language import Language, plain


class Link(TypedDict):
    """Where a link goes and what it says; `note` says more, or is empty."""

    href: str
    text: str
    note: str


def directions(record: Record, t: Language) -> list[Link]:
    """The ways to a place whose door or street is known; to a mere town there are none.

    They tell where to, never where from: the person's own place is not handed on.
    """
    if record.place_kind is not PlaceKind.PLACE or not record.point or not _findable(record):
        return []
    found = [_map_app(record.point, t), _openstreetmap(record.point, t)]
    return [*found, _rejseplanen(record, t)] if record.address else found


def _findable(record: Record) -> bool:
    precision = record.precision
    return bool(precision and precision.exact) or precision is Precision.STREET


def _map_app(point: Point, t: Language) -> Link:
    """RFC 5870; the `q` has Android show a pin instead of a mere area."""
    at = f"{point.lat:.6f},{point.lon:.6f}"
    return Link(
        href=f"geo:{at}?q={at}",
        text=t("The map app of this phone"),
        note=t("Leaves Nærved and opens your own app, which sees where you want to go."),
    )


def _openstreetmap(point: Point, t: Language) -> Link:
    return Link(
        href=f"https://www.openstreetmap.org/directions?to={point.lat:.6f},{point.lon:.6f}",
        text="openstreetmap.org ↗",
        note=t("Leaves Nærved. On foot, by bicycle or by car; the site sees where you want to go."),
    )


def _rejseplanen(record: Record, t: Language) -> Link:
    """The address as their page has taken it behind the "#", which browsers do not send.

    How their page reads it is not published: so the note says what to write there.
    """
    tongue = "da_DA" if t.code == "da" else "en_EN"
    place = plain(record.place)
    return Link(
        href=f"https://www.rejseplanen.dk/webapp/index.html?language={tongue}"
        f"#!P|TP!to|{quote(place)}!isForm|1",
        text="rejseplanen.dk ↗",
        note=t(
            "Leaves Nærved. By bus and train. If the field “to” is empty there, write: {place}",
            place=place,
        ),
    )
