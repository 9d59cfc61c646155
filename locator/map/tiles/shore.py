"""Land and sea, from the pieces of coastline in an extract."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.ops import polygonize

_BESIDE = 1e-6  # degrees; a step off the coast, to one side of it


_POINTS = 500  # of an area, at the most; larger ones are cut, so that a tile need not cut them
_SMALLEST = 1e-3  # degrees across, at the least

Areas = list[shapely.Polygon]


def land_and_sea(
    coast: Sequence[np.ndarray], box: tuple[float, float, float, float]
) -> tuple[Areas, Areas]:
    """Areas of land and of sea within a box, lon/lat (EPSG:4326), cut to handy pieces.

    In OpenStreetMap land lies to the left of a coastline. The box and the coast part it in faces;
    each is what more of its coast says it is. Where no coast is known, nothing is said.

    Args:
        coast: lines of points (lon, lat), each of shape (points, 2).
        box: west, south, east, north.
    """
    lines = [shapely.LineString(line) for line in coast if len(line) > 1]
    if not lines:
        return [], []
    edge = shapely.box(*box)
    drawn = shapely.union_all([*lines, edge.boundary])
    faces = [face for face in polygonize(drawn) if edge.covers(face.representative_point())]
    votes = _votes([line for line in coast if len(line) > 1], faces)
    land = [face for face, vote in zip(faces, votes, strict=True) if vote < 0]
    water = [face for face, vote in zip(faces, votes, strict=True) if vote > 0]
    return [part for face in land for part in _cut(face)], [p for f in water for p in _cut(f)]


def _votes(coast: Sequence[np.ndarray], faces: Sequence[shapely.Polygon]) -> np.ndarray:
    """How much coast says that each face is sea, less what says that it is land; degrees."""
    votes, tree = np.zeros(len(faces)), shapely.STRtree(faces)
    first = np.concatenate([line[:-1] for line in coast])
    last = np.concatenate([line[1:] for line in coast])
    along = last - first
    length = np.hypot(*along.T)
    middle, along, length = (part[length > 0] for part in ((first + last) / 2, along, length))
    left = np.column_stack((-along[:, 1], along[:, 0])) / length[:, None] * _BESIDE
    for side, vote in ((left, -length), (-left, length)):
        point, face = tree.query(shapely.points(middle + side), predicate="within")
        np.add.at(votes, face, vote[point])
    return votes


def _cut(area: shapely.Polygon) -> Areas:
    """The area in pieces of few points, by halving it."""
    west, south, east, north = area.bounds
    if shapely.get_num_coordinates(area) <= _POINTS or max(east - west, north - south) < _SMALLEST:
        return [area]
    if east - west > north - south:
        middle = (west + east) / 2
        halves = shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)
    else:
        middle = (south + north) / 2
        halves = shapely.box(west, south, east, middle), shapely.box(west, middle, east, north)
    parts = shapely.get_parts(shapely.intersection(area, np.array(halves)))
    return [piece for part in parts if part.geom_type == "Polygon" for piece in _cut(part)]
