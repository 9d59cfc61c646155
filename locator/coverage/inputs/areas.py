"""Which area of a map each place of the demand lies in: a municipality, a parish, a district."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
from shapely import STRtree, points

from locator.coverage.inputs.layer import WGS84, Layer
from locator.coverage.inputs.parts import Part
from locator.coverage.inputs.tables import column, read_table
from locator.errors import InputError

NOWHERE = "–"  # the area of a place that lies in none


@dataclass(frozen=True)
class InAreas:
    """A part of the demand with a column that says which area each place lies in.

    Attributes:
        part: in degrees (EPSG:4326).
        path: of the map of areas, in any coordinate system that it names.
        name: the map's column of names, which becomes the demand's.
    """

    part: Part
    path: Path
    name: str

    def load(self) -> Layer:
        """Load the part and join it; of areas that overlap the first counts.

        Raises:
            InputError, DataError: the map cannot be used (see `areas`).
        """
        layer = self.part.load()
        tree, names = areas(self.path, self.name)
        place, area = tree.query(np.asarray(points(*layer.points())), "intersects")
        found = np.full(len(layer), len(names))
        np.minimum.at(found, place, area)
        table = layer.table.assign(**{self.name: np.append(names, NOWHERE)[found]})
        return replace(layer, table=table)


@cache
def areas(path: Path, name: str) -> tuple[STRtree, np.ndarray]:
    """The areas of a map in EPSG:4326, and their names as text.

    Raises:
        InputError: no such file or column, no geometries, or no coordinate system.
    """
    table = read_table(path)
    if not isinstance(table, gpd.GeoDataFrame) or table.crs is None:
        raise InputError(
            "{path} is no map of areas that says its coordinate reference system: give polygons as "
            "GeoPackage, GeoParquet or GeoJSON.",
            path=path,
        )
    names = column(table, name, path).astype(str).to_numpy(object)
    return STRtree(np.asarray(table.to_crs(WGS84).geometry.make_valid().array)), names
