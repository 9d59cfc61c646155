"""A card promises no more than its point can tell."""

import json
import re
from datetime import UTC, datetime

import pytest

from locator.directory.record import Record
from locator.directory.records import load
from locator.directory.texts import Reader, Texts
from locator.directory.translation import Origin, digest, translated
from locator.earth.point import Point, Precision
from locator.find.cards import card, cards_of
from locator.find.likely_mistakes import mistakes
from locator.find.municipal import contacts
from locator.find.nearby import nearest, placeless
from locator.language.catalogue import language
from locator.travel import Limit

ENGLISH = load().reader(language("en"))
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "says"),
    [(Precision.POSTCODE, "in this postcode"), (Precision.ADDRESS, "0 m")],
)
def test_a_place_at_the_very_point_asked_from(precision, says):
    record = next(r for r in load() if r.precision is precision and r.point)
    hits = nearest(load(), record.point, limit=None, within=Limit(1.0))
    hit = next(hit for hit in hits if hit.record.id == record.id)
    assert card(record, ENGLISH, NOW, hit)["distance"] == says


def test_a_place_farther_off_has_its_distance_and_direction():
    record = next(r for r in load() if r.precision is Precision.POSTCODE and r.point)
    south = Point(record.point.lat - 0.1, record.point.lon)
    near = nearest(load(), south, limit=None, within=Limit(12_000.0))
    hit = next(hit for hit in near if hit.record.id == record.id)
    assert card(record, ENGLISH, NOW, hit)["distance"] == "11 km north"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"address": "Nyropsgade 1", "postcode": "1602"}, "Nyropsgade 1, 1602"),
        ({"postcode": "9000", "city": "Aalborg"}, "9000 Aalborg · Address not known to us"),
        ({"scope": "national"}, "No visiting address"),
        ({"place_kind": "secret_place", "city": "Aarhus"}, "Aarhus · The address is secret"),
    ],
)
def test_only_what_needs_no_place_is_said_to_have_none(given, says):
    sources = [{"url": "https://example.dk/"}]
    base = {"id": "a", "name": "A", "categories": ["health_clinic"], "sources": sources}
    record = Record.model_validate(base | given)
    details = card(record, ENGLISH, NOW)["details"]
    assert {one["key"]: one["value"] for one in details}["address"] == says


FULL = {
    "id": "a",
    "name": "Huset",
    "description": "A house.",
    "categories": ["community_centre"],
    "address": "Nørregade 1",
    "audience_note": "Everyone",
    "organization": {"name": "Foreningen"},
    "languages": ["da", "uk"],
    "opening_hours": "Mo 10:00-12:00",
    "hours_note": "Not in July",
    "booking": "yes",
    "cost": "free",
    "wheelchair": "yes",
    "phones": [{"number": "+45 33 66 30 00", "note": "press 2"}],
    "emails": ["a@example.dk"],
    "website": "https://www.example.dk/a",
    "lat": 55.7,
    "lon": 12.5,
    "precision": "point",
    "sources": [{"url": "https://www.example.org/x", "date": "2026-10-05"}],
}


def shown(code="en", translations=(), **fields):
    record = Record.model_validate(FULL | fields | {"translations": translations})
    return card(record, Reader(Texts(), language(code)), NOW)


def test_a_card_tells_each_thing_by_a_key_that_is_the_same_in_every_language():
    english, danish = shown("en"), shown("da")
    keys = ["address", "hours", "languages", "audience", "booking", "operator", "precision"]
    assert [one["key"] for one in english["details"]] == [*keys, "checked"]
    assert [one["key"] for one in danish["details"]] == [*keys, "checked"]
    labels = {one["key"]: one["label"] for one in danish["details"]}
    assert labels["hours"] == "Åbningstider"
    values = {one["key"]: one["value"] for one in danish["details"]}
    assert values["languages"] == "dansk, ukrainsk"
    assert values["hours"] == "Mandag: 10:00–12:00\nTirsdag–søndag: lukket\nNot in July"


def test_what_is_not_known_makes_no_line():
    bare = shown(languages=(), opening_hours="", hours_note="", booking="unknown", audience_note="")
    assert not {"hours", "languages", "booking", "audience"} & {d["key"] for d in bare["details"]}


def test_a_text_in_another_language_than_the_card_says_which():
    assert (shown("en")["name_language"], shown("en")["description_language"]) == ("da", "")
    assert (shown("da")["name_language"], shown("da")["description_language"]) == ("", "en")
    unknown = shown("en", name_language="und", text_language="und")
    assert (unknown["name_language"], unknown["description_language"]) == ("", "")


def test_a_translation_is_shown_and_marked_when_its_text_has_changed():
    fresh = translated("description", "A house.", "da", "Et hus.", Origin.PERSON)
    assert shown("da", [fresh])["description"] == "Et hus."
    assert not any("ældre tekst" in mark for mark in shown("da", [fresh])["marks"])
    stale = fresh.model_copy(update={"of": digest("A hut.")})
    old = shown("da", [stale])
    assert old["description"] == "Et hus."
    assert "⚠ Oversat fra en ældre tekst" in old["marks"]
    assert not any("Translated" in mark for mark in shown("en", [stale])["marks"])


def test_a_card_leads_on_by_telephone_mail_web_and_map_and_never_tells_from_where():
    one = shown()
    assert one["phones"] == [
        {"href": "tel:+4533663000", "text": "+45 33 66 30 00", "note": "press 2"}
    ]
    assert one["email"]["href"] == "mailto:a@example.dk"
    assert one["website"] == {"href": "https://www.example.dk/a", "text": "example.dk", "note": ""}
    app, street_map, timetable = one["directions"]
    assert app["href"] == "geo:55.700000,12.500000?q=55.700000,12.500000"
    assert street_map["href"].endswith("directions?to=55.700000,12.500000")
    assert timetable["href"].startswith("https://www.rejseplanen.dk/")
    assert "%20" in timetable["href"]
    assert "Nørregade 1" in timetable["note"]
    assert all("Leaves Nærved" in way["note"] for way in one["directions"])
    assert one["source"]["text"] == "example.org (October 5, 2026)"
    assert shown(website="javascript:alert(1)")["website"] is None
    assert shown(lat=None, lon=None, precision=None)["directions"] == []


def test_a_card_marks_what_is_known_to_be_free_and_accessible_only():
    assert {"Free", "♿ Wheelchair access"} <= set(shown()["marks"])
    assert not {"Free", "♿ Wheelchair access"} & set(shown(cost="fee", wheelchair="no")["marks"])
    assert shown()["checked"] == "Checked October 5, 2026"
    undated = [{"url": "https://example.org/", "read": "2026-11"}]
    assert shown(sources=undated)["checked"] == "Source without a date, read November 2026"


def test_a_card_is_plain_data_without_hidden_characters():
    evil = shown(name="a\u202eb\x00", description="c\u2028d")
    assert (evil["name"], evil["description"]) == ("ab", "c d")
    assert json.loads(json.dumps(evil)) == evil


def test_places_are_numbered_as_on_the_map_and_lines_are_not():
    directory = load()
    hits = nearest(directory, Point(55.6761, 12.5683), limit=2)
    lines = placeless(directory, ("crisis_line",))[:2]
    made = cards_of([*hits, *lines], ENGLISH, NOW)
    assert [one["number"] for one in made] == [1, 2, 0, 0]
    assert [bool(one["distance"]) for one in made] == [True, True, False, False]


def test_nobody_is_sent_to_the_middle_of_a_town_where_the_door_is_not_known():
    town = shown(address="", postcode="9000", city="Aalborg", precision="place")
    assert town["place"] == "9000 Aalborg · Address not known to us"
    assert town["directions"] == []
    door = shown(address="", postcode="9000", city="Aalborg", precision="point")
    assert door["place"] == "9000 Aalborg · See the map: no street is known to us"
    assert len(door["directions"]) == 2  # a timetable needs an address


OLD = [{"url": "https://example.org/", "date": "2019-05"}]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "⚠ May be out of date: call first"),
        ({"phones": []}, "⚠ May be out of date: look at the website first"),
        ({"phones": [], "website": "", "emails": []}, "⚠ May be out of date"),
        ({"scope": "national"}, None),
        ({"scope": "national", "phones": []}, "⚠ May be out of date: look at the website first"),
        ({"sources": FULL["sources"]}, None),
    ],
)
def test_nobody_is_told_to_call_where_there_is_no_number(fields, says):
    marks = shown(**({"sources": OLD} | fields))["marks"]
    assert [mark for mark in marks if "out of date" in mark] == ([says] if says else [])


def test_every_record_has_a_way_to_act_or_says_that_none_is_known():
    for record in load():
        one = card(record, ENGLISH, NOW)
        ways = one["phones"] or one["website"] or one["email"]
        assert ways or "No telephone or website known to us" in one["marks"], record.id
        assert one["place"] or record.place_kind == "no_place", record.id
        assert one["phones"] or not any("call first" in mark for mark in one["marks"]), record.id


def test_no_card_shows_hours_as_they_are_stored():
    for record in load():
        said = {d["key"]: d["value"] for d in card(record, ENGLISH, NOW)["details"]}
        assert not re.search(r"\b(Mo|Tu|We|Th|Fr|Sa|Su|PH)\b", said.get("hours", "")), record.id
        assert said.get("hours") or not record.opening_hours, record.id


def test_without_a_number_or_a_door_the_municipality_is_named():
    office = {"address": "", "lat": None, "lon": None, "precision": None, "phones": []}
    directory = load()
    record = Record.model_validate(FULL | office | {"municipality_code": "0751"})
    (one,) = cards_of([record], directory.reader(language("en")), NOW, contacts(directory))
    assert one["ask"]["note"] == "Ask the municipality"
    assert one["ask"]["text"].startswith("Aarhus Municipality: ")
    with_phone = record.model_copy(update={"phones": Record.model_validate(FULL).phones})
    (other,) = cards_of([with_phone], ENGLISH, NOW, contacts(directory))
    assert other["ask"] is None


def test_what_may_be_wrong_is_what_the_card_says():
    record = Record.model_validate(FULL)
    said = mistakes(record, language("en"))
    assert "The number +45 33 66 30 00 is wrong" in said
    assert "It is not at Nørregade 1" in said
    bare = Record.model_validate(FULL | {"phones": [], "website": "", "opening_hours": ""})
    assert not any("number" in one or "website" in one for one in mistakes(bare, language("en")))
