"""Laws that hold for any costs: supply is conserved, shares are shares, proof beats heuristic."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.coverage.measures import accessibility, inequality, joint
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


def test_raam_by_hand():
    """Two towns of 10 people, one doctor in the first: and then a second, in the other."""
    costs = Costs.from_matrix([[0.0, 10.0], [10.0, 0.0]])
    # One desk: all 20 people take it, a crowding of 1; the other town pays 10/20 for the way.
    alone = joint.raam(costs, [1, 0], [10, 10], tau=20)
    assert alone.places == pytest.approx([1.0, 1.5])
    assert alone.facilities == pytest.approx([20, 0])
    # Three desks here and one there: x of the other ten come here until both cost the same,
    # (10 + x) 4 / 20 / 3 + 0.5 = (10 - x) 4 / 20: x = 3.125.
    two = joint.raam(costs, [3, 1], [10, 10], tau=20)
    assert two.facilities == pytest.approx([13.125, 6.875])
    assert two.places == pytest.approx([0.875, 1.375])


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_in_raam_nobody_gains_by_taking_another(seed):
    rng = np.random.default_rng(seed)
    cost, people = rng.uniform(0, 60, (15, 5)), rng.integers(0, 90, 15).astype(float)
    supply = rng.uniform(1, 9, 5)
    people[0] = 1
    found = joint.raam(Costs.from_matrix(cost), supply, people, tau=30)
    assert found.facilities.sum() == pytest.approx(people.sum())
    rho = people.sum() / supply.sum()
    total = cost / 30 + found.facilities / supply / rho
    assert found.places == pytest.approx(total.min(axis=1))
    # What all pay together is what they would pay if each took the best there is.
    crowding = float(found.facilities @ (found.facilities / supply / rho))
    assert float(people @ found.places) >= crowding - 1e-6


def test_balancing_cost_by_hand():
    costs = Costs.from_matrix([[5.2, 9.0, 20.0], [1.0, 2.0, 3.0], [4.0, 4.0, np.inf]])
    supply = [10, 10, 10]
    exact = accessibility.balancing(costs, supply, [15, 0, 25], 0.1)
    assert exact == pytest.approx([9.0, 0.0, np.inf])
    assert accessibility.balancing(costs, supply, [10, 5, 20]).tolist() == [6.0, 1.0, 4.0]


def test_three_stage_by_hand():
    """Two places, two facilities; f is 1 to 10 and 0.5 to 20."""
    costs = Costs.from_matrix([[10.0, 20.0], [15.0, 30.0]])
    found = accessibility.three_stage(costs, [6, 4], [30, 10], parse_steps("10:1,20:0.5"))
    # G: 2/3 and 1/3 in the first place, 1 and 0 in the second; f G: 2/3, 1/6, 1/2, 0.
    first, second = 6 / (30 * 2 / 3 + 10 / 2), 4 / (30 / 6)
    assert found == pytest.approx([first * 2 / 3 + second / 6, first / 2])


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_theils_parts_add_up_to_it(seed):
    rng = np.random.default_rng(seed)
    access = rng.integers(0, 9, 40).astype(float)
    people, groups = rng.integers(0, 50, 40), rng.integers(0, 4, 40).astype(str)
    found = inequality.theil(access, people, groups)
    assert found.between + found.within == pytest.approx(found.theil)
    assert found.theil >= -1e-12
    assert inequality.theil(np.full(40, 3.0), people).theil == pytest.approx(0)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), kept=st.integers(0, 1))
def test_sites_are_as_far_apart_as_any_can_be(seed, kept):
    rng = np.random.default_rng(seed)
    at = rng.uniform(0, 9, (9, 2))
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    between = Costs.from_matrix(apart)
    held = Sites(Costs.from_matrix(rng.uniform(0, 9, (4, 9))), np.ones(4), (2,) * kept, (), between)
    best = max(
        min(apart[i, j] for i, j in combinations(rows, 2))
        for rows in combinations(range(9), 4)
        if not kept or 2 in rows
    )
    found = site(held, "p-dispersion", p=4 - kept, proof=True)
    assert found.value == pytest.approx(best)
    assert found.proved
    quick = site(held, "p-dispersion", p=4 - kept, proof=False)
    assert quick.value <= best + 1e-9
    assert len(quick.sites) == len(found.sites) == 4
