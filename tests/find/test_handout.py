"""The page that a person takes along: all of it in one language, whichever it was searched in."""

from datetime import UTC, datetime

import pytest

from locator.directory.record import Record
from locator.directory.records import Directory, load
from locator.earth.point import Point
from locator.find.cards import cards_of
from locator.find.handouts import MOST, handout
from locator.find.nearby import nearest
from locator.language.catalogue import language

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
COPENHAGEN = Point(55.6761, 12.5683)
ENGLISH, DANISH = language("en"), language("da")
LIBRARY = {
    "id": "library",
    "name": "Biblioteket",
    "description": "Books <for> all.",
    "categories": ["library"],
    "address": "Krystalgade 15",
    "postcode": "1172",
    "lat": 55.68,
    "lon": 12.57,
    "precision": "address",
    "phones": [{"number": "+45 33 66 30 00"}],
    "website": "https://www.bibliotek.dk/",
    "languages": ["da", "ar"],
    "opening_hours": "Mo-Fr 08:00-19:00",
    "hours_note": "Not in July",
    "booking": "no",
    "audience_note": "Everyone",
    "sources": [{"url": "https://example.dk/", "date": "2026-10"}],
}


def printed(fields, t, made_in=None, **options):
    """A handout in the language of `t`, of cards made in the same or another one."""
    directory = Directory([Record.model_validate(LIBRARY | fields)])
    hits = nearest(directory, COPENHAGEN)
    shown = hits or directory.records
    return handout(cards_of(shown, directory.reader(made_in or t), NOW), t, NOW, **options)


def test_it_says_all_that_a_person_needs_on_the_way():
    text = printed({}, ENGLISH)
    for part in (
        "1. <bdi",
        "Krystalgade 15, 1172",
        "☎ +45 33 66 30 00",
        "bibliotek.dk",
        "Opening hours: Monday–Friday: 08:00–19:00, Saturday, Sunday: closed, Not in July",
        "Languages: Danish, Arabic",
        "Appointment: Not needed",
        "Checked October 2026",
        "Printed November 24, 2026",
    ):
        assert part in text
    assert "Everyone" not in text  # there is room for what the card says above the fold


@pytest.mark.parametrize(("made_in", "t"), [(ENGLISH, DANISH), (DANISH, ENGLISH)])
def test_no_line_is_lost_where_the_page_is_in_another_language_than_the_cards(made_in, t):
    text = printed({}, t, made_in)
    assert "08:00–19:00" in text
    assert {"arabisk", "Arabic"} & {word.strip(" ·") for word in text.replace(",", " ").split()}
    assert "Ikke nødvendig" in text or "Not needed" in text


def test_it_is_danish_throughout_in_danish():
    text = printed({}, DANISH)
    assert 'lang="da" dir="ltr"' in text
    assert "Åbningstider: Mandag–fredag" in text
    assert "dansk, arabisk" in text
    assert "Opening hours" not in text


def test_where_it_was_searched_from_is_told_only_when_given():
    assert "From:" not in printed({}, ENGLISH)
    assert "From: Nørregade 1" in printed({}, ENGLISH, place="Nørregade 1")


def test_it_runs_nothing_and_says_what_language_a_text_is_in():
    text = printed({"name": "<script>x</script>"}, ENGLISH)
    assert "<script>" not in text
    assert "Books &lt;for&gt; all." in text
    assert '<bdi lang="da">' in text
    assert '<p lang="en" dir="auto">Books' in printed({}, DANISH)


def test_it_fits_on_one_page():
    directory = load()
    hits = nearest(directory, COPENHAGEN, limit=MOST + 5)
    text = handout(cards_of(hits, directory.reader(ENGLISH), NOW), ENGLISH, NOW)
    assert text.count("<li>") == MOST


def test_a_line_without_a_place_has_no_number_and_no_distance():
    text = printed({"lat": None, "lon": None, "precision": None, "address": ""}, ENGLISH)
    assert "1. <bdi" not in text
    assert " km" not in text


def test_it_runs_the_way_the_language_does():
    assert 'dir="rtl"' in printed({}, language("ar-XB"))
