"""Finding addresses, postcodes and places with nothing but the embedded tables."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from geopy.exc import GeocoderQueryError
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.cli.geocode import command
from locator.earth.point import Point, Precision
from locator.errors import InputError, LocatorError, NotFoundError
from locator.geocoding.answer import Confidence, Question
from locator.geocoding.offline import OfflineGeocoder


@pytest.fixture(scope="module")
def geocoder():
    """A geocoder on a machine without an address index."""
    return OfflineGeocoder()


@pytest.mark.parametrize(
    "name",
    ["Copenhagen", "København", "Kobenhavn", "KØBENHAVN", "Kopenhaga", "Копенгаген", "كوبنهاغن",
     "哥本哈根", "Kbh.", "\u202eKøbenhavn\u202c", "Copenhagen, Denmark", "Københavns Kommune",
     "Kobnhavn"],
)  # fmt: skip
def test_the_capital_is_found_by_any_of_its_names(geocoder: OfflineGeocoder, name: str):
    answer = geocoder.answer(name)
    assert (answer.city, answer.precision) == ("København", Precision.PLACE)
    assert answer.point.lat == pytest.approx(55.676, abs=0.01)
    assert not answer.alternatives


@pytest.mark.parametrize(
    ("text", "postcode", "precision"),
    [
        ("Rådhuspladsen 1, 1550 København V", "1550", Precision.STREET),
        ("Nyropsgade 1, 1602 København V", "1602", Precision.STREET),
        ("nyropsgade 1 kbh", "1602", Precision.STREET),
        ("Studiestræde 60, 1554", "1554", Precision.STREET),
        ("Studiestræde 10, København", "1455", Precision.STREET),
        ("Boyesgade 4, Frederiksberg", "1822", Precision.STREET),
        ("Boyesgade 5, København V", "1622", Precision.STREET),
        ("Nørrebrogade 44, 2200 København N", "2200", Precision.STREET),
        ("Nørregade 5, 8000 Aarhus C", "8000", Precision.PLACE),
        ("Langgade 5 Tranebjerg Samsø", "8305", Precision.VILLAGE),
        ("Vesterbrogade 100, 1620", "1620", Precision.STREET),
        ("Qwertygade 3, 8000 Aarhus C", "8000", Precision.POSTCODE),
        ("2100", "2100", Precision.POSTCODE),
        ("DK-2100 Kbh Ø", "2100", Precision.POSTCODE),
        ("Østerbro", "2100", Precision.PLACE),
        ("Copenhagen N", "2200", Precision.PLACE),
        ("Kgs. Lyngby", "2800", Precision.PLACE),
        ("St. Heddinge", "4660", Precision.PLACE),
        ("Gentofte Kommune", "2820", Precision.PLACE),
    ],
)
def test_the_best_that_the_tables_know(
    geocoder: OfflineGeocoder, text: str, postcode: str, precision: Precision
):
    answer = geocoder.answer(text)
    assert (answer.postcode, answer.precision) == (postcode, precision)


def test_an_unknown_street_is_said_to_be_unknown(geocoder: OfflineGeocoder):
    answer = geocoder.answer("Qwertygade 44, 2200 København N")
    assert (answer.confidence, answer.street) == (Confidence.C, "")
    assert any("Qwertygade" in note.text() for note in answer.notes)


def test_a_name_of_several_towns_is_asked_about(geocoder: OfflineGeocoder):
    towns = geocoder.answer("Nykøbing")
    assert (towns.question, towns.precision) == (Question.WHICH, Precision.COUNTRY)
    assert {a.city for a in towns.alternatives} == {
        "Nykøbing F",
        "Nykøbing M",
        "Nykøbing Sj",
    }
    assert towns.confidence is Confidence.C


def test_coordinates_are_a_place(geocoder: OfflineGeocoder):
    assert geocoder.answer("55.676, 12.568").point == Point(55.676, 12.568)
    with pytest.raises(NotFoundError, match="latitude first"):
        geocoder.answer("12.568, 55.676")


@pytest.mark.parametrize(
    "text",
    ["10 Downing Street, London", "Berlin", "London", "Paris", "Hamburg", "Oslo", "Stockholm",
     "New York", "Malmö", "Warszawa", "دمشق", "🍕🍕", "'; DROP TABLE address;--", "9999",
     "<script>alert(1)</script>", "x" * 10_000, "a b c d " * 2500, "1 " * 5000, "٣٤ ٥٦", "\u202e!"],
)  # fmt: skip
def test_what_is_not_in_denmark_is_not_found(geocoder: OfflineGeocoder, text: str):
    start = time.perf_counter()
    with pytest.raises(NotFoundError) as error:
        geocoder.answer(text)
    assert len(str(error.value)) < 300
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u200b"])
def test_nothing_written_asks_for_something(geocoder: OfflineGeocoder, text: str):
    with pytest.raises(InputError):
        geocoder.answer(text)


@settings(deadline=2000, max_examples=200)
@given(st.text(max_size=300) | st.from_regex(r"[A-ZÆØÅa-zæøå .,0-9-]{0,60}", fullmatch=True))
def test_any_text_is_answered_or_refused(geocoder: OfflineGeocoder, text: str):
    try:
        answer = geocoder.answer(text)
    except LocatorError:
        answer = None
    assert answer is None or answer.address
    assert len(geocoder.suggest(text, 5)) <= 5


def test_suggestions_while_typing(geocoder: OfflineGeocoder):
    assert geocoder.suggest("nyrop")[0].address == "Nyropsgade, 1602 København V"
    assert geocoder.suggest("Skindre")[0].address == "Skindergade, 1159 København K"
    assert geocoder.suggest("210")[0].postcode == "2100"
    assert geocoder.suggest("Kopenh")[0].city == "København"
    assert geocoder.suggest("") == ()


def test_the_nearest_without_an_index_is_a_postcode(geocoder: OfflineGeocoder):
    answer, metres = geocoder.nearest_address(Point(55.6762, 12.5690))
    assert (answer.postcode, answer.precision) == ("1550", Precision.POSTCODE)
    assert metres < 100
    with pytest.raises(NotFoundError):
        geocoder.nearest_address(Point(52.5, 13.4))


def test_the_form_of_geopy(geocoder: OfflineGeocoder):
    location = geocoder.geocode("Nyropsgade 1, 1602")
    assert (location.latitude, location.longitude) == location.raw.point
    assert len(geocoder.geocode("Nykøbing", exactly_one=False)) == 3
    assert geocoder.geocode("Berlin") is None
    assert geocoder.reverse("52.5, 13.4") is None
    assert geocoder.reverse((55.6762, 12.5690)).raw.postcode == "1550"
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(" ")


@pytest.mark.parametrize("form", ["table", "json", "csv", "geojson"])
def test_the_command_prints_every_equal_answer(geocoder: OfflineGeocoder, form: str):
    result = CliRunner().invoke(command, ["Nykøbing", "--format", form])
    assert result.exit_code == 0, result.output
    for town in ("Nykøbing F", "Nykøbing M", "Nykøbing Sj"):
        assert town in result.output


def test_the_command_gives_json_and_geojson_that_machines_read(geocoder: OfflineGeocoder):
    answers = json.loads(CliRunner().invoke(command, ["Nykøbing", "--format", "json"]).output)
    assert [a["precision"] for a in answers] == ["country", *["place"] * 3]
    assert (answers[0]["lat"], answers[0]["question"]) == (None, "which")
    assert [a["city"] for a in answers[0]["alternatives"]] == [a["city"] for a in answers[1:]]
    shapes = json.loads(CliRunner().invoke(command, ["2100", "--format", "geojson"]).output)
    lon, lat = shapes["features"][0]["geometry"]["coordinates"]
    assert (8 < lon < 16, 54 < lat < 58) == (True, True)


def test_a_named_index_that_is_not_there_is_an_error(tmp_path: Path):
    path = str(tmp_path / "none.index")
    run = CliRunner().invoke(command, ["Nyhavn 1", "--addresses", path])
    assert isinstance(run.exception, InputError)
    assert "addresses build" in str(run.exception)


def test_the_command_reads_nothing_heavy():
    code = (
        "import sys; from locator.cli import main; main(['geocode', 'Algade 12, 4000'], "
        "standalone_mode=False); print(sorted(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = run.stdout.splitlines()[-1]
    for heavy in ("pandas", "scipy", "shapely", "pyproj", "requests", "pydantic"):
        assert f"'{heavy}'" not in loaded


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Rigshospitalet", "Rigshospitalet"),  # and not Gigthospitalet, a slip away
        ("Sandholm", "Center Sandholm"),  # what Enter takes, too
        ("Nørreb", "Nørrebro, 2200"),
        ("Rigshosp", "Rigshospitalet"),
        ("Frede", "Frederiksberg"),
        ("Kastr", "2770 Kastrup"),
        ("Ama", "Amager"),  # a city of Japan, too
        ("Langgade 5 Tranebjerg Samsø", "Langgade 5, 8305 Samsø"),
    ],
)
def test_what_enter_takes_is_suggested_first(geocoder: OfflineGeocoder, typed: str, first: str):
    assert geocoder.suggest(typed)[0].address.startswith(first)
    answer = geocoder.answer(typed)
    taken = answer.alternatives[0] if answer.question else answer
    assert taken.address.startswith(first)


def test_suggestions_keep_to_the_town_that_was_typed(geocoder: OfflineGeocoder):
    for typed in ("Nørrebrogade 40 København", "Algade 12 Roskilde", "Algade 12 Ros"):
        assert len({answer.city for answer in geocoder.suggest(typed)}) == 1, typed


def test_a_door_farther_along_the_street_is_less_sure(geocoder: OfflineGeocoder):
    near = geocoder.answer("Amagerbrogade 149, 2300")
    far = geocoder.answer("Amagerbrogade 141, 2300")
    assert near.point == far.point  # that of number 151
    assert 30 < near.accuracy_m < far.accuracy_m < 300


def test_a_part_of_a_city_with_its_own_point_is_less_than_its_postcode(geocoder: OfflineGeocoder):
    assert geocoder.answer("Gellerup").accuracy_m < geocoder.answer("8220").accuracy_m


def test_the_second_address_of_a_line_is_said_to_be_set_aside(geocoder: OfflineGeocoder):
    answer = geocoder.answer("Algade 12 Roskilde eller Nørregade 10 Thisted")
    assert answer.address == "Algade 12, 4000 Roskilde"
    assert "“Nørregade 10 Thisted” is set aside." in [note.text() for note in answer.notes]


def test_a_town_in_a_line_that_is_not_understood_is_kept(geocoder: OfflineGeocoder):
    asked = geocoder.answer("mad Odense")
    assert asked.question
    assert asked.address == "Odense"
    sentence = geocoder.answer("jeg bor i Vejle")
    assert sentence.notes[0].text() == "Of “jeg bor i Vejle” only Vejle is understood."


def test_a_wrong_postcode_is_said_where_the_street_is_asked_about(geocoder: OfflineGeocoder):
    answer = geocoder.answer("Skolevej 1, 9999")
    assert answer.question
    assert "9999 is no Danish postcode." in [note.text() for note in answer.notes]


def test_a_bare_ending_of_streets_is_no_slip_of_a_street(geocoder: OfflineGeocoder):
    with pytest.raises(NotFoundError, match="Which town or postcode"):
        geocoder.answer("gade 5")


def test_islands_have_the_postcodes_of_today(geocoder: OfflineGeocoder):
    tunoe = geocoder.answer("Tunø Hovedgade 1")
    assert (tunoe.postcode, tunoe.precision) == ("8799", Precision.ADDRESS)
    assert geocoder.answer("Tunø Hovedgade 1, 8300 Odder").alternatives[0].postcode == "8799"


def test_a_misspelt_street_is_not_given_up_for_its_town(geocoder: OfflineGeocoder):
    answer = geocoder.answer("Terndrup Cenøer 3, Terndrup")
    assert [one.address for one in answer.alternatives] == ["Terndrup Center 3, 9575 Terndrup"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Algade12,4000Roskilde", "Algade 12, 4000 Roskilde"),
        ("Algade 12½, 4000", "Algade 12, 4000 Roskilde"),
        ("Hillerød st.", "3400 Hillerød"),
        ("Kongens Lyngby St", "2800 Kongens Lyngby"),
        ("Mjølnerparken", "Mjølnerparken, 2200 København N"),
    ],
)
def test_what_is_glued_or_half_known_is_read_as_it_is_meant(
    geocoder: OfflineGeocoder, text: str, address: str
):
    answer = geocoder.answer(text)
    assert (answer.address, answer.question) == (address, None)


@pytest.mark.parametrize("text", ["Danmark", "Denmark", "DK"])
def test_the_country_alone_asks_for_more(geocoder: OfflineGeocoder, text: str):
    with pytest.raises(NotFoundError, match="Write more"):
        geocoder.answer(text)
