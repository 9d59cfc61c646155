"""A straight line over the sea says so, and what has no bridge comes last."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.records import load
from locator.earth.point import Point, Precision
from locator.find import (
    ANYWHERE,
    Crossing,
    Search,
    as_sure,
    crossings,
    find,
    nearest,
    own_land_first,
)
from locator.find.cards import card
from locator.find.over_water import crossing_text
from locator.find.telling import order_text
from locator.geocoding import Answer, Confidence
from locator.language.catalogue import language
from locator.places import CHRISTIANSOE, landmasses_of, municipalities
from locator.travel import Limit

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENGLISH = language("en")
READER = load().reader(ENGLISH)
FANOE = Point(55.4454, 8.4040)
ODENSE = Point(55.3959, 10.3883)
NYBORG = Point(55.312, 10.79)
KALUNDBORG = Point(55.681, 11.092)


def origin(point, accuracy=5.0):
    return Answer("", point, Precision.ADDRESS, Confidence.A, accuracy_m=accuracy)


def hits_from(point, category, within=ANYWHERE, accuracy=5.0, *, plain=False):
    search = Search(categories=(category,), within=within, plain=plain)
    return find(load(), origin(point, accuracy), search, NOW).hits


def said(hit):
    return card(hit.record, READER, NOW, hit)["distance"]


@pytest.mark.parametrize("plain", [False, True])
def test_from_fanoe_the_library_on_the_island_comes_before_nearer_ones_over_the_water(plain):
    hits = hits_from(FANOE, "library", Limit(25_000.0), plain=plain)
    towns = [hit.record.city for hit in hits]
    assert towns[:2] == ["Fanø", "Fanø"]
    assert towns.index("Esbjerg") == 2
    # Esbjerg's is nearer than that in the south of the island.
    assert hits[2].distance_m < hits[1].distance_m
    assert said(hits[2]).endswith("· not on this island, by ferry")
    assert "island" not in said(hits[1])


def test_from_esbjerg_fanoe_is_another_island():
    hits = hits_from(Point(55.4702, 8.4519), "library", Limit(20_000.0))
    assert [hit.record.city for hit in hits][-1] == "Fanø"
    assert said(hits[-1]).endswith("· on another island, by ferry")


def test_the_order_says_that_islands_come_last_where_there_are_any():
    for plain in (False, True):
        search = Search(categories=("library",), plain=plain)
        found = find(load(), origin(FANOE), search, NOW)
        assert "comes last" in order_text(found, search, ENGLISH)
        found = find(load(), origin(ODENSE), search, NOW)
        assert "comes last" not in order_text(found, search, ENGLISH)


def test_over_the_great_belt_the_bridge_is_named_and_over_a_bay_the_way_is_longer():
    hits = hits_from(NYBORG, "library", Limit(50_000.0))
    korsoer = next(hit for hit in hits if hit.record.city == "Korsør")
    assert said(korsoer).endswith("· by way of Storebæltsforbindelsen")
    hits = hits_from(KALUNDBORG, "library", Limit(60_000.0))
    over = next(hit for hit in hits if hit.record.city == "Kerteminde")
    assert said(over).endswith("· across water: the way by land is longer")


def test_from_roenne_what_is_not_on_bornholm_needs_a_ferry():
    hits = hits_from(Point(55.1009, 14.7066), "hospital_emergency")
    assert hits[0].record.city == "Rønne"
    assert {said(hit).split(" · ")[-1] for hit in hits[1:]} == {
        "not on this island, by ferry",  # of Denmark's main land
        "on another island, by ferry",
    }


def test_what_is_not_known_exactly_enough_says_nothing_of_water():
    near, far = (
        hits_from(KALUNDBORG, "library", Limit(60_000.0), accuracy) for accuracy in (5.0, 30_000.0)
    )
    assert Crossing.WATER in crossings(near)
    assert Crossing.WATER not in crossings(far)


@pytest.mark.parametrize("code", sorted(municipalities().keys() - {CHRISTIANSOE}))
def test_from_every_municipality_islands_come_last_and_say_so(code):
    point = municipalities()[code].point
    near = nearest(load(), point, categories=["citizen_service_centre"], limit=None)
    hits = own_land_first(as_sure(near, origin(point)))
    apart = [hit.apart for hit in hits]
    assert apart == sorted(apart)
    (here,) = landmasses_of([point.lon], [point.lat])
    if here:
        assert any(apart) is not all(hit.there == here for hit in hits if hit.there)
    assert all("island" in crossing_text(hit, ENGLISH) for hit in hits if hit.overseas)


def test_exports_tell_what_lies_between():
    args = ["nearest", "55.4454,8.4040", "-c", "library", "--limit", "4", "--format"]
    run = CliRunner().invoke
    rows = json.loads(run(main, [*args, "json"]).stdout)
    ferry = "other_island_by_ferry"
    assert [row["crossing"] for row in rows] == ["none", "none", ferry, ferry]
    table = csv.DictReader(io.StringIO(run(main, [*args, "csv"]).stdout.lstrip("\ufeff")))
    assert [row["crossing"] for row in table] == ["none", "none", ferry, ferry]
    features = json.loads(run(main, [*args, "geojson"]).stdout)["features"]
    assert features[2]["properties"]["crossing"] == ferry


def test_a_line_measured_from_nowhere_known_claims_nothing():
    near = nearest(load(), FANOE, categories=["library"], limit=5)
    assert set(crossings(near)) == {Crossing.UNKNOWN}
    assert crossings(as_sure(near, origin(FANOE)))[0] is Crossing.NONE


@pytest.mark.parametrize("plain", [False, True])
def test_from_an_island_without_help_of_its_own_the_town_across_the_water_comes_first(plain):
    """Aalborg, which may lie on either side of the Limfjord, came before it from far away."""
    skaroe = Point(55.0, 10.5)
    towns = [hit.record.city for hit in hits_from(skaroe, "citizen_service_centre", plain=plain)]
    assert towns[0] == "Svendborg"
    assert "Aalborg" not in towns[:10]
