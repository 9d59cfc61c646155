"""Opening a place never takes help away; closing it again changes nothing back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.coverage.inputs.embedded import embedded_demand
from locator.coverage.inputs.facilities import directory_facilities
from locator.coverage.inputs.parts import Held
from locator.coverage.study.covered import coverage
from locator.coverage.study.hexagons import cells, gathered
from locator.coverage.study.scenario import changed, closed, compare
from locator.earth.point import Point
from locator.errors import InputError
from locator.travel import StraightLine

DENMARK = st.builds(Point, st.floats(54.6, 57.7), st.floats(8.1, 12.6))


@pytest.fixture(scope="module")
def today():
    demand = cells([gathered(Held(embedded_demand()), 5)], ())
    return coverage(demand, directory_facilities(["food_bank"]), StraightLine())


@settings(max_examples=15, deadline=None)
@given(st.lists(DENMARK, min_size=1, max_size=3))
def test_more_places_are_never_farther(today, points):
    found = compare(today, changed(today, points), 10_000)
    assert found.farther == 0
    assert found.after >= found.before
    assert found.mean_after <= found.mean_before + 0.001


def test_closing_what_was_opened_restores_all(today):
    again = changed(changed(today, [Point(57.72, 10.58)]), ids=["new-1"])
    assert np.array_equal(again.cost, today.cost)
    assert compare(today, again, 5_000).nearer == 0


def test_a_place_in_skagen_helps_people_there(today):
    found = compare(today, changed(today, [Point(57.72, 10.58)]), 10_000)
    assert found.after - found.before > 5_000


def test_closing_an_unknown_place_is_refused(today):
    with pytest.raises(InputError, match="no facility nowhere"):
        closed(today.facilities, ["nowhere"])
