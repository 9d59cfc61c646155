"""The offline geocoder on the Danish test set, and the test set on itself."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from geopy.location import Location

from locator.earth.point import Point, Precision, in_denmark
from locator.geocoding.addresses.importer import build
from locator.geocoding.addresses.table import Mapping
from locator.geocoding.answer import Answer, Confidence
from tests.geocoding.score import Found, Verdict, cases, geocode_with, judge, main, report, score

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.csv"))


def index(files, folder) -> Path:
    out = folder / "addresses.index"
    build(files, out, Mapping(), lambda path, share: None)
    return out


# The shares that are reached, to the whole per cent: what fails is printed, and none may be lost.


def test_with_nothing_but_the_embedded_data():
    reached = score(cases(FOLDER / "embedded.csv"), geocode_with("offline"))
    assert reached.share >= 0.98, report(reached)
    assert not reached.total[Verdict.WRONG], report(reached)


def test_streets_and_places_of_the_whole_country():
    reached = score(cases(FOLDER / "denmark.csv"), geocode_with("offline"))
    assert reached.share >= 0.99, report(reached)
    assert not reached.total[Verdict.WRONG], report(reached)


def test_a_partial_index_leads_nobody_astray(shared, tmp_path):
    addresses = index(sorted((shared / "osm").glob("*.osm.pbf")), tmp_path)
    reached = score(cases(FOLDER / "denmark.csv"), geocode_with("offline", addresses))
    assert reached.share >= 0.99, report(reached)
    assert not reached.total[Verdict.WRONG], report(reached)


def test_with_addresses_from_openstreetmap(shared, tmp_path):
    addresses = index(sorted((shared / "osm").glob("*.osm.pbf")), tmp_path)
    reached = score(cases(FOLDER / "openstreetmap.csv"), geocode_with("offline", addresses))
    assert reached.share >= 0.99, report(reached)
    assert not reached.total[Verdict.WRONG], report(reached)


def test_with_addresses_from_the_register(shared, tmp_path):
    addresses = index([shared / "addresses" / "dar_access_addresses_sample.csv"], tmp_path)
    reached = score(cases(FOLDER / "register.csv"), geocode_with("offline", addresses))
    assert reached.share >= 0.96, report(reached)
    assert not reached.total[Verdict.WRONG], report(reached)


def test_there_are_enough_cases_and_traps():
    every = [case for path in FILES for case in cases(path)]
    assert len(every) >= 1000
    assert len({case["trap"] for case in every}) >= 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_is_whole(path):
    every = cases(path)
    assert len({case["query"] for case in every}) == len(every)
    for case in every:
        assert case["trap"]
        checked = (name for name in case if name.startswith("expected_"))
        assert any(case[name] for name in (*checked, "results", "ambiguous")), case
        if case["expected_coordinate"]:
            lat, lon, metres = map(float, case["expected_coordinate"].split(","))
            assert in_denmark(Point(lat, lon))
            assert metres > 0
        if case["results"]:
            assert not case["expected_city"]


def case(**columns: str) -> dict[str, str]:
    return dict.fromkeys(cases(FILES[0])[0], "") | columns


def place(**parts: str) -> Location:
    answer = Answer("…", Point(55.0, 10.0), Precision.ADDRESS, Confidence.A, **parts)
    return Location("Nyropsgade 1, 1602 København V", (55.0, 10.0), answer)


def town(**parts: str) -> Location:
    answer = Answer("…", Point(55.0, 10.0), Precision.PLACE, Confidence.A, **parts)
    return Location("…", (55.0, 10.0), answer)


KØGE = {"expected_street": "Nygade", "expected_city": "Køge"}


@pytest.mark.parametrize(
    ("columns", "answers", "verdict"),
    [
        ({"expected_street": "Allégade"}, [place(street="Alle Gade")], Verdict.RIGHT),
        ({"expected_street": "Nygade"}, [place(street="Nyvej")], Verdict.WRONG),
        ({"expected_housenumber": "12A"}, [place(street="Nygade", number="12")], Verdict.WRONG),
        ({"expected_postcode": "8000"}, [], Verdict.EMPTY),
        (
            {"expected_street": "Nygade", "expected_city": "Køge"},
            [town(city="Køge")],
            Verdict.COARSER,
        ),
        ({"expected_street": "Nygade", "expected_city": "Køge"}, [town(city="Ry")], Verdict.WRONG),
        ({"expected_coordinate": "55.0,10.0,1"}, [place()], Verdict.RIGHT),
        ({"expected_coordinate": "55.01,10.0,1000"}, [place(street="Nygade")], Verdict.WRONG),
        ({"results": "0"}, [], Verdict.RIGHT),
        ({"results": "0"}, [place()], Verdict.WRONG),
        ({"ambiguous": "yes"}, [place()], Verdict.WRONG),
        ({"ambiguous": "yes"}, [place(), place()], Verdict.ASKED),
        (
            {"expected_street": "Nygade"},
            [place(street="Nyvej"), place(street="Nygade")],
            Verdict.WRONG,
        ),
    ],
)
def test_the_judge(columns, answers, verdict):
    assert judge(case(**columns), Found(answers))[0] is verdict


def test_a_question_is_judged_by_its_choices():
    wanted = case(expected_street="Nygade", expected_city="Køge")
    choices = [place(street="Nyvej"), place(street="Nygade", city="Køge")]
    assert judge(wanted, Found(choices, asked=True))[0] is Verdict.ASKED
    assert judge(wanted, Found(choices[:1], asked=True))[0] is Verdict.EMPTY
    certain = town(city="Køge").raw
    assert judge(wanted, Found(choices[:1], True, certain))[0] is Verdict.COARSER


def test_any_geopy_geocoder_can_be_scored():
    plain = Location("1, Nyropsgade, 1602 København V, Danmark", (55.0, 10.0), {})
    wanted = case(expected_street="Nyropsgade", expected_housenumber="1", expected_postcode="1602")
    assert judge(wanted, Found([plain]))[0] is Verdict.RIGHT
    assert judge(case(expected_street="Istedgade"), Found([plain]))[0] is Verdict.WRONG


class Silent:
    """A geocoder that never finds anything."""

    def geocode(self, query, *, exactly_one=True):
        return None


def test_the_command_scores_a_geocoder_by_its_class():
    run = CliRunner().invoke(
        main, ["--geocoder", f"{__name__}:Silent", str(FOLDER / "embedded.csv")]
    )
    assert run.exit_code == 0, run.output
    assert "  12  nonsense: no answer: 12 right" in run.output
    assert "  30  only a town: 30 empty" in run.output
    assert run.output.splitlines()[-1].startswith("20 of 326")
