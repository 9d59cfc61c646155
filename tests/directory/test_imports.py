"""What is imported lies over the directory at once, and goes when its folder is removed."""

import json
import shutil

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.records import load, read_records
from locator.directory.store import FolderStore
from locator.errors import DataError
from locator.settings import EMBEDDED

ROWS = """navn,adresse,postnr,by,kategori,telefon
Bogkælderen,Nørregade 1,8000,Aarhus C,bibliotek,+45 33 66 33 66
Læsesalen,Nørregade 2,8000,Aarhus C,bibliotek,
"""


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("NAERVED_DATA", str(tmp_path / "data"))
    return FolderStore(EMBEDDED, tmp_path / "data")


def run(*arguments):
    result = CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def rows(tmp_path):
    (tmp_path / "New rows.csv").write_text(ROWS)
    options = ("--write", "--source", "https://example.dk/")
    return lambda: run("directory", "import-csv", tmp_path / "New rows.csv", *options)


def embedded():
    return {file: file.read_bytes() for file in EMBEDDED.rglob("*.jsonl")}


def test_rows_of_a_spreadsheet_are_found_at_once(store, rows):
    before = embedded()
    said = rows()
    assert "0 of them in the place of its own records" in said
    assert embedded() == before
    found = run("nearest", "8000 Aarhus C", "--category", "library", "--format", "json")
    assert "Bogkælderen" in found
    assert len(store.directory()) == len(load()) + 2
    rows()  # again: the same two
    assert len(store.directory()) == len(load()) + 2
    folder = store.import_folder("New rows")
    assert str(folder) in said
    shutil.rmtree(folder)
    assert len(store.directory()) == len(load())


def test_a_directory_that_is_named_is_seen_as_it_is(store, rows):
    rows()
    named = ("nearest", "8000 Aarhus C", "--format", "json", "--directory", EMBEDDED)
    assert "Bogkælderen" not in run(*named)


def test_a_package_lies_over_the_directory(store, tmp_path, rows):
    rows()
    run("directory", "export", "--out", tmp_path / "all.zip")
    shutil.rmtree(store.import_folder("New rows"))
    said = run("directory", "import", tmp_path / "all.zip")
    assert f"{len(load())} of them in the place of its own records" in said
    assert len(store.directory()) == len(load()) + 2
    run("directory", "export", "--out", tmp_path / "again")
    services = (tmp_path / "again" / "services.csv").read_text(encoding="utf-8")
    assert "Bogkælderen" in services


def test_places_of_openstreetmap_stay_apart_and_are_added_once(store, shared):
    before = embedded()
    extract = shared / "osm" / "inner_copenhagen_2025.osm.pbf"
    assert "Nothing was written" in run("directory", "import-osm", extract)
    assert len(store.directory()) == len(load())
    run("directory", "import-osm", extract, "--write")
    (file,) = store.import_folder("openstreetmap").glob("*.jsonl")
    new = read_records(file)
    assert new
    assert all(record.sources[0].licence == "ODbL-1.0" for record in new)
    assert len(store.directory()) > len(load())
    assert embedded() == before
    count = len(store.directory())
    assert " 0 new," in run("directory", "import-osm", extract, "--write")
    assert len(store.directory()) == count
    assert {r.id for r in read_records(file)} == {r.id for r in new}


def test_the_check_tells_what_no_longer_fits(store, rows):
    rows()
    shutil.copytree(store.import_folder("New rows"), store.import_folder("Twice"))
    said = CliRunner().invoke(main, ["directory", "check"]).output
    assert "the imports new-rows and twice both have it" in said


def test_coverage_counts_what_lies_over_the_directory(store, rows, tmp_path):
    asked = ("coverage", "--category", "library", "--within", "5km", "--out", tmp_path / "out")
    run(*asked)
    sidecar = tmp_path / "out" / "coverage.sidecar.json"
    described = json.loads(sidecar.read_text())
    assert described["parameters"]["sources"]["overlay"] == ""
    rows()
    run(*asked)
    described = json.loads(sidecar.read_text())
    assert any("new-rows" in name for name in described["inputs"])
    places = (tmp_path / "out" / "facilities.geojson").read_text(encoding="utf-8")
    assert "bogkaelderen" in places
    run("coverage", "--from-sidecar", sidecar, "--out", tmp_path / "again")
    assert (tmp_path / "again" / "facilities.geojson").read_text(encoding="utf-8") == places
    shutil.copytree(store.import_folder("New rows"), store.import_folder("Twice"))
    result = CliRunner().invoke(main, ["coverage", "--from-sidecar", str(sidecar)])
    assert isinstance(result.exception, DataError)
