"""A study as the map shows it: people as dots, gaps as areas, facilities as points."""

import math
from typing import Any

import geopandas as gpd
import numpy as np
from shapely import simplify
from shapely.geometry import mapping

from locator.coverage.inputs import Layer
from locator.coverage.study import NEW, Coverage
from locator.language import Language, plain
from locator.map import COUNTRY
from locator.travel import cost_text

DOTS = 20_000  # cells, and facilities, shown at the most
AREAS = 500  # gaps, those of most people first
AREA_DETAIL = 0.002  # degrees; what a screen shows of an area's outline


def shown_coverage(
    study: Coverage, limit: float, t: Language, gaps: gpd.GeoDataFrame
) -> dict[str, Any]:
    """For `naervedShow`: the fullest cells, the largest gaps beyond the limit, and places.

    Args:
        limit: in the unit of the study's metric, as are `gaps`.
    """
    people, (lon, lat) = study.cells.weight, study.cells.points()
    far = study.cost > limit
    fullest = np.argsort(-people, kind="stable")[:DOTS]
    return {
        "hits": [],
        "dots": [
            [round(float(lat[i]), 4), round(float(lon[i]), 4), _radius(people[i]), int(far[i])]
            for i in fullest
        ],
        "places": _places(study.facilities, t),
        "areas": [
            {
                "geometry": mapping(simplify(area.geometry, AREA_DETAIL)),
                "text": _area_text(area.municipality, area.people, area.cost, study, t),
            }
            for area in gaps.head(AREAS).itertuples()
        ],
        "origin": None,
        "view": {"key": "country", "bounds": COUNTRY},
        "tiles": None,
    }


def counted(count: float, study: Coverage, t: Language) -> str:
    """So many people, or addresses where the demand counts those."""
    number = t.number(count)
    if study.of_addresses:
        return t("{count} addresses", count=number)
    return t("{count} people", count=number)


def demand_heading(study: Coverage, t: Language) -> str:
    """What a column of such counts is called."""
    return t("Addresses") if study.of_addresses else t("People")


def facility_names(facilities: Layer, t: Language) -> dict[str, str]:
    """What each facility is called, by id: its name where the table has one, else its id."""
    table = facilities.table
    known = table["name"].tolist() if "name" in table else facilities.ids
    return {
        one: plain(name) if isinstance(name, str) and name else _unnamed(one, t)
        for one, name in zip(facilities.ids, known, strict=True)
    }


def _area_text(municipality: str, people: float, cost: float, study: Coverage, t: Language) -> str:
    named = {"municipality": plain(municipality), "people": counted(people, study, t)}
    if not math.isfinite(cost):
        return t("{municipality}: {people}, none within reach", **named)
    distance = cost_text(cost, study.metric.unit, t)
    return t("{municipality}: {people}, {distance} to the nearest", **named, distance=distance)


def _unnamed(one: str, t: Language) -> str:
    return t("New place") if one.startswith(NEW) else plain(one)


def _places(facilities: Layer, t: Language) -> list[list[Any]]:
    if not facilities.on_earth:
        return []
    x, y = facilities.points()
    called = list(facility_names(facilities, t).values())[:DOTS]
    ids = facilities.ids
    return [
        [float(y[i]), float(x[i]), name, int(ids[i].startswith(NEW))]
        for i, name in enumerate(called)
    ]


def _radius(people: float) -> float:
    """Of a dot, in pixels: its area grows with the people."""
    return round(min(1.0 + 0.02 * math.sqrt(people), 8.0), 1)
