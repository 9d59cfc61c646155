"""The bulk search is as exact as measuring every pair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.earth.geodesic import WGS84, distance
from locator.travel.grid import FacilityGrid, Points


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(1, 80),
    k=st.integers(1, 6),
    spread=st.sampled_from([0.0, 0.001, 0.5, 5.0, 60.0]),
)
def test_kth_nearest_equals_measuring_all_pairs(seed, count, k, spread):
    rng = np.random.default_rng(seed)
    lon, lat = (m + rng.uniform(-spread, spread, count) for m in (10.5, 20.0))
    x, y = rng.uniform(4, 17, 60), rng.uniform(10, 30, 60)
    found = FacilityGrid(lon, lat).nearest(Points(x, y), k)
    if k > count:
        assert np.isinf(found.metres).all()
        return
    every = np.sort(distance(x[:, None], y[:, None], lon[None], lat[None]), axis=1)
    assert found.metres == pytest.approx(every[:, k - 1], abs=0.01)
    assert distance(x, y, lon[found.facility], lat[found.facility]) == pytest.approx(
        found.metres, abs=0.01
    )


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
    found = FacilityGrid(lon, lat).nearest(Points(x, y))
    every = distance(x[:, None], y[:, None], lon[None], lat[None])
    assert found.metres == pytest.approx(every.min(axis=1), abs=0.01)
    assert every[np.arange(2500), found.facility] == pytest.approx(found.metres, abs=0.01)


def test_of_two_as_far_by_chord_the_shorter_geodesic_wins():
    """One north, one east of many points, both about 190 km away."""
    rng = np.random.default_rng(2)
    x, y = 10 + rng.uniform(-0.002, 0.002, 4000), 56 + rng.uniform(-0.002, 0.002, 4000)
    (lon, _), (_, lat) = ((v[0], v[1]) for v in (_moved(90), _moved(0)))
    lons, lats = np.array([lon, 10.0]), np.array([_moved(90)[1], lat])
    found = FacilityGrid(lons, lats).nearest(Points(x, y))
    every = distance(x[:, None], y[:, None], lons[None], lats[None])
    assert (np.abs(every[:, 0] - every[:, 1]) < 0.2).any()  # some are a matter of centimetres
    assert found.metres == pytest.approx(every.min(axis=1), abs=0.003)


def _moved(azimuth: float) -> tuple[float, float]:
    lon, lat, _ = WGS84.fwd(10.0, 56.0, azimuth, 190_000.0)
    return lon, lat
