"""To and from Tunø, with and without its ferry; the pier on the far side is invented."""

import pytest

from locator.travel.streets import Goals, snap, ways_to_nearest
from tests.travel.streets.test_references import pairs


@pytest.fixture(scope="module")
def special(shared):
    return pairs(shared / "travel" / "special_pairs.csv")


def way(network, mode, row):
    streets = network.streets(mode)
    origin = snap(streets, float(row["from_lon"]), float(row["from_lat"]))
    goal = Goals.of(streets, float(row["to_lon"]), float(row["to_lat"]))
    found = ways_to_nearest(streets, origin, 0, goal, 1)
    return found[0] if found else None


@pytest.mark.parametrize("mode", ["foot", "bicycle", "car"])
def test_a_crossing_takes_as_long_as_it_says(network, special, mode):
    island = network("tunoe_2024_pier_with_ferry")
    rows = [r for r in special if r["extract"] == island.folder.name and r["mode"] == mode]
    assert rows
    for row in rows:
        found = way(island, mode, row)
        assert [ferry.name for ferry in found.ferries] == ["Tunøfærgen"]
        assert found.network_seconds == pytest.approx(float(row["osrm_s"]), rel=0.05)
        assert found.ferries[0].seconds == pytest.approx(3600, rel=0.05)


@pytest.mark.parametrize("mode", ["foot", "bicycle", "car"])
def test_without_the_ferry_there_is_no_way(network, special, mode):
    island = network("tunoe_2024_pier_without_ferry")
    rows = [r for r in special if r["extract"] == island.folder.name and r["mode"] == mode]
    assert rows
    assert [way(island, mode, row) for row in rows] == [None] * len(rows)


def test_what_lies_far_from_every_street_is_not_joined_to_one(network):
    streets = network("tunoe_2024_pier_with_ferry").streets("foot")
    at_sea = snap(streets, 10.35, 55.93)  # on the ferry's line, kilometres from land
    assert at_sea.edge[0] == -1
