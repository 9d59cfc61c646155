"""Laws that hold for any costs: supply is conserved, shares are shares, proof beats heuristic."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.coverage.measures import accessibility, inequality
from locator.coverage.measures.decay import binary, parse_decay, parse_steps
from locator.coverage.measures.summaries import shares
from locator.coverage.siting import site
from locator.coverage.siting.solution import Sites
from locator.errors import InputError, NotFoundError
from locator.travel import nearest_by_cost
from locator.travel.costs import Costs


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), decay=st.sampled_from(["exp(-0.2)", "linear(9)", "dai(9)"]))
def test_floating_catchments_share_out_all_supply_in_reach(seed, decay):
    rng = np.random.default_rng(seed)
    cost = rng.uniform(0, 12, (20, 6))
    supply, people = rng.uniform(0, 50, 6), rng.integers(1, 90, 20)
    costs, weight = Costs.from_matrix(cost), parse_decay(decay)
    reached = supply[(weight(cost) > 0).any(axis=0)].sum()
    access = accessibility.two_step(costs, supply, people, weight)
    assert people @ access == pytest.approx(reached)
    claimed = accessibility.spatial_availability(costs, supply, people, weight)
    assert claimed.sum() == pytest.approx(reached)


def test_steps_weigh_up_to_and_at_each_limit():
    weight = parse_steps("2km:1,5km:0.68,10km:0.22")
    assert weight(np.array([0, 2000, 2001, 5000, 10_000, 10_001])).tolist() == [
        *(1, 1, 0.68, 0.68, 0.22, 0)
    ]


def test_equal_access_is_no_inequality():
    access, people, income = np.full(20, 5.0), np.full(20, 3), np.arange(20)
    assert inequality.gini(access, people) == pytest.approx(0)
    assert inequality.palma(access, people, income) == pytest.approx(1)
    assert inequality.concentration(access, people, income) == pytest.approx(0)


def test_by_shared_ranks_no_order_of_rows_matters():
    rng = np.random.default_rng(4)
    access, people, income = rng.uniform(0, 9, 50), rng.integers(0, 90, 50), rng.integers(1, 5, 50)
    turned = rng.permutation(50)
    shared, by_row = (
        [
            inequality.concentration(access[rows], people[rows], income[rows], ranks=ranks)
            for rows in (np.arange(50), turned)
        ]
        for ranks in inequality.RANKS
    )
    assert shared[0] == pytest.approx(shared[1])
    assert by_row[0] != pytest.approx(by_row[1])
    with pytest.raises(InputError, match="row-order"):
        inequality.concentration(access, people, income, ranks="any")


def test_a_place_that_reaches_nothing_counts_in_the_whole():
    costs = Costs.from_matrix([[1.0, 4.0], [np.inf, np.inf]])
    found = nearest_by_cost(costs, 2)
    assert found.kth[0].tolist() == [4.0, np.inf]
    assert found.kth[1].tolist() == [1, -1]
    assert shares(found.kth[0], [30, 10], [4])[0].share_of_people == 0.75


@pytest.mark.parametrize("objective", ["mclp", "p-median", "p-center"])
def test_the_heuristic_is_near_the_proof_and_existing_sites_stay(grid, objective):
    held = Sites(grid.costs, grid.people, existing=(7, 30))
    quick, best = (site(held, objective, p=4, limit=3000, proof=proof) for proof in (False, True))
    assert best.proved
    assert {7, 30} <= set(quick.sites) & set(best.sites)
    assert len(best.sites) == 6
    worse = quick.value / best.value - 1
    assert (-0.01 <= worse <= 1e-9) if objective == "mclp" else (-1e-9 <= worse <= 0.25)


def test_capacity_bounds_what_is_served(grid):
    room = np.full(40, 900.0)
    for proof in (False, True):
        found = site(grid, "capacitated", p=3, limit=4000, capacity=room, proof=proof)
        assert found.value == pytest.approx(2700)
        assert (found.covered <= grid.people + 1e-6).all()


def test_unreachable_places_are_named():
    lost = Sites(Costs.from_matrix([[9.0]]), np.array([1.0]), ids=("Anholt",))
    for proof in (False, True):
        with pytest.raises(NotFoundError, match="Anholt"):
            site(lost, "lscp", limit=5, proof=proof)
    with pytest.raises(InputError, match="p must be"):
        site(lost, "p-median", p=2)


def test_a_binary_decay_is_inclusive():
    assert binary(30)(np.array([30.0, 30.1])).tolist() == [1, 0]
