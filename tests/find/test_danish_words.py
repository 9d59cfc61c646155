"""A card explains the Danish words that stand in it, and no others."""

from datetime import UTC, datetime

import pytest

from locator.directory import load
from locator.find.cards import card
from locator.find.danish_words import explained
from locator.language import language


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You need a CPR number and MitID.", ["CPR", "MitID"]),
        ("Borgerservice, Fredensborg Kommune", ["Borgerservice"]),
        ("Aalborg Kvindekrisecenter", ["Krisecenter"]),
        ("Lægevagten", ["Lægevagt"]),
        ("First aid and CPRs, a course", []),
        ("A library", []),
    ],
)
def test_only_the_words_that_a_text_has_are_explained(text, words):
    lines = explained([text], language("en"))
    assert [line.split(":")[0] for line in lines] == words


@pytest.mark.parametrize("tag", ["en", "ar", "uk"])
def test_a_card_explains_in_the_readers_language(tag):
    t = language(tag)
    reader = load().reader(t)
    record = next(one for one in load() if "MitID" in reader.said(one, "description").text)
    details = card(record, reader, datetime(2026, 11, 24, tzinfo=UTC))["details"]
    words = next(one for one in details if one["key"] == "words")
    sense = t("the app with which you log in to authorities and banks")
    assert f"MitID: {sense}" in words["value"].split("\n")
