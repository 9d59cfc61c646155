"""A street network of the size of Denmark: making it, and asking it; beside pandana.

    python -m tests.benchmarks.bench_travel [--copies 2820] [--file FILE.osm.pbf] [--pandana]

Without --file the file is made first (see `copied_streets`), which takes minutes. Everything runs
on one core. Prints seconds and memory of the build, then medians and 99th percentiles; time is the
processor's but for the build's: what else runs on the machine is left out as far as that goes.
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from locator.earth import Point
from locator.travel import Limit, Network, Places, StreetNetwork, Unit, build_streets, open_network
from locator.travel.streets.search import spread_labels
from tests.benchmarks.copied_streets import write

FACILITIES, CATEGORIES, ADDRESSES, PEOPLE = 2_000, 30, 2_500_000, 400


def built(file: Path, folder: Path) -> None:
    """Build in a process of its own, so that its memory is seen."""
    begun = time.perf_counter()
    process = multiprocessing.get_context("spawn").Process(
        target=build_streets, args=(file, folder, print)
    )
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit("The build failed.")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak, busy = used.ru_maxrss / 1e6, used.ru_utime + used.ru_stime
    size = sum(part.stat().st_size for part in folder.iterdir()) / 1e6
    print(
        f"build of {file.stat().st_size / 1e6:.0f} MB: {time.perf_counter() - begun:.0f} s "
        f"({busy:.0f} s of processor), "
        f"{peak:.2f} GB at most, {size:.0f} MB on the disk"
    )


def timed(name: str, ask: Callable[[int], object], times: int) -> None:
    """Median and 99th percentile of so many calls, after one that warms up."""
    ask(0)
    taken = np.empty(times)
    for nth in range(times):
        begun = time.process_time()
        ask(nth)
        taken[nth] = time.process_time() - begun
    p50, p99 = np.percentile(taken, (50, 99)) * 1000
    print(f"{name}: {p50:.2f} ms, p99 {p99:.2f} ms")


def somewhere(network: Network, count: int, seed: int) -> Places:
    """Points near junctions."""
    random = np.random.default_rng(seed)
    rows = np.sort(random.integers(0, len(network.node_x), count))
    x, y = network.node_x[rows] * 1e-7, network.node_y[rows] * 1e-7
    return Places(x + random.normal(0, 3e-4, count), y + random.normal(0, 2e-4, count))


def one_person(network: Network) -> None:
    """The 10 nearest of 2,000 with the lines of their ways; areas within reach."""
    people = somewhere(network, PEOPLE, 1)
    lon, lat = people.points()
    facilities = somewhere(network, FACILITIES, 2)
    for mode in ("foot", "bicycle", "car"):
        metric = StreetNetwork(network.streets(mode))

        def ways(nth: int, metric: StreetNetwork = metric) -> None:
            origin = Point(lat[nth], lon[nth])
            for way in metric.ways(origin, facilities, 10, Limit(60, Unit.MINUTE)):
                way.line  # noqa: B018 (drawn)

        timed(f"10 nearest of {FACILITIES} within 60 min and their ways, {mode}", ways, PEOPLE)
    for mode, minutes in (("foot", 15), ("bicycle", 15), ("car", 15), ("car", 30)):
        metric = StreetNetwork(network.streets(mode))

        def area(nth: int, metric: StreetNetwork = metric, minutes: int = minutes) -> None:
            metric.around(Point(lat[nth], lon[nth]), Limit(minutes, Unit.MINUTE))

        timed(f"area within {minutes} min, {mode}", area, 50)


def everybody(network: Network, mode: str) -> None:
    """The nearest of each of 30 categories from every junction, and from 2.5 million addresses."""
    metric = StreetNetwork(network.streets(mode))
    begun = time.process_time()
    arcs = metric.streets.reversed
    print(f"{mode}: turned round in {time.process_time() - begun:.2f} s")
    addresses = somewhere(network, ADDRESSES, 3)
    begun = time.process_time()
    metric.snapped(addresses)
    print(f"{mode}: {ADDRESSES:,} addresses snapped in {time.process_time() - begun:.2f} s")
    junctions = homes = 0.0
    for category in range(CATEGORIES):
        facilities = somewhere(network, FACILITIES, 100 + category)
        begun = time.process_time()
        node, after, row = metric.goals(facilities).ends
        spread_labels(*arcs[:3], node, after, row, len(network.node_x))
        junctions += time.process_time() - begun
        begun = time.process_time()
        metric.nearest(addresses, facilities, 1)
        homes += time.process_time() - begun
    print(f"{mode}: nearest of {CATEGORIES} categories for all junctions {junctions:.1f} s")
    print(f"{mode}: the same and for {ADDRESSES:,} addresses {homes:.1f} s")
    cells, facilities = somewhere(network, 100_000, 4), somewhere(network, FACILITIES, 5)
    begun = time.process_time()
    pairs = sum(len(c.cost) for _, c in metric.costs(cells, facilities, Limit(30, Unit.MINUTE)))
    print(f"{mode}: {pairs:,} pairs within 30 min in {time.process_time() - begun:.1f} s")


def beside_pandana(network: Network) -> None:
    """The nearest facility of every junction by car, facilities at junctions."""
    try:
        import pandana
    except ImportError:
        print("pandana is not installed here")
        return
    import pandas as pd

    streets = network.streets("car")
    first, to, seconds, _ = streets.arcs
    tail = np.repeat(np.arange(len(first) - 1), np.diff(first))
    begun = time.process_time()
    theirs = pandana.Network(
        pd.Series(network.node_x * 1e-7),
        pd.Series(network.node_y * 1e-7),
        pd.Series(tail),
        pd.Series(to),
        pd.DataFrame({"seconds": seconds}),
        twoway=False,
    )
    print(f"pandana: contracted in {time.process_time() - begun:.1f} s")
    rows = np.sort(np.random.default_rng(6).choice(np.flatnonzero(np.diff(first)), FACILITIES))
    theirs.set_pois(
        "all", 36_000, 1, pd.Series(network.node_x[rows] * 1e-7),
        pd.Series(network.node_y[rows] * 1e-7),
    )  # fmt: skip
    begun = time.process_time()
    found = theirs.nearest_pois(36_000, "all", num_pois=1)[1].to_numpy()
    other = time.process_time() - begun
    sources = (rows.astype(np.int32), np.zeros(len(rows)), np.arange(len(rows), dtype=np.int32))
    asked = (*streets.reversed[:3], *sources, len(network.node_x))
    spread_labels(*asked)  # so that reading compiled code is not timed
    begun = time.process_time()
    time_, _ = spread_labels(*asked)
    own = time.process_time() - begun
    both = np.isfinite(time_) & (found < 36_000)
    off = np.abs(found[both] - time_[both])
    print(
        f"pandana: {other:.2f} s a category, {other / own:.1f} times as long as {own:.2f} s; "
        f"off by {np.median(off):.2f} s, p99 {np.percentile(off, 99):.2f} s"
    )


def main() -> None:
    """Make what is missing, and time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=2820)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--network", type=Path, help="made before; then nothing is built")
    parser.add_argument("--pandana", action="store_true", help="beside pandana, if it is here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.network or Path(scratch) / "streets"
        if not given.network:
            file = given.file or Path(scratch) / "country.osm.pbf"
            if not given.file:
                write(file, given.copies)
            built(file, folder)
        begun = time.process_time()
        network = open_network(folder)
        print(f"open: {(time.process_time() - begun) * 1000:.1f} ms")
        print(f"{len(network.node_x):,} junctions, {len(network.tail):,} edges")
        one_person(network)
        for mode in ("car", "foot"):
            everybody(network, mode)
        if given.pandana:
            beside_pandana(network)


if __name__ == "__main__":
    main()
