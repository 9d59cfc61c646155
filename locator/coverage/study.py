"""A study of one question: cells, distances and gaps, and the folder of files it is kept in."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import numpy as np
from shapely import STRtree, points

from locator.coverage.cells import aggregate, polygons
from locator.coverage.cost import Floats
from locator.coverage.export import (
    rounded,
    to_csv,
    write_geojson,
    write_geopackage,
    write_geoparquet,
    write_text,
)
from locator.coverage.gaps import gaps
from locator.coverage.grid import FacilityGrid
from locator.coverage.layer import WGS84, Layer
from locator.coverage.measures import Share, shares


@dataclass(frozen=True)
class Coverage:
    """Distances of H3 cells to facilities; other limits cost no new distances.

    Attributes:
        cells: H3 cells with people.
        facilities: points, EPSG:4326.
        metres: along the ellipsoid, from each cell's point to its (k-th) nearest facility.
        facility: its row, -1 where there are fewer than k.
    """

    cells: Layer
    facilities: Layer
    metres: Floats
    facility: np.ndarray

    def to(self, facilities: Layer, k: int = 1) -> "Coverage":
        """The same cells measured to other facilities, for a scenario."""
        return _measured(self.cells, facilities, k)

    def shares(self, *limits: float) -> tuple[Share, ...]:
        """People and cells within each limit in metres."""
        return shares(self.metres, self.cells.weight, limits)

    def gaps(self, limit: float) -> gpd.GeoDataFrame:
        """Areas beyond the limit in metres (see `gaps.gaps`)."""
        return gaps(self.cells, self.metres, self.facility, self.facilities, limit, self._tree)

    @cached_property
    def _tree(self) -> STRtree:
        return STRtree(np.asarray(points(*self.cells.points())))

    def cell_frame(self) -> gpd.GeoDataFrame:
        """id, people, distance_m, facility and hexagon of each cell, EPSG:4326."""
        names = [self.facilities.ids[row] if row >= 0 else "" for row in self.facility]
        return gpd.GeoDataFrame(
            {
                "id": self.cells.ids,
                "people": self.cells.weight,
                "distance_m": np.where(np.isfinite(self.metres), self.metres, np.nan),
                "facility": names,
            },
            geometry=polygons(self.cells.ids).values,
            crs=WGS84,
        )

    def facility_frame(self) -> gpd.GeoDataFrame:
        """id, supply and point of each facility, EPSG:4326."""
        x, y = self.facilities.points()
        return gpd.GeoDataFrame(
            {"id": self.facilities.ids, "supply": self.facilities.weight},
            geometry=gpd.points_from_xy(x, y),
            crs=WGS84,
        )


def coverage(demand: Layer, facilities: Layer, *, resolution: int = 7, k: int = 1) -> Coverage:
    """Aggregate the demand to H3 cells and measure each to its k-th nearest facility."""
    return _measured(aggregate(demand, resolution), facilities, k)


def _measured(cells: Layer, facilities: Layer, k: int) -> Coverage:
    found = FacilityGrid(*facilities.points()).nearest(*cells.points(), k)
    return Coverage(cells, facilities, found.metres, found.facility)


def write_study(study: Coverage, folder: Path, limit: float, *, bom: bool = False) -> list[Path]:
    """Write cells, gaps and facilities in every format to `folder`; the files, in order."""
    layers = {
        "cells": rounded(study.cell_frame()),
        "gaps": rounded(study.gaps(limit)),
        "facilities": rounded(study.facility_frame()),
    }
    files = [folder / "coverage.gpkg"]
    write_geopackage(files[0], layers)
    for name, frame in layers.items():
        files += [folder / f"{name}{end}" for end in (".parquet", ".geojson", ".csv")]
        write_geoparquet(files[-3], frame)
        write_geojson(files[-2], frame)
        write_text(files[-1], to_csv(frame, bom=bom))
    return files
