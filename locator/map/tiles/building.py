"""One PMTiles file of vector tiles, made of an extract of OpenStreetMap."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import freestiler
import geopandas as gpd
import shapely

from locator.files import replace_file
from locator.map.tiles.kinds import LAYERS, LEAST, MOST
from locator.map.tiles.reading import Drawn, Layer, read_drawn
from locator.map.tiles.shore import land_and_sea

_STREETS = ("roads", "through", "streets", "paths")


class Built(NamedTuple):
    """What was built: how many things were drawn in each layer, and the file's size in bytes."""

    things: dict[str, int]
    size: int


def build_tiles(path: Path, target: Path, tell: Callable[[str], None]) -> Built:
    """Make the street map of an extract; `target` is replaced when all of it is there.

    Args:
        path: an extract of OpenStreetMap.
        target: the PMTiles file to write.
        tell: is told what is done next.

    Raises:
        DataError: the extract is damaged or has no streets.
    """
    tell("Reading what there is to draw")
    drawn = read_drawn(path, tell)
    tell("Telling land from sea")
    things = {name: len(layer.shapes) for name, layer in drawn.layers.items()}
    ground, sea = land_and_sea(drawn.shore, _extent(drawn))
    drawn.layers["ground"] = _areas(ground, "ground")
    drawn.layers["sea"] = _areas(sea, "sea")
    tables = {
        name: freestiler.freestile_layer(_table(drawn.layers.pop(name)), min_zoom=zoom)
        for name, zoom in LAYERS.items()
        if drawn.layers[name].shapes
    }
    tell("Cutting it into tiles")
    with replace_file(target) as new:
        freestiler.freestile(tables, new, min_zoom=LEAST, max_zoom=MOST, quiet=True)
        return Built(things, new.stat().st_size)


def _table(layer: Layer) -> gpd.GeoDataFrame:
    columns = {key: texts for key, texts in layer.columns.items() if any(texts)}
    return gpd.GeoDataFrame(columns, geometry=shapely.from_wkb(layer.shapes), crs="EPSG:4326")


def _areas(areas: list[shapely.Polygon], kind: str) -> Layer:
    layer = Layer()
    for area in areas:
        layer.add(shapely.to_wkb(area), kind, {})
    return layer


def _extent(drawn: Drawn) -> tuple[float, float, float, float]:
    """Of all streets and paths: what else reaches out of an extract is not whole."""
    lines = [shape for name in _STREETS for shape in drawn.layers[name].shapes]
    west, south, east, north = shapely.total_bounds(shapely.from_wkb(lines))
    return float(west), float(south), float(east), float(north)
