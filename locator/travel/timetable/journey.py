"""The way by public transport, leg by leg."""

import math
from dataclasses import dataclass, replace
from datetime import datetime

from locator.earth import Floats
from locator.travel.timetable.departures import Departures
from locator.travel.timetable.rides import Arrivals, Rides, ToStops
from locator.travel.timetable.scan import NEVER
from locator.travel.timetable.schedule import Ints, Schedule
from locator.travel.timetable.stop_times import BY_ORDER

_CHANGE = 300.0  # seconds of leaving later that are worth one change more


@dataclass(frozen=True)
class Walk:
    """On foot.

    Attributes:
        seconds: how long.
        to: name of the stop one comes to, "" for the place itself.
    """

    seconds: int
    to: str


@dataclass(frozen=True)
class Ride:
    """With one vehicle.

    Attributes:
        kind: `route_type` of GTFS, the extended ones among them.
        line: what stands on the vehicle.
        towards: where it goes, "" where the feed does not say.
        start, end: names of the stops where one gets on and off.
        platform: where it leaves, "" where the feed does not say.
        leaves, arrives: local times.
        every: seconds between vehicles where the feed gives no times, only these; else 0.
        by_order: whether it comes only when ordered beforehand.
    """

    kind: int
    line: str
    towards: str
    start: str
    end: str
    platform: str
    leaves: datetime
    arrives: datetime
    every: int
    by_order: bool


@dataclass(frozen=True)
class Journey:
    """Walks and rides in their order; no two walks on end.

    Attributes:
        legs: a walk of no seconds is left out; all on foot is one walk.
        leaves: when one must leave, the latest for these rides, local time.
        arrives: local time.
        seconds: from the departure that was found with, waiting included.
    """

    legs: tuple[Walk | Ride, ...]
    leaves: datetime
    arrives: datetime
    seconds: int

    @property
    def rides(self) -> tuple[Ride, ...]:
        """The vehicles alone."""
        return tuple(leg for leg in self.legs if isinstance(leg, Ride))


def better(early: Journey, late: Journey | None) -> Journey:
    """Of two that arrive as early the one that leaves late, where that is worth the changes."""
    if late is None:
        return early
    more = len(late.rides) - len(early.rides)
    return late if (late.leaves - early.leaves).total_seconds() >= _CHANGE * more else early


def journeys_of(
    schedule: Schedule, departures: Departures, access: ToStops, egress: ToStops, direct: Floats
) -> list[Journey | None]:
    """From one place to several: the earliest of the first departure, leaving as late as it may.

    Where times are not exact, a journey as long as half of those that may be.

    Args:
        access: of the start alone.
        egress: of the places.
        direct: seconds on foot to each, inf where that is too far.
    """
    moment, most = int(departures.moments[0]), departures.most
    start = access.of(0)
    firsts = [(rides, rides.arrivals(*start, moment, most)) for rides in departures.draws]
    found: list[Journey | None] = []
    for row in range(len(egress)):
        end, walk = egress.of(row), float(direct[row])
        tried = [
            (journey_of(schedule, rides, first, start, end, walk, most), rides, first)
            for rides, first in firsts
        ]
        tried.sort(key=lambda one: one[0].seconds if one[0] else math.inf)
        early, rides, first = tried[(len(tried) - 1) // 2]
        if early is not None and early.rides:
            arrival = moment + early.seconds
            then = rides.latest(first, start, end, arrival)
            again = rides.arrivals(*start, then, arrival - then)
            late = journey_of(schedule, rides, again, start, end, walk, most)
            early = replace(better(early, late), seconds=early.seconds)
        found.append(early)
    return found


def journey_of(
    schedule: Schedule,
    rides: Rides,
    found: Arrivals,
    access: tuple[Ints, Ints],
    egress: tuple[Ints, Ints],
    direct: float,
    most: int,
) -> Journey | None:
    """The earliest journey to a place; None where there is none of at most so many seconds.

    Args:
        schedule, rides: where `found` was found.
        found: arrivals of one departure.
        access: stops of the start, and the seconds to them.
        egress: stops of the place, and the seconds from them.
        direct: seconds on foot from the start, inf where that is too far.
        most: seconds that a journey may take.
    """
    clock = rides.connections.clock
    best, last = min(direct, most + 0.5), -1
    for stop, seconds in zip(*egress, strict=True):
        if found.alight[stop] < NEVER and found.alight[stop] + seconds - found.moment < best:
            best, last = float(found.alight[stop] + seconds - found.moment), int(stop)
    if last < 0:
        if direct > most:
            return None
        start, end = clock(found.moment), clock(found.moment + direct)
        return Journey((Walk(round(direct), ""),), start, end, round(direct))
    legs: list[Walk | Ride] = [Walk(round(best - int(found.alight[last]) + found.moment), "")]
    stop = last
    while True:
        boarded, at = int(found.boarded[stop]), int(rides.connections.start[found.boarded[stop]])
        legs.append(_ride(schedule, rides, boarded, int(found.by[stop])))
        stop = int(found.came[at])
        walked = _walk(rides, stop, at) if stop >= 0 else int(access[1][access[0] == at].min())
        legs.append(Walk(walked, schedule.text("stop_name", at)))
        if stop < 0:
            break
    leaves = int(rides.connections.departure[boarded]) - rides.margin - walked
    kept = tuple(leg for leg in reversed(legs) if isinstance(leg, Ride) or leg.seconds > 0)
    return Journey(kept, clock(leaves), clock(found.moment + best), round(best))


def _walk(rides: Rides, start: int, end: int) -> int:
    """Seconds on foot of a change."""
    here = slice(int(rides.changes.begin[start]), int(rides.changes.begin[start + 1]))
    return int(rides.changes.walk[here][rides.changes.to[here] == end][0])


def _ride(schedule: Schedule, rides: Rides, boarded: int, by: int) -> Ride:
    found = rides.connections
    start, end, trip = found.start[boarded], found.end[by], found.trip[found.run[boarded]]
    route = schedule["trip_route"][trip]
    return Ride(
        int(schedule["route_type"][route]),
        schedule.text("route_name", route) or schedule.text("route_long_name", route),
        schedule.text("headsign", schedule["trip_headsign"][trip]),
        schedule.text("stop_name", start),
        schedule.text("stop_name", end),
        schedule.text("stop_platform", start),
        found.clock(int(found.departure[boarded])),
        found.clock(int(found.arrival[by])),
        schedule.headway(int(trip)),
        bool(schedule["time_flags"][found.time[boarded]] & BY_ORDER),
    )
