"""Coverage at the size of the country, beside what one would otherwise reach for.

    python -m tests.benchmarks.bench_coverage [--points 2500000]

1. The nearest of each of 30 categories (10,000 facilities in all) for every point, and the same by
   `geopandas.sjoin_nearest` in EPSG:25832 on a sample of points (its time per point is steady).
2. Maximal covering of 5,000 places by 10 of 1,000 sites: heuristic beside HiGHS.
3. Shares and gaps after a changed limit at 100,000 cells.
Seeded; the best of three runs, on both sides.
"""

import argparse
import resource
import time
from collections.abc import Callable

import geopandas as gpd
import h3
import numpy as np
import pandas as pd

from locator.coverage.inputs.layer import WGS84, Layer
from locator.coverage.siting import Sites, site
from locator.coverage.study.covered import Coverage
from locator.earth.geodesic import Floats, distance
from locator.travel import (
    STRAIGHT_LINE,
    Costs,
    Limit,
    Nearest,
    Places,
    Planar,
    StraightLine,
    spatial_order,
)
from tests.benchmarks.bench_nearest import denmark

CATEGORIES, FACILITIES, SAMPLE = 30, 10_000, 20_000


def seconds(work: Callable[[], object]) -> float:
    """The best of three runs: the first also waits for the machine to hand out memory."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


QUICK = StraightLine(quick=True)


def nearest_of_each(lon: Floats, lat: Floats, kinds: list[tuple[Floats, Floats]]) -> list[Nearest]:
    points = Places(lon, lat)
    return [QUICK.nearest(points, Places(x, y)) for x, y in kinds]


def bulk_nearest(count: int, rng: np.random.Generator) -> None:
    x, y = denmark(FACILITIES, rng)
    kind = rng.integers(0, CATEGORIES, FACILITIES)
    kinds = [(x[kind == c], y[kind == c]) for c in range(CATEGORIES)]
    lon, lat = denmark(count, rng)
    took = seconds(lambda: spatial_order(lon, lat))
    order = spatial_order(lon, lat)
    lon, lat = lon[order], lat[order]
    took += seconds(lambda: nearest_of_each(lon, lat, kinds))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    some = rng.choice(count, 1000)
    every = distance(lon[some, None], lat[some, None], *kinds[0]).min(axis=1)
    found = QUICK.nearest(Places(lon, lat), Places(*kinds[0])).cost[some, 0]
    worst = float(np.abs(every - found).max())
    ours = took / count / CATEGORIES
    theirs = sjoin_nearest(lon[:: count // SAMPLE], lat[:: count // SAMPLE], *kinds[0])
    print(f"{count:,} points x {CATEGORIES} categories: {took:.2f} s, {memory:.2f} GB at most")
    print(f"  {ours * 1e9:.0f} ns a point and category, at most {worst * 1000:.3f} mm off Geod")
    print(f"  sjoin_nearest {theirs * 1e9:.0f} ns: {theirs / ours:.0f} times as long")


def sjoin_nearest(lon: Floats, lat: Floats, x: Floats, y: Floats) -> float:
    """Seconds a point, its projection not counted."""
    left = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326).to_crs(25832)
    right = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=4326).to_crs(25832)
    return seconds(lambda: left.sjoin_nearest(right, distance_col="metres")) / len(lon)


def siting(rng: np.random.Generator) -> None:
    at, to = rng.uniform(0, 200_000, (5000, 2)), rng.uniform(0, 200_000, (1000, 2))
    blocks = Planar().costs(Places(*at.T), Places(*to.T), Limit(15_000.0))
    costs = Costs.joined(blocks, (5000, 1000))
    problem = Sites(costs, rng.lognormal(3, 1, 5000))
    for proof in (False, True):
        start = time.perf_counter()
        found = site(problem, "mclp", p=10, limit=15_000, proof=proof)
        took = time.perf_counter() - start
        print(f"mclp 5,000 x 1,000, p = 10, proof {proof}: {took * 1000:.0f} ms, {found.value:.1f}")


def changed_limit(rng: np.random.Generator) -> None:
    cells = sorted(h3.grid_disk(h3.latlng_to_cell(56.0, 9.5, 9), 183))[:100_000]
    at = np.array([h3.cell_to_latlng(cell) for cell in cells])
    lat, lon = at.T
    people = rng.lognormal(2, 1, len(cells))
    demand = Layer(cells, people, lon, lat, WGS84, pd.DataFrame())
    x, y = rng.uniform(lon.min(), lon.max(), 300), rng.uniform(lat.min(), lat.max(), 300)
    names = [str(row) for row in range(300)]
    facilities = Layer(names, np.ones(300), x, y, WGS84, pd.DataFrame())
    cost, facility = STRAIGHT_LINE.nearest(Places(lon, lat), Places(x, y)).kth
    study = Coverage(demand, facilities, STRAIGHT_LINE, cost, facility)
    study.gaps(4000)
    for limit in (2500.0, 5000.0):
        start = time.perf_counter()
        study.shares(limit)
        middle = time.perf_counter()
        areas = study.gaps(limit)
        end = time.perf_counter()
        print(
            f"{len(cells):,} cells, limit {limit:.0f} m: shares {(middle - start) * 1000:.1f} ms, "
            f"{len(areas)} gaps {(end - middle) * 1000:.0f} ms"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=2_500_000)
    rng = np.random.default_rng(1)
    bulk_nearest(parser.parse_args().points, rng)
    siting(rng)
    changed_limit(rng)


if __name__ == "__main__":
    main()
