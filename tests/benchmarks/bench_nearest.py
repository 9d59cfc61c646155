"""The 10 nearest of many points: Nærved's index beside what one would otherwise reach for.

    python -m tests.benchmarks.bench_nearest [--points 10000]

Points in 60 towns of lognormal size and a quarter in the country; the same seeded queries for
all. Prints microseconds a query, the ratio to Nærved's, and the largest error of the k distances.
"""

import argparse
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
from geopy.distance import geodesic
from shapely.geometry import Point as Shape

from locator.earth.geodesic import Floats, distance
from locator.earth.point import Point
from locator.travel import Places, StraightLine

K = 10
Method = Callable[[Point], Floats]


def denmark(n: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """(lon, lat) of `n` points, degrees WGS84, each of shape (n,)."""
    towns = np.column_stack((rng.uniform(8.2, 12.6, 60), rng.uniform(54.8, 57.5, 60)))
    sizes = rng.lognormal(0, 1.2, 60)
    of = rng.choice(60, n, p=sizes / sizes.sum())
    at = towns[of] + rng.normal(0, 0.03, (n, 2))
    rural = rng.random(n) < 0.25
    at[rural] = np.column_stack(
        (rng.uniform(8.2, 12.6, rural.sum()), rng.uniform(54.8, 57.5, rural.sum()))
    )
    return at[:, 0], at[:, 1]


def methods(lon: Floats, lat: Floats) -> dict[str, tuple[Method, int]]:
    """Each method, and its k; all give distances in metres, nearest first."""
    metric, places = StraightLine(), Places(lon, lat)
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326).to_crs(25832)
    frame.sindex  # noqa: B018 (built here, so that no query pays for it)
    pairs = list(zip(lat.tolist(), lon.tolist(), strict=True))

    def projected(point: Point) -> gpd.GeoSeries:
        return gpd.GeoSeries([Shape(point.lon, point.lat)], crs=4326).to_crs(25832)

    def frame_distance(point: Point) -> Floats:
        return frame.distance(projected(point).iloc[0]).nsmallest(K).to_numpy()

    def sjoin(point: Point) -> Floats:
        origin = gpd.GeoDataFrame(geometry=projected(point))
        return gpd.sjoin_nearest(origin, frame, distance_col="metres")["metres"].to_numpy()

    def loop(point: Point) -> Floats:
        origin = (point.lat, point.lon)
        return np.array(sorted(geodesic(origin, pair).m for pair in pairs)[:K])

    return {
        "StraightLine (k = 10)": (
            lambda point: metric.nearest(Places.at(point), places, K).cost[0],
            K,
        ),
        "GeoDataFrame.distance + nsmallest (k = 10)": (frame_distance, K),
        "sjoin_nearest (k = 1)": (sjoin, 1),
        "loop over geopy.geodesic (k = 10)": (loop, K),
    }


def main(n: int) -> None:
    """Time every method at the same places and print the table."""
    rng = np.random.default_rng(2026)
    lon, lat = denmark(n, rng)
    places = [Point(y, x) for x, y in zip(*denmark(200, rng), strict=True)]
    print(f"{n:,} points; microseconds a query, ratio, largest error in metres")
    ours = 0.0
    for name, (method, k) in methods(lon, lat).items():
        # The slow ones are asked less often: enough for two digits.
        asked = (
            places if name.startswith("StraightLine") else places[: 20 if "loop" not in name else 2]
        )
        method(asked[0])
        start = time.perf_counter()
        answers = [method(place) for place in asked]
        each = (time.perf_counter() - start) / len(asked) * 1e6
        ours = ours or each
        truth = [np.sort(distance(p.lon, p.lat, lon, lat))[:k] for p in asked]
        worst = max(np.abs(a[:k] - b).max() for a, b in zip(answers, truth, strict=True))
        print(f"{name:44} {each:14,.0f} {each / ours:10,.1f} x {worst:10.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=10_000)
    main(parser.parse_args().points)
