"""The times of trips at stops, with those filled in that a feed leaves blank."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from locator.earth import Floats, ecef
from locator.travel.costs import Integers
from locator.travel.metric import Bools
from locator.travel.timetable.feed import Feed, Table

BOARD, ALIGHT, BY_ORDER = 1, 2, 4  # bits: one may get on, get off, only when ordered beforehand

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class StopTimes:
    """Times of all trips, one trip after another, in the order of their stops.

    Attributes:
        trip: row of the trip, ascending, shape (times,).
        stop: row of the stop.
        arrival, departure: seconds of the service day, which may pass 86,400; never running back.
        flags: what one may do there: BOARD, ALIGHT, BY_ORDER.
    """

    trip: Integers
    stop: Integers
    arrival: Integers
    departure: Integers
    flags: Bytes

    def __len__(self) -> int:
        return len(self.trip)

    def some(self, rows: Bools | Integers) -> "StopTimes":
        """These rows alone."""
        return StopTimes(
            self.trip[rows],
            self.stop[rows],
            self.arrival[rows],
            self.departure[rows],
            self.flags[rows],
        )


def read_stop_times(
    feed: Feed, trip_ids: list[str], stop_ids: list[str], lon: Floats, lat: Floats
) -> tuple[StopTimes, int]:
    """Of the trips and stops given; blank times by the way between the timed stops.

    The way is `shape_dist_traveled` where a trip has it at all of its stops, else the straight
    lines from stop to stop.

    Returns:
        the times; how many trips were left out, whose times run back.

    Raises:
        DataError: a file, column, time, trip or stop that is not as it must be.
    """
    table = feed.read(
        "stop_times.txt",
        ["trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time"],
        ["pickup_type", "drop_off_type", "shape_dist_traveled"],
    ).filled("stop_id")  # else it is an area where one is picked up at the door
    trip = table.rows_of("trip_id", trip_ids, "trips.txt")
    order = np.lexsort((table.numbers("stop_sequence", 0), trip))
    times = StopTimes(
        trip,
        table.rows_of("stop_id", stop_ids, "stops.txt"),
        table.times("arrival_time"),
        table.times("departure_time"),
        _flags(table),
    ).some(order)
    metres = table.numbers("shape_dist_traveled", np.nan)[order]
    either = np.maximum(times.arrival, times.departure)
    arrival = np.where(times.arrival < 0, either, times.arrival)
    departure = np.where(times.departure < 0, either, times.departure)
    times = StopTimes(times.trip, times.stop, arrival, departure, times.flags)
    rows = _between_timed(times.trip, arrival >= 0)
    times, metres = times.some(rows), metres[rows]
    filled = _filled(times, _along(times, metres, lon, lat))
    back = _running_back(filled)
    return filled.some(~np.isin(filled.trip, back)), len(back)


def _flags(table: Table) -> Bytes:
    pickup, kinds = table.coded("pickup_type")
    drop, drops = table.coded("drop_off_type")
    board = np.array([kind != "1" for kind in kinds])[pickup]
    order = np.array([kind == "2" for kind in kinds])[pickup]
    alight = np.array([kind != "1" for kind in drops])[drop]
    return np.asarray(board * BOARD + alight * ALIGHT + order * BY_ORDER, np.uint8)


def _between_timed(trip: Integers, timed: Bools) -> Bools:
    """The rows that lie between a trip's first timed stop and its last; none of one stop alone."""
    rows = np.arange(len(trip))
    known = rows[timed]
    before = np.searchsorted(known, rows, "right") - 1
    after = np.searchsorted(known, rows)
    last, first = len(known) - 1, 0
    if last < 0:
        return np.zeros(len(trip), bool)
    earlier, later = known[np.maximum(before, first)], known[np.minimum(after, last)]
    kept = (before >= 0) & (after <= last) & (trip[earlier] == trip) & (trip[later] == trip)
    count = np.bincount(trip[kept], minlength=int(trip.max(initial=0)) + 1)
    return np.asarray(kept & (count[trip] > 1), bool)


def _along(times: StopTimes, metres: Floats, lon: Floats, lat: Floats) -> Floats:
    """How far along each time is, from 0 to 1 for the first trip, 1 to 2 for the next, ..."""
    size = int(times.trip.max(initial=-1)) + 1
    xyz = ecef(lon, lat)[times.stop]
    same = np.diff(times.trip, prepend=-1) == 0
    straight = np.linalg.norm(np.diff(xyz, axis=0, prepend=xyz[:1]), axis=1)
    stated = np.diff(metres, prepend=0.0)
    unstated = np.isnan(metres) | (same & ~(stated >= 0))
    whole = np.bincount(times.trip, unstated, size) == 0
    step = np.where(same, np.where(whole[times.trip], stated, straight), 0.0)
    # Where stops lie on one another the time is shared equally.
    step = np.where(same, step + 1e-6, 0.0)
    total = np.bincount(times.trip, step, size)[times.trip]
    return np.asarray(np.cumsum(step / np.maximum(total, 1e-9)), float)


def _filled(times: StopTimes, along: Floats) -> StopTimes:
    """Blank times by `along` between the timed stops before and after."""
    rows = np.arange(len(times))
    known = rows[times.arrival >= 0]
    blank = rows[times.arrival < 0]
    before = known[np.searchsorted(known, blank) - 1]
    after = known[np.searchsorted(known, blank)] if len(blank) else before
    share = (along[blank] - along[before]) / (along[after] - along[before])
    start = times.departure[before]
    moment = np.rint(start + share * (times.arrival[after] - start)).astype(np.int64)
    arrival, departure = times.arrival.copy(), times.departure.copy()
    arrival[blank] = departure[blank] = moment
    return StopTimes(times.trip, times.stop, arrival, departure, times.flags)


def _running_back(times: StopTimes) -> Integers:
    """Trips that leave before they come, somewhere."""
    back = times.departure < times.arrival
    same = np.diff(times.trip, prepend=-1) == 0
    back |= same & (np.diff(times.departure, prepend=0) < 0)
    back |= same & (times.arrival < np.roll(times.departure, 1))
    return np.unique(times.trip[back])
