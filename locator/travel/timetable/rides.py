"""What runs in a span of time, asked for arrivals: from a place, or to the nearest of a set."""

from dataclasses import dataclass, replace

import numpy as np

from locator.travel.timetable import scan
from locator.travel.timetable.changes import Changes
from locator.travel.timetable.scan import NEVER
from locator.travel.timetable.schedule import Bytes, Connections, Ints


@dataclass(frozen=True)
class ToStops:
    """Stops within a walk of places, symmetric: from a place to its stops as back.

    Attributes:
        begin: where the stops of each place begin, shape (places + 1,).
        stop, seconds: rows of the stops, and the walk; of each place the nearest first.
    """

    begin: Ints
    stop: Ints
    seconds: Ints

    def of(self, place: int) -> tuple[Ints, Ints]:
        """Stops and seconds of one place."""
        here = slice(int(self.begin[place]), int(self.begin[place + 1]))
        return self.stop[here], self.seconds[here]

    @classmethod
    def one(cls, stop: Ints, seconds: Ints) -> "ToStops":
        """Of a single place."""
        return cls(np.array([0, len(stop)], np.int32), stop, seconds)

    def __len__(self) -> int:
        return len(self.begin) - 1


@dataclass(frozen=True)
class Arrivals:
    """One departure to all stops.

    Attributes:
        moment: of departure, as in the connections.
        alight: when one gets off at each stop, NEVER where one cannot.
        by, boarded: connections: got off after, got on before; -1 for none.
        came: stop where one got off to get on at this one, -1 where one walked from the start.
        ready: when one can get on at each stop.
        entered: connection at which one can get on each run first, -1 for none.
    """

    moment: int
    alight: Ints
    by: Ints
    boarded: Ints
    came: Ints
    ready: Ints
    entered: Ints


@dataclass(frozen=True)
class Profile:
    """All departures from all stops to the nearest of a set (see `scan.backward`)."""

    begin: Ints
    size: Ints
    leaves: Ints
    arrives: Ints
    row: Ints

    def lower(self, access: ToStops, margin: int, moments: Ints, taken: Ints, place: Ints) -> None:
        """Lower the seconds (and set the place) where riding is quicker.

        Args:
            access: of the origins.
            margin: seconds one must be at the first stop before getting on.
            moments: of departure, ascending.
            taken, place: shape (origins, moments).
        """
        scan.profile_times(
            self.begin, self.size, self.leaves, self.arrives, self.row,
            moments, access.begin, access.stop, access.seconds + np.int32(margin), taken, place,
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Rides:
    """Connections, and how one changes between them.

    Attributes:
        margin: seconds one must be at the first stop before getting on.
    """

    connections: Connections
    changes: Changes
    margin: int

    @property
    def _stops(self) -> int:
        return len(self.changes.begin) - 1

    def arrivals(self, stops: Ints, seconds: Ints, moment: int, most: int) -> Arrivals:
        """From a place whose stops are so many seconds away.

        Args:
            moment: of departure.
            most: seconds after it beyond which no ride begins.
        """
        ready = np.full(self._stops, NEVER, np.int32)
        np.minimum.at(ready, stops, moment + seconds + np.int32(self.margin))
        alight, by, boarded, came = (np.empty(self._stops, np.int32) for _ in range(4))
        first = int(np.searchsorted(self.connections.departure, moment))
        entered = np.empty(self.connections.runs, np.int32)
        scan.forward(
            *self._rides, first, moment + most, *self._changes,
            ready, alight, entered, by, boarded, came,
        )  # fmt: skip
        return Arrivals(moment, alight, by, boarded, came, ready, entered)

    def stops_reached(self, access: tuple[Ints, Ints], moments: Ints, most: int) -> Ints:
        """Seconds from a place to each stop that one rides to, shape (moments, stops).

        Args:
            access, moments, most: as for `lower`.
        """
        taken = np.full((len(moments), self._stops), NEVER, np.int32)
        for row, moment in enumerate(moments.tolist()):
            found = self.arrivals(*access, moment, most).alight
            taken[row] = np.where(found < NEVER, found - moment, NEVER)
        return taken

    def latest(
        self,
        found: Arrivals,
        access: tuple[Ints, Ints],
        egress: tuple[Ints, Ints],
        arrival: int,
    ) -> int:
        """The latest moment to leave a place and ride to another by a time.

        Args:
            found: an earlier departure that is there by that time.
            access, egress: stops and the seconds to them and from them.
        """
        known = self.connections.within(-int(NEVER), arrival)
        boarded = found.entered[known.run]
        on_board = (boarded >= 0) & (boarded <= np.arange(len(known)))
        # Who leaves later reaches nothing that who left earlier did not.
        known = known.some(on_board | (found.ready[known.start] <= known.departure))
        profile = replace(self, connections=known).profile(ToStops.one(*egress))
        best = found.moment
        for stop, seconds in zip(*access, strict=True):
            here = slice(int(profile.begin[stop]), int(profile.begin[stop] + profile.size[stop]))
            leaves = profile.leaves[here][profile.arrives[here] <= arrival]
            if len(leaves):
                best = max(best, int(leaves[0]) - self.margin - int(seconds))
        return best

    def lower(
        self, access: tuple[Ints, Ints], egress: ToStops, moments: Ints, most: int, taken: Ints
    ) -> None:
        """Lower the seconds from one place to several, where riding is quicker.

        Args:
            access: stops of the place, and the seconds to them.
            egress: of the other places.
            moments: of departure.
            most: seconds that a journey may take.
            taken: shape (moments, places).
        """
        stops, seconds = access
        scan.forward_many(
            *self._rides, *self._changes, self.connections.runs, self._stops, moments, most,
            stops, seconds + np.int32(self.margin),
            egress.begin, egress.stop, egress.seconds, taken,
        )  # fmt: skip

    def profile(self, egress: ToStops) -> Profile:
        """To the nearest of some places; of those equally near the lower row."""
        seconds = np.full(self._stops, NEVER, np.int32)
        row = np.full(self._stops, -1, np.int32)
        place = np.repeat(np.arange(len(egress), dtype=np.int32), np.diff(egress.begin))
        order = np.lexsort((-place, -egress.seconds))  # the last written counts
        seconds[egress.stop[order]] = egress.seconds[order]
        row[egress.stop[order]] = place[order]
        count = np.bincount(self.connections.start, minlength=self._stops)
        begin = np.concatenate(([0], np.cumsum(count))).astype(np.int32)
        size = np.empty(self._stops, np.int32)
        leaves, arrives, places = (np.empty(begin[-1], np.int32) for _ in range(3))
        scan.backward(
            *self._rides, *self._changes, self.connections.runs, seconds, row,
            begin, size, leaves, arrives, places,
        )  # fmt: skip
        return Profile(begin, size, leaves, arrives, places)

    @property
    def _rides(self) -> tuple[Ints, Ints, Ints, Ints, Ints, Bytes]:
        c = self.connections
        return c.departure, c.arrival, c.start, c.end, c.run, c.flags

    @property
    def _changes(self) -> tuple[Ints, Ints, Ints]:
        return self.changes.begin, self.changes.to, self.changes.seconds
