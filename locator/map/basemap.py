"""The map that needs no internet: land, and the names of towns and postcodes over it.

Land: NOAA GLOBE, and Natural Earth for the neighbours, both in the public domain (see
geodata/build_coast.py). Towns: GeoNames, CC BY 4.0. Postcodes: Klimadatastyrelsen (DAGI), CC BY
4.0; the streets that have one of their own: the CPR register.
"""

import json
from collections.abc import Iterator
from typing import TypedDict

from locator.earth import Point
from locator.geocoding import sole_streets
from locator.places import TOWNS_SOURCE, places, postcodes
from locator.settings import GEODATA

# (latitude, longitude, text, kind, smallest zoom), degrees WGS84; kind: "city", "town", "postcode".
Label = tuple[float, float, str, str, int]

_DECIMALS = 4

# From so many residents a town is named from this zoom on.
_TOWN_ZOOMS = (
    (250_000, 5),
    (90_000, 6),
    (40_000, 7),
    (15_000, 8),
    (5_000, 9),
    (1_500, 10),
    (0, 11),
)
_CITY = 40_000

# From so many square km of land a postcode is named from this zoom on: when it has grown to be
# wider on the screen than its name.
_POSTCODE_ZOOMS = ((60.0, 11), (15.0, 12), (4.0, 13), (1.0, 14), (0.2, 15), (0.0, 16))


class BaseMap(TypedDict):
    """What a browser needs to draw the map, JSON-able.

    `land` is a GeoJSON FeatureCollection (lon/lat, EPSG:4326), the neighbours and over
    them Denmark, told apart by the property `home`; `labels` come most important first.
    """

    land: dict[str, object]
    labels: list[Label]


def base_map() -> BaseMap:
    """The land and all labels, read from the embedded files."""
    land = json.loads((GEODATA / "coast.geojson").read_text(encoding="utf-8"))
    towns = sorted(_town_labels(), key=lambda label: label[4])
    return BaseMap(land=land, labels=[*towns, *_postcode_labels()])


def _town_labels() -> Iterator[Label]:
    for place in places():  # the most populous first
        if place.source == TOWNS_SOURCE:
            # GeoNames gives some hamlets the population of their whole municipality.
            population = place.population if place.postcodes else 0
            kind = "city" if population >= _CITY else "town"
            zoom = next(zoom for least, zoom in _TOWN_ZOOMS if population >= least)
            yield _label(place.point, place.name, kind, zoom)


def _postcode_labels() -> Iterator[Label]:
    streets = sole_streets()
    for one in sorted(postcodes().values(), key=lambda one: -one.land_km2):
        zoom = next(zoom for least, zoom in _POSTCODE_ZOOMS if one.land_km2 >= least)
        text = (
            f"{streets[one.code]} {one.code}" if one.code in streets else f"{one.code} {one.name}"
        )
        yield _label(one.point, text, "postcode", zoom)


def _label(point: Point, text: str, kind: str, zoom: int) -> Label:
    return (round(point.lat, _DECIMALS), round(point.lon, _DECIMALS), text, kind, zoom)
