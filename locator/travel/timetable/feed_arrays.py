"""One feed as arrays: stops, routes, trips with their times, days of service, transfers."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from locator.earth import Floats
from locator.errors import DataError
from locator.travel.costs import Integers
from locator.travel.timetable.calendars import service_days
from locator.travel.timetable.feed import Feed, Table
from locator.travel.timetable.frequencies import Spans, with_frequencies
from locator.travel.timetable.stop_times import StopTimes, read_stop_times

FORBIDDEN = 3  # a transfer_type: nobody can change there


@dataclass
class Arrays:
    """What a feed holds.

    Attributes:
        about: of the feed, for people: file, publisher, timezone, days, trips left out.
        first, last: day of any service.
        arrays: by name; numbers are rows of arrays of the same feed (see `building`).
    """

    about: dict[str, Any]
    first: date
    last: date
    arrays: dict[str, Any]


def arrays_of(feed: Feed) -> Arrays:
    """Read a feed.

    Raises:
        DataError: a file, column or value is not as it must be.
    """
    services, first, runs = service_days(feed)
    stops = feed.read(
        "stops.txt",
        ["stop_id", "stop_lat", "stop_lon"],
        ["stop_name", "parent_station", "platform_code"],
    )
    routes = feed.read(
        "routes.txt", ["route_id", "route_type"], ["route_short_name", "route_long_name"]
    )
    trips = feed.read("trips.txt", ["trip_id", "route_id", "service_id"], ["trip_headsign"])
    stop_ids, lon, lat = stops.text("stop_id"), *_places(stops)
    times, left_out = read_stop_times(feed, trips.text("trip_id"), stop_ids, lon, lat)
    if not len(times):
        raise DataError("{file}: no trip has times at two stops.", file=feed.path.name)
    trip, span, spans, times = with_frequencies(feed, trips.text("trip_id"), times)
    used, at_stop = np.unique(times.stop, return_inverse=True)
    codes, signs = trips.coded("trip_headsign")
    route = trips.rows_of("route_id", routes.text("route_id"), "routes.txt")
    service = trips.rows_of("service_id", services, "calendar.txt")
    last = first + timedelta(days=runs.shape[1] - 1)
    arrays = {
        **_stop_arrays(stops, stop_ids, lon, lat, used),
        **_route_arrays(routes),
        "headsign": _bytes(signs),
        "trip_route": route[trip].astype(np.int32),
        "trip_service": service[trip].astype(np.int32),
        "trip_headsign": codes[trip].astype(np.int32),
        **_span_arrays(span, spans),
        "trip_feed": np.zeros(len(trip), np.int16),
        "trip_begin": np.searchsorted(times.trip, np.arange(len(trip) + 1)),
        **_time_arrays(times, at_stop),
        "service_days": runs,
        **_transfers(feed, stops, stop_ids, used),
    }
    about = {
        "file": feed.path.name,
        "publisher": _publisher(feed),
        "timezone": feed.timezone,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "trips_left_out": left_out,
    }
    return Arrays(about, first, last, arrays)


def _span_arrays(span: Integers, spans: Spans) -> dict[str, Any]:
    return {
        "trip_span": span.astype(np.int32),
        "span_headway": spans.headway.astype(np.int32),
        "span_until": spans.until.astype(np.int32),
    }


def _time_arrays(times: StopTimes, stop: Integers) -> dict[str, Any]:
    return {
        "time_stop": stop.astype(np.int32),
        "time_arrival": times.arrival.astype(np.int32),
        "time_departure": times.departure.astype(np.int32),
        "time_flags": times.flags,
    }


def _route_arrays(routes: Table) -> dict[str, Any]:
    return {
        "route_name": _bytes(routes.text("route_short_name")),
        "route_long_name": _bytes(routes.text("route_long_name")),
        "route_type": routes.numbers("route_type", 3).astype(np.int16),
    }


def _places(stops: Table) -> tuple[Floats, Floats]:
    return stops.numbers("stop_lon", np.nan), stops.numbers("stop_lat", np.nan)


def _stop_arrays(
    stops: Table, ids: list[str], lon: Floats, lat: Floats, used: Integers
) -> dict[str, Any]:
    """Of the stops where anything stops; a station is the lowest row of those that belong to it."""
    bad = used[~((np.abs(lat[used]) <= 90) & (np.abs(lon[used]) <= 180))]
    if len(bad):
        raise DataError(
            "{file}: {member}: stop {stop} has no place on the earth.",
            file=stops.file,
            member=stops.member,
            stop=repr(ids[bad[0]]),
        )
    names, platforms = stops.text("stop_name"), stops.text("platform_code")
    parent = _parents(stops, ids)[used]
    _, lowest, group = np.unique(parent, return_index=True, return_inverse=True)
    return {
        "stop_id": _bytes([ids[row] for row in used]),
        "stop_name": _bytes([names[row] or ids[row] for row in used]),
        "stop_platform": _bytes([platforms[row] for row in used]),
        "stop_lon": lon[used],
        "stop_lat": lat[used],
        "stop_station": np.where(parent < 0, -1, lowest[group]).astype(np.int32),
    }


def _parents(stops: Table, ids: list[str]) -> Integers:
    """Row of each stop's station, -1 for none; of a boarding area that of its platform's."""
    row = {name: at for at, name in enumerate(ids)}
    up = np.array([row.get(name, -1) for name in stops.text("parent_station")], np.int64)
    above = np.where(up < 0, -1, up[up])
    return np.where(above < 0, up, above)


def _transfers(feed: Feed, stops: Table, ids: list[str], used: Integers) -> dict[str, Any]:
    """Rules from stop to stop; one for a station counts for all of its stops.

    Rules for single routes or trips are left out: the connection scan knows stops alone.
    """
    pairs: dict[tuple[int, int], tuple[int, int]] = {}
    if feed.has("transfers.txt"):
        members: dict[str, list[int]] = {}
        parent = _parents(stops, ids)
        for row, stop in enumerate(used):
            members.setdefault(ids[stop], []).append(row)
            if parent[stop] >= 0:
                members.setdefault(ids[parent[stop]], []).append(row)
        single = ("from_route_id", "to_route_id", "from_trip_id", "to_trip_id")
        table = feed.read(
            "transfers.txt",
            ["from_stop_id", "to_stop_id"],
            ["transfer_type", "min_transfer_time", *single],
        )
        kinds, least = table.numbers("transfer_type", 0), table.numbers("min_transfer_time", 0)
        general = [not any(ends) for ends in zip(*map(table.text, single), strict=True)]
        ends = zip(table.text("from_stop_id"), table.text("to_stop_id"), strict=True)
        for (start, end), kind, seconds, rule in zip(ends, kinds, least, general, strict=True):
            if rule and kind <= FORBIDDEN:
                for pair in _product(members.get(start, []), members.get(end, [])):
                    pairs[pair] = int(kind), int(seconds)
    at = np.array(list(pairs), np.int32).reshape(-1, 2)
    rules = np.array(list(pairs.values()), np.int32).reshape(-1, 2)
    return {
        "transfer_from": at[:, 0],
        "transfer_to": at[:, 1],
        "transfer_type": rules[:, 0].astype(np.uint8),
        "transfer_seconds": rules[:, 1],
    }


def _product(starts: list[int], ends: list[int]) -> list[tuple[int, int]]:
    return [(start, end) for start in starts for end in ends]


def _publisher(feed: Feed) -> str:
    if feed.has("feed_info.txt"):
        names = feed.read("feed_info.txt", [], ["feed_publisher_name"]).text("feed_publisher_name")
        if names and names[0]:
            return names[0]
    agencies = feed.read("agency.txt", [], ["agency_name"]).text("agency_name")
    return agencies[0] if agencies else ""


def _bytes(texts: list[str]) -> npt.NDArray[np.bytes_]:
    """As UTF-8 of one width, which numpy can map; empty lists too."""
    return np.array([text.encode() for text in texts], np.bytes_)
