"""What of OpenStreetMap is drawn on the street map, and from which zoom on.

Zooms are those of the tiles, one less than Leaflet's: a tile is drawn 512 pixels wide.
"""

from collections.abc import Mapping
from typing import NamedTuple

LEAST, MOST = 9, 15  # zooms there are tiles of; closer up the deepest are drawn larger


class Kind(NamedTuple):
    """The layer that a thing is drawn in, and which of that layer's looks it has."""

    layer: str
    kind: str


# Each layer and the zoom from which it is in the tiles: what a country has much of comes late.
LAYERS = {
    "ground": LEAST,
    "sea": LEAST,
    "water": LEAST,
    "wood": LEAST,
    "green": 11,
    "town": LEAST,
    "buildings": 14,
    "streams": 13,
    "roads": LEAST,
    "through": 11,
    "streets": 12,
    "paths": 14,
    "rails": 10,
    "ferries": LEAST,
    "piers": 13,
    "stations": 11,
    "places": LEAST,
    "numbers": 15,
}

# The keys that anything drawn has at least one of.
KEYS = (
    "addr:housenumber",
    "area:highway",
    "building",
    "highway",
    "landuse",
    "leisure",
    "man_made",
    "natural",
    "place",
    "railway",
    "route",
    "waterway",
)

_ROADS = {"motorway": "motorway", "trunk": "main", "primary": "main", "secondary": "secondary"}
_LINKS = {f"{road}_link": kind for road, kind in _ROADS.items()}
_THROUGH = ("tertiary", "tertiary_link")
_STREETS = ("residential", "unclassified", "living_street", "pedestrian", "service", "road")
_PATHS = {
    "footway": "foot",
    "path": "foot",
    "bridleway": "foot",
    "steps": "steps",
    "corridor": "foot",
    "cycleway": "bicycle",
    "track": "track",
}
_RAILS = ("rail", "light_rail", "subway", "tram", "narrow_gauge")
_STATIONS = {"station": "station", "halt": "station", "tram_stop": "tram"}
_PLACES = ("city", "town", "suburb", "village", "hamlet", "quarter", "neighbourhood", "island")
_WATER = {"natural": ("water",), "landuse": ("reservoir", "basin"), "waterway": ("riverbank",)}
_WOOD = {"natural": ("wood",), "landuse": ("forest",)}
_GREEN = {
    "natural": ("grassland", "heath", "scrub", "wetland", "beach", "sand", "dune"),
    "landuse": (
        "allotments",
        "cemetery",
        "grass",
        "meadow",
        "orchard",
        "recreation_ground",
        "village_green",
    ),
    "leisure": ("park", "garden", "golf_course", "nature_reserve", "pitch", "playground"),
}
_SAND = ("beach", "sand", "dune")
_TOWN = {"landuse": ("residential", "commercial", "retail", "industrial", "railway")}

Tags = Mapping[str, str]


def point_kind(tags: Tags) -> Kind | None:
    """How a single point with these tags is drawn; None for not at all."""
    if tags.get("place") in _PLACES and "name" in tags:
        return Kind("places", tags["place"])
    if tags.get("railway") in _STATIONS and "name" in tags:
        return Kind("stations", _STATIONS[tags["railway"]])
    return Kind("numbers", "number") if "addr:housenumber" in tags else None


def line_kind(tags: Tags) -> Kind | None:
    """How a line with these tags is drawn; None for not at all."""
    highway = tags.get("highway", "")
    if highway and tags.get("area") == "yes":
        return None
    if highway in _ROADS or highway in _LINKS:
        return Kind("roads", _ROADS.get(highway) or _LINKS[highway])
    if highway in _THROUGH:
        return Kind("through", "through")
    if highway in _STREETS:
        return Kind("streets", "yard" if highway == "service" else highway)
    if highway in _PATHS:
        return Kind("paths", _PATHS[highway])
    return _other_line(tags)


def _other_line(tags: Tags) -> Kind | None:
    if tags.get("railway") in _RAILS and "service" not in tags:
        below = tags["railway"] == "subway" or tags.get("tunnel") == "yes"
        return Kind("rails", "below" if below else "tram" if tags["railway"] == "tram" else "rail")
    if tags.get("route") == "ferry":
        return Kind("ferries", "ferry")
    if tags.get("waterway") in ("river", "canal", "stream") and tags.get("tunnel") != "yes":
        return Kind("streams", tags["waterway"])
    return Kind("piers", "pier") if tags.get("man_made") in ("pier", "breakwater") else None


def area_kind(tags: Tags) -> Kind | None:
    """How an area with these tags is drawn; None for not at all."""
    if tags.get("building", "no") != "no":
        return Kind("buildings", "building")
    for layer, table in (("water", _WATER), ("wood", _WOOD), ("green", _GREEN), ("town", _TOWN)):
        for key, values in table.items():
            if tags.get(key) in values:
                return Kind(layer, "sand" if tags[key] in _SAND else layer)
    if tags.get("highway") in ("pedestrian", "footway"):
        return Kind("piers", "square")
    return Kind("piers", "pier") if tags.get("man_made") in ("pier", "breakwater") else None
