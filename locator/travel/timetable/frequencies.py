"""Trips that run every so many minutes (frequencies.txt), each run as a trip of its own."""

from dataclasses import replace

import numpy as np

from locator.errors import DataError
from locator.travel.costs import Integers
from locator.travel.timetable.feed import Feed
from locator.travel.timetable.stop_times import StopTimes


def with_frequencies(
    feed: Feed, trip_ids: list[str], times: StopTimes
) -> tuple[Integers, Integers, StopTimes]:
    """The times with a copy for each run of those trips.

    A run starts at the beginning of its span and every headway after it. Where the feed says that
    such times are not exact, a window of departures as long as the headway meets every wait; the
    headway is handed on so that people read "every 10 min" and no minute that nobody promised.

    Returns:
        for each trip of the times that follow, its row in `trip_ids`, and the headway in seconds
        where its times are not exact, else 0; the times, whose `trip` counts these.

    Raises:
        DataError: a headway is not above 0.
    """
    own = np.unique(times.trip)
    if not feed.has("frequencies.txt"):
        trip = np.searchsorted(own, times.trip)
        return own, np.zeros(len(own), np.int64), replace(times, trip=trip)
    table = feed.read(
        "frequencies.txt", ["trip_id", "start_time", "end_time", "headway_secs"], ["exact_times"]
    )
    of = table.rows_of("trip_id", trip_ids, "trips.txt")
    start, end = table.times("start_time"), table.times("end_time")
    every = table.numbers("headway_secs", 0).astype(np.int64)
    if len(every) and every.min() <= 0:
        raise DataError(
            "{file}: {member}, line {line}: {value} cannot be read as {column}.",
            file=feed.path.name,
            member="frequencies.txt",
            line=int(np.argmin(every)) + 2,
            value=int(every.min()),
            column="headway_secs",
        )
    exact = np.array([kind == "1" for kind in table.text("exact_times")], bool)
    runs = np.where(np.isin(of, own), np.maximum(-(-(end - start) // every), 0), 0)
    row = np.repeat(np.arange(len(of)), runs)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(runs) - runs, runs)
    plain = np.setdiff1d(own, of)
    trip = np.concatenate((plain, of[row]))
    none = np.zeros(len(plain), np.int64)
    headway = np.concatenate((none, np.where(exact, 0, every)[row]))
    leaves = np.concatenate((none - 1, start[row] + every[row] * nth))
    return trip, headway, _repeated(times, trip, leaves)


def _repeated(times: StopTimes, trip: Integers, leaves: Integers) -> StopTimes:
    """The times of these trips, moved to leave the first stop at a time, or -1 for their own."""
    begin, end = np.searchsorted(times.trip, trip), np.searchsorted(times.trip, trip, "right")
    count = end - begin
    run = np.repeat(np.arange(len(trip)), count)
    some = times.some(begin[run] + np.arange(len(run)) - np.repeat(np.cumsum(count) - count, count))
    moved = np.where(leaves < 0, 0, leaves - times.departure[begin])[run]
    arrival, departure = some.arrival + moved, some.departure + moved
    return replace(some, trip=run, arrival=arrival, departure=departure)
