"""The Folium map: made once, with what it shows given to it as data.

A map asks no third party anything: Leaflet and the base map come from one local folder that the
app serves, and street tiles are named only when the person has agreed to them. An object a marker
would take Folium a millisecond each, so one element hands all of them to the browser as JSON.
"""

import math
import re
from collections.abc import Hashable
from threading import Lock
from typing import Any

import folium
import numpy as np
from branca.element import MacroElement
from cachetools import LRUCache, cached
from jinja2 import Template
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from locator.directory import Reader, category
from locator.earth import EAST, NORTH, SOUTH, WEST, Point
from locator.find import DEFAULT_RADIUS, Card, Hit
from locator.geocoding import Answer
from locator.language import Language, plain, script_json
from locator.settings import STATIC
from locator.travel import STRAIGHT_LINE, Limit, Metric, Unit, cost_text

ASSETS = STATIC / "map"

TILES = {
    "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "attribution": "© OpenStreetMap contributors",
}
_SEEN = 20.0  # metres: a circle about the origin that is smaller tells nothing
TILES_HOST = "tile.openstreetmap.org"

# From the North Sea to the Sound; Bornholm is a pan away.
COUNTRY = [[SOUTH, WEST], [NORTH, 12.9]]


_FINER = 2e-5  # degrees of a way that nobody sees
_DECIMALS = 5  # of degrees, on the map; a metre

# Round distances, of which the browser draws those that fit its zoom.
_STEPS = [float(n * 10**power) for power in range(1, 6) for n in (1, 2, 5)]


class LocalMap(folium.Map):
    """A `folium.Map` of Denmark whose scripts and styles come from `assets`, a URL of our own."""

    default_js: list[tuple[str, str]]
    default_css: list[tuple[str, str]]

    def __init__(self, assets: str, **options: Any) -> None:  # noqa: ANN401 (Leaflet's own)
        super().__init__(
            location=((SOUTH + NORTH) / 2, 10.6),
            zoom_start=7,
            min_zoom=5,
            max_zoom=18,
            tiles=None,
            max_bounds=True,
            min_lat=SOUTH - 2,
            max_lat=NORTH + 2,
            min_lon=WEST - 4,
            max_lon=EAST + 4,
            prefer_canvas=True,
            zoom_snap=0.5,
            attribution_control=True,
            **options,
        )
        self.default_js = [
            ("leaflet", f"{assets}/leaflet.js"),
            ("naerved", f"{assets}/naerved.js"),
        ]
        self.default_css = [
            ("leaflet", f"{assets}/leaflet.css"),
            ("naerved", f"{assets}/naerved.css"),
        ]


class Shown(MacroElement):
    """What a map shows just now; add it to the feature group that is sent at every rerun."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            naervedShow(map_div, {{ this._parent.get_name() }}, {{ this.json }});
        {% endmacro %}
        """
    )

    def __init__(self, shown: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Shown"
        # branca takes what the macro above renders for a Jinja template once more. Only in a text
        # can "{" stand before "{", "%" or "#", so there it is written as JSON also allows.
        self.json = re.sub(r"\{(?=[{%#])", r"\\u007b", script_json(shown))


def feature_group(shown: dict[str, Any]) -> folium.FeatureGroup:
    """A feature group that draws `shown` (see `naervedShow` in static/map/naerved.js)."""
    group = folium.FeatureGroup(name="shown")
    Shown(shown).add_to(group)
    return group


def numbered_pin(shown: Card) -> dict[str, Any]:
    """The pin of a card that the list shows under the same number."""
    assert shown["point"]
    return {
        "id": shown["id"],
        "number": shown["number"],
        "name": shown["name"],
        "category": shown["category"],
        "colour": shown["colour"],
        "line": " · ".join(filter(None, (shown["distance"], shown["status"]["text"]))),
        "checked": shown["checked"],
        "lat": shown["point"][0],
        "lon": shown["point"][1],
    }


def dot(hit: Hit, reader: Reader) -> dict[str, Any]:
    """The dot of a result farther down than the list reaches just now."""
    kind = category(hit.record.categories[0])
    assert hit.record.point
    return {
        "id": hit.record.id,
        "name": plain(reader.name(hit.record)),
        "category": kind.name(reader.t),
        "colour": kind.colour,
        "lat": hit.record.point.lat,
        "lon": hit.record.point.lon,
    }


def way_line(hit: Hit) -> list[list[float]]:
    """The way to a hit, where it was followed: [lat, lon] in degrees, no finer than is seen."""
    if not hit.trip or len(hit.trip.line) < 2:
        return []
    line = LineString(hit.trip.line).simplify(_FINER)
    found: list[list[float]] = np.asarray(line.coords).round(_DECIMALS).tolist()
    return found


def origin_mark(
    origin: Answer, within: Limit, t: Language, metric: Metric = STRAIGHT_LINE
) -> dict[str, Any]:
    """The origin, rings around it at round costs, the last of them `within` (see `rings`), and how
    far off it may be, in metres.
    """
    off = origin.accuracy_m or 0.0
    around = rings(origin.point, within, t, metric)
    return {**origin.point._asdict(), "rings": around, "off": off if off >= _SEEN else 0}


def rings(point: Point, within: Limit, t: Language, metric: Metric) -> list[dict[str, Any]]:
    """What is within reach of a point at round costs; the browser draws those that fit its zoom.

    Each has the outlines of its areas, the text of its limit, and whether that is `within` itself.
    """
    reach = within.under(metric.unit)
    # Of equal times there are no circles, and each takes a search: what is in reach is enough.
    limits = [Limit(metres) for metres in _STEPS if metres < reach and metric.unit is Unit.METRE]
    found = []
    for limit in [*limits, *([within] if math.isfinite(reach) else [])]:
        area = _around(metric, point, limit)
        if area is not None:
            text = cost_text(limit.under(metric.unit), metric.unit, t)
            reached = {"outlines": _outlines(area), "text": text, "reach": limit is within}
            found.append(reached)
    return found


# One page asks for the same area twice, and again at each filter.
_AREAS: LRUCache[Hashable, BaseGeometry | None] = LRUCache(64)


@cached(_AREAS, lock=Lock())
def _around(metric: Metric, point: Point, limit: Limit) -> BaseGeometry | None:
    return metric.around(point, limit)


def _outlines(area: BaseGeometry) -> list[list[list[float]]]:
    """The rings of all parts of an area, [lat, lon] in degrees."""
    polygons = [part for part in getattr(area, "geoms", [area]) if part.geom_type == "Polygon"]
    lines = [line for part in polygons for line in (part.exterior, *part.interiors)]
    return [np.asarray(line.coords)[:, 1::-1].round(_DECIMALS).tolist() for line in lines]


def view(origin: Point | None, within: Limit, metric: Metric = STRAIGHT_LINE) -> dict[str, Any]:
    """What the map should frame: all that is `within` reach of the origin, else the country.

    The map moves only when the key changes, so that a filter keeps the zoom.
    """
    area = _around(metric, origin, within) if origin and math.isfinite(within.value) else None
    if origin and area is None and metric.anywhere and math.isfinite(within.value):
        area = _around(STRAIGHT_LINE, origin, DEFAULT_RADIUS)  # no area of equal times is known
    if not origin or area is None or area.is_empty:
        return {"key": "country", "bounds": COUNTRY}
    west, south, east, north = area.bounds
    return {
        "key": f"{origin.lat},{origin.lon},{within},{metric.note.text()}",
        "bounds": [[south, west], [north, east]],
    }
