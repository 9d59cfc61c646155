"""In a plane the nearest are those that measuring every pair says, lower rows first."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from locator.travel import Costs, Limit, Places, Planar


@settings(max_examples=80, deadline=None)
@example(seed=828, count=20, k=11, within=None)  # a radius rounded down misses its own points
@given(
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(0, 40),
    k=st.one_of(st.none(), st.integers(0, 12)),
    within=st.one_of(st.none(), st.floats(0, 6)),
)
def test_equals_measuring_all_pairs(seed, count, k, within):
    """On a coarse grid, so that many are equally far and some at one place."""
    rng = np.random.default_rng(seed)
    origins, facilities = (Places(*rng.integers(0, 4, (2, n)).astype(float)) for n in (15, count))
    limit = None if within is None else Limit(within)
    found = Planar().nearest(origins, facilities, k, limit)
    blocks = Planar().costs(origins, facilities, limit)
    every = Costs.joined(blocks, (15, count)).matrix()
    order = np.argsort(every, axis=1, kind="stable")[:, :k]
    cost = np.take_along_axis(every, order, axis=1)
    width = cost.shape[1]
    assert np.array_equal(found.cost[:, :width], cost)
    assert np.isinf(found.cost[:, width:]).all()
    assert found.facility[:, :width].tolist() == np.where(np.isfinite(cost), order, -1).tolist()
