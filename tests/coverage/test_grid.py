"""The bulk search is as exact as measuring every pair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.coverage.grid import FacilityGrid
from locator.geodesic import distance


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
    found = FacilityGrid(lon, lat).nearest(x, y, k)
    if k > count:
        assert np.isinf(found.metres).all()
        return
    every = np.sort(distance(x[:, None], y[:, None], lon[None], lat[None]), axis=1)
    assert found.metres == pytest.approx(every[:, k - 1], abs=0.01)
    assert distance(x, y, lon[found.facility], lat[found.facility]) == pytest.approx(
        found.metres, abs=0.01
    )
