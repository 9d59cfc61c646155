"""Many departures at once: each minute of a window, in each timetable that may be."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from locator.earth import Floats
from locator.travel.costs import Costs, Nearest
from locator.travel.timetable.changes import MARGIN
from locator.travel.timetable.rides import Rides, ToStops
from locator.travel.timetable.scan import NEVER
from locator.travel.timetable.schedule import Ints

SAMPLES = 300  # R5's five draws for each minute of an hour
LEAST = 10  # timetables drawn


def draws_of(moments: int, is_exact: bool) -> tuple[int | None, ...]:
    """Which timetables to draw for so many departures; the one there is where times are exact."""
    if is_exact:
        return (None,)
    return tuple(range(max(math.ceil(SAMPLES / moments), LEAST)))


@dataclass(frozen=True, eq=False)
class Departures:
    """Samples are departures by draw, then by moment.

    Attributes:
        draws: what runs in each timetable.
        moments: of departure, ascending.
        most: seconds of a journey, beyond which nothing need be found.
    """

    draws: tuple[Rides, ...]
    moments: Ints
    most: int

    def __len__(self) -> int:
        return len(self.draws) * len(self.moments)

    def rank(self, percentile: float) -> int:
        """The row of a percentile among the sorted samples: the nearest rank, from 0."""
        return max(math.ceil(percentile / 100 * len(self) - 1e-9) - 1, 0)

    def forth(self, access: ToStops, egress: ToStops, foot: Costs) -> Iterator[Ints]:
        """For each origin in turn, seconds to all facilities, shape (samples, facilities)."""
        count = len(self.moments)
        for row in range(len(access)):
            taken = np.full((len(self), len(egress)), NEVER, np.int32)
            here = slice(foot.starts[row], foot.starts[row + 1])
            taken[:, foot.destination[here]] = foot.cost[here]
            for nth, rides in enumerate(self.draws):
                part = taken[nth * count : (nth + 1) * count]
                rides.lower(access.of(row), egress, self.moments, self.most, part)
            yield taken

    def back(self, access: ToStops, egress: ToStops, foot: Costs) -> Iterator[Ints]:
        """For each facility in turn, seconds from all origins, shape (samples, origins)."""
        order = np.argsort(foot.destination, kind="stable")
        starts = np.searchsorted(foot.destination[order], np.arange(len(egress) + 1))
        for column in range(len(egress)):
            on_foot = np.full(len(access), np.inf)
            here = order[starts[column] : starts[column + 1]]
            on_foot[foot.origin[here]] = foot.cost[here]
            nearest = Nearest(on_foot[:, None], np.zeros((len(access), 1), np.int64))
            taken, _ = self.to_nearest(access, ToStops.one(*egress.of(column)), nearest)
            yield np.ascontiguousarray(taken.T)

    def to_nearest(self, access: ToStops, egress: ToStops, foot: Nearest) -> tuple[Ints, Ints]:
        """Seconds from each origin to whichever place is nearest then, and which that is.

        Args:
            foot: the nearest on foot.

        Returns:
            shape (origins, samples) each.
        """
        seconds = whole(foot.cost)
        taken, place = [], []
        for rides in self.draws:
            part = np.repeat(seconds, len(self.moments), axis=1)
            row = np.repeat(foot.facility.astype(np.int32), len(self.moments), axis=1)
            rides.profile(egress).lower(access, MARGIN, self.moments, part, row)
            taken.append(part)
            place.append(row)
        return np.concatenate(taken, axis=1), np.concatenate(place, axis=1)

    def stops_reached(self, access: tuple[Ints, Ints], most: int) -> Ints:
        """Seconds to each stop that one rides to, shape (samples, stops)."""
        found = [rides.stops_reached(access, self.moments, most) for rides in self.draws]
        return np.concatenate(found)


def whole(seconds: Floats) -> Ints:
    """Whole seconds, NEVER for endless."""
    return np.where(np.isfinite(seconds), seconds, NEVER).astype(np.int32)
