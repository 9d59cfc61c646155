"""The page "Directory": anyone may look and suggest, only the secret may change."""

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from locator.directory import editing
from locator.directory.records import load
from locator.settings import GEODATA

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the directory, and a local folder of its own."""
    copy = tmp_path / "directory"
    shutil.copytree(GEODATA / "directory", copy)
    monkeypatch.setenv("NAERVED_DIRECTORY", str(copy))
    monkeypatch.setenv("NAERVED_DATA", str(tmp_path / "local"))
    st.cache_resource.clear()
    yield copy
    st.cache_resource.clear()


@pytest.fixture
def page(folder):
    app = AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=60)
    app.query_params["lang"] = "en"
    app.run()
    app.switch_page("directory.py").run()
    assert not app.exception
    return app


def open_record(page, record="ics-odense"):
    page.text_input(key="record_search").set_value(record).run()
    page.selectbox(key="record_open").set_value(record).run()
    assert not page.exception
    return page


def button(page, label):
    return next(one for one in page.button if one.label == label)


def log_in(page):
    fields = {one.label: one for one in page.text_input}
    fields["Your name, for the history"].set_value("Ida")
    fields["Secret"].set_value("correct horse")
    button(page, "Start editing").click().run()
    assert not page.exception
    return page


def test_anyone_can_find_a_record_and_suggest_a_correction(page, folder):
    open_record(page)
    assert not [one for one in page.text_input if one.label == "Secret"]
    page.text_area[0].set_value("The office has moved")
    button(page, "Send the suggestion").click().run()
    assert page.success
    kept = editing.Editor().suggestions()
    assert [(s.record, s.text) for s in kept] == [("ics-odense", "The office has moved")]
    assert load(folder) is not None


def test_a_wrong_secret_changes_nothing(page, folder, monkeypatch):
    monkeypatch.setenv("NAERVED_EDIT_SECRET", "another")
    open_record(page.run())
    log_in(page)
    assert page.error
    assert not [one for one in page.button if one.label == "Save"]


def test_a_maintainer_edits_sees_the_history_and_undoes(page, folder, monkeypatch):
    monkeypatch.setenv("NAERVED_EDIT_SECRET", "correct horse")
    before = load(folder).by_id["ics-odense"]
    open_record(page.run())
    log_in(page)
    page.text_input(key="edit_ics-odense_hours_note").set_value("Ask by phone")
    button(page, "Save").click().run()
    assert not page.exception
    assert load(folder).by_id["ics-odense"].hours_note == "Ask by phone"
    assert any("Ida" in one.value for one in page.markdown)
    button(page, "Undo").click().run()
    assert load(folder).by_id["ics-odense"] == before


def test_a_broken_edit_names_the_field_and_saves_nothing(page, folder, monkeypatch):
    monkeypatch.setenv("NAERVED_EDIT_SECRET", "correct horse")
    open_record(page.run())
    log_in(page)
    page.text_input(key="edit_ics-odense_postcode").set_value("12345")
    button(page, "Save").click().run()
    assert "postcode" in page.error[0].value
    assert load(folder).by_id["ics-odense"].postcode == "5000"


@pytest.mark.parametrize("view", ["quality", "findings", "review"])
def test_every_view_opens(page, view):
    page.button_group[0].set_value(view).run()
    assert not page.exception
    assert len(page.main) > 2
