"""People who choose the best facility, each by crowding and way, until nobody would change."""

import numpy as np
import numpy.typing as npt
from numba import njit

from locator.travel import Floats

Rows = npt.NDArray[np.signedinteger]


@njit(cache=True)
def settle(
    starts: Rows, to: Rows, way: Floats, people: Floats, slope: Floats, sweeps: int, even: float
) -> Floats:
    """The people at each facility when no one gains by taking another, shape (facilities,).

    Place after place shares its people out anew over its facilities, so that those it uses cost
    the same and no other less; what all do lowers one convex function (Beckmann, McGuire and
    Winsten, 1956), so that the rounds end at its only least value.

    Args:
        starts: where the pairs of each place begin, shape (places + 1,).
        to, way: facility and cost of the way of each pair.
        slope: what one more person adds to the cost of a facility, shape (facilities,).
        sweeps: rounds at the most.
        even: ends when no one would gain more than this.
    """
    taken, flow = np.zeros(len(slope)), np.zeros(len(to))
    for _ in range(sweeps):
        gain = 0.0
        for place in range(len(people)):
            first, last = starts[place], starts[place + 1]
            if people[place] <= 0 or first == last:
                continue
            here, ways, flows = to[first:last], way[first:last], flow[first:last]
            could = _dearest_taken(here, ways, flows, taken, slope)
            gain = max(gain, could)
            if could > even:
                for pair in range(len(here)):
                    taken[here[pair]] -= flows[pair]
                flows[:] = _shared_out(here, ways, taken, slope, people[place])
                for pair in range(len(here)):
                    taken[here[pair]] += flows[pair]
        if gain <= even:
            break
    return taken


@njit(cache=True)
def _dearest_taken(to: Rows, way: Floats, flow: Floats, taken: Floats, slope: Floats) -> float:
    """How much dearer the dearest facility that a place uses is than its best; inf at first."""
    least, most = np.inf, -np.inf
    for pair in range(len(to)):
        cost = way[pair] + taken[to[pair]] * slope[to[pair]]
        least = min(least, cost)
        if flow[pair] > 0:
            most = max(most, cost)
    return np.inf if most == -np.inf else most - least


@njit(cache=True)
def _shared_out(to: Rows, way: Floats, taken: Floats, slope: Floats, people: float) -> Floats:
    """One place's people over its facilities at one level of cost, as water finds its level."""
    base = np.empty(len(to))
    for pair in range(len(to)):
        base[pair] = way[pair] + taken[to[pair]] * slope[to[pair]]
    order = np.argsort(base)
    room, filled, level = 0.0, 0.0, base[order[0]]
    for place in range(len(order)):
        pair = order[place]
        if place and filled + room * (base[pair] - level) >= people:
            break
        filled += room * (base[pair] - level)
        level = base[pair]
        room += 1.0 / slope[to[pair]]
    level += (people - filled) / room
    shares = np.zeros(len(to))
    for pair in range(len(to)):
        shares[pair] = max(0.0, (level - base[pair]) / slope[to[pair]])
    return shares
