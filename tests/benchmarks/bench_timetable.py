"""Public transport on a timetable of national size: Porto Alegre's ten times over.

    python -m tests.benchmarks.bench_timetable [--copies 10] [--feeds ../shared/gtfs/porto_alegre]

The copies lie side by side and overlap, so that one can ride from one into the next. Prints
milliseconds, medians of several runs after one to compile: building, opening, one departure to
all stops, 60 departures, all stops to the nearest of a set for every departure of three hours;
and beside it pynigiri, where it is installed, from point to point (it has no one-to-all).
"""

import argparse
import io
import resource
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from locator.travel.timetable.building import build_timetable
from locator.travel.timetable.rides import ToStops
from locator.travel.timetable.scan import NEVER
from locator.travel.timetable.schedule import Schedule
from locator.travel.timetable.timetable import Timetable
from locator.travel.timetable.walks import Walks

_DEGREES = 0.12  # north, of each copy from the one before
_HOUR = 3600
_IDS = ("stop_id", "trip_id", "route_id", "service_id", "shape_id")


def copied(feed: Path, number: int, out: Path) -> Path:
    """The feed moved north, with ids of its own."""
    with zipfile.ZipFile(feed) as read, zipfile.ZipFile(out, "w") as written:
        for name in read.namelist():
            if name == "shapes.txt":
                continue
            table = pd.read_csv(
                io.BytesIO(read.read(name)), dtype=str, keep_default_na=False, skipinitialspace=True
            )
            for column in set(_IDS) & set(table.columns):
                table[column] = f"{number}/" + table[column]
            if name == "stops.txt":
                moved = table["stop_lat"].astype(float) + _DEGREES * number
                table["stop_lat"] = moved.map("{:.6f}".format)
            written.writestr(name, table.to_csv(index=False))
    return out


def timed(job: Callable[[], object], times: int = 5) -> float:
    """Milliseconds, the median of several runs after a first."""
    job()
    took = []
    for _ in range(times):
        begin = time.perf_counter()
        job()
        took.append(time.perf_counter() - begin)
    return 1000 * statistics.median(took)


def jobs(schedule: Schedule, rng: np.random.Generator) -> Iterator[tuple[str, float]]:
    """What is asked, and how long it takes."""
    departure = datetime(2019, 5, 13, 14)
    yield "a day's connections", timed(lambda: schedule._connections(departure.date(), 30 * _HOUR))
    hours = Timetable(schedule, Walks(), departure, 3 * _HOUR)
    begin = time.perf_counter()
    rides = hours.departures.draws[0]
    yield "changes on foot, straight, once", 1000 * (time.perf_counter() - begin)
    moment, size = int(hours.moments[0]), schedule.stops
    origins = rng.integers(0, size, 20).astype(np.int32)

    def all_stops(origin: int) -> int:
        access = np.array([origin], np.int32), np.zeros(1, np.int32)
        return int((rides.arrivals(*access, moment, 2 * _HOUR).alight < NEVER).sum())

    reached = [all_stops(origin) for origin in origins]
    each = [timed(lambda origin=origin: all_stops(origin)) for origin in origins]
    yield (
        f"one to all, 2 h (reaches {statistics.median(reached):.0f} stops)",
        statistics.median(each),
    )
    egress = ToStops.one(origins[:1], np.zeros(1, np.int32))
    taken = np.full((60, 1), NEVER, np.int32)
    access = origins[1:2], np.zeros(1, np.int32)
    minutes = hours.moments[:60]
    yield (
        "60 departures to all",
        timed(lambda: rides.lower(access, egress, minutes, 2 * _HOUR, taken)),
    )
    places = ToStops(np.arange(21, dtype=np.int32), origins, np.zeros(20, np.int32))
    yield (
        "all stops to the nearest of 20, all departures of 3 h",
        timed(lambda: rides.profile(places)),
    )


def pynigiri_jobs(feeds: list[Path], rng: np.random.Generator) -> Iterator[tuple[str, float]]:
    """The same timetable from stop to stop, where pynigiri is installed."""
    try:
        import pynigiri
    except ImportError:
        return
    sources = [pynigiri.TimetableSource(feed.stem, str(feed)) for feed in feeds]
    begin = time.perf_counter()
    timetable = pynigiri.load_timetable(sources, "2019-05-13", "2019-05-15")
    yield "pynigiri: loading", 1000 * (time.perf_counter() - begin)
    with zipfile.ZipFile(feeds[0]) as packed, packed.open("stops.txt") as file:
        ids = pd.read_csv(file, dtype=str)["stop_id"]

    def stop() -> object:
        return pynigiri.Offset(timetable.find_location(rng.choice(ids)), 0)

    took = []
    for _ in range(50):
        query = pynigiri.Query()
        query.start, query.destination = [stop()], [stop()]
        query.start_time = int(datetime(2019, 5, 13, 17).replace(tzinfo=UTC).timestamp() / 60)
        begin = time.perf_counter()
        pynigiri.route(timetable, query)
        took.append(1000 * (time.perf_counter() - begin))
    yield "pynigiri: stop to stop within one copy, half of 50 pairs", statistics.median(took)
    yield "pynigiri: stop to stop within one copy, the slowest of 50", max(took)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=10)
    home = Path(__file__).resolve().parents[3] / "shared" / "gtfs" / "porto_alegre"
    parser.add_argument("--feeds", type=Path, default=home)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        feeds = [
            copied(given.feeds / f"{name}.zip", number, Path(scratch) / f"{name}{number}.zip")
            for number in range(given.copies)
            for name in ("poa_eptc", "poa_trensurb")
        ]
        made = Path(scratch) / "timetable"
        begin = time.perf_counter()
        build_timetable(feeds, made)
        rows = [("building", 1000 * (time.perf_counter() - begin))]
        rows.append(("opening", timed(lambda: Schedule(made).stops)))
        schedule = Schedule(made)
        rows += jobs(schedule, np.random.default_rng(1))
        rows += pynigiri_jobs(feeds, np.random.default_rng(2))
        size = sum(file.stat().st_size for file in made.iterdir())
        day = schedule.connections(datetime(2019, 5, 13), 86_399)
        print(
            f"{schedule.stops} stops, {len(day)} connections, {day.runs} trips, {size / 1e6:.0f} MB"
        )
    for name, took in rows:
        print(f"{took:10.1f} ms  {name}")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:10.0f} MB at most")


if __name__ == "__main__":
    main()
