"""A chosen point stays the point that it is, and says what it is."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.earth.point import Point, Precision
from locator.errors import NotFoundError
from locator.geocoding.answer import Confidence
from locator.geocoding.offline import OfflineGeocoder
from locator.geocoding.origin import municipalities_of, origin_at

KATTEGAT = Point(56.3, 11.75)  # Hesselø is the nearest land


@pytest.fixture
def geocoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A geocoder on a machine without an address index."""
    monkeypatch.setenv("NAERVED_ADDRESSES", str(tmp_path / "none.index"))
    return OfflineGeocoder()


def test_a_click_is_a_point_and_no_address(geocoder: OfflineGeocoder):
    clicked = Point(55.676190123, 12.569012345)
    origin = origin_at(geocoder, clicked)
    assert origin.point == clicked  # to the last digit: never text in between
    assert (origin.precision, origin.confidence) == (Precision.POINT, Confidence.A)
    assert [note.text() for note in origin.notes] == ["Near 1550 København V, 11 m away"]
    assert municipalities_of(origin) == ("0101",)


def test_a_click_at_sea_says_so(geocoder: OfflineGeocoder):
    origin = origin_at(geocoder, KATTEGAT)
    assert (origin.precision, origin.confidence) == (Precision.POINT, Confidence.C)
    assert origin.notes[0].text() == "This point lies at sea, about 12 km from land."
    assert origin.notes[1].text().endswith(" km away")  # and not near anything


@pytest.mark.parametrize("point", [(55.70, 12.60), (55.6761, 12.5853)])
def test_a_harbour_is_not_at_sea(geocoder: OfflineGeocoder, point: tuple[float, float]):
    assert origin_at(geocoder, Point(*point)).confidence is Confidence.A


def test_coordinates_that_are_typed_are_a_point_too(geocoder: OfflineGeocoder):
    assert geocoder.answer("55.676, 12.568").precision is Precision.POINT
    assert "at sea" in geocoder.answer("56.3,11.75").notes[0].text()


def test_a_click_abroad_is_refused(geocoder: OfflineGeocoder):
    with pytest.raises(NotFoundError, match="not in Denmark"):
        origin_at(geocoder, Point(52.5, 13.4))


@pytest.mark.parametrize(("text", "confidence"), [("55.676,12.568", "A"), ("56.3,11.75", "C")])
def test_json_calls_it_a_point(text: str, confidence: str):
    run = CliRunner().invoke(main, ["geocode", text, "--format", "json"])
    (found,) = json.loads(run.stdout)
    assert (found["precision"], found["confidence"]) == ("point", confidence)


def test_a_phones_position_keeps_its_own_accuracy(geocoder: OfflineGeocoder):
    at = Point(55.676190, 12.569012)
    assert origin_at(geocoder, at, 35.0).accuracy_m == 35.0
    assert origin_at(geocoder, at).accuracy_m == 0.0
