"""Cells of demand, how far they are from facilities, and the gaps between."""

from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import numpy as np

from locator.coverage.inputs import WGS84, Layer
from locator.coverage.measures import Share, shares
from locator.coverage.study.gaps import gaps
from locator.coverage.study.hexagons import polygons
from locator.coverage.study.mesh import Mesh, mesh
from locator.notes import Note
from locator.travel import Floats, Metric, Rows, Unit


@dataclass(frozen=True)
class Coverage:
    """How far H3 cells are from facilities; other limits cost no new measuring.

    Attributes:
        cells: H3 cells with people.
        facilities: EPSG:4326, or known by their ids alone.
        metric: from cells to facilities.
        cost: from each cell to its (k-th) nearest facility, in the unit of the metric.
        facility: its row, -1 where there are fewer than k within reach.
        k: 1 for the nearest.
        of_addresses: whether the demand counts addresses, not people.
    """

    cells: Layer
    facilities: Layer
    metric: Metric
    cost: Floats
    facility: Rows
    k: int = 1
    of_addresses: bool = False

    def to(self, facilities: Layer) -> "Coverage":
        """The same cells measured to other facilities, for a scenario."""
        found = self.metric.nearest(self.cells.places, facilities.places, self.k)
        cost, facility = found.kth
        other = replace(self, facilities=facilities, cost=cost, facility=facility)
        other.__dict__["_mesh"] = self._mesh  # the same cells touch as before
        return other

    def shares(self, *limits: float) -> tuple[Share, ...]:
        """People and cells within each limit, in the unit of the metric."""
        return shares(self.cost, self.cells.weight, limits)

    def gaps(self, limit: float) -> gpd.GeoDataFrame:
        """Areas beyond the limit in the unit of the metric (see `gaps.gaps`)."""
        return gaps(self.cells, self.cost, self.facility, self.facilities, limit, self._mesh)

    @property
    def method(self) -> Note:
        """How a cell of several places is measured."""
        if self.metric.anywhere and self.metric.unit is Unit.SECOND:
            return Note(
                "Each cell is measured from its people's mean point, or from its place of most "
                "people where no street is near that."
            )
        if self.metric.anywhere:
            return Note("Each cell is measured from its people's mean point.")
        return Note("Each cell has the cost that at least half of its people have at most.")

    @cached_property
    def _mesh(self) -> Mesh:
        return mesh(self.cells.ids)

    def cell_frame(self) -> gpd.GeoDataFrame:
        """id, people, cost, facility and hexagon of each cell, EPSG:4326."""
        names = [self.facilities.ids[row] if row >= 0 else "" for row in self.facility]
        return gpd.GeoDataFrame(
            {
                "id": self.cells.ids,
                "people": self.cells.weight,
                "cost": np.where(np.isfinite(self.cost), self.cost, np.nan),
                "facility": names,
            },
            geometry=polygons(self.cells.ids).values,
            crs=WGS84,
        )

    def facility_frame(self) -> gpd.GeoDataFrame:
        """id, supply, name and point, both where known, of each facility, EPSG:4326."""
        table = self.facilities.table
        columns = {"id": self.facilities.ids, "supply": self.facilities.weight}
        if "name" in table:
            columns["name"] = table["name"].fillna("").astype(str).tolist()
        points = np.full(len(self.facilities), None)
        if self.facilities.on_earth:
            points = np.asarray(gpd.points_from_xy(*self.facilities.points()))
        return gpd.GeoDataFrame(columns, geometry=points, crs=WGS84)


def coverage(
    cells: Layer, facilities: Layer, metric: Metric, k: int = 1, *, of_addresses: bool = False
) -> Coverage:
    """Measure each cell to its k-th nearest facility."""
    cost, facility = metric.nearest(cells.places, facilities.places, k).kth
    return Coverage(cells, facilities, metric, cost, facility, k, of_addresses)
