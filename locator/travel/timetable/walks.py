"""Walks to stops, from stops and between them: along streets where there are any."""

from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from locator.travel.costs import Costs
from locator.travel.metric import Places
from locator.travel.streets import StreetNetwork
from locator.travel.timetable.changes import Changes, changes_of, with_stations
from locator.travel.timetable.rides import ToStops
from locator.travel.timetable.schedule import Schedule
from locator.travel.units import Limit, Unit

CHANGE = 600.0  # metres that one walks from stop to stop at most
PACE = 1.4  # metres a second: 5.04 km/h

_OFF = 600.0  # metres between a place at a street and one beyond all streets


@dataclass(frozen=True, eq=False)
class Walks:
    """On foot.

    Where a place lies beyond the streets that are known, one walks straight from it.

    Attributes:
        pace: metres a second.
        streets: on foot, at that pace; None where no streets are known.
    """

    pace: float = PACE
    streets: StreetNetwork | None = None
    _changes: "WeakKeyDictionary[Schedule, Changes]" = field(default_factory=WeakKeyDictionary)
    _near: "WeakKeyDictionary[Places, dict[tuple[Places, float], ToStops]]" = field(
        default_factory=WeakKeyDictionary
    )

    def __reduce__(self) -> tuple[Any, ...]:
        """Other processes find anew what was found here."""
        return Walks, (self.pace, self.streets)

    def changes(self, schedule: Schedule) -> Changes:
        """How one changes between the stops of a timetable; found once for each."""
        found = self._changes.get(schedule)
        if found is None:
            stops = schedule.places
            walks = self.costs(stops, stops, CHANGE / self.pace)
            pairs = with_stations(stops, schedule["stop_station"], walks, self.pace)
            found = self._changes[schedule] = changes_of(schedule, *pairs)
        return found

    def costs(self, origins: Places, destinations: Places, most: float) -> Costs:
        """Whole seconds of all pairs within so many seconds."""
        shape = (len(origins), len(destinations))
        if self.streets is None:
            return self._whole([self._straight(origins, destinations, most)], shape)
        parts = [self._along_streets(self.streets, origins, destinations, most)]
        here, there = self.streets.knows(origins), self.streets.knows(destinations)
        if not (here.all() and there.all()):
            straight = self._straight(origins, destinations, most)
            known = here[straight.origin].astype(int) + there[straight.destination]
            # From a street to a place far from any one does not cut across town.
            beyond = (known == 0) | ((known == 1) & (straight.cost <= _OFF / self.pace))
            at, to = straight.origin[beyond], straight.destination[beyond]
            parts.append(Costs(at, to, straight.cost[beyond], shape))
        return self._whole(parts, shape)

    def to_stops(self, places: Places, stops: Places, most: float) -> ToStops:
        """The stops within so many seconds of each place, nearest first.

        Found once for each `Places`: those of a directory are asked for at every departure.
        """
        known = self._near.setdefault(places, {})
        if (stops, most) not in known:
            known[stops, most] = self._to_stops(places, stops, most)
        return known[stops, most]

    def _to_stops(self, places: Places, stops: Places, most: float) -> ToStops:
        costs = self.costs(places, stops, most)
        order = np.lexsort((costs.cost, costs.origin))
        stop, seconds = costs.destination[order], costs.cost[order]
        return ToStops(
            costs.starts.astype(np.int32), stop.astype(np.int32), seconds.astype(np.int32)
        )

    def _along_streets(
        self, streets: StreetNetwork, origins: Places, destinations: Places, most: float
    ) -> Costs:
        """Searched from the fewer; on foot the way back is as long."""
        limit, shape = Limit(most, Unit.SECOND), (len(origins), len(destinations))
        if len(origins) >= len(destinations):
            return Costs.joined(streets.costs(origins, destinations, limit), shape)
        back = Costs.joined(streets.costs(destinations, origins, limit), shape[::-1])
        return Costs.from_pairs(back.destination, back.origin, back.cost, shape)

    def _straight(self, origins: Places, destinations: Places, most: float) -> Costs:
        """By chords, which over so short ways are as long as geodesics."""
        metres = most * self.pace
        near = origins.tree.sparse_distance_matrix(destinations.tree, metres, output_type="ndarray")
        shape = (len(origins), len(destinations))
        return Costs.from_pairs(near["i"], near["j"], near["v"] / self.pace, shape)

    @staticmethod
    def _whole(parts: list[Costs], shape: tuple[int, int]) -> Costs:
        return Costs.from_pairs(
            np.concatenate([part.origin for part in parts]),
            np.concatenate([part.destination for part in parts]),
            np.ceil(np.concatenate([part.cost for part in parts])),
            shape,
        )
