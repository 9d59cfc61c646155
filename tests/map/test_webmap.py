"""What the map is given reaches it as data, whatever it holds."""

import json
import re

import folium
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator.earth.geodesic import distance
from locator.earth.point import Point, Precision
from locator.find import ANYWHERE
from locator.geocoding import Answer, Confidence
from locator.language import language
from locator.map import webmap
from locator.travel import Costs, CostTable, Limit, Unit


def sent(shown: dict) -> dict:
    """What the browser would be told, after folium and branca have rendered it."""
    group = webmap.feature_group(shown)
    group.add_to(webmap.LocalMap("../assets"))
    group.render()
    script = next(c for c in group._children.values() if isinstance(c, webmap.Shown))
    rendered = script.get_root().script.render() if hasattr(script.get_root(), "script") else ""
    return json.loads(re.search(r"naervedShow\(map_div, \w+, (.*)\);", rendered)[1])


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% raw %}", "{# x #}", "{{{", "</script>", "`${1}`"]
)
def test_no_text_is_taken_for_a_template_or_a_script(text):
    assert sent({"hits": [{"name": text}]}) == {"hits": [{"name": text}]}


@given(st.text())
def test_any_text_arrives_as_it_is(text):
    assert sent({"hits": [{"name": text}]})["hits"][0]["name"] == text


def test_the_map_asks_only_the_folder_that_the_app_serves():
    made = webmap.LocalMap("../assets")
    links = [link for _, link in [*made.default_js, *made.default_css]]
    assert links
    assert all(link.startswith("../assets/") for link in links)
    assert not [c for c in made._children.values() if isinstance(c, folium.TileLayer)]


def test_a_filter_does_not_move_the_map_but_another_place_does():
    here, there = Point(55.676, 12.568), Point(56.15, 10.2)
    assert webmap.view(here, Limit(5000.0)) == webmap.view(here, Limit(5000.0))
    assert webmap.view(here, Limit(5000.0))["key"] != webmap.view(there, Limit(5000.0))["key"]
    assert webmap.view(here, Limit(5000.0))["key"] != webmap.view(here, Limit(10000.0))["key"]


def test_the_view_frames_the_circle():
    here = Point(55.676, 12.568)
    (south, west), (north, east) = webmap.view(here, Limit(5000.0))["bounds"]
    assert distance(here.lon, here.lat, here.lon, north) == pytest.approx(5000, abs=0.01)
    assert distance(here.lon, here.lat, here.lon, south) == pytest.approx(5000, abs=0.01)
    assert west < here.lon < east


HERE = Answer("Here", Point(55.676, 12.568), Precision.ADDRESS, Confidence.A)


def test_rings_are_what_the_metric_says_is_around():
    mark = webmap.origin_mark(HERE, Limit(4000.0, Unit.METRE), language("en"))
    assert (mark["lat"], mark["lon"]) == HERE.point
    texts = [ring["text"] for ring in mark["rings"]]
    assert texts[-2:] == ["2 km", "4 km"]
    assert texts[0] == "10 m"
    assert [ring["reach"] for ring in mark["rings"]] == [False] * (len(texts) - 1) + [True]
    ((outline,), metres) = mark["rings"][-1]["outlines"], 4000
    lat, lon = np.array(outline).T
    assert distance(HERE.point.lon, HERE.point.lat, lon, lat) == pytest.approx(metres, abs=1)


def test_all_of_the_country_has_rings_and_no_end():
    rings = webmap.origin_mark(HERE, ANYWHERE, language("en"))["rings"]
    assert rings[-1]["text"] == "500 km"
    assert not any(ring["reach"] for ring in rings)
    assert webmap.view(HERE.point, ANYWHERE)["key"] == "country"


def test_where_nobody_knows_what_is_around_there_is_no_ring():
    table = CostTable(Costs.from_matrix([[1.0]]), ["a"], ["b"], Unit.MINUTE)
    half_an_hour = Limit(30.0, Unit.MINUTE)
    assert webmap.origin_mark(HERE, half_an_hour, language("en"), table)["rings"] == []
    assert webmap.view(HERE.point, half_an_hour, table)["key"] == "country"
