"""The metric: every search gives the same times, direction counts, and the rest is told."""

import pickle

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from locator.earth import Point
from locator.travel import Costs, Limit, Places, StreetNetwork, Unit, nearest_by_cost
from locator.travel.streets import MODES
from locator.travel.streets.ends import entering, leaving, on_shared_edges

NAME = "vesterbro_2016"


def places(network, count, seed, spill=0.0):
    """Random points in the extract, and as far as `spill` degrees beyond it."""
    west, south, east, north = network.about["bbox"]
    random = np.random.default_rng(seed)
    return Places(
        random.uniform(west - spill, east + spill, count),
        random.uniform(south - spill, north + spill, count),
    )


@pytest.fixture(params=MODES)
def metric(request, network):
    return StreetNetwork(network(NAME).streets(request.param))


def by_hand(metric, origins, facilities):
    """All pairs by scipy, from the origins forward."""
    streets = metric.streets
    first, to, seconds, _ = streets.arcs
    count = len(first) - 1
    least = np.full((count, count), np.inf)
    tail = np.repeat(np.arange(count), np.diff(first))
    np.minimum.at(least, (tail, to), seconds.astype(float))
    least[~np.isfinite(least)] = 0.0
    between = dijkstra(csr_array(least))
    at, goals = metric.snapped(origins), metric.goals(facilities)
    out, into = leaving(streets, at), entering(streets, goals.at)
    found = np.full((len(origins), len(facilities)), np.inf)
    for a in range(2):
        for b in range(into.node.shape[1]):
            through = between[np.ix_(out.node[:, a], into.node[:, b])]
            ends = out.seconds[:, a][:, None] + into.seconds[:, b][None]
            found = np.minimum(found, through + ends)
    row, column, own = on_shared_edges(streets, at, goals)
    np.minimum.at(found, (row, column), own)
    return found


def test_every_search_finds_the_shortest_ways(metric, network):
    origins, facilities = places(network(NAME), 60, 1), places(network(NAME), 15, 2)
    expected = by_hand(metric, origins, facilities)
    shape = expected.shape
    costs = Costs.joined(metric.costs(origins, facilities), shape)
    assert np.allclose(costs.matrix(), expected, rtol=1e-5)
    each = nearest_by_cost(Costs.from_matrix(expected), 4)
    for row in (slice(0, 20), slice(0, 60)):
        some = metric.nearest(origins.some(row), facilities, 4)
        assert np.allclose(some.cost, each.cost[row], rtol=1e-5)
        assert (some.facility == each.facility[row]).all()
    bulk = metric.nearest(origins, facilities, 1)  # another search for so many
    assert np.allclose(bulk.cost, each.cost[:, :1], rtol=1e-5)
    assert (bulk.facility == each.facility[:, :1]).all()


def test_a_limit_leaves_out_what_is_farther_and_nothing_else(metric, network):
    origins, facilities = places(network(NAME), 60, 3), places(network(NAME), 10, 4)
    every = Costs.joined(metric.costs(origins, facilities), (60, 10)).matrix()
    limit = Limit(4, Unit.MINUTE)
    some = Costs.joined(metric.costs(origins, facilities, limit), (60, 10)).matrix()
    assert np.array_equal(some, np.where(every <= 240, every, np.inf))
    assert np.isfinite(some).any()
    near = metric.nearest(origins, facilities, 1, limit)
    assert np.array_equal(near.facility[:, 0] >= 0, np.isfinite(some).any(axis=1))
    one = metric.nearest(origins.some(slice(0, 20)), facilities, 2, limit)
    assert np.array_equal(one.facility >= 0, np.isfinite(np.sort(some[:20], axis=1)[:, :2]))


def test_the_way_is_as_long_as_its_time_and_its_line_say(metric, network):
    origins, facilities = places(network(NAME), 20, 5), places(network(NAME), 10, 6)
    every = Costs.joined(metric.costs(origins, facilities), (20, 10)).matrix()
    lon, lat = origins.points()
    seen = 0
    for row in range(20):
        for way in metric.ways(Point(lat[row], lon[row]), facilities, 3):
            assert way.seconds == pytest.approx(every[row, way.facility], rel=1e-5)
            walks = (way.snap_from + way.snap_to) / 1.4
            assert way.network_seconds == pytest.approx(way.seconds - walks, abs=0.01)
            x, y = way.line
            east = np.diff(x) * 111_320 * np.cos(np.radians(lat[row]))
            drawn = np.hypot(east, np.diff(y) * 111_320).sum()
            assert way.metres == pytest.approx(drawn, rel=0.01, abs=1)
            seen += 1
    assert seen > 30


def test_the_way_there_is_not_the_way_back_by_car(network):
    metric = StreetNetwork(network(NAME).streets("car"))
    some = places(network(NAME), 20, 7)
    there = Costs.joined(metric.costs(some, some), (20, 20)).matrix()
    both = np.isfinite(there + there.T)
    assert (np.abs(there[both] - there.T[both]) > 10).any()


def test_what_lies_far_from_every_street_is_not_known(metric, network):
    far = Places(np.array([12.55, 10.0, np.nan]), np.array([55.67, 56.5, 55.0]))
    assert metric.knows(far).tolist() == [True, False, False]
    facilities = places(network(NAME), 5, 8)
    assert metric.nearest(far, facilities, 2).facility[1:].tolist() == [[-1, -1], [-1, -1]]
    assert metric.around(Point(56.5, 10.0), Limit(600)) is None


def test_more_are_asked_for_than_there_are(metric, network):
    origins, facilities = places(network(NAME), 3, 9), places(network(NAME), 2, 10)
    assert metric.nearest(origins, facilities, 5).cost.shape == (3, 5)
    assert metric.nearest(origins, Places(np.empty(0), np.empty(0)), 1).facility.tolist() == [
        [-1],
        [-1],
        [-1],
    ]


def test_other_processes_measure_the_same(metric, network):
    origins, facilities = places(network(NAME), 5, 11), places(network(NAME), 5, 12)
    again = pickle.loads(pickle.dumps(metric))
    first = metric.nearest(origins, facilities, 3)
    second = again.nearest(origins, facilities, 3)
    assert np.array_equal(first.cost, second.cost)


def test_slower_feet_take_longer_on_streets_and_to_them(network):
    usual = StreetNetwork(network(NAME).streets("foot"))
    slow = StreetNetwork(network(NAME).streets("foot", 2.52))
    origins, facilities = places(network(NAME), 10, 13), places(network(NAME), 5, 14)
    once = usual.nearest(origins, facilities, 5).cost
    assert np.allclose(slow.nearest(origins, facilities, 5).cost, 2 * once, rtol=1e-5)
