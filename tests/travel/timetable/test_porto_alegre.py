"""Porto Alegre, along its streets and by its timetables, against the table that r5r publishes."""

import csv
from datetime import datetime

import numpy as np
import pytest
import shapely

from locator.earth import Point
from locator.travel import Limit, Places, StreetNetwork, Unit, build_streets, open_network
from locator.travel.timetable import Ride, Schedule, Timetable, Walks, build_timetable

# Minutes from the public market on Monday 2019-05-13, medians over departures 14:00 to 14:09 at
# 3.6 km/h: made with R5, which cuts the seconds off.
MINUTES = {
    "bus_central_station": 13,
    "gasometer_museum": 12,
    "santa_casa_hospital": 13,
    "townhall": 3,
    "piratini_palace": 14,
    "metropolitan_cathedral": 15,
    "farroupilha_park": 18,
    "moinhos_de_vento_hospital": 20,
    "farrapos_station": 20,
}


@pytest.fixture(scope="module")
def city(shared):
    return shared / "gtfs" / "porto_alegre"


@pytest.fixture(scope="module")
def metric(tmp_path_factory, city):
    folder = tmp_path_factory.mktemp("porto_alegre")
    build_timetable([city / "poa_eptc.zip", city / "poa_trensurb.zip"], folder / "timetable")
    build_streets(city / "poa_osm.pbf", folder / "streets")
    streets = open_network(folder / "streets").streets("foot", 3.6)
    walks = Walks(streets.pace, StreetNetwork(streets))
    return Timetable(Schedule(folder / "timetable"), walks, datetime(2019, 5, 13, 14), 600)


@pytest.fixture(scope="module")
def points(city):
    with (city / "poa_points_of_interest.csv").open(encoding="utf-8") as file:
        return {r["id"]: Point(float(r["lat"]), float(r["lon"])) for r in csv.DictReader(file)}


def places(*points):
    return Places(np.array([p.lon for p in points]), np.array([p.lat for p in points]))


def test_the_published_minutes_are_met(metric, points):
    goals = places(*(points[name] for name in MINUTES))
    seconds = metric.quantiles(places(points["public_market"]), goals, (50,))[0].matrix()[0]
    off = np.abs(seconds // 60 - np.array(list(MINUTES.values())))
    assert off.max() <= 1
    assert (off == 0).sum() >= 6


def test_every_way_of_asking_has_the_same_answer(metric, points):
    """Forward from each, backward from each, and to the nearest of all in one departure."""
    every = places(*points.values())
    back = metric.quantiles(every, every, (10, 50, 90))
    forward = [metric.quantiles(every.some([n]), every, (10, 50, 90)) for n in range(len(every))]
    for at in range(3):
        rows = np.vstack([costs[at].matrix() for costs in forward])
        # Along streets the way there and back may differ by a signal.
        assert np.nanmax(np.abs(np.subtract(rows, back[at].matrix()))) <= 10


def test_the_metro_is_taken_where_it_is_quicker(metric, points):
    journey = metric.journey(points["public_market"], points["farrapos_station"])
    rides = [leg for leg in journey.legs if isinstance(leg, Ride)]
    assert [(ride.line, ride.start, ride.end) for ride in rides] == [
        ("LINHA1", "ESTACAO MERCADO", "ESTACAO FARRAPOS")
    ]
    assert journey.leaves.tzinfo is not None


def test_the_area_within_reach_is_where_people_can_be_in_time(metric, points, city):
    """Cells well inside are within 25 minutes, and riding reaches farther than walking."""
    origin, limit = points["public_market"], Limit(25, Unit.MINUTE)
    area = metric.around(origin, limit)
    on_foot = metric.walks.streets.around(origin, limit)
    assert area.area > 1.5 * on_foot.area
    assert area.buffer(1e-4).covers(on_foot)
    with (city / "poa_hexgrid.csv").open(encoding="utf-8") as file:
        cells = [Point(float(r["lat"]), float(r["lon"])) for r in csv.DictReader(file)]
    inside = [cell for cell in cells if area.covers(shapely.Point(cell.lon, cell.lat))]
    seconds = metric.quantiles(places(origin), places(*inside), (50,))[0].matrix()[0]
    assert len(inside) > 20
    # A cell's middle may lie up to 100 m off the streets it is reached from.
    assert (seconds <= 25 * 60 + 120).mean() > 0.94
