"""What a way over edges looks like: its line, its ferries, its stairs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from locator.earth import Floats
from locator.travel.streets.network import Streets
from locator.travel.streets.tags import FERRY, STEPS, UNTIMED

Leg = tuple[int, float, float]  # edge, from and to which part of it


@dataclass(frozen=True, slots=True)
class Ferry:
    """A crossing on a way.

    Attributes:
        name: "" where unknown.
        seconds: on the water, without waiting; None where OpenStreetMap does not say.
    """

    name: str
    seconds: float | None


def line_of(streets: Streets, legs: Sequence[Leg]) -> tuple[Floats, Floats]:
    """Longitude and latitude of the line over parts of edges, degrees."""
    network = streets.network
    lons, lats = [], []
    for edge, begin, end in legs:
        rows = slice(int(network.start[edge]), int(network.start[edge + 1]))
        x, y = network.x[rows].astype(float), network.y[rows].astype(float)
        if (begin, end) == (1.0, 0.0):
            x, y = x[::-1], y[::-1]
        elif (begin, end) != (0.0, 1.0):
            x, y = _cut(x, y, begin, end)
        lons.append(x)
        lats.append(y)
    lon, lat = np.concatenate(lons) * 1e-7, np.concatenate(lats) * 1e-7
    kept = np.append(True, (np.diff(lon) != 0) | (np.diff(lat) != 0))
    return lon[kept], lat[kept]


def _cut(x: Floats, y: Floats, begin: float, end: float) -> tuple[Floats, Floats]:
    """A part of a line, backward where it ends before it begins."""
    squeeze = np.cos(np.radians(y[0] * 1e-7))
    far = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x) * squeeze, np.diff(y)))))
    far = far / far[-1] if far[-1] > 0 else far
    low, high = min(begin, end), max(begin, end)
    inner = far[(far > low) & (far < high)]
    at = np.concatenate(([low], inner, [high]))
    if begin > end:
        at = at[::-1]
    return np.interp(at, far, x), np.interp(at, far, y)


def stairs_of(streets: Streets, legs: Sequence[Leg]) -> float:
    """Metres of stairs on the way."""
    network = streets.network
    return sum(
        abs(end - begin) * float(network.metres[edge])
        for edge, begin, end in legs
        if network.flags[network.kind[edge]] & STEPS
    )


def ferries_of(streets: Streets, legs: Sequence[Leg]) -> tuple[Ferry, ...]:
    """The ferries on the way, each once."""
    network = streets.network
    taken: list[Ferry] = []
    before = -1
    for edge, begin, end in legs:
        kind = int(network.kind[edge])
        flags = int(network.flags[kind])
        way = int(network.way[edge]) if flags & FERRY else -1
        if way >= 0:
            metres = abs(end - begin) * float(network.metres[edge])
            seconds = metres / float(streets.along[kind][0 if end > begin else 1])
            if way == before:
                seconds += taken.pop().seconds or 0.0
            name = network.about["ferries"].get(str(way), "")
            taken.append(Ferry(name, None if flags & UNTIMED else seconds))
        before = way
    return tuple(taken)
