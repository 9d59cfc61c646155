"""Hostile text comes out harmless, and honest text comes out as it was."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator.language.text import (
    from_spreadsheet_cell,
    plain,
    safe_url,
    script_json,
    spreadsheet_cell,
)

any_text = st.text(st.characters(), max_size=60)


@given(any_text)
def test_plain_leaves_nothing_that_hides_or_turns_text(text):
    done = plain(text)
    assert not {unicodedata.category(c) for c in done} & {"Cc", "Cs"}
    assert not {unicodedata.bidirectional(c) for c in done} & {
        *("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B", "S")
    }
    done.encode("utf-8")
    assert plain(done) == done


@pytest.mark.parametrize(
    "text", ["Nørrebrogade 1, 2200 København N", "مركز المساعدة", "Допомога", "♿ 🙂"]
)
def test_plain_keeps_what_people_write(text):
    assert plain(text) == text


def test_plain_puts_lines_on_one():
    assert plain("Open\nalways\u2028here") == "Open always here"
    assert plain("evil\u202etxt.exe\x00") == "eviltxt.exe"


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=10,
)


@given(json_values)
def test_script_json_reads_back_and_cannot_leave_its_script(value):
    text = script_json(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


def test_script_json_refuses_what_is_not_json():
    with pytest.raises(ValueError, match="JSON"):
        script_json(float("nan"))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.borger.dk/transport?lang=da&x=1#top",
        "http://kk.dk",
        "tel:+4533663366",
        "mailto:ics@kk.dk",
        "https://www.ærø.dk/",
    ],
)
def test_good_links_are_kept(url):
    assert safe_url(url) == url
    assert safe_url(f" {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "www.kk.dk",
        "https://",
        "https://kk.dk@evil.example/",
        "https://kk.dk\\@evil.example/",
        "https://[::1",
        'https://kk.dk/" onclick="x',
        "https://kk.dk/\u202egpj.exe",
        "mailto:",
    ],
)
def test_other_links_are_dropped(url):
    assert safe_url(url) is None


@given(any_text)
def test_safe_url_never_raises(text):
    assert safe_url(text) in (None, text.strip())
    assert safe_url(f"https://{text}") in (None, f"https://{text}".strip())


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=HYPERLINK(1)",
        "+A1",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "+45-33",
    ],
)
def test_formulas_are_quoted(text):
    assert spreadsheet_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["+45 33 66 33 66", "+4533663366", "-12.5", "Hus 5", "'s-Gravenhage", ""]
)
def test_numbers_and_plain_text_stay_usable(text):
    assert spreadsheet_cell(text) == text


@given(st.one_of(any_text, st.text(st.sampled_from("'=+-@ 4a\t\n"), max_size=8)))
def test_a_cell_gives_its_text_back(text):
    assert from_spreadsheet_cell(spreadsheet_cell(text)) == text
