"""What can be reached from a point within limits, as areas.

The reached parts of edges are sampled onto a raster, from which one walks on a little; a line
about equal times bounds each area. Fields, water and blocks without streets stay out, which a
hull round the reached points would fill. Nothing is drawn along ferries.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numba
import numpy as np

from locator.earth import Floats, Point
from locator.travel.streets.assembly import scales
from locator.travel.streets.ends import leaving
from locator.travel.streets.network import Streets
from locator.travel.streets.search import spread
from locator.travel.streets.snapping import Snapped, snap
from locator.travel.streets.tags import FERRY
from locator.travel.streets.ways import desk

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_CELL = {"foot": 15.0, "bicycle": 25.0, "car": 60.0}  # metres
_SIDE = 1000  # cells at the most
_ASIDE = 100.0  # metres that are walked from a street
_ASIDE_PACE = 1.2  # metres a second
_EVERY = 0.7  # cells between samples


def reached(
    streets: Streets, origin: Point, limits: Sequence[float]
) -> "list[BaseGeometry | None]":
    """The area within each limit (seconds, walks included), EPSG:4326.

    None where the origin lies at no street.
    """
    at = snap(streets, origin.lon, origin.lat)
    return reached_from(streets, at, np.zeros(1), origin, limits)


def reached_from(
    streets: Streets, at: Snapped, then: Floats, middle: Point, limits: Sequence[float]
) -> "list[BaseGeometry | None]":
    """The same from several points, each left at a time of its own (seconds).

    Args:
        middle: of what is drawn, near the points.
    """
    kept = (at.edge >= 0) & (then <= max(limits))
    if not kept.any():
        return [None] * len(limits)
    at, then = Snapped(at.edge[kept], at.part[kept], at.metres[kept]), then[kept]
    network, most = streets.network, max(limits)
    node, start = leaving(streets, at)
    sources = node.ravel(), (start + then[:, None]).ravel()
    first, to, seconds, edge = streets.arcs
    own = (at.edge, at.part.astype(float), then + at.metres / streets.pace)
    lines = (network.start, network.x, network.y)
    ferry = (network.flags & FERRY) > 0
    with desk(streets) as on:
        touched = spread(first, to, seconds, *sources, most, on.time, on.via)
        east, north = scales(middle.lat * 1e7)
        scale = (float(east), float(north))
        zero = (middle.lon * 1e7, middle.lat * 1e7)
        graph = (first, edge, network.kind, streets.along, ferry)
        samples = _sampled(
            on.time, touched, graph, own, lines, zero, scale,
            (most, _EVERY * _CELL[streets.mode]),
        )  # fmt: skip
        on.time[touched] = np.inf
    corners = _corners(samples)
    cell = max(_CELL[streets.mode], float(np.abs(corners).max() * 2 / _SIDE))
    low, field = _field(samples, corners, cell, most)
    return [_area(field, low, cell, limit, zero, scale) for limit in limits]


def _field(samples: Floats, corners: Floats, cell: float, most: float) -> tuple[Floats, Floats]:
    """The raster's first corner in metres from the origin, and the least time in each cell."""
    margin = np.ceil(_ASIDE / cell) + 2
    low = (np.floor(corners[0] / cell) - margin) * cell
    shape = ((corners[1] - low) / cell + margin + 1).astype(int)
    field = np.full((shape[1], shape[0]), most + 2 * _ASIDE / _ASIDE_PACE)
    _painted(samples, low, cell, field)
    return low, field


def _area(
    field: Floats,
    low: Floats,
    cell: float,
    limit: float,
    middle: tuple[float, float],
    scale: tuple[float, float],
) -> "BaseGeometry":
    import contourpy
    import shapely

    x = (low[0] + (np.arange(field.shape[1]) + 0.5) * cell) / scale[0] + middle[0]
    y = (low[1] + (np.arange(field.shape[0]) + 0.5) * cell) / scale[1] + middle[1]
    drawn: Any = contourpy.contour_generator(
        x * 1e-7, y * 1e-7, field, fill_type=contourpy.FillType.OuterOffset
    )
    points, offsets = drawn.filled(-1.0, limit)
    polygons: list[Any] = []
    for ring, starts in zip(points, offsets, strict=True):
        rings = [ring[a:b] for a, b in pairwise(starts)]
        polygons.append(shapely.Polygon(rings[0], rings[1:]))
    return shapely.make_valid(shapely.MultiPolygon(polygons))


@numba.njit(cache=True, nogil=True)
def _sampled(time, touched, graph, own, lines, middle, scale, limits):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Metres east and north of the origin, and seconds, of points along what was reached."""
    first, edges, kind, along, ferry = graph
    most, step = limits
    found, count = np.empty((4096, 3)), 0
    for source in range(len(own[0])):
        edge, part, walk = own[0][source], own[1][source], own[2][source]
        for back in range(2):
            pace = along[kind[edge], back]
            if pace > 0 and walk <= most:
                found, count = _walked(
                    edge, back, part, walk, pace, lines, middle, scale, most, step, found, count
                )
    for here in touched:
        for arc in range(first[here], first[here + 1]):
            edge, back = edges[arc] >> 1, edges[arc] & 1
            if not ferry[kind[edge]]:
                pace = along[kind[edge], back]
                found, count = _walked(
                    edge, back, float(back), time[here], pace, lines, middle, scale, most, step,
                    found, count,
                )  # fmt: skip
    return found[:count].copy()


@numba.njit(cache=True, nogil=True)
def _walked(edge, back, part, then, pace, lines, middle, scale, most, step, found, count):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """Sample an edge from a part of it to one end, as far as the limit."""
    start, x, y = lines
    begin, end = start[edge], start[edge + 1] - 1
    whole = 0.0
    for row in range(begin, end):
        whole += np.hypot((x[row + 1] - x[row]) * scale[0], (y[row + 1] - y[row]) * scale[1])
    skip = (1.0 - part if back else part) * whole
    gone = 0.0
    for nth in range(end - begin):
        row = end - nth if back else begin + nth
        on = row - 1 if back else row + 1
        ax, ay = (x[row] - middle[0]) * scale[0], (y[row] - middle[1]) * scale[1]
        bx, by = (x[on] - middle[0]) * scale[0], (y[on] - middle[1]) * scale[1]
        length = np.hypot(bx - ax, by - ay)
        pieces = int(length / step) + 1
        for piece in range(min(nth, 1), pieces + 1):  # where segments meet one is enough
            far = gone + length * piece / pieces - skip
            if far < 0.0:
                continue
            seconds = then + far / pace
            if seconds > most:
                return found, count
            if count == len(found):
                more = np.empty((2 * count, 3))
                more[:count] = found
                found = more
            found[count, 0] = ax + (bx - ax) * piece / pieces
            found[count, 1] = ay + (by - ay) * piece / pieces
            found[count, 2] = seconds
            count += 1
        gone += length
    return found, count


@numba.njit(cache=True, nogil=True)
def _corners(samples):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """The least and the greatest metres east and north, shape (2, 2)."""
    found = np.array([[np.inf, np.inf], [-np.inf, -np.inf]])
    for row in range(len(samples)):
        for axis in range(2):
            found[0, axis] = min(found[0, axis], samples[row, axis])
            found[1, axis] = max(found[1, axis], samples[row, axis])
    return found


@numba.njit(cache=True, nogil=True)
def _painted(samples, low, cell, field):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # pragma: no cover (compiled)
    """The least time of each cell, then of each cell within a short walk of it."""
    own = np.full(field.shape, np.inf)
    for row in range(len(samples)):
        i = int((samples[row, 1] - low[1]) / cell)
        j = int((samples[row, 0] - low[0]) / cell)
        own[i, j] = min(own[i, j], samples[row, 2])
    far = int(_ASIDE / cell)
    for i in range(own.shape[0]):
        for j in range(own.shape[1]):
            if np.isinf(own[i, j]):
                continue
            for a in range(max(i - far, 0), min(i + far + 1, own.shape[0])):
                for b in range(max(j - far, 0), min(j + far + 1, own.shape[1])):
                    aside = np.hypot(a - i, b - j) * cell
                    if aside <= _ASIDE:
                        field[a, b] = min(field[a, b], own[i, j] + aside / _ASIDE_PACE)
