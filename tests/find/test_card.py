"""A card promises no more than its point can tell."""

from datetime import UTC, datetime

import pytest

from locator.directory.record import Record
from locator.directory.records import load
from locator.earth.point import Point, Precision
from locator.find.cards import card
from locator.find.nearby import nearest
from locator.language.catalogue import language

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "says"),
    [(Precision.POSTCODE, "in this postcode"), (Precision.ADDRESS, "0 m")],
)
def test_a_place_at_the_very_point_asked_from(precision, says):
    record = next(r for r in load() if r.precision is precision and r.point)
    hits = nearest(load(), record.point, limit=None, within=1)
    hit = next(hit for hit in hits if hit.record.id == record.id)
    assert card(record, language("en"), NOW, hit)["distance"] == says


def test_a_place_farther_off_has_its_distance_and_direction():
    record = next(r for r in load() if r.precision is Precision.POSTCODE and r.point)
    south = Point(record.point.lat - 0.1, record.point.lon)
    hit = next(
        h for h in nearest(load(), south, limit=None, within=12_000) if h.record.id == record.id
    )
    assert card(record, language("en"), NOW, hit)["distance"] == "11 km north"


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
    assert dict(card(record, language("en"), NOW)["details"])["Address"] == says
