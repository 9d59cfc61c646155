"""The flow of the pages without a browser: what a person would be told."""

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from locator.find import ANYWHERE

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=30)


def open_link(app: AppTest, **params: str) -> AppTest:
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return " ".join(one.value for one in [*app.markdown, *app.info, *app.warning, *app.title])


def pills(app: AppTest, key: str):
    return app.button_group(key=key)


def test_the_first_page_asks_where_and_what(app):
    open_link(app)
    assert app.title[0].value == "Find help near you"
    assert "Type an address, a postcode or a town" in texts(app)


def test_a_shared_place_is_named_with_its_precision(app):
    open_link(app, lang="en", at="8000")
    assert "8000 Aarhus C" in texts(app)
    assert "Only the postcode area" in texts(app)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("A point on the map, not an address", "This point lies at sea")),
        ("da", ("Et punkt på kortet, ikke en adresse", "Punktet ligger på havet")),
    ],
)
def test_a_point_at_sea_is_no_exact_address(app, lang, words):
    open_link(app, lang=lang, at="56.3,11.75")
    assert all(said in texts(app) for said in words)


def test_choosing_a_need_offers_its_kinds_with_counts(app):
    open_link(app, lang="en", at="1550", within="50000")
    pills(app, "need").set_value("food").run()
    assert not app.exception
    labels = pills(app, "category").options
    assert any(re.fullmatch(r".*Food banks \([1-9]\d*\)", label) for label in labels)


def test_filters_stand_in_the_link_and_the_place_does_not(app):
    open_link(app, lang="en", at="1550")
    pills(app, "need").set_value("digital").run()
    app.toggle(key="free").set_value(True).run()
    assert not app.exception
    assert app.query_params["need"] == "digital"
    assert app.query_params["free"] == "1"
    assert "at" not in app.query_params


def test_text_that_is_no_place_says_what_to_write(app):
    open_link(app, lang="en", at="qwxz qwxz")
    assert "Write street, number and postcode" in app.warning[0].value


def test_a_place_outside_denmark_is_told_so(app):
    open_link(app, lang="en", at="48.85,2.35")
    assert app.warning


def test_nothing_near_offers_to_look_farther(app):
    open_link(app, lang="en", at="3700", category="international_citizen_service", within="1000")
    assert "Nothing this near. The nearest is" in texts(app)
    app.button(key="widen").click().run()
    assert not app.exception
    assert app.selectbox(key="within").value == ANYWHERE


def test_a_link_full_of_nonsense_is_passed_over(app):
    open_link(app, lang="xx", category="<script>", within="-1", need="' OR 1=1", speaks="zz")
    assert app.title[0].value == "Find help near you"


def test_danish(app):
    open_link(app, lang="da", at="8000")
    assert app.title[0].value == "Find hjælp nær dig"
    assert "Fra: 8000 Aarhus C" in texts(app)


def test_no_one_is_asked_to_agree_to_a_service_that_is_not_enabled(app):
    open_link(app, lang="en", at="8000")
    assert not app.checkbox


def test_an_enabled_service_waits_for_consent(app, monkeypatch):
    monkeypatch.setenv("NAERVED_ONLINE", "photon")
    st.cache_resource.clear()
    try:
        open_link(app, lang="en", at="8000")
        consent = app.checkbox(key="online_agreed")
        assert "Photon" in consent.label
        assert consent.value is False
    finally:
        st.cache_resource.clear()
