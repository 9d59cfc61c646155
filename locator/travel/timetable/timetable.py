"""Travel times by public transport and on foot, as a metric.

Conventions are those of R5 (github.com/conveyal/r5; `TravelTimeReducer`, `FastRaptorWorker`): one
leaves at each full minute of the window; a percentile is the nearest rank, a time that occurs; a
departure from which there is no way counts as endless; one must be at a stop a minute before
getting on; a way all on foot counts among the others.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from locator.earth import Floats, Point
from locator.errors import InputError
from locator.notes import Note
from locator.travel.costs import Costs, Integers, Nearest, nearest_by_cost
from locator.travel.metric import Bools, Metric, Places, asked, reach
from locator.travel.streets import Snapped, reached_from
from locator.travel.timetable.changes import MARGIN
from locator.travel.timetable.departures import Departures, draws_of
from locator.travel.timetable.journey import Journey, journeys_of
from locator.travel.timetable.rides import Rides, ToStops
from locator.travel.timetable.schedule import Ints, Schedule
from locator.travel.timetable.walks import Walks
from locator.travel.units import Limit, Unit

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WALK = 1800.0  # seconds of the longest walk, unless told
MOST = 7200.0  # seconds of the longest journey; R5's 120 minutes

_STEP = 60  # seconds between departures
_MORE = 4  # times the pairs asked for that a whole table may have
_BACKWARD = 10  # departures of one place that take as long as all departures to one place


@dataclass(frozen=True, eq=False)
class Timetable:
    """Seconds of a percentile of the departures of a window.

    Attributes:
        schedule: what runs.
        walks: how one walks.
        departure: the first; without a zone it is local time.
        window: seconds; one departure a minute, at least one.
        percentile: above 0 to 100.
        max_walk: seconds on foot before, after, or instead of riding.
        most: seconds of a journey; what takes longer is no way.
    """

    schedule: Schedule
    walks: Walks
    departure: datetime
    window: float = 0.0
    percentile: float = 50.0
    max_walk: float = WALK
    most: float = MOST

    unit = Unit.SECOND
    anywhere = True

    def __post_init__(self) -> None:
        if not 0 < self.percentile <= 100:
            raise InputError(
                "{percentile} is no percentile: write a number above 0, and 100 at the most.",
                percentile=self.percentile,
            )

    def __reduce__(self) -> tuple[Any, ...]:
        """Other processes find anew what was found here."""
        return Timetable, tuple(getattr(self, field.name) for field in fields(self))

    @property
    def note(self) -> Note:
        """Whether it is one departure or many."""
        if len(self.moments) > 1:
            return Note(
                "Travel times are by timetable, waiting and walking included, for a departure at "
                "each minute of a span of time."
            )
        return Note("Travel times are by timetable, waiting and walking included.")

    @property
    def rough(self) -> Metric:
        """No quicker."""
        return self

    def knows(self, facilities: Places) -> Bools:
        """All; from places far from streets and stops there may be no way."""
        return np.ones(len(facilities), bool)

    @cached_property
    def moments(self) -> Ints:
        """Of departure, seconds as in the connections, ascending."""
        count = max(math.ceil(self.window / _STEP), 1)
        first = self.schedule.moment(self.departure)
        return (first + _STEP * np.arange(count)).astype(np.int32)

    @cached_property
    def departures(self) -> Departures:
        """All that runs in the window and until the longest journey ends."""
        span = int(self.moments[-1] - self.moments[0] + self.most)
        changes = self.walks.changes(self.schedule)
        draws = tuple(
            Rides(self.schedule.connections(self.departure, span, draw), changes, MARGIN)
            for draw in draws_of(len(self.moments), self.schedule.is_exact)
        )
        return Departures(draws, self.moments, int(self.most))

    def nearest(
        self, origins: Places, facilities: Places, k: int | None = 1, within: Limit | None = None
    ) -> Nearest:
        """The one nearest is found anew for each departure; of k, each is measured on its own.

        So the cost to the one nearest is the percentile of the time to whichever is nearest then,
        and its row the one nearest at the departure that takes as long.
        """
        limit, count = asked(within, self.unit, k, facilities)
        if count != 1 or not len(facilities):
            every = Costs.joined(
                self.costs(origins, facilities, within), (len(origins), len(facilities))
            )
            return nearest_by_cost(every, count)
        access, egress = self._access(origins), self._access(facilities)
        on_foot = nearest_by_cost(self._on_foot(origins, facilities), 1)
        taken, place = self.departures.to_nearest(access, egress, on_foot)
        order = np.argsort(taken, axis=1, kind="stable")[:, [self._rank]]
        cost, row = np.take_along_axis(taken, order, 1), np.take_along_axis(place, order, 1)
        far = cost > min(limit, self.most)
        return Nearest(np.where(far, np.inf, cost), np.where(far, -1, row))

    def costs(
        self, origins: Places, facilities: Places, within: Limit | None = None
    ) -> Iterator[tuple[slice, Costs]]:
        """All in one block: that of the percentile."""
        yield (
            slice(0, len(origins)),
            self.quantiles(origins, facilities, (self.percentile,), within)[0],
        )

    def quantiles(
        self,
        origins: Places,
        facilities: Places,
        percentiles: Sequence[float],
        within: Limit | None = None,
    ) -> list[Costs]:
        """Costs of all pairs within reach, for each of several percentiles.

        Forward from each origin, or back from each facility, whichever is quicker.
        """
        ranks = [self.departures.rank(percentile) for percentile in percentiles]
        limit = min(reach(within, self.unit), self.most)
        access, egress = self._access(origins), self._access(facilities)
        foot = self._on_foot(origins, facilities)
        back = len(origins) * len(self.moments) > _BACKWARD * len(facilities)
        way = self.departures.back if back else self.departures.forth
        found: list[list[tuple[Integers, Integers, Floats]]] = [[] for _ in ranks]
        for number, seconds in enumerate(way(access, egress, foot)):
            seconds.sort(axis=0)
            for pairs, rank in zip(found, ranks, strict=True):
                near = np.flatnonzero(seconds[rank] <= limit)
                this = np.full(len(near), number)
                pair = (near, this) if back else (this, near)
                pairs.append((*pair, seconds[rank, near].astype(float)))
        return [_joined(pairs, foot.shape) for pairs in found]

    def between(
        self, origins: Places, destinations: Places, percentiles: Sequence[float]
    ) -> Floats:
        """Seconds of pairs, row by row, shape (percentiles, pairs); inf where there is no way."""
        (x, y), (to_x, to_y) = origins.points(), destinations.points()
        starts, start = np.unique(np.column_stack((x, y)), axis=0, return_inverse=True)
        ends, end = np.unique(np.column_stack((to_x, to_y)), axis=0, return_inverse=True)
        seconds = np.full((len(percentiles), len(x)), np.inf)
        if len(starts) * len(ends) <= _MORE * len(x):
            groups = [np.arange(len(x))]
        else:
            side = start if len(starts) <= len(ends) else end
            order = np.argsort(side, kind="stable")
            groups = np.split(order, np.flatnonzero(np.diff(side[order])) + 1)
        for rows in groups:
            at, row = np.unique(start[rows], return_inverse=True)
            to, column = np.unique(end[rows], return_inverse=True)
            some, goals = Places(*starts[at].T), Places(*ends[to].T)
            for number, costs in enumerate(self.quantiles(some, goals, percentiles)):
                seconds[number, rows] = costs.matrix()[row, column]
        return seconds

    def journey(self, origin: Point, destination: Point) -> Journey | None:
        """The earliest to arrive of the first departure, leaving late; None where there is none."""
        return self.journeys(origin, Places.at(destination))[0]

    def journeys(self, origin: Point, destinations: Places) -> list[Journey | None]:
        """The same to each of several places."""
        start = Places.at(origin)
        access, egress = self._access(start), self._access(destinations)
        direct = self._on_foot(start, destinations).matrix()[0]
        return journeys_of(self.schedule, self.departures, access, egress, direct)

    def around(self, origin: Point, limit: Limit) -> "BaseGeometry | None":
        """What is within reach on foot from the origin or from any stop, ridden to in time.

        Each stop counts at the percentile of its own, so that nothing is in that is not; walks
        may be as long as the limit leaves. None where no streets are known.
        """
        streets = self.walks.streets
        if streets is None:
            return None
        most, here = min(limit.under(self.unit), self.most), Places.at(origin)
        taken = self.departures.stops_reached(self._access(here).of(0), int(most))
        reached = np.partition(taken, self._rank, axis=0)[self._rank]
        own, stops = streets.snapped(here), streets.snapped(self.schedule.places)
        at = Snapped(
            np.concatenate((own.edge, stops.edge)),
            np.concatenate((own.part, stops.part)),
            np.concatenate((own.metres, stops.metres)),
        )
        then = np.concatenate(([0.0], np.where(reached > most, np.inf, reached)))
        return reached_from(streets.streets, at, then, origin, [most])[0]

    def gathered(
        self, origins: Places, group: Integers, ids: Sequence[str], people: Floats
    ) -> Metric:
        """The same: a group is measured from its own point."""
        return self

    @property
    def _rank(self) -> int:
        return self.departures.rank(self.percentile)

    def _access(self, places: Places) -> ToStops:
        return self.walks.to_stops(places, self.schedule.places, min(self.max_walk, self.most))

    def _on_foot(self, origins: Places, facilities: Places) -> Costs:
        return self.walks.costs(origins, facilities, min(self.max_walk, self.most))


def _joined(pairs: list[tuple[Integers, Integers, Floats]], shape: tuple[int, int]) -> Costs:
    origin, destination, cost = zip(*pairs, strict=True) if pairs else ((), (), ())
    none = np.zeros(0, np.int64)
    return Costs.from_pairs(
        np.concatenate((none, *origin)),
        np.concatenate((none, *destination)),
        np.concatenate((none, *cost)),
        shape,
    )
