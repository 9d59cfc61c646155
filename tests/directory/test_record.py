"""A record holds what it is given, refuses what cannot be, and never tells where a shelter is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from locator.directory.record import Record
from locator.directory.taxonomy import categories

PROTECTED = sorted(c.id for c in categories().values() if c.protected)
OPEN = sorted(c.id for c in categories().values() if not c.protected)
PLACE = {
    "address": "Hemmelig Gade 7",
    "postcode": "8000",
    "city": "Aarhus C",
    "municipality_code": "0751",
    "lat": 56.15,
    "lon": 10.2,
    "precision": "address",
    "point_source": "survey",
}


def fields(**changed):
    return {
        "id": "a",
        "name": "A",
        "categories": ("library",),
        "sources": ({"url": "https://example.org/"},),
    } | changed


@given(st.lists(st.sampled_from(OPEN), max_size=3), st.sampled_from(PROTECTED), st.data())
def test_no_import_can_give_a_shelter_a_place(others, protected, data):
    kinds = data.draw(st.permutations([*others, protected]))
    given = fields(categories=kinds, **PLACE, hsds={"locations": [{"address": "Hemmelig Gade 7"}]})
    for record in (
        Record.model_validate(given),
        Record.model_validate_json(json.dumps(given)),
        Record(**given),
    ):
        assert record.point is None
        assert "Hemmelig" not in record.model_dump_json()
        assert (record.place, record.municipality_code) == ("Aarhus C", "0751")


@pytest.mark.parametrize("said", ["true", 1, "yes", None])
def test_only_a_plain_true_publishes_the_place_of_a_shelter(said):
    given = fields(categories=PROTECTED[:1], address_published=said, **PLACE)
    try:
        record = Record.model_validate(given)
    except ValidationError:
        return
    assert record.address == ""
    assert record.point is None


def test_a_shelter_that_publishes_its_address_keeps_it():
    record = Record.model_validate(
        fields(categories=PROTECTED[:1], address_published=True, **PLACE)
    )
    assert record.place == "Hemmelig Gade 7, 8000 Aarhus C"
    assert record.point is not None


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"address": "Nyropsgade 1"}, "place"),
        ({"lat": 55.7, "lon": 12.6, "precision": "point"}, "place"),
        ({"lat": 55.7, "lon": 12.6, "precision": "place", "city": "Odense"}, "unknown_place"),
        ({"municipality_code": "0461"}, "unknown_place"),
        ({"place_kind": "place"}, "unknown_place"),  # a place that nothing tells
        ({"place_kind": "unknown_place", "address": "Nyropsgade 1"}, "place"),
        ({"scope": "national"}, "no_place"),
        ({"scope": "national", "place_kind": "unknown_place"}, "unknown_place"),
        ({"place_kind": "no_place", "address": "Nyropsgade 1"}, "no_place"),
        ({"categories": PROTECTED[:1]}, "secret_place"),
        ({"categories": PROTECTED[:1], "place_kind": "no_place"}, "no_place"),  # a hotline
        ({"categories": PROTECTED[:1], "place_kind": "place", **PLACE}, "secret_place"),
    ],
)
def test_what_there_is_to_visit_is_never_more_than_is_known(given, kind):
    record = Record.model_validate(fields(**given))
    assert record.place_kind == kind
    again = record.model_dump_json(exclude_defaults=True)
    assert Record.model_validate_json(again) == record


def test_a_clinic_that_keeps_its_address_secret_has_none():
    given = fields(categories=("health_clinic",), place_kind="secret_place", **PLACE)
    record = Record.model_validate(given)
    assert record.point is None
    assert "Hemmelig" not in record.model_dump_json()


def test_a_place_in_one_line():
    def place(**given):
        return Record.model_validate(fields(**given)).place

    assert place(address="Nyropsgade 1", postcode="1602", city="København V") == (
        "Nyropsgade 1, 1602 København V"
    )
    assert place(city="Odense") == "Odense"
    assert place() == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Not An Id"),
        ("name", "   "),
        ("categories", ()),
        ("categories", ("no_such_kind",)),
        ("sources", ()),
        ("sources", ({"url": "javascript:alert(1)"},)),
        ("lat", 91),
        ("postcode", "123"),
        ("municipality_code", "101"),
        ("languages", ("Danish",)),
        ("phones", ({"number": "call me"},)),
        ("assured_date", "23/11/2026"),
        ("status", "gone"),
        ("minimum_age", -1),
        ("unheard_of", "x"),
    ],
)
def test_what_cannot_be_is_refused_by_field(field, value):
    with pytest.raises(ValidationError) as caught:
        Record.model_validate(fields(**{field: value}))
    assert caught.value.errors()[0]["loc"][0] == field


@pytest.mark.parametrize("missing", ["lat", "lon", "precision"])
def test_a_point_without_its_precision_is_refused(missing):
    place = {key: value for key, value in PLACE.items() if key != missing}
    with pytest.raises(ValidationError, match="go together"):
        Record.model_validate(fields(**place))


def test_a_record_cannot_be_changed():
    record = Record.model_validate(fields())
    with pytest.raises(ValidationError):
        record.name = "B"


def test_checked_is_the_check_else_the_newest_source():
    sources = [{"url": "https://a.dk", "date": d} for d in ("2019-11", "2023", "")]
    assert Record.model_validate(fields(sources=sources)).checked == "2023"
    checked = Record.model_validate(fields(sources=sources, assured_date="2022-01-02"))
    assert checked.checked == "2022-01-02"
    assert Record.model_validate(fields()).checked == ""
