"""An opened timetable: its stops, the days it covers, and what runs at a time."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from locator.errors import DataError, InputError, NotFoundError
from locator.travel.costs import Integers
from locator.travel.metric import Bools, Places

META = "meta.json"
FORMAT = 2  # of the folder; one of another format must be built anew

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

_DAY = 86_400
_EARLIEST = -3600  # a day may begin an hour before its first second, where clocks change
_USUAL = 30 * 3600  # until when a day is held; whatever is asked later is found anew


@dataclass(frozen=True, eq=False)
class Connections:
    """Rides from one stop to the next, ordered by departure, then along their trip.

    Attributes:
        departure, arrival: seconds since `origin`, shape (connections,).
        start, end: rows of the stops.
        run: which vehicle, counted from 0.
        flags: BOARD where one may get on at the start, ALIGHT where one may get off at the end.
        time: row of the timetable's times, at the start.
        runs: how many vehicles.
        trip: row of the trip of each run.
        origin: the moment 0, seconds of the Unix clock.
        zone: of the times that people read.
    """

    departure: Ints
    arrival: Ints
    start: Ints
    end: Ints
    run: Ints
    flags: Bytes
    time: Integers
    runs: int
    trip: Integers
    origin: int
    zone: ZoneInfo

    def __len__(self) -> int:
        return len(self.departure)

    def within(self, begin: int, latest: int) -> "Connections":
        """Those that leave from one moment to another, both inclusive; no copy."""
        at = np.searchsorted(self.departure, [begin, latest + 1])
        return self.some(slice(int(at[0]), int(at[1])))

    def some(self, rows: slice | Bools) -> "Connections":
        """These rows alone."""
        return replace(
            self,
            departure=self.departure[rows],
            arrival=self.arrival[rows],
            start=self.start[rows],
            end=self.end[rows],
            run=self.run[rows],
            flags=self.flags[rows],
            time=self.time[rows],
        )

    def clock(self, seconds: float) -> datetime:
        """The local time of a moment."""
        return datetime.fromtimestamp(self.origin + seconds, self.zone)


class Schedule:
    """The folder that `build_timetable` makes, memory-mapped.

    Raises:
        NotFoundError: there is none.
        DataError: it is of another format.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
        except OSError as error:
            raise NotFoundError(
                "There is no timetable in {folder}: build it from a GTFS feed.", folder=folder
            ) from error
        if self.meta.get("format") != FORMAT:
            raise DataError(
                "The timetable in {folder} was built by another version: build it anew.",
                folder=folder,
            )
        self._arrays: dict[str, Any] = {}
        self._recent = lru_cache(maxsize=2)(self._connections)

    def __reduce__(self) -> tuple[Any, ...]:
        """Other processes open the folder themselves."""
        return Schedule, (self.folder,)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 (arrays of many sorts)
        """An array by its name (see `feed_arrays`)."""
        if name not in self._arrays:
            mapped = np.load(self.folder / f"{name}.npy", mmap_mode="r")
            self._arrays[name] = np.asarray(mapped)
        return self._arrays[name]

    def text(self, name: str, row: int) -> str:
        """A text by its array and row."""
        return cast(bytes, self[name][row]).decode()

    @property
    def stops(self) -> int:
        """How many."""
        return len(self["stop_lon"])

    @cached_property
    def places(self) -> Places:
        """Where the stops are, always the same object, so that what is found of it is kept."""
        return Places(self["stop_lon"], self["stop_lat"])

    @property
    def first(self) -> date:
        """The first day that any feed covers."""
        return date.fromisoformat(self.meta["first"])

    @property
    def last(self) -> date:
        """The last day that any feed covers."""
        return date.fromisoformat(self.meta["last"])

    @cached_property
    def zones(self) -> list[ZoneInfo]:
        """Of each feed."""
        return [ZoneInfo(feed["timezone"]) for feed in self.meta["feeds"]]

    def check_day(self, day: date) -> None:
        """See that every feed covers a day.

        Raises:
            InputError: one does not; says which days it covers.
        """
        for feed in self.meta["feeds"]:
            if not feed["first"] <= day.isoformat() <= feed["last"]:
                raise InputError(
                    "{day} is not in the timetable: {file} covers {first} to {last}. Choose a day "
                    "in between, or build the timetable from a newer feed.",
                    day=day.isoformat(),
                    file=feed["file"],
                    first=feed["first"],
                    last=feed["last"],
                )

    def origin(self, day: date, feed: int = 0) -> int:
        """Moment 0 of a feed's service day, seconds of the Unix clock: 12 hours before noon."""
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=self.zones[feed])
        return int(noon.timestamp()) - _DAY // 2

    def headway(self, trip: int) -> int:
        """Seconds between its runs where their times are not exact, else 0."""
        span = self["trip_span"][trip]
        return int(self["span_headway"][span]) if span >= 0 else 0

    @property
    def is_exact(self) -> bool:
        """Whether all times are known; of some feeds only how often a vehicle comes."""
        return not (self["span_headway"] > 0).any()

    def connections(self, start: datetime, seconds: int, draw: int | None = None) -> Connections:
        """What leaves a stop within so many seconds of a moment, and yesterday's trips among it.

        Args:
            start: without a zone it is local time.
            draw: number of a timetable that may be, where times are not exact: in each span of a
                trip the first run starts at random within a headway, as in R5's
                `FrequencyRandomOffsets`. None for runs from the beginning of the span.

        Raises:
            InputError: the day is not covered.
        """
        day, begin = self.day_of(start), self.moment(start)
        self.check_day(day)
        latest = begin + seconds
        return self._recent(day, max(latest, _USUAL), draw).within(begin, latest)

    def day_of(self, start: datetime) -> date:
        """The local day of a moment; without a zone it is local time."""
        return self._local(start).date()

    def moment(self, start: datetime) -> int:
        """Seconds since the `origin` of the connections of that departure."""
        return int(self._local(start).timestamp()) - self.origin(self.day_of(start))

    def _local(self, start: datetime) -> datetime:
        zone = self.zones[0]
        return start.astimezone(zone) if start.tzinfo else start.replace(tzinfo=zone)

    def _connections(self, day: date, latest: int, draw: int | None = None) -> Connections:
        """All that leaves from the beginning of a service day to a moment."""
        base, parts = self.origin(day), []
        late, runs_then = self._late(draw)
        before = -(-int(self.meta["longest"]) // _DAY)
        for ahead in range(-before, latest // _DAY + 2):
            then = day + timedelta(days=ahead)
            shifts = [self.origin(then, feed) - base for feed in range(len(self.zones))]
            shift = np.array(shifts)[self["trip_feed"]] + late
            runs = self._serves(then)[self["trip_service"]] & runs_then
            runs &= (self._starts + shift <= latest) & (self._ends + shift >= _EARLIEST)
            trips = np.flatnonzero(runs)
            parts.append((trips, shift[trips]))
        trip = np.concatenate([part[0] for part in parts])
        moved = np.concatenate([part[1] for part in parts])
        return self._sorted(trip, moved, latest, base)

    def _sorted(self, trip: Integers, moved: Integers, latest: int, base: int) -> Connections:
        first = self["trip_begin"][trip]
        rides = self["trip_begin"][trip + 1] - first - 1
        run = np.repeat(np.arange(len(trip)), rides)
        time = first[run] + np.arange(len(run)) - np.repeat(np.cumsum(rides) - rides, rides)
        departure = self["time_departure"][time] + moved[run]
        kept = np.flatnonzero((departure >= _EARLIEST) & (departure <= latest))
        # A stable order keeps rides of the same second in the order of their trip.
        kept = kept[np.argsort(departure[kept], kind="stable")]
        time, run = time[kept], run[kept]
        flags = self["time_flags"]
        return Connections(
            departure[kept].astype(np.int32),
            (self["time_arrival"][time + 1] + moved[run]).astype(np.int32),
            self["time_stop"][time],
            self["time_stop"][time + 1],
            run.astype(np.int32),
            (flags[time] & 1) | (flags[time + 1] & 2),
            time,
            len(trip),
            trip,
            base,
            self.zones[0],
        )

    def _late(self, draw: int | None) -> tuple[Integers, Bools]:
        """Seconds by which each trip is later in a draw, and whether it still runs."""
        span, headway = self["trip_span"], self["span_headway"]
        count = len(span)
        if draw is None or not len(headway):
            return np.zeros(count, np.int64), np.ones(count, bool)
        drawn = np.random.default_rng(draw).integers(0, np.maximum(headway, 1))
        late = np.where(span >= 0, drawn[span], 0)
        return late, (late == 0) | (self._starts + late < self["span_until"][span])

    @cached_property
    def _starts(self) -> Ints:
        """First departure of each trip."""
        return cast(Ints, self["time_departure"][self["trip_begin"][:-1]])

    @cached_property
    def _ends(self) -> Ints:
        return cast(Ints, self["time_arrival"][self["trip_begin"][1:] - 1])

    def _serves(self, day: date) -> Bools:
        """Which services run on a day, shape (services,)."""
        at = (day - self.first).days
        packed = self["service_days"]
        if not 0 <= at <= (self.last - self.first).days:
            return np.zeros(len(packed), bool)
        return np.asarray(packed[:, at // 8] >> (7 - at % 8) & 1, bool)
