"""The interface is whole in every language it offers."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from locator.errors import InputError
from locator.language.catalogue import CATALOGUES, CODES, SOURCE, language

ROOT = Path(__file__).resolve().parents[2]

# How texts are marked in the code; the README's command for translators names the same.
KEYWORDS: dict[str, tuple[int, ...]] = {
    "t": (1,),
    "n": (1, 2),
    "Note": (1,),
    "InputError": (1,),
    "NotFoundError": (1,),
    "DataError": (1,),
    "RefusedError": (1,),
    "OutageError": (1,),
}
TRANSLATIONS = [code for code in CODES if code != SOURCE]


def sources(module: str, name: str) -> Iterator[Path]:
    """The files that `from module import name` may read, through the faces of packages."""
    path = ROOT.joinpath(*module.split("."))
    yield from (one.with_suffix(".py") for one in (path, path / name))
    if (face := path / "__init__.pyi").exists():
        for node in ast.parse(face.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and name in {a.name for a in node.names}:
                yield from sources(f"{module}.{node.module}", name)


def shown_by_pages() -> set[Path]:
    """The files that pages can show texts of: themselves, and all that they import."""
    waiting = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py")]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                files = [f for a in node.names for f in sources(node.module or "", a.name)]
                waiting += [file for file in files if file.is_file()]
    return found | set((ROOT / "locator").rglob("templates/*.html"))


def messages() -> set[str | tuple[str, ...]]:
    """Every text that a page can show; the command line's own stay English."""
    found: set[str | tuple[str, ...]] = set()
    for path in shown_by_pages():
        method = "jinja2" if path.suffix == ".html" else "python"
        with path.open("rb") as file:
            found |= {message for _, message, *_ in extract(method, file, KEYWORDS)}
    return found


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_danish_is_offered():
    assert "da" in CODES


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_every_text_is_translated(code):
    with (CATALOGUES / code / "naerved.po").open("rb") as file:
        catalogue = read_po(file)
    missing = [
        m
        for m in messages()
        if not (entry := catalogue.get(m if isinstance(m, str) else m[0]))
        or not all(entry.string if isinstance(entry.string, tuple) else [entry.string])
        or entry.fuzzy
    ]
    assert not missing, f"untranslated in {code}: {missing[:20]}"


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_translations_keep_the_fields(code):
    with (CATALOGUES / code / "naerved.po").open("rb") as file:
        for entry in read_po(file):
            singular = entry.id if isinstance(entry.id, str) else entry.id[-1]
            texts = entry.string if isinstance(entry.string, tuple) else (entry.string,)
            for text in texts:
                assert entry.id == "" or fields(text) == fields(singular), entry.id


@pytest.mark.parametrize("code", TRANSLATIONS)
def test_no_translation_is_left_over(code):
    with (CATALOGUES / code / "naerved.po").open("rb") as file:
        ids = {entry.id for entry in read_po(file) if entry.id}
    assert ids <= messages()


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


def test_an_unknown_language_is_english():
    assert language("xx").code == "en"


def test_an_error_is_told_in_the_language_of_the_page():
    error = InputError("Type {what}.", what="a town")
    assert error.message(lambda template: template.replace("Type", "Skriv")) == "Skriv a town."
    assert str(error) == "Type a town."
