"""The one reader of the embedded tables: postcodes, municipalities, towns.

Postcodes and municipalities: Klimadatastyrelsen (DAGI), CC BY 4.0. Towns and their names in other
scripts, and the names of large cities abroad: GeoNames, CC BY 4.0 (see geodata/build_towns.py).
"""

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from locator.earth import Point
from locator.settings import GEODATA

POSTCODES_SOURCE = "Klimadatastyrelsen (DAGI), CC BY 4.0"
TOWNS_SOURCE = "GeoNames, CC BY 4.0"

# Stands among the municipalities and is none: an island of the state, with a hundred people.
CHRISTIANSOE = "0411"

_BLOCK = 4096  # bytes of names, within which a name is sought from the first to the last


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode.

    Attributes:
        name: the postal name.
        point: on land in it.
        land_km2: its land, square kilometres.
        municipalities: codes of those it lies in, that of most of its streets first.
    """

    code: str
    name: str
    point: Point
    land_km2: float
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
class Town:
    """A place of 500 people or more, as GeoNames has it.

    Attributes:
        id: GeoNames' number.
        name: mostly the Danish one.
        population: 0 where not known.
        names: other names, in any script; the first may be among them again.
    """

    id: int
    name: str
    point: Point
    population: int
    names: tuple[str, ...]


@cache
def postcodes() -> dict[str, Postcode]:
    """All postcodes by their four digits."""
    return {
        row["postcode"]: Postcode(
            row["postcode"],
            row["name"],
            _point(row),
            float(row["land_km2"] or 0),
            tuple(re.findall(r"\d{4}", row["municipality_codes"])),
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
            _point(row),
            int(row["population_2020"] or 0),
        )
        for row in _rows("municipalities.csv")
    }


def municipality_name(code: str) -> str:
    """The name of a municipality, its code where there is no such one."""
    found = municipalities().get(code)
    return found.name if found else code


@cache
def towns() -> tuple[Town, ...]:
    """The towns by GeoNames' numbers."""
    return tuple(
        Town(
            int(row["geonames_id"]),
            row["name"],
            _point(row),
            int(row["population"]),
            tuple(name for name in row["names"].split("|") if name),
        )
        for row in _rows("towns.csv")
    )


def is_foreign_city(name: str) -> bool:
    """Whether a city of 100,000 people or more outside Denmark has this name, in any language."""
    sought = f"\n{' '.join(name.casefold().split())}\n".encode()
    cities = _foreign_cities()
    low, high = 0, len(cities)
    while high - low > _BLOCK:  # halved, for they are in order: to read all takes a millisecond
        middle = cities.index(b"\n", (low + high) // 2)
        if cities[middle : middle + len(sought)] <= sought:
            low = middle
        else:
            high = middle
    return sought in cities[low : high + len(sought)]


@cache
def _foreign_cities() -> bytes:
    """Their names in small letters, a line each, in the order of their bytes."""
    return b"\n" + gzip.decompress((GEODATA / "foreign_cities.txt.gz").read_bytes())


def city(postcode: str) -> str:
    """The postal name of a postcode, "" where there is no such postcode."""
    found = postcodes().get(postcode)
    return found.name if found else ""


def _point(row: dict[str, str]) -> Point:
    return Point(float(row["lat"]), float(row["lon"]))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (GEODATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
