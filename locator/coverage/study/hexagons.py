"""Demand gathered in H3 cells: people summed, one point for each cell.

H3 is Uber's hexagonal grid (https://h3geo.org); resolution 7 has cells of about 5 km².
"""

from collections.abc import Iterable, Sequence

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
from shapely import Polygon

from locator.coverage.inputs import WGS84, Layer, Part
from locator.errors import InputError
from locator.notes import Note
from locator.travel import STRAIGHT_LINE, Metric, Places


def gathered(part: Part, resolution: int) -> pd.DataFrame:
    """Sums over the places of a part in each H3 cell, by cell.

    Args:
        part: points in degrees (EPSG:4326).
        resolution: H3 resolution, 0 to 15.

    Returns:
        people, places, and x, y, weighted_x, weighted_y: degrees, summed, also times people;
        most, most_x, most_y: of the place of most people, the first of equals.

    Raises:
        InputError: the resolution is none, or the points are not in degrees.
    """
    demand = part.load()
    codes, ids = pd.factorize(_cells_of(demand, resolution))
    lon, lat = demand.points()
    sums = {
        "people": demand.weight,
        "places": np.ones(len(demand)),
        "x": lon,
        "y": lat,
        "weighted_x": lon * demand.weight,
        "weighted_y": lat * demand.weight,
    }
    found = {name: np.bincount(codes, v, len(ids)) for name, v in sums.items()}
    order = np.lexsort((-demand.weight, codes))
    fullest = order[np.searchsorted(codes[order], np.arange(len(ids)))]
    most = {"most": demand.weight[fullest], "most_x": lon[fullest], "most_y": lat[fullest]}
    return pd.DataFrame(found | most, index=ids)


def cells(
    parts: Iterable[pd.DataFrame], notes: tuple[Note, ...], metric: Metric = STRAIGHT_LINE
) -> Layer:
    """What `gathered` gave for all parts, as a layer of H3 cells, ids ascending.

    Each cell's point is the people's mean point in it; where nobody lives, the places' mean;
    where the metric does not know that, as in a lake between houses, the place of most people.
    """
    frame = pd.concat(list(parts))
    sums = frame.groupby(level=0).sum()
    lived = sums["people"] > 0
    x, y = (
        (sums[f"weighted_{axis}"] / sums["people"]).where(lived, sums[axis] / sums["places"])
        for axis in "xy"
    )
    names, people = [str(cell) for cell in sums.index], sums["people"].to_numpy(float)
    lon, lat = x.to_numpy(float), y.to_numpy(float)
    if metric.anywhere and not (known := metric.knows(Places(lon, lat))).all():
        full = frame.sort_values("most", ascending=False, kind="stable")
        full = full[~full.index.duplicated()].loc[sums.index]
        lon = np.where(known, lon, full["most_x"])
        lat = np.where(known, lat, full["most_y"])
    table = pd.DataFrame({"id": names, "people": people, "lon": lon, "lat": lat})
    return Layer(names, people, lon, lat, WGS84, table, notes)


def of_cells(metric: Metric, demand: Layer, cells: Layer, resolution: int) -> Metric:
    """The metric from cells, where it cannot start from any point: told by the places in them."""
    group = pd.Index(cells.ids).get_indexer(pd.Index(_cells_of(demand, resolution)))
    return metric.gathered(demand.places, group, cells.ids, demand.weight)


def finest(ids: Sequence[str]) -> int:
    """The finest resolution of cells that ids allow: where they are H3 cells, the coarsest's own.

    Else the finest there is, 15.
    """
    if not all(map(h3.is_valid_cell, ids)):
        return 15
    return min((h3.get_resolution(cell) for cell in ids), default=15)


def _cells_of(demand: Layer, resolution: int) -> np.ndarray:
    """The H3 cell of each place."""
    if not 0 <= resolution <= 15:
        raise InputError("H3 resolutions run from 0 to 15; {given} is none.", given=resolution)
    lon, lat = demand.points()
    if not demand.on_earth:
        raise InputError("H3 cells need longitude and latitude: use --distance geodesic.")
    pairs = zip(lat.tolist(), lon.tolist(), strict=True)
    return np.array([h3.latlng_to_cell(y, x, resolution) for y, x in pairs], object)


def polygons(ids: list[str]) -> gpd.GeoSeries:
    """The hexagon of each cell, EPSG:4326."""
    shapes = [Polygon([(x, y) for y, x in h3.cell_to_boundary(cell)]) for cell in ids]
    return gpd.GeoSeries(shapes, crs=WGS84)
