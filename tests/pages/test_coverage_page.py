"""The page "Coverage" tells the figures that the command line tells."""

import json
from pathlib import Path

import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from locator.cli import main
from locator.earth.point import Point
from locator.travel import build_streets

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page():
    app = AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=120)
    app.query_params["lang"] = "en"
    app.run()
    app.switch_page("missing_help.py").run()
    assert not app.exception
    return app


def metric(page, label: str) -> str:
    return next(one.value for one in page.metric if one.label == label)


def test_the_page_counts_as_the_command_line_does(page, tmp_path):
    arguments = ["coverage", "--category", "food_bank", "--within", "5km", "--out", str(tmp_path)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    cells = json.loads((tmp_path / "cells.geojson").read_text(encoding="utf-8"))["features"]
    people = [cell["properties"]["people"] for cell in cells]
    near = [c["properties"]["people"] for c in cells if c["properties"]["distance_m"] <= 5000]
    assert metric(page, "People within 5 km") == f"{sum(near) / sum(people):.1%}"


def test_another_limit_changes_the_figures(page):
    before = metric(page, "People within 5 km")
    page.selectbox(key="coverage_limit").set_value(20_000).run()
    assert not page.exception
    assert float(metric(page, "People within 20 km")[:-1]) > float(before[:-1])


def test_a_new_place_is_compared_with_today(page):
    today = int(metric(page, "Places counted"))
    page.session_state["coverage_new"] = [Point(57.4364, 10.5365)]  # Frederikshavn has none
    page.run()
    assert not page.exception
    assert "live nearer to help than today" in page.success[0].value
    assert int(metric(page, "Places counted")) == today + 1
    page.button[0].click().run()
    assert int(metric(page, "Places counted")) == today


def test_no_kind_chosen_is_asked_for(page):
    page.multiselect(key="coverage_kinds").set_value([]).run()
    assert "Choose at least one kind" in page.info[0].value


@pytest.fixture
def page_with_streets(monkeypatch, tmp_path, shared):
    build_streets(shared / "osm" / "inner_copenhagen_2025.osm.pbf", tmp_path / "streets")
    monkeypatch.setenv("NAERVED_NETWORK", str(tmp_path))
    st.cache_resource.clear()
    app = AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=120)
    app.query_params["lang"] = "en"
    app.run()
    yield app.switch_page("missing_help.py").run()
    st.cache_resource.clear()


def test_where_streets_are_installed_it_is_measured_in_minutes(page_with_streets):
    page = page_with_streets
    how = page.selectbox(key="coverage_travel")
    assert how.options == ["in a straight line", "on foot", "by bicycle", "by car"]
    page.multiselect(key="coverage_kinds").set_value(["library"]).run()
    assert metric(page, "People within 5 km")
    how = page.selectbox(key="coverage_travel")
    how.set_value("foot").run()
    assert not page.exception
    near = float(metric(page, "People within 30 min")[:-1])
    assert metric(page, "Half of all people live within").endswith("min")
    # Nobody is told to be far from help because the network ends before them.
    (warning,) = (one.value for one in page.warning)
    assert "live more than 500 m from every street of inner_copenhagen_2025.osm.pbf" in warning
    page.selectbox(key="coverage_minutes").set_value(5).run()
    assert float(metric(page, "People within 5 min")[:-1]) < near
    captions = " ".join(one.value for one in page.caption)
    assert "Travel times are on foot along streets and paths" in captions


def test_without_streets_nothing_is_asked_about_travel(page):
    assert not [one for one in page.selectbox if one.key == "coverage_travel"]
