"""Opening a place never takes help away; closing it again changes nothing back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.coverage.embedded import embedded_demand
from locator.coverage.facilities import directory_facilities
from locator.coverage.scenario import closed, compare, opened
from locator.coverage.study import coverage
from locator.errors import InputError
from locator.point import Point

DENMARK = st.builds(Point, st.floats(54.6, 57.7), st.floats(8.1, 12.6))


@pytest.fixture(scope="module")
def food_banks():
    return directory_facilities(["food_bank"])


@pytest.fixture(scope="module")
def today(food_banks):
    return coverage(embedded_demand(), food_banks, resolution=5)


@settings(max_examples=15, deadline=None)
@given(st.lists(DENMARK, min_size=1, max_size=3))
def test_more_places_are_never_farther(food_banks, today, points):
    more = coverage(embedded_demand(), opened(food_banks, points), resolution=5)
    found = compare(today, more, 10_000)
    assert found.farther == 0
    assert found.after >= found.before
    assert found.mean_after <= found.mean_before + 0.001


def test_closing_what_was_opened_restores_all(food_banks, today):
    more = opened(food_banks, [Point(57.72, 10.58)])
    again = coverage(embedded_demand(), closed(more, ["new-1"]), resolution=5)
    assert np.array_equal(again.metres, today.metres)
    assert compare(today, again, 5_000).nearer == 0


def test_a_place_in_skagen_helps_people_there(food_banks, today):
    more = coverage(embedded_demand(), opened(food_banks, [Point(57.72, 10.58)]), resolution=5)
    assert compare(today, more, 10_000).after - compare(today, more, 10_000).before > 5_000


def test_closing_an_unknown_place_is_refused(food_banks):
    with pytest.raises(InputError, match="no facility nowhere"):
        closed(food_banks, ["nowhere"])
