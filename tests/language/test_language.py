"""The interface is whole in every language it offers."""

import ast
import re
import shutil
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from locator.errors import InputError
from locator.language.catalogue import CATALOGUES, CODES, SOURCE, TERMS, TEXTS, language
from locator.language.translating import WHOLE, is_translated, terms, texts, update

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = [code for code in CODES if code != SOURCE]
DOMAINS = (TEXTS, TERMS)


def wanted_of(code: str, domain: str):
    """What a catalogue must have: the pages of professionals are not in every language."""
    return terms() if domain == TERMS else texts(professional=code in WHOLE)


def catalogue(code: str, domain: str):
    with (CATALOGUES / code / f"{domain}.po").open("rb") as file:
        return read_po(file)


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_twelve_languages_are_offered():
    assert set(CODES) == {*["ar", "da", "de", "en", "es", "fa", "pl", "ro", "so", "tr", "uk", "ur"]}


def test_a_language_says_whether_a_person_has_read_it():
    assert language("en").is_reviewed
    assert not language("uk").is_reviewed


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("code", TRANSLATIONS)
def test_every_text_is_translated_and_none_is_left_over(code, domain):
    """Where this fails: python -m locator.language.translating, then translate what is empty."""
    wanted = {(m.context, m.id) for m in wanted_of(code, domain) if m.id}
    there = {(m.context, m.id): m for m in catalogue(code, domain) if m.id}
    assert wanted - there.keys() == set()
    assert there.keys() - wanted == set()
    assert [m.id for m in there.values() if not is_translated(m)] == []


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("code", TRANSLATIONS)
def test_translations_keep_the_fields(code, domain):
    for message in catalogue(code, domain):
        singular = message.id if isinstance(message.id, str) else message.id[-1]
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in forms:
            # Of "one" and "two" a language may say the number in the word.
            less = {"count"} if isinstance(message.id, tuple) else set()
            left_out = fields(singular) - fields(text)
            assert message.id == "" or fields(text) <= fields(singular), message.id
            assert message.id == "" or left_out <= less, message.id


def test_catalogues_are_brought_up_to_date_and_a_language_is_added(tmp_path):
    shutil.copytree(CATALOGUES, tmp_path / "locales")
    danish = tmp_path / "locales" / "da" / "naerved.po"
    whole = danish.read_text(encoding="utf-8")
    text = '# machine\nmsgid "Find help"\nmsgstr "Find hjælp"\n\n'
    lost = whole.replace(text, "")
    danish.write_text(lost + '\nmsgid "Gone since"\nmsgstr "Væk siden"\n', encoding="utf-8")
    said = update(["pt-BR", "lv"], tmp_path / "locales")
    new = 'msgid "Find help"\nmsgstr ""\n\n'
    assert whole.replace(text, new) == danish.read_text(encoding="utf-8")
    assert f"da, naerved: 1 of {len(texts())} to translate" in said
    assert f"pt-BR, categories: {len(terms())} of {len(terms())} to translate" in said
    with (tmp_path / "locales" / "lv" / "naerved.po").open("rb") as file:
        assert read_po(file).num_plurals == 3
    with pytest.raises(InputError, match="xx"):
        update(["xx"], tmp_path / "locales")


def test_pages_show_no_text_that_is_not_translated():
    """Any literal with a word in it that a page hands to Streamlit must go through `t`."""
    literal = []
    for path in [ROOT / "app.py", *(ROOT / "pages").rglob("*.py")]:
        for call in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            if call.func.attr not in SHOWS_TEXT:
                continue
            literal += [
                f"{path.name}:{arg.lineno} {arg.value}"
                for arg in call.args[:1]
                if isinstance(arg, ast.Constant)
                and isinstance(arg.value, str)
                and re.search(r"[a-zæøå]{2}", arg.value)
            ]
    assert not literal


SHOWS_TEXT = {
    "title",
    "header",
    "subheader",
    "markdown",
    "write",
    "caption",
    "info",
    "warning",
    "error",
    "success",
    "button",
    "toggle",
    "checkbox",
    "radio",
    "selectbox",
    "multiselect",
    "pills",
    "segmented_control",
    "text_input",
    "text_area",
    "number_input",
    "slider",
    "popover",
    "expander",
    "download_button",
    "file_uploader",
    "metric",
    "toast",
    "spinner",
    "progress",
    "link_button",
    "tabs",
    "form_submit_button",
    "select_slider",
}


def test_what_is_said_beside_an_answer_can_be_found_in_the_code():
    """A text in a variable is in no catalogue, and stays English in every language."""
    hidden = []
    for path in sorted(ROOT.glob("locator/geocoding/**/*.py")) + sorted(ROOT.glob("pages/**/*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and call.args):
                continue
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            # An attribute is a note that is told again.
            if name in ("Note", "t", "NotFoundError", "InputError") and not isinstance(
                call.args[0], ast.Constant | ast.Attribute
            ):
                hidden.append(f"{path.name}:{call.lineno}")
    assert hidden == []


def test_an_unknown_language_is_english():
    assert language("xx").code == "en"


def test_an_error_is_told_in_the_language_of_the_page():
    error = InputError("Type {what}.", what="a town")
    assert error.message(lambda template: template.replace("Type", "Skriv")) == "Skriv a town."
    assert str(error) == "Type a town."
