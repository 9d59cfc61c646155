"""How much sea a straight line crosses: where it is much, the way by land is longer.

Lakes count as land, and what the municipalities' areas leave out of a fjord does (see
`locator.places.areas`); islets smaller than `_ISLET` count as sea.
"""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from locator.earth import Floats, Point
from locator.places.areas import DEGREE, SQUEEZE, municipality_areas, squeezed
from locator.places.landmasses import fixed_links

Shapes = npt.NDArray[np.object_]

_ISLET = 2e6  # square metres; Sprogø and Siø are smaller, and no way for whoever has no bridge
_TILE = 0.1  # degrees of latitude: the land is cut up, so that short lines meet little of it

# By how much longer the way over a bridge's middle may be than a line that it still goes along.
_ALONG = 1.15


class Stretch(NamedTuple):
    """The longest piece of sea on a straight line.

    Attributes:
        metres: how long; 0 where there is none.
        link: the name of the fixed link that goes along it, "" if none does.
    """

    metres: float
    link: str


def sea_between(point: Point, lon: npt.ArrayLike, lat: npt.ArrayLike) -> list[Stretch]:
    """The longest piece of sea between `point` and each other point (degrees, WGS84).

    What lies before the first land or after the last is left out: there the coast may be off.
    """
    ends = shapely.get_coordinates(squeezed(lon, lat))
    start = shapely.get_coordinates(squeezed([point.lon], [point.lat]))[0]
    lines = np.stack([np.broadcast_to(start, ends.shape), ends], axis=1)
    line, first, last = _on_land(lines)
    found = []
    bounds = np.searchsorted(line, np.arange(len(ends) + 1))
    for row, (low, high) in enumerate(pairwise(bounds.tolist())):
        reached = np.maximum.accumulate(last[low:high])
        gaps = first[low + 1 : high] - reached[:-1]
        if len(gaps) and gaps.max() > 0:
            at = int(gaps.argmax())
            coast = start + np.outer((reached[at], first[low + 1 + at]), ends[row] - start)
            found.append(_stretch(coast))
        else:
            found.append(Stretch(0.0, ""))
    return found


def _on_land(lines: Floats) -> tuple[npt.NDArray[np.intp], Floats, Floats]:
    """The pieces of lines (n, 2, 2) on land: the line, where each begins and ends, 0 to 1."""
    tree = _tiles()
    shapes: Shapes = np.asarray(shapely.linestrings(lines), object)
    at, tile = tree.query(shapes, "intersects")
    pieces, piece_of = shapely.get_parts(
        shapely.intersection(shapes[at], tree.geometries[tile]), return_index=True
    )
    straight = shapely.get_type_id(pieces) == shapely.GeometryType.LINESTRING
    line = at[piece_of[straight]]
    start, way = lines[line, 0], lines[line, 1] - lines[line, 0]
    length = np.maximum((way**2).sum(axis=1), 1e-18)
    shares = [(((_end(pieces[straight], n) - start) * way).sum(axis=1)) / length for n in (0, -1)]
    first, last = np.minimum(*shares), np.maximum(*shares)
    order = np.lexsort((first, line))
    return line[order], first[order], last[order]


def _end(pieces: Shapes, at: int) -> Floats:
    return shapely.get_coordinates(shapely.get_point(pieces, at))


def _stretch(coast: Floats) -> Stretch:
    """Of the two shores that it lies between, shape (2, 2)."""
    metres = float(np.hypot(*(coast[1] - coast[0]))) * DEGREE
    over = np.hypot(*(_middles()[:, None] - coast).T).sum(axis=0) * DEGREE
    nearest = int(over.argmin())
    along = over[nearest] <= metres * _ALONG
    return Stretch(metres, fixed_links()[nearest].name if along else "")


@cache
def _middles() -> Floats:
    return np.array([(link.lon, link.lat) for link in fixed_links()]) * SQUEEZE


@cache
def _tiles() -> shapely.STRtree:
    """The land without islets, cut up (squeezed degrees)."""
    whole = shapely.coverage_union_all(municipality_areas().shapes)
    parts = shapely.transform(shapely.get_parts(whole), lambda xy: xy * SQUEEZE)
    parts = parts[shapely.area(parts) * DEGREE**2 >= _ISLET]
    tiles = []
    for part in parts:
        west, south, east, north = shapely.bounds(part)
        for x in np.arange(west, east, _TILE):
            strip = shapely.clip_by_rect(part, x, south, x + _TILE, north)
            for y in np.arange(south, north, _TILE):
                tiles.append(shapely.clip_by_rect(strip, x, y, x + _TILE, y + _TILE))
    cut = shapely.get_parts(np.array(tiles, object))
    cut = cut[shapely.area(cut) > 0]
    shapely.prepare(cut)
    return shapely.STRtree(cut)
