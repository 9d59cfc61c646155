"""The embedded directory: everyone has someone to ask, and nothing is said that is not known."""

import csv
from collections import Counter, defaultdict
from datetime import datetime

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.checks import Level, check
from locator.directory.record import PlaceKind
from locator.directory.records import load
from locator.directory.taxonomy import categories
from locator.directory.usefulness import can_be_acted_on, editors_words, has_a_number
from locator.earth.point import Precision
from locator.places.tables import CHRISTIANSOE, municipalities
from locator.settings import GEODATA

MUNICIPALITIES = sorted(municipalities().keys() - {CHRISTIANSOE})
REGIONS = {
    "Region Hovedstaden": "1813",
    "Region Sjælland": "1818",
    "Region Syddanmark": "+45 70 11 07 07",
    "Region Midtjylland": "+45 70 11 31 31",
    "Region Nordjylland": "+45 70 15 03 00",
}


@pytest.fixture(scope="module")
def directory():
    return load()


def of_kind(directory, kind):
    return [record for record in directory if kind in record.categories]


def serving(records):
    found = defaultdict(list)
    for record in records:
        for code in {record.municipality_code, *record.service_area} - {""}:
            found[code].append(record)
    return found


def test_it_has_no_error(directory):
    findings = check(directory, datetime(2026, 11, 24))
    assert [f for f in findings if f.level is Level.ERROR] == []
    assert [f for f in findings if "merge the two" in f.problem.template] == []


def test_every_municipality_has_a_line_of_its_own(directory):
    lines = serving(of_kind(directory, "municipality"))
    assert sorted(lines) == MUNICIPALITIES
    for code, (record,) in lines.items():
        assert record.id == f"municipality-{code}"
        assert can_be_acted_on(record)
        assert record.website
    assert sum(bool(record.phones) for (record,) in lines.values()) >= 60


@pytest.mark.parametrize("kind", ["citizen_service_centre", "library"])
def test_every_municipality_has_one(directory, kind):
    assert set(serving(of_kind(directory, kind))) >= set(MUNICIPALITIES)


def test_everyone_is_told_the_doctor_of_their_own_region_and_no_other(directory):
    lines = serving(r for r in of_kind(directory, "emergency_line") if r.scope == "regional")
    for code in MUNICIPALITIES:
        (line,) = lines[code]
        assert [phone.number for phone in line.phones] == [REGIONS[municipalities()[code].region]]
        assert line.place_kind is PlaceKind.NONE


def test_an_emergency_room_gives_the_number_to_call_first(directory):
    for record in of_kind(directory, "hospital_emergency"):
        region = municipalities()[record.municipality_code].region
        assert REGIONS[region] in {phone.number for phone in record.phones}, record.id


def test_help_against_violence_is_a_telephone_away_and_its_place_secret(directory):
    found = of_kind(directory, "domestic_violence_help")
    national = [r for r in found if r.scope == "national" and r.opening_hours == "24/7"]
    assert {phone.number for r in national for phone in r.phones} >= {"1888", "+45 33 33 00 47"}
    for record in found:
        assert record.phones, record.id
        assert record.place_kind in (PlaceKind.SECRET, PlaceKind.NONE)
        assert not record.point
        assert not any("ekstrabladet" in source.url for source in record.sources)


def test_help_to_stop_using_violence_stands_apart(directory):
    found = of_kind(directory, "violence_treatment")
    assert found
    assert all(record.phones for record in found)
    assert not any("domestic_violence_help" in record.categories for record in found)
    groups = {kind: categories()[kind].group for kind in ("violence_treatment", "crisis_line")}
    assert len(set(groups.values())) == 2


def test_only_what_needs_no_place_has_none(directory):
    for record in directory:
        if record.place_kind is PlaceKind.NONE:
            assert not record.point, record.id
        if record.place_kind is PlaceKind.PLACE:
            assert record.address or record.precision in (Precision.POINT, Precision.ADDRESS)
    kinds = {r.id: r.place_kind for r in directory}
    assert kinds["medical-1813"] is PlaceKind.NONE
    assert (
        kinds["soc-hc-rk-aarhus"] is PlaceKind.SECRET
    )  # "address is not public, call to learn it"
    for name in ("dk-aarhus-clavis", "jc-copenhagen", "soc-hc-steno-apotek"):
        assert kinds[name] is PlaceKind.UNKNOWN, name
    for name in ("soc-hl-sundholm-natcafe", "soc-hl-silkeborg-blaa-seng", "jc-aalborg"):
        assert kinds[name] is PlaceKind.UNKNOWN, name


def test_an_exact_address_has_a_number(directory):
    exact = [r for r in directory if r.precision is Precision.ADDRESS]
    assert len(exact) > 900
    assert [r.id for r in exact if not has_a_number(r.address)] == []


def test_editors_do_not_speak_to_people(directory):
    assert [r.id for r in directory if editors_words(r.name, r.description, r.hours_note)] == []
    assert sum(bool(r.editor_note) for r in directory) > 300


def test_what_was_left_out_stays_out(directory):
    with (GEODATA / "left_out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["id"] for row in rows} & directory.by_id.keys() == set()
    assert {row["instead"] for row in rows} - {""} <= directory.by_id.keys()
    assert {"soc-foedevarebanken", "soc-wefood-aalborg"} <= {row["id"] for row in rows}


def test_the_readme_tells_how_complete_it_is(directory):
    readme = (GEODATA.parent / "README.md").read_text(encoding="utf-8")
    said = CliRunner().invoke(main, ["directory", "quality", "--on", "2026-11-24"]).output
    for table in said.strip().split("\n\n"):
        assert table in readme
    points = Counter(record.precision for record in directory)
    kinds = Counter(record.place_kind for record in directory)
    for count in (
        f"{len(directory):,} sourced places",
        f"{points[Precision.ADDRESS]:,} points are a street and number",
        f"{points[Precision.POINT]} a building",
        f"{points[Precision.PLACE] + points[Precision.VILLAGE]} a town or village",
        f"{kinds[PlaceKind.UNKNOWN]} services have a place that we do not know",
    ):
        assert count in " ".join(readme.split())
