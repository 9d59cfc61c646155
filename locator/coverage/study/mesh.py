"""How H3 cells touch, found once, so that any choice of them is dissolved in a moment.

Every corner of the hexagonal grid belongs to three cells. So from a corner on the outline of an
area exactly one edge goes on along it, and outlines never meet.
"""

from dataclasses import dataclass

import h3
import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from shapely import Polygon

from locator.travel import Floats, Integers


@dataclass(frozen=True)
class Mesh:
    """The edges of all cells, going round each cell the same way.

    Attributes:
        corners: degrees, lon/lat (EPSG:4326), shape (corners, 2).
        cell: row of the cell that each edge is of, shape (edges,).
        begin, end: rows of the corners between which it runs.
        across: row of the cell on its other side, -1 without one.
        count: of the cells.
    """

    corners: Floats
    cell: Integers
    begin: Integers
    end: Integers
    across: Integers
    count: int

    def areas(self, chosen: Integers) -> list[tuple[Polygon, Integers]]:
        """The chosen cells (rows, ascending) in areas that touch: outline, with holes, and rows."""
        is_chosen = np.zeros(self.count + 1, bool)  # its last entry is for -1, no cell
        is_chosen[chosen] = True
        mine = is_chosen[self.cell]
        inside = mine & is_chosen[self.across]
        links = coo_matrix(
            (np.ones(inside.sum(), bool), (self.cell[inside], self.across[inside])),
            (self.count, self.count),
        )
        component = connected_components(links, directed=False)[1][chosen]
        label = np.unique(component, return_inverse=True)[1]
        area = np.full(self.count, -1)
        area[chosen] = label
        outline = np.flatnonzero(mine & ~inside)
        rings = self._rings(outline, area)
        order = np.argsort(label, kind="stable")
        rows = np.split(chosen[order], np.searchsorted(label[order], np.arange(1, len(rings))))
        return [(_polygon(some), here) for some, here in zip(rings, rows, strict=True)]

    def _rings(self, outline: Integers, area: Integers) -> list[list[Floats]]:
        """Closed lines along these edges, by area."""
        follows = dict(zip(self.begin[outline].tolist(), self.end[outline].tolist(), strict=True))
        area_of = dict(
            zip(self.begin[outline].tolist(), area[self.cell[outline]].tolist(), strict=True)
        )
        rings: list[list[Floats]] = [[] for _ in range(int(area.max()) + 1)]
        while follows:
            first, corner = follows.popitem()
            ring = [first, corner]
            while corner != first:
                corner = follows.pop(corner)
                ring.append(corner)
            rings[area_of[first]].append(self.corners[ring])
        return rings


def mesh(ids: list[str]) -> Mesh:
    """The mesh of H3 cells of one resolution, each there once."""
    around = [h3.cell_to_vertexes(cell) for cell in ids]
    sizes = np.array([len(corners) for corners in around])
    begin, names = pd.factorize(np.array([v for corners in around for v in corners], object))
    first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    ahead = np.arange(len(begin)) + 1
    ahead[first + sizes - 1] = first
    end = begin[ahead]
    cell = np.repeat(np.arange(len(ids)), sizes)
    key = np.minimum(begin, end) * len(names) + np.maximum(begin, end)
    order = np.argsort(key, kind="stable")
    pairs = np.flatnonzero(key[order][:-1] == key[order][1:])
    one, other = order[pairs], order[pairs + 1]
    across = np.full(len(begin), -1)
    across[one], across[other] = cell[other], cell[one]
    corners = np.array([h3.vertex_to_latlng(name) for name in names])[:, ::-1]
    return Mesh(corners, cell, begin, end, across, len(ids))


def _polygon(rings: list[Floats]) -> Polygon:
    """The ring about all others, and those as holes."""
    outer = max(rings, key=lambda ring: float(np.ptp(ring[:, 0])))
    return Polygon(outer, [ring for ring in rings if ring is not outer])
