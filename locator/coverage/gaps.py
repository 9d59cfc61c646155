"""Areas where help is missing: cells beyond a limit, dissolved, clipped to land, ranked."""

from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree
from shapely import Polygon, STRtree

from locator.coast import on_land
from locator.coverage.cells import dissolved
from locator.coverage.cost import Floats, Integers
from locator.coverage.layer import WGS84, Layer
from locator.geodesic import ecef
from locator.settings import GEODATA


def gaps(
    cells: Layer,
    metres: Floats,
    facility: Integers,
    facilities: Layer,
    limit: float,
    tree: STRtree,
) -> gpd.GeoDataFrame:
    """Areas of touching cells that are farther than `limit` from their facility, EPSG:4326.

    Args:
        cells: H3 cells with people (see `cells.aggregate`).
        metres, facility: of each cell to its facility, and that one's row (-1: none);
            shape (cells,).
        facilities: what `facility` counts in.
        limit: metres.
        tree: of the cells' points.

    Returns:
        rank, people, cells, mean_m (over people), max_m, facility (of the cell with most people),
        distance_m (of that cell), municipality, geometry; most people first.
    """
    beyond = np.flatnonzero(metres > limit)
    columns = (
        "rank", "people", "cells", "mean_m", "max_m", "facility", "distance_m", "municipality",
    )  # fmt: skip
    if not len(beyond):
        return gpd.GeoDataFrame({name: [] for name in columns}, geometry=[], crs=WGS84)
    areas = dissolved([cells.ids[row] for row in beyond])
    lon, lat = cells.points()
    rows: list[dict[str, Any]] = []
    for geometry, here in zip(areas, _members(areas, beyond, tree), strict=True):
        if not len(here):
            continue
        people = cells.weight[here]
        most = here[int(people.argmax())]
        mean = np.average(metres[here], weights=people if people.sum() > 0 else None)
        rows.append(
            {
                "people": float(people.sum()),
                "cells": len(here),
                "mean_m": float(mean),
                "max_m": float(metres[here].max()),
                "facility": facilities.ids[facility[most]] if facility[most] >= 0 else "",
                "distance_m": float(metres[most]),
                "most": most,
                "geometry": geometry,
            }
        )
    rows.sort(key=lambda row: -row["people"])
    frame = pd.DataFrame(rows)
    frame.insert(0, "rank", np.arange(1, len(rows) + 1))
    most = frame.pop("most")
    shapes = on_land(frame.pop("geometry").to_numpy(object))
    frame["municipality"] = municipalities(lon[most], lat[most])
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=WGS84)


def _members(areas: list[Polygon], beyond: Integers, tree: STRtree) -> list[Integers]:
    """Which rows `beyond` lie in each area; a point on an outline belongs to the nearest area."""
    inside = np.full(len(tree.geometries), -1)
    area, row = tree.query(areas, "intersects")  # prepares each area once
    inside[row] = area
    inside = inside[beyond]
    lost = np.flatnonzero(inside < 0)
    if len(lost):
        at = tree.geometries[beyond[lost]]
        inside[lost] = STRtree(areas).query_nearest(at, all_matches=False)[1]
    order = np.argsort(inside, kind="stable")
    return np.split(beyond[order], np.searchsorted(inside[order], np.arange(1, len(areas))))


def municipalities(lon: npt.ArrayLike, lat: npt.ArrayLike) -> list[str]:
    """The name of the municipality of the postcode point nearest to each point (degrees)."""
    tree, names = _municipalities()
    return [names[row] for row in np.asarray(tree.query(ecef(lon, lat))[1]).tolist()]


@cache
def _municipalities() -> tuple[cKDTree, list[str]]:
    postcodes = pd.read_csv(GEODATA / "postcodes.csv", dtype=str)
    table = pd.read_csv(GEODATA / "municipalities.csv", dtype=str).set_index("code")["name"]
    names = postcodes["municipality_codes"].str[:4].map(table).fillna("")
    return cKDTree(ecef(postcodes["lon"].astype(float), postcodes["lat"].astype(float))), list(
        names
    )
