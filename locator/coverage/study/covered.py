"""Cells of demand, their distances to facilities, and the gaps between."""

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np

from locator.coverage.inputs import WGS84, Geodesic, Layer
from locator.coverage.measures import Share, shares
from locator.coverage.study.gaps import gaps
from locator.coverage.study.hexagons import polygons
from locator.coverage.study.mesh import Mesh, mesh
from locator.travel import Floats, Integers


@dataclass(frozen=True)
class Coverage:
    """Distances of H3 cells to facilities; other limits cost no new distances.

    Attributes:
        cells: H3 cells with people.
        facilities: points, EPSG:4326.
        metres: along the ellipsoid, from each cell's point to its (k-th) nearest facility.
        facility: its row, -1 where there are fewer than k.
        k: 1 for the nearest.
        of_addresses: whether the demand counts addresses, not people.
    """

    cells: Layer
    facilities: Layer
    metres: Floats
    facility: Integers
    k: int = 1
    of_addresses: bool = False

    def to(self, facilities: Layer) -> "Coverage":
        """The same cells measured to other facilities, for a scenario."""
        other = coverage(self.cells, facilities, self.k, of_addresses=self.of_addresses)
        other.__dict__["_mesh"] = self._mesh  # the same cells touch as before
        return other

    def shares(self, *limits: float) -> tuple[Share, ...]:
        """People and cells within each limit in metres."""
        return shares(self.metres, self.cells.weight, limits)

    def gaps(self, limit: float) -> gpd.GeoDataFrame:
        """Areas beyond the limit in metres (see `gaps.gaps`)."""
        return gaps(self.cells, self.metres, self.facility, self.facilities, limit, self._mesh)

    @cached_property
    def _mesh(self) -> Mesh:
        return mesh(self.cells.ids)

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
        """id, supply, name (where known) and point of each facility, EPSG:4326."""
        table = self.facilities.table
        columns = {"id": self.facilities.ids, "supply": self.facilities.weight}
        if "name" in table:
            columns["name"] = table["name"].fillna("").astype(str).tolist()
        points = gpd.points_from_xy(*self.facilities.points())
        return gpd.GeoDataFrame(columns, geometry=points, crs=WGS84)


def coverage(
    cells: Layer, facilities: Layer, k: int = 1, *, of_addresses: bool = False
) -> Coverage:
    """Measure each cell to its k-th nearest facility."""
    found = Geodesic().nearest(cells, facilities, k)
    return Coverage(cells, facilities, found.cost, found.facility, k, of_addresses)
