"""Many pairs of points, each with its way or the reason why there is none."""

from collections.abc import Iterator

import numpy as np

from locator.earth import Floats
from locator.travel.streets.ends import Goals
from locator.travel.streets.network import Streets
from locator.travel.streets.snapping import CAP, Snapped, snap
from locator.travel.streets.ways import Way, ways_to_nearest

NO_WAY = "no way: the streets at both ends are not connected"


def pair_ways(
    streets: Streets, origin: tuple[Floats, Floats], destination: tuple[Floats, Floats]
) -> Iterator[tuple[int, Way | str]]:
    """The way of each pair, or why there is none, pairs of one origin one after the other.

    Args:
        origin, destination: longitude and latitude, degrees, shape (pairs,) each.

    Yields:
        row of the pair, and its way or the reason.
    """
    start, end = snap(streets, *origin), snap(streets, *destination)
    _, of = np.unique(np.column_stack(origin), axis=0, return_inverse=True)
    order = np.argsort(of.ravel(), kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(of.ravel()[order])) + 1):
        if not len(rows):
            continue
        goals = Goals(streets, Snapped(end.edge[rows], end.part[rows], end.metres[rows]))
        ways = ways_to_nearest(streets, start, int(rows[0]), goals, len(rows))
        found: dict[int, Way | str] = {way.facility: way for way in ways}
        for nth, row in enumerate(rows):
            yield int(row), found.get(nth) or _why(streets, start, end, origin, destination, row)


def _why(
    streets: Streets,
    start: Snapped,
    end: Snapped,
    origin: tuple[Floats, Floats],
    destination: tuple[Floats, Floats],
    row: int,
) -> str:
    reasons = [
        _no_street(streets, float(at[0][row]), float(at[1][row]), name)
        for name, snapped, at in (("start", start, origin), ("end", end, destination))
        if snapped.edge[row] < 0
    ]
    return "; ".join(reasons) or NO_WAY


def _no_street(streets: Streets, lon: float, lat: float, name: str) -> str:
    about = streets.network.about
    west, south, east, north = about["bbox"]
    if west <= lon <= east and south <= lat <= north:
        return f"no street for this mode within {CAP:.0f} m of the {name}"
    return f"the {name} lies outside of {about['file']}: build the network of a larger extract"
