"""A table of costs answers by ids, also for groups of its origins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.errors import InputError
from locator.travel import Costs, CostTable, Limit, Places, Unit

INF = np.inf
TABLE = CostTable(
    Costs.from_matrix([[5, 1, INF], [2, 2, 9], [INF, 7, INF]]),
    ["a", "b", "c"],
    ["x", "y", "z"],
    Unit.MINUTE,
)


def places(ids):
    return Places(None, None, list(ids))


def test_the_nearest_by_id_in_any_order_with_ties_by_row():
    found = TABLE.nearest(places("ba?"), places("zyx"), 2)
    assert found.cost.tolist() == [[2, 2], [1, 5], [INF, INF]]
    assert found.facility.tolist() == [[1, 2], [1, 2], [-1, -1]]
    near = TABLE.nearest(places("a"), places("xyz"), None, Limit(120.0, Unit.SECOND))
    assert near.facility.tolist() == [[1, -1, -1]]


def test_costs_are_counted_in_the_rows_asked_for():
    ((rows, costs),) = TABLE.costs(places("cb"), places("y"), Limit(7.0))
    assert (rows, costs.shape) == (slice(0, 2), (2, 1))
    assert costs.matrix().tolist() == [[7], [2]]


def test_it_knows_where_it_leads_to_and_nothing_else():
    assert TABLE.knows(places("x?z")).tolist() == [True, False, True]
    assert not TABLE.anywhere
    with pytest.raises(InputError, match="is a length"):
        TABLE.nearest(places("a"), places("x"), 1, Limit(5000.0, Unit.METRE))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), empty=st.sampled_from([0.0, 0.4, 0.9]))
def test_a_group_has_the_cost_that_half_of_its_people_have(seed, empty):
    rng = np.random.default_rng(seed)
    cost = np.where(rng.random((12, 4)) < empty, INF, rng.integers(1, 9, (12, 4)).astype(float))
    people, group = rng.integers(0, 5, 12).astype(float), rng.integers(0, 3, 12)
    names = [str(row) for row in range(12)]
    table = CostTable(Costs.from_matrix(cost), names, list("wxyz"))
    found = table.gathered(places(names), group, list("abc"), people)
    ((_, costs),) = found.costs(places("abc"), places("wxyz"))
    for row in range(3):
        here = group == row
        weight = people[here] if people[here].sum() else np.ones(here.sum())
        for column in range(4):
            limit = costs.matrix()[row, column]
            of = cost[here, column]
            if np.isfinite(limit):
                assert 2 * weight[of <= limit].sum() >= weight.sum()
                assert 2 * weight[of < limit].sum() < weight.sum()
            elif here.any():
                assert 2 * weight[np.isfinite(of)].sum() < weight.sum()
