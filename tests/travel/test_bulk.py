"""The nearest of many points are those that measuring every pair says, to the last digit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.earth import WGS84, distance, ecef
from locator.travel import Places, StraightLine

METRICS = (StraightLine(quick=True), StraightLine())


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(1, 80),
    k=st.integers(1, 6),
    spread=st.sampled_from([0.0, 0.001, 0.5, 5.0, 60.0]),
)
def test_the_k_nearest_of_many_equal_measuring_all_pairs(seed, count, k, spread):
    rng = np.random.default_rng(seed)
    lon, lat = (m + rng.uniform(-spread, spread, count) for m in (10.5, 20.0))
    x, y = rng.uniform(4, 17, 60), rng.uniform(10, 30, 60)
    found = StraightLine().nearest(Places(x, y), Places(lon, lat), k)
    every = distance(x[:, None], y[:, None], lon[None], lat[None])
    order = np.argsort(every, axis=1, kind="stable")[:, :k]
    assert found.facility[:, :count].tolist() == order.tolist()
    assert np.array_equal(found.cost[:, :count], np.take_along_axis(every, order, axis=1))
    assert np.isinf(found.cost[:, count:]).all()


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(1, 60),
    spread=st.sampled_from([0.0, 0.01, 1.0, 4.0, 60.0]),
    wide=st.sampled_from([0.1, 3.0, 30.0]),
)
def test_the_nearest_of_many_points_equals_measuring_all_pairs(seed, count, spread, wide):
    rng = np.random.default_rng(seed)
    lon, lat = (m + rng.uniform(-spread, spread, count) for m in (10.5, 20.0))
    x, y = 10.5 + rng.uniform(-wide, wide, 2500), 21 + rng.uniform(-wide, wide, 2500)
    quick, found = (metric.nearest(Places(x, y), Places(lon, lat)) for metric in METRICS)
    every = distance(x[:, None], y[:, None], lon[None], lat[None])
    assert found.facility[:, 0].tolist() == every.argmin(axis=1).tolist()
    assert np.array_equal(found.cost[:, 0], every.min(axis=1))
    assert np.array_equal(quick.facility, found.facility)
    assert quick.cost == pytest.approx(found.cost, abs=0.0021)


def test_of_two_as_far_by_chord_the_shorter_geodesic_wins():
    """One north, one east of many points, both about 190 km away."""
    rng = np.random.default_rng(2)
    x, y = 10 + rng.uniform(-0.0003, 0.0003, 4000), 56 + rng.uniform(-0.0003, 0.0003, 4000)
    (lon, _), (_, lat) = ((v[0], v[1]) for v in (_moved(90), _moved(0)))
    lons, lats = np.array([lon, 10.0]), np.array([_moved(90)[1], lat])
    found = StraightLine().nearest(Places(x, y), Places(lons, lats))
    every = distance(x[:, None], y[:, None], lons[None], lats[None])
    assert (np.abs(every[:, 0] - every[:, 1]) < 0.2).any()  # some are a matter of centimetres
    assert np.array_equal(found.cost[:, 0], every.min(axis=1))
    assert (every.argmin(axis=1) != chord(x, y, lons, lats).argmin(axis=1)).any()


def chord(x, y, lons, lats):
    return np.linalg.norm(ecef(x, y)[:, None] - ecef(lons, lats)[None], axis=2)


def _moved(azimuth: float) -> tuple[float, float]:
    lon, lat, _ = WGS84.fwd(10.0, 56.0, azimuth, 190_000.0)
    return lon, lat
