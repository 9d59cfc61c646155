"""Areas where help is missing: cells beyond a limit, dissolved, clipped to land, ranked."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from locator.coverage.inputs import WGS84, Layer
from locator.coverage.study.mesh import Mesh
from locator.earth import on_land
from locator.places import municipalities_at, municipality_name
from locator.travel import Floats, Rows


def gaps(
    cells: Layer,
    cost: Floats,
    facility: Rows,
    facilities: Layer,
    limit: float,
    mesh: Mesh,
) -> gpd.GeoDataFrame:
    """Areas of touching cells that are farther than `limit` from their facility, EPSG:4326.

    Args:
        cells: H3 cells with people (see `cells.cells`).
        cost, facility: of each cell to its facility, and that one's row (-1: none);
            shape (cells,).
        facilities: what `facility` counts in.
        limit: in the unit of `cost`.
        mesh: of the cells.

    Returns:
        rank, people, cells, mean (cost over the people who reach a facility), max, facility (of
        the cell with most people), cost (of that cell), municipality, geometry; most people
        first. A cost is NaN where no facility can be reached.
    """
    beyond = np.flatnonzero(cost > limit)
    columns = ("rank", "people", "cells", "mean", "max", "facility", "cost", "municipality")
    if not len(beyond):
        return gpd.GeoDataFrame({name: [] for name in columns}, geometry=[], crs=WGS84)
    lon, lat = cells.points()
    rows = [
        {"geometry": geometry, **_area(here, cells.weight[here], cost, facility, facilities)}
        for geometry, here in mesh.areas(beyond)
    ]
    rows.sort(key=lambda row: -row["people"])
    frame = pd.DataFrame(rows)
    frame.insert(0, "rank", np.arange(1, len(rows) + 1))
    most = frame.pop("most")
    shapes = on_land(frame.pop("geometry").to_numpy(object))
    frame["municipality"] = municipality_at(lon[most], lat[most])
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=WGS84)


def _area(
    here: Rows, people: Floats, cost: Floats, facility: Rows, facilities: Layer
) -> dict[str, Any]:
    """What is told of the cells of one area; `most` is the one with most people."""
    most = here[int(people.argmax())]
    return {
        "people": float(people.sum()),
        "cells": len(here),
        "mean": _mean(cost[here], people),
        "max": _known(cost[here].max()),
        "facility": facilities.ids[facility[most]] if facility[most] >= 0 else "",
        "cost": _known(cost[most]),
        "most": most,
    }


def _known(cost: float) -> float:
    return float(cost) if np.isfinite(cost) else np.nan


def _mean(cost: Floats, people: Floats) -> float:
    """Over people, or where nobody lives over cells, who reach a facility."""
    reached = np.isfinite(cost)
    if not reached.any():
        return np.nan
    weights = people[reached] if people[reached].sum() > 0 else None
    return float(np.average(cost[reached], weights=weights))


def municipality_at(lon: npt.ArrayLike, lat: npt.ArrayLike) -> list[str]:
    """The name of the municipality that each point (degrees) lies in, or else is nearest to."""
    return [municipality_name(code) for code in municipalities_at(lon, lat)]
