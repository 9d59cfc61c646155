"""How long it takes to change: at a stop, within a station, and on foot to stops nearby."""

from dataclasses import dataclass

import numpy as np

from locator.travel.costs import Costs, Integers
from locator.travel.metric import Places
from locator.travel.timetable.feed_arrays import FORBIDDEN
from locator.travel.timetable.schedule import Ints, Schedule

MARGIN = 60  # seconds one must be at a stop before getting on; R5's MINIMUM_BOARD_WAIT_SEC

_AT_ONCE = 1  # transfer_type: the vehicle waits
_LEAST = 2  # transfer_type: takes min_transfer_time


@dataclass(frozen=True)
class Changes:
    """From each stop, the stops where one can get on next, itself mostly among them.

    Attributes:
        begin: where those of each stop begin, shape (stops + 1,).
        to: the stops.
        seconds: from getting off to when one can get on, at least 1.
        walk: seconds of that on foot.
    """

    begin: Ints
    to: Ints
    seconds: Ints
    walk: Ints

    @classmethod
    def from_pairs(
        cls, start: Integers, end: Integers, seconds: Integers, walk: Integers, stops: int
    ) -> "Changes":
        """From parallel arrays in any order; of equal pairs the first counts."""
        order = np.lexsort((np.arange(len(start)), end, start))
        pair = start[order] * stops + end[order]
        order = order[np.flatnonzero(np.diff(pair, prepend=-1))]
        begin = np.searchsorted(start[order], np.arange(stops + 1))
        columns = (end[order], np.maximum(seconds[order], 1), walk[order])
        return cls(begin.astype(np.int32), *(column.astype(np.int32) for column in columns))


def changes_of(
    schedule: Schedule, start: Integers, end: Integers, walk: Integers, margin: int = MARGIN
) -> Changes:
    """All changes of a timetable.

    What the feed says of a pair of stops counts before the walk between them; between others it
    takes the walk and a margin.

    Args:
        start, end, walk: pairs of different stops and the seconds to walk, shape (pairs,).
    """
    rule_from, rule_to, kind, least = (
        np.asarray(schedule[f"transfer_{name}"], np.int64)
        for name in ("from", "to", "type", "seconds")
    )
    every = np.arange(schedule.stops)
    at = np.concatenate((every, start))
    to = np.concatenate((every, end))
    foot = np.concatenate((np.zeros(len(every), np.int64), walk))
    known = dict(zip((at * schedule.stops + to).tolist(), foot.tolist(), strict=True))
    ruled = rule_from * schedule.stops + rule_to
    walked = np.array([known.get(pair, -1) for pair in ruled.tolist()], np.int64)
    # Stops that the feed joins and no walk does, as across a platform, take what it says.
    own = np.where(walked < 0, np.where(kind == _LEAST, least, 0), walked)
    takes = np.where(
        kind == _LEAST, np.maximum(least, walked), own + np.where(kind == _AT_ONCE, 0, margin)
    )
    left = ~np.isin(at * schedule.stops + to, ruled[kind == FORBIDDEN])
    allowed = kind != FORBIDDEN
    return Changes.from_pairs(
        np.concatenate((rule_from[allowed], at[left])),
        np.concatenate((rule_to[allowed], to[left])),
        np.concatenate((takes[allowed], foot[left] + margin)),
        np.concatenate((own[allowed], foot[left])),
        schedule.stops,
    )


def with_stations(
    stops: Places, station: Ints, walks: Costs, pace: float
) -> tuple[Integers, Integers, Integers]:
    """Pairs of different stops and whole seconds on foot; those of a station are always joined.

    Streets may lead around a station whose platforms lie side by side.
    """
    order = np.argsort(station, kind="stable")
    order = order[station[order] >= 0]
    begin = np.searchsorted(station[order], station[order])
    size = np.searchsorted(station[order], station[order], "right") - begin
    at = np.repeat(order, size)
    to = order[
        np.repeat(begin, size) + np.arange(len(at)) - np.repeat(np.cumsum(size) - size, size)
    ]
    seconds = np.linalg.norm(stops.xyz[at] - stops.xyz[to], axis=1) / pace
    starts = np.concatenate((at, walks.origin))
    ends = np.concatenate((to, walks.destination))
    takes = np.ceil(np.concatenate((seconds, walks.cost))).astype(np.int64)
    apart = starts != ends
    return starts[apart], ends[apart], takes[apart]
