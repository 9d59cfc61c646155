"""Whatever a browser or a link asks for, someone is spoken to in the best language there is."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locator.language.catalogue import CODES, SOURCE, language, negotiated, offered
from locator.language.pseudo import PSEUDO
from locator.language.tags import accepted, best, locale_of


@pytest.mark.parametrize(
    ("tag", "named", "direction"),
    [
        ("da", "dansk", "ltr"),
        ("PT-br", "português (Brasil)", "ltr"),
        ("zh-Hant", "中文 (繁體)", "ltr"),
        ("uk-UA", "українська (Україна)", "ltr"),
        ("ar", "العربية", "rtl"),
        ("ur", "اردو", "rtl"),
        ("prs", "فارسی (افغانستان)", "rtl"),
        ("so", "Soomaali", "ltr"),
        ("en-US-u-ca-buddhist", "English (United States)", "ltr"),
    ],
)
def test_a_tag_names_a_language_in_its_own_script(tag, named, direction):
    locale = locale_of(tag)
    assert locale.get_display_name(locale) == named
    assert locale.text_direction == direction


@pytest.mark.parametrize("tag", ["", "*", "x-foo", "tlh", "und", "mul", "-", "1", "en" * 99, "ÆØ"])
def test_what_names_no_language_is_none(tag):
    assert locale_of(tag) is None


@pytest.mark.parametrize(
    ("wanted", "among", "chosen"),
    [
        (["da-DK"], ["en", "da"], "da"),
        (["tlh", "xx", "da"], ["en", "da"], "da"),
        (["pt-PT"], ["en", "pt-BR"], "pt-BR"),
        (["pt-PT"], ["pt-BR", "pt", "pt-PT"], "pt-PT"),
        (["pt-AO"], ["pt-BR", "pt", "pt-PT"], "pt"),
        (["zh-TW"], ["zh", "zh-Hant"], "zh-Hant"),
        (["zh-TW"], ["zh"], None),  # cannot read it
        (["sr-Latn"], ["sr"], None),
        (["zh-CN"], ["zh-Hant", "zh"], "zh"),
        (["prs"], ["en", "fa"], "fa"),
        (["iw"], ["en", "he"], "he"),
        (["en-GB", "da"], ["da", "en"], "en"),
        ([], ["en"], None),
    ],
)
def test_the_first_wish_that_can_be_met_is(wanted, among, chosen):
    assert best(wanted, among) == chosen


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("da, en-GB;q=0.8, en;q=0.7", ["da", "en-GB", "en"]),
        ("en;q=0.5,uk;q=0.9", ["uk", "en"]),
        ("so;q=0, *;q=0.1, ar", ["ar"]),
        ("da;q=x, en ; q = 0.3", ["en"]),
        ("", []),
    ],
)
def test_a_browsers_wishes_are_read_in_the_order_of_their_weight(header, tags):
    assert accepted(header) == tags


@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=5))
def test_no_wish_is_too_strange(header, tags):
    assert negotiated([*tags, *accepted(header), None]).code in CODES


def test_a_link_to_a_language_with_a_country_is_not_english():
    assert negotiated(["da-DK"]).code == "da"


def test_the_languages_of_testers_are_not_offered_to_people():
    assert not set(offered()) & set(PSEUDO)
    assert {negotiated([code]).code for code in PSEUDO} <= set(CODES)
    assert set(offered(pseudo=True)) >= set(PSEUDO)


def test_a_testers_language_shows_what_is_not_translated():
    long, turned = language("en-XA"), language("ar-XB")
    assert (long.direction, turned.direction) == ("ltr", "rtl")
    said = long("Opening hours printed {date}", date="1 May")
    assert "1 May" in said
    assert "Opening" not in said
    assert len(said) > 1.3 * len("Opening hours printed 1 May")
    assert "Find" not in turned("Find help")
    assert turned.n("{count} place", "{count} places", 3).startswith("⟦3")
    assert turned.term("food_bank", "Food banks") != "Food banks"


def test_english_reads_no_catalogue_and_danish_none_before_it_speaks():
    """The command line speaks English and should not wait for what it does not need."""
    code = (
        "import sys; from locator.language.catalogue import language, offered\n"
        "t = language('en'); t('Find help'); [language(c).name for c in offered()]\n"
        "assert 'babel.messages' not in sys.modules\n"
        "assert language('da')('Find help') != 'Find help'\n"
        "assert 'babel.messages' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_language_offered_has_a_name_and_direction_of_its_own():
    for code in offered(pseudo=True):
        one = language(code)
        assert one.name
        assert one.direction in ("ltr", "rtl")
    assert language(SOURCE).name == "English"
