"""One PMTiles file of vector tiles, made of an extract of OpenStreetMap."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import freestiler
import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from locator.files import replace_file
from locator.map.tiles.kinds import LAYERS, LEAST, MOST
from locator.map.tiles.reading import Drawn, Layer, read_drawn
from locator.map.tiles.shore import land_and_sea
from locator.settings import GEODATA

# Degrees of longitude and latitude: the map ends a cell beyond the cells that streets run in.
_CELL = (0.02, 0.01)
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
    ground, sea = land_and_sea(drawn.shore, _extent(drawn), _embedded_land())
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


def _areas(area: BaseGeometry, kind: str) -> Layer:
    layer = Layer()
    for part in shapely.get_parts(area):
        if part.geom_type == "Polygon":
            layer.add(shapely.to_wkb(part), kind, {})
    return layer


def _extent(drawn: Drawn) -> BaseGeometry:
    """The area that the extract is a map of: where its streets are, and a little around them."""
    lines = [shape for name in _STREETS for shape in drawn.layers[name].shapes]
    at = np.floor(shapely.get_coordinates(shapely.from_wkb(lines)) / _CELL).astype(int)
    around = np.array([(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)])
    cells = np.unique((np.unique(at, axis=0)[:, None] + around).reshape(-1, 2), axis=0)
    low, high = cells * _CELL, (cells + 1) * _CELL
    boxes = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    # Cells that share a side are one only where they share it to the last digit.
    return shapely.union_all(shapely.set_precision(boxes, 1e-7))


def _embedded_land() -> BaseGeometry:
    land = json.loads((GEODATA / "coast.geojson").read_text(encoding="utf-8"))
    shapes = [shapely.from_geojson(json.dumps(one["geometry"])) for one in land["features"]]
    return shapely.union_all(shapes)
