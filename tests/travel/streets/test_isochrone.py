"""The area within reach: what is inside can be reached, and what can be reached is inside."""

import numpy as np
import pytest
import shapely

from locator.earth import Point
from locator.travel import Limit, Places, StreetNetwork, Unit
from tests.travel.streets.test_references import column, pairs


@pytest.mark.parametrize(
    ("name", "mode", "minutes"),
    [
        ("inner_copenhagen_2025", "foot", 15),
        ("ronne_2017", "foot", 15),
        ("ronne_2017", "bicycle", 5),
        ("kalvebod_2017", "car", 4),
    ],
)
def test_the_area_is_what_can_be_reached(network, shared, name, mode, minutes):
    """Measured at addresses; those whose time is that of the limit may fall on either side."""
    metric = StreetNetwork(network(name).streets(mode))
    rows = pairs(shared / "travel" / f"oracle_{name}_{mode}.csv")
    homes = Places(column(rows, "to_lon"), column(rows, "to_lat"))
    inside, out, missed = 0, 0, 0
    for row in range(0, len(rows), 50):
        origin = Point(float(rows[row]["from_lat"]), float(rows[row]["from_lon"]))
        area = metric.around(origin, Limit(minutes, Unit.MINUTE))
        within = shapely.contains_xy(area, *homes.points())
        seconds = _seconds(metric, origin, homes)
        inside += within.sum()
        out += (within & (seconds > minutes * 60)).sum()
        beside = metric.snapped(homes).metres < 80  # the area ends 100 m from any street
        missed += (~within & beside & (seconds <= minutes * 60 - 30)).sum()
    assert inside > 500
    assert out <= 0.06 * inside
    assert missed == 0


def _seconds(metric, origin, places):
    """From the origin to each place."""
    found = np.full(len(places), np.inf)
    for _, costs in metric.costs(Places.at(origin), places):
        found[costs.destination] = costs.cost
    return found


def test_nothing_is_drawn_along_a_ferry(network):
    metric = StreetNetwork(network("tunoe_2024_pier_with_ferry").streets("foot"))
    harbour = Point(55.9491, 10.4449)
    far = metric.around(harbour, Limit(90, Unit.MINUTE))
    assert far.distance(shapely.Point(10.255675, 55.912301)) < 0.001  # the far quay
    assert not far.intersects(shapely.Point(10.35, 55.93).buffer(0.01))


def test_a_longer_limit_reaches_as_far_and_farther(network):
    metric = StreetNetwork(network("ronne_2017").streets("foot"))
    west, south, east, north = metric.streets.network.about["bbox"]
    origin = Point((south + north) / 2, (west + east) / 2)
    areas = [metric.around(origin, Limit(m, Unit.MINUTE)) for m in (5, 10, 15)]
    assert areas[0].area < areas[1].area < areas[2].area
    assert areas[1].difference(areas[2]).area < 1e-3 * areas[1].area
