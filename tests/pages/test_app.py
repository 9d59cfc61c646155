"""The flow of the pages without a browser: what a person would be told."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from locator.travel.units import Limit, Unit

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
        ("en", ("From: the point on the map", "This point lies at sea")),
        ("da", ("Fra: punktet på kortet", "Punktet ligger på havet")),
    ],
)
def test_a_point_at_sea_is_no_exact_address(app, lang, words):
    open_link(app, lang=lang, at="56.3,11.75")
    assert all(said in texts(app) for said in words)


def test_text_that_is_no_place_says_what_to_write(app):
    open_link(app, lang="en", at="qwxz qwxz")
    assert "Write street, number and postcode" in app.warning[0].value


def test_a_place_outside_denmark_is_told_so(app):
    open_link(app, lang="en", at="48.85,2.35")
    assert app.warning


def test_a_link_says_what_is_looked_for(app):
    open_link(app, lang="en", need="food", category="food_bank", within="1000", free="1")
    search = app.session_state["search"]
    assert (search.group, search.categories) == ("food", ("food_bank",))
    assert (search.within, search.free, search.open_now) == (Limit(1000.0, Unit.METRE), True, False)


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


@pytest.mark.parametrize("known", [True, False])
def test_about_says_who_runs_it_and_where_to_complain(app, monkeypatch, known):
    if known:
        monkeypatch.setenv("NAERVED_OPERATOR", "Testby Kommune")
        monkeypatch.setenv("NAERVED_CONTACT", "hjælp@testby.example")
    st.cache_resource.clear()
    open_link(app, lang="en").switch_page("about.py").run()
    st.cache_resource.clear()
    said = texts(app).replace("\\", "")
    assert ("Testby Kommune" in said) == known
    assert ("Tell us: hjælp@testby.example" in said) == known
    assert ("has not said how to reach them" in said) == (not known)
    assert "https://digst.dk/" in said
    assert "Not tested: with screen readers" in said
