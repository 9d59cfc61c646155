"""Places that people name beside towns: parts of the country and of cities, stations, hospitals.

The table is geodata/named_places.csv. A row is an area, known by its postcodes, or a site, known by
an address or a point. Each names its source; what nobody has reviewed says so.
"""

import csv
import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from locator.earth import Point
from locator.language import key
from locator.places.tables import postcodes
from locator.settings import GEODATA


@dataclass(frozen=True, slots=True)
class Area:
    """An island, a region, a part of a city.

    Attributes:
        city: the postal name that goes with it, "" for a part of the country.
        point: in its middle.
        postcodes: of which it consists, or in which it lies.
    """

    name: str
    names: tuple[str, ...]
    city: str
    point: Point
    postcodes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Site:
    """A station, a hospital, a shopping centre.

    Attributes:
        kind: what it is, in English.
        address: to be looked up, "" where the point is known.
        point: None where only the address is known.
    """

    name: str
    names: tuple[str, ...]
    kind: str
    address: str
    point: Point | None
    source: str


@cache
def areas() -> tuple[Area, ...]:
    """All areas of the table."""
    return tuple(_area(row) for row in _rows() if row["postcodes"])


@cache
def sites() -> tuple[Site, ...]:
    """All sites of the table."""
    return tuple(
        Site(
            row["name"],
            _names(row),
            row["kind"],
            row["address"],
            _point(row),
            row["source"],
        )
        for row in _rows()
        if not row["postcodes"]
    )


@cache
def site_names() -> dict[str, Site]:
    """The sites by the key of each of their names."""
    return {key(name): site for site in reversed(sites()) for name in site.names}


def sites_starting(text: str, limit: int) -> list[Site]:
    """The sites of which a name starts so, in the order of the table."""
    start = key(text)
    if not start:
        return []
    spelt, order = _spelt()
    span = slice(bisect_left(spelt, start), bisect_left(spelt, start + chr(sys.maxunicode)))
    found = dict.fromkeys(site_names()[name] for name in spelt[span])
    return sorted(found, key=order.__getitem__)[:limit]


@cache
def _spelt() -> tuple[list[str], dict[Site, int]]:
    """The keys of all names in order, and each site's row of the table."""
    return sorted(site_names()), {site: row for row, site in enumerate(sites())}


def _area(row: dict[str, str]) -> Area:
    codes = tuple(code for span in row["postcodes"].split() for code in _span(span))
    return Area(
        row["name"], _names(row), row["city"], _point(row) or _middle(codes), codes, row["source"]
    )


def _span(text: str) -> Iterator[str]:
    low, _, high = text.partition("-")
    return (code for code in postcodes() if low <= code <= (high or low))


def _middle(codes: tuple[str, ...]) -> Point:
    """The postcode's point nearest to the middle of all of them."""
    points = [postcodes()[code].point for code in codes]
    lat, lon = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    return min(points, key=lambda p: (p.lat - lat) ** 2 + ((p.lon - lon) * 0.56) ** 2)


def _names(row: dict[str, str]) -> tuple[str, ...]:
    return (row["name"], *filter(None, row["names"].split("|")))


def _point(row: dict[str, str]) -> Point | None:
    return Point(float(row["lat"]), float(row["lon"])) if row["lat"] else None


def _rows() -> Iterator[dict[str, str]]:
    with (GEODATA / "named_places.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
