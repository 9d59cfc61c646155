"""Trips that run every so many minutes (frequencies.txt), each run as a trip of its own."""

from dataclasses import dataclass, replace

import numpy as np

from locator.travel.costs import Integers
from locator.travel.timetable.feed import Feed
from locator.travel.timetable.stop_times import StopTimes


@dataclass(frozen=True)
class Spans:
    """Spans of time in which a trip runs every so many seconds.

    Attributes:
        headway: seconds where the feed does not say at which times it runs, only how often; else
            0, shape (spans,).
        until: second of the service day at which no run starts any more.
    """

    headway: Integers
    until: Integers


def with_frequencies(
    feed: Feed, trip_ids: list[str], times: StopTimes
) -> tuple[Integers, Integers, Spans, StopTimes]:
    """The times with a copy for each run of those trips.

    A run starts at the beginning of its span and every headway after it. Where the times are not
    exact, that is one of many timetables that may be (see `Schedule.connections`).

    Returns:
        for each trip of the times that follow, its row in `trip_ids`, and its span, -1 for none;
        the spans; the times, whose `trip` counts these.

    Raises:
        DataError: a headway is not above 0.
    """
    own = np.unique(times.trip)
    if not feed.has("frequencies.txt"):
        trip, none = np.searchsorted(own, times.trip), np.zeros(0, np.int64)
        return own, np.full(len(own), -1), Spans(none, none), replace(times, trip=trip)
    table = feed.read(
        "frequencies.txt", ["trip_id", "start_time", "end_time", "headway_secs"], ["exact_times"]
    )
    of = table.rows_of("trip_id", trip_ids, "trips.txt")
    start, end = table.times("start_time"), table.times("end_time")
    every = table.numbers("headway_secs", 0).astype(np.int64)
    if len(every) and every.min() <= 0:
        raise table.unreadable("headway_secs", int(np.argmin(every)), str(int(every.min())))
    exact = np.array([kind == "1" for kind in table.text("exact_times")], bool)
    runs = np.where(np.isin(of, own), np.maximum(-(-(end - start) // every), 0), 0)
    row = np.repeat(np.arange(len(of)), runs)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(runs) - runs, runs)
    plain = np.setdiff1d(own, of)
    trip = np.concatenate((plain, of[row]))
    none = np.full(len(plain), -1)
    leaves = np.concatenate((none, start[row] + every[row] * nth))
    spans = Spans(np.where(exact, 0, every), end)
    return trip, np.concatenate((none, row)), spans, _repeated(times, trip, leaves)


def _repeated(times: StopTimes, trip: Integers, leaves: Integers) -> StopTimes:
    """The times of these trips, moved to leave the first stop at a time, or -1 for their own."""
    begin, end = np.searchsorted(times.trip, trip), np.searchsorted(times.trip, trip, "right")
    count = end - begin
    run = np.repeat(np.arange(len(trip)), count)
    some = times.some(begin[run] + np.arange(len(run)) - np.repeat(np.cumsum(count) - count, count))
    moved = np.where(leaves < 0, 0, leaves - times.departure[begin])[run]
    arrival, departure = some.arrival + moved, some.departure + moved
    return replace(some, trip=run, arrival=arrival, departure=departure)
