"""What this machine has to travel by: streets and a timetable, folders in that of the network.

An operator builds them; a new one is taken up without a restart.
"""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from locator.earth import Point, distance
from locator.errors import DataError, InputError, LocatorError, NotFoundError
from locator.travel.metric import Metric, Places
from locator.travel.units import Limit, Unit

if TYPE_CHECKING:
    from locator.travel.streets import Network, StreetNetwork
    from locator.travel.timetable import Schedule, Timetable, Walks

STREET_MODES = ("foot", "bicycle", "car")
TRANSIT = "transit"
TRAVEL_MODES = (*STREET_MODES, TRANSIT)

STREETS, TIMETABLE = "streets", "timetable"  # folders in that of a network

_WELL_CONNECTED = 1 << 3  # of `Network.enter`, on foot
_KEPT = 8  # departures whose rides are held
_TO_STOP = 1200.0  # seconds on foot to a stop, from one, or instead of riding


@dataclass(eq=False)
class Installed:
    """A street network and a timetable, opened when first asked for.

    Attributes:
        network: folder of both, which need not be there.
    """

    network: Path
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _open: dict[str, tuple[Hashable, Any]] = field(default_factory=dict, repr=False)
    _departures: dict[datetime, "Timetable"] = field(default_factory=dict, repr=False)

    @property
    def modes(self) -> tuple[str, ...]:
        """By which one can travel somewhere; none where nothing is installed."""
        if not self._is_there(STREETS):
            return ()
        return TRAVEL_MODES if self._is_there(TIMETABLE) else STREET_MODES

    def days(self) -> tuple[date, date]:
        """The first and the last day of the timetable.

        Raises:
            NotFoundError, DataError: there is none, or one of another version.
        """
        schedule = self._schedule()
        return schedule.first, schedule.last

    def reaching(self, point: Point) -> tuple[str, ...]:
        """The modes by which one can set out from a point; none where nothing is installed."""
        try:
            found = tuple(mode for mode in STREET_MODES if self._starts(mode, point))
            return (*found, TRANSIT) if self._has_stops(point) else found
        except (DataError, NotFoundError):
            return ()  # made by another version, which the operator is told where it is built

    def metric(self, mode: str, departure: datetime) -> Metric:
        """How long it takes by a mode.

        Args:
            departure: for public transport; without a zone it is local time.

        Raises:
            NotFoundError: what it needs is not installed.
            DataError: it was made by another version.
            InputError: no such mode, or no timetable for that day.
        """
        if mode == TRANSIT:
            return self._departing(departure.replace(second=0, microsecond=0))
        if mode not in STREET_MODES:
            raise InputError(
                "{mode} is no way to travel: write foot, bicycle, car or transit.", mode=repr(mode)
            )
        return self._street_metric(mode)

    def prepare(self, ask: Callable[[Point, Metric], object], now: datetime) -> None:
        """Read and find what every search needs, so that the first person need not wait for it.

        Args:
            ask: a search from a point by a metric, called once for each way of travelling.
        """
        try:
            if not self._is_there(STREETS):
                return
            middle = _on_street(self._network())
            for mode in STREET_MODES:
                found = self._street_metric(mode)
                ask(middle, found)
                found.ways(middle, Places.at(middle), 1)
                found.around(middle, Limit(60, Unit.SECOND))
            if self._is_there(TIMETABLE):
                ask(middle, self._departing(now.replace(second=0, microsecond=0)))
        except LocatorError:
            return  # told where it is built, and to whoever asks for it

    def _street_metric(self, mode: str) -> "StreetNetwork":
        from locator.travel.streets import StreetNetwork

        with self._lock:
            network = self._network()
            key = f"metric {mode}"
            if key not in self._open or self._open[key][0] != id(network):
                self._open[key] = (id(network), StreetNetwork(network.streets(mode)))
            found: StreetNetwork = self._open[key][1]
            return found

    def _departing(self, departure: datetime) -> "Timetable":
        from locator.travel.timetable import Timetable

        with self._lock:
            schedule = self._schedule()
            known = self._departures.get(departure)
            if known and known.schedule is schedule:
                return known
            schedule.check_day(schedule.day_of(departure))
            found = Timetable(schedule, self._walks(schedule), departure, max_walk=_TO_STOP)
            while len(self._departures) >= _KEPT:
                self._departures.pop(next(iter(self._departures)))
            self._departures[departure] = found
            return found

    def _walks(self, schedule: "Schedule") -> "Walks":
        """Kept for all departures: it knows the walks between stops, and from places to them."""
        from locator.travel.timetable import PACE, Walks

        walked = self._street_metric("foot") if self._is_there(STREETS) else None
        key = (id(schedule), id(walked))
        if "walks" not in self._open or self._open["walks"][0] != key:
            self._open["walks"] = (key, Walks(PACE, walked))
        found: Walks = self._open["walks"][1]
        return found

    def _starts(self, mode: str, point: Point) -> bool:
        if not self._is_there(STREETS):
            return False
        return bool(self._street_metric(mode).knows(Places.at(point))[0])

    def _has_stops(self, point: Point) -> bool:
        if not self._is_there(TIMETABLE):
            return False
        from locator.travel.timetable import PACE

        lon, lat = self._schedule().places.points()
        return bool((distance(point.lon, point.lat, lon, lat) <= _TO_STOP * PACE).any())

    def _network(self) -> "Network":
        from locator.travel.streets import open_network

        found: Network = self._opened(STREETS, open_network)
        return found

    def _schedule(self) -> "Schedule":
        from locator.travel.timetable import Schedule

        found: Schedule = self._opened(TIMETABLE, Schedule)
        return found

    def _opened(self, name: str, opening: Any) -> Any:  # noqa: ANN401
        """What lies in a folder, opened anew once the folder was replaced."""
        folder = self.network / name
        state = _state(folder)
        if name not in self._open or self._open[name][0] != state:
            self._open[name] = (state, opening(folder))
        return self._open[name][1]

    def _is_there(self, name: str) -> bool:
        return (self.network / name).is_dir()


def _on_street(network: "Network") -> Point:
    """A point from which one gets about on foot."""
    import numpy as np

    edges = np.flatnonzero(network.enter & _WELL_CONNECTED)
    node = network.tail[edges[len(edges) // 2] if len(edges) else 0]
    return Point(float(network.node_y[node]) * 1e-7, float(network.node_x[node]) * 1e-7)


def _state(folder: Path) -> tuple[int, int]:
    """Another once the folder was replaced."""
    if not folder.is_dir():
        return (0, 0)
    found = folder.stat()
    return (found.st_ino, found.st_mtime_ns)
