"""Distances along the ellipsoid, and the bounds that make the search for the nearest exact."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator.earth import distance, distance_and_bearing, ecef, longest_geodesic

LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


def test_the_published_length_of_a_geodesic():
    """JFK to LHR, of the documentation of GeographicLib: 5551759.400 m."""
    assert distance(-73.8, 40.6, -0.5, 51.6) == pytest.approx(5_551_759.400, abs=0.001)


def test_bearings_turn_clockwise_from_north():
    lons, lats = np.array([12, 13, 12, 11]), np.array([56, 55, 54, 55])
    _, bearings = distance_and_bearing(12, 55, lons, lats)
    assert bearings == pytest.approx([0, 90, 180, 270], abs=0.5)


@given(LONS, LATS, LONS, LATS)
def test_a_geodesic_lies_between_its_chord_and_the_bound(lon1, lat1, lon2, lat2):
    chord = float(np.linalg.norm(ecef(lon1, lat1) - ecef(lon2, lat2)))
    metres = float(distance(lon1, lat1, lon2, lat2))
    assert chord <= metres + 1e-6
    if chord < 1e7:
        assert metres <= float(longest_geodesic(chord)) + 1e-6
