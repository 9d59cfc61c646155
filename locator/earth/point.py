"""A point on the earth, and the reading of one from text."""

import math
import re
from enum import StrEnum
from typing import NamedTuple

from locator.errors import InputError

_NUMBER = r"[+-]?\d{1,3}(?:\.\d{1,20})?"
_PAIR = re.compile(
    rf"\s*(?:N\s*)?({_NUMBER})\s*°?\s*N?\s*[,;\s]\s*(?:[EØ]\s*)?({_NUMBER})\s*°?\s*[EØ]?\s*",
    re.IGNORECASE,
)
_DECIMAL_COMMA = re.compile(r"\s*(\d{1,3}),(\d{1,20})\s*[;\s]\s*(\d{1,3}),(\d{1,20})\s*")

_DEGREE = 111_300.0  # metres of a degree of latitude

# The country with its sea, in degrees: from Gedser to Skagen, from Blåvandshuk to Christiansø.
SOUTH, WEST, NORTH, EAST = 54.4, 7.9, 57.9, 15.4


class Point(NamedTuple):
    """Latitude then longitude, degrees, WGS84 (EPSG:4326)."""

    lat: float
    lon: float


def check_point(lat: float, lon: float) -> Point:
    """`Point(lat, lon)` if both are finite and on the globe.

    Raises:
        InputError: not finite, or |lat| > 90 or |lon| > 180.
    """
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise InputError(
            "{lat}, {lon} is not a point on the earth: give latitude (-90 to 90), then longitude "
            "(-180 to 180), for example 55.676, 12.568.",
            lat=lat,
            lon=lon,
        )
    return Point(lat, lon)


def parse_point(text: str) -> Point | None:
    """Read "LAT,LON" (degrees, WGS84); None where the text is no pair of numbers at all.

    "55.676° N 12.568° E" and "55,676 12,568" are read too.

    Raises:
        InputError: two numbers that are no point on the earth.
    """
    if len(text) > 100:
        return None
    match = _PAIR.fullmatch(_DECIMAL_COMMA.sub(r"\1.\2 \3.\4", text))
    return check_point(float(match[1]), float(match[2])) if match else None


def in_denmark(point: Point) -> bool:
    """Whether the point lies in the bounding box of Denmark (the sea between is inside too)."""
    return SOUTH <= point.lat <= NORTH and WEST <= point.lon <= EAST


def roughly(a: Point, b: Point) -> float:
    """Metres between two points of Denmark on a plane, right to about one per cent.

    For limits that are round themselves; what a person reads is measured by `distance`.
    """
    east = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return math.hypot(a.lat - b.lat, east) * _DEGREE


class Precision(StrEnum):
    """What the point stands for, best first."""

    POINT = "point"  # nothing but itself: a click, a position, a building whose address is unknown
    ADDRESS = "address"  # the door, with its street and number
    STREET = "street"  # somewhere along the street
    VILLAGE = "village"  # the middle of a village or a quarter
    PLACE = "place"  # the middle of a town
    POSTCODE = "postcode"  # a point on land in the postcode area
    COUNTRY = "country"  # somewhere in Denmark: what the text means is not known yet

    @property
    def exact(self) -> bool:
        """Whether a person who goes to the point is there."""
        return self in (Precision.POINT, Precision.ADDRESS)
