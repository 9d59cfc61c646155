"""The page "Coverage" tells the figures that the command line tells."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from locator.cli import main
from locator.earth.point import Point

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
