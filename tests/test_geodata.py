"""The embedded data are what their description says, and say where they come from."""

import csv
import json
import shutil
from collections import Counter

import pytest
from frictionless import Package
from opening_hours import validate

from locator.directory.record import PlaceKind
from locator.directory.records import load, read_records, write_records
from locator.directory.taxonomy import categories
from locator.directory.translation import digest
from locator.earth.point import Precision, in_denmark
from locator.language.catalogue import language
from locator.places.tables import postcodes
from locator.settings import GEODATA


@pytest.fixture(scope="module")
def directory():
    return load()


def test_the_tables_fit_their_schemas():
    package = Package(str(GEODATA / "datapackage.json"))
    for resource in package.resources:
        if resource.format == "csv":
            report = resource.validate()
            assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]


def test_every_file_is_described_with_source_licence_and_date():
    described = json.loads((GEODATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    for one in described:
        assert one["sources"], one["name"]
        assert one["licenses"], one["name"]
        assert one["date"], one["name"]
    data = {p.relative_to(GEODATA).as_posix() for p in GEODATA.rglob("*") if p.is_file()}
    data = {
        p
        for p in data
        if not p.startswith("local/") and p.endswith((".csv", ".jsonl", "json", ".gz", ".index"))
    }
    paths = [one["path"] for one in described]
    every = {p for path in paths for p in (path if isinstance(path, list) else [path])}
    assert data - {"datapackage.json"} == every


def test_the_tables_are_whole():
    def rows(name):
        with (GEODATA / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    assert len(rows("postcodes.csv")) == 1089
    assert len(rows("municipalities.csv")) == 99
    assert len(rows("towns.csv")) == 505


def test_every_record_names_a_source(directory):
    assert len(directory) > 1_000
    assert all(record.sources[0].url.startswith("http") for record in directory)


def test_every_source_has_a_date_its_own_or_that_of_the_reading(directory):
    assert not [r.id for r in directory if not any(s.date or s.read for s in r.sources)]


def test_openstreetmap_records_are_kept_apart():
    for file, licence in (("curated", ""), ("openstreetmap", "ODbL-1.0")):
        lines = (GEODATA / "directory" / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
        found = {
            source.get("licence", "") for line in lines for source in json.loads(line)["sources"]
        }
        assert found == {licence}


def test_every_point_is_in_denmark_and_says_how_good_it_is(directory):
    for record in directory:
        if record.point:
            assert in_denmark(record.point), record.id
            assert record.precision in set(Precision), record.id
            assert record.point_source, record.id


def test_postcodes_exist(directory):
    assert {r.postcode for r in directory if r.postcode} <= set(postcodes())


def test_opening_hours_can_be_read(directory):
    assert not [r.id for r in directory if r.opening_hours and not validate(r.opening_hours)]


def test_no_shelter_has_a_place(directory):
    shelters = [r for r in directory if any(categories()[c].protected for c in r.categories)]
    assert shelters
    assert not [r.id for r in shelters if r.point or r.address]


def test_the_six_newcomer_offices_are_complete_as_far_as_sources_go(directory):
    offices = {r.id: r for r in directory if "international_citizen_service" in r.categories}
    assert set(offices) == {
        "ics-copenhagen", "ics-aarhus", "ics-odense", "ics-aalborg", "ics-esbjerg",
        "ics-soenderborg",
    }  # fmt: skip
    for office in offices.values():
        assert office.point
        assert office.website
        assert office.audience_note
        assert [one for one in directory.texts.of(office) if one.field == "description"]
    odense = offices["ics-odense"]
    assert odense.address == ""
    assert odense.precision is Precision.PLACE
    assert odense.place_kind is PlaceKind.UNKNOWN
    assert "not confirmed" in odense.editor_note


def test_names_and_places_are_listed_once(directory):
    keys = Counter((r.name, r.address, r.postcode, r.categories[0], r.point) for r in directory)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_record_is_described_in_danish_too(directory):
    danish = directory.reader(language("da"))
    assert [r.id for r in directory if danish.said(r, "description").language != "da"] == []


def test_texts_lie_with_their_records_and_are_of_what_these_say(directory):
    """Those of OpenStreetMap's places are under its licence: they stay apart."""
    for file in (GEODATA / "directory").glob("*.jsonl"):
        ids = {json.loads(line)["id"] for line in file.read_text(encoding="utf-8").splitlines()}
        for texts in (GEODATA / "directory" / "texts").glob(f"*/{file.name}"):
            lines = map(json.loads, texts.read_text(encoding="utf-8").splitlines())
            assert {record for line in lines for record in line["records"]} <= ids, texts
    for record in directory.whole:
        for one in record.translations:
            assert one.of == digest(getattr(record, one.field)), (record.id, one)


def test_a_file_is_written_as_it_was_read(tmp_path, directory):
    """So that a change of one text changes one line."""
    shutil.copytree(GEODATA / "directory", tmp_path / "d")
    for file in (tmp_path / "d").glob("*.jsonl"):
        write_records(file, read_records(file))
    for file in (tmp_path / "d" / "texts").rglob("*.jsonl"):
        assert (
            file.read_bytes()
            == (GEODATA / "directory" / file.relative_to(tmp_path / "d")).read_bytes()
        )
