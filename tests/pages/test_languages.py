"""No page says a thing that no translator sees, and every page follows the language chosen."""

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from locator.language import language

MAIN = Path(__file__).resolve().parents[2] / "pages" / "main.py"

SAID = (
    "title",
    "subheader",
    "header",
    "caption",
    "info",
    "warning",
    "error",
    "success",
    "markdown",
)
LABELLED = (
    "button",
    "button_group",
    "checkbox",
    "expander",
    "metric",
    "multiselect",
    "number_input",
    "radio",
    "selectbox",
    "slider",
    "text_area",
    "text_input",
    "toggle",
)


@pytest.fixture
def testers(monkeypatch):
    """The app where it offers the languages of testers, who see what does not pass by gettext."""
    monkeypatch.setenv("NAERVED_PSEUDO_LANGUAGES", "1")
    st.cache_resource.clear()
    yield AppTest.from_file(MAIN, default_timeout=120)
    st.cache_resource.clear()


@pytest.mark.parametrize("code", ["en-XA", "ar-XB"])
@pytest.mark.parametrize("page", ["find_help.py", "missing_help.py", "directory.py", "about.py"])
def test_every_text_of_a_page_can_be_translated(testers, page, code):
    testers.query_params.update({"lang": code, "at": "1550", "need": "food"})
    testers.run()
    testers.switch_page(page).run()
    assert not testers.exception
    texts = [one.value for kind in SAID for one in getattr(testers, kind)]
    texts += [one.label or "" for kind in LABELLED for one in getattr(testers, kind)]
    assert any("⟦" in text for text in texts)
    left = [text for text in texts if re.search("[a-zæøå]{3}", text) and "⟦" not in text]
    assert [text for text in left if not text.startswith("- ")] == []  # a source as it names itself


def test_they_are_offered_to_nobody_else():
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.query_params["lang"] = "ar-XB"
    app.run()
    assert app.title[0].value == language("ar")("Find help near you")
