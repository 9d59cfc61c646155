"""The Human Services Data Specification, in and out, without loss and without harm."""

import csv
import io
import json
import shutil
import zipfile

import frictionless
import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.exporting.files import export
from locator.directory.hsds import exchange as hsds
from locator.directory.hsds import package as packages
from locator.directory.hsds.package import read_package
from locator.directory.record import Record
from locator.directory.records import load, write_records
from locator.directory.store import FolderStore
from locator.errors import DataError, InputError, LocatorError
from locator.language.catalogue import language

FORMS = ("package", "package.zip", "package.json")


def a_record(**fields):
    return Record(
        **{
            "id": "a",
            "name": "A library",
            "categories": ("library",),
            "sources": ({"url": "https://example.dk/", "date": "2026-10"},),
        }
        | fields
    )


@pytest.fixture
def example(shared):
    return shared / "hsds" / "examples"


@pytest.mark.parametrize("form", FORMS)
def test_the_whole_directory_comes_back_field_by_field(tmp_path, form):
    hsds.export_package(load().whole, tmp_path / form)
    back = hsds.read(tmp_path / form)
    shared = {r.id: r.model_copy(update={"editor_note": ""}) for r in load().whole}
    assert {r.id: r for r in back.records} == shared
    assert not back.problems
    assert not back.unattached


@pytest.mark.parametrize("form", FORMS)
def test_what_maintainers_tell_each_other_is_not_exported(tmp_path, form):
    (tmp_path / "d").mkdir()
    write_records(tmp_path / "d" / "a.jsonl", [a_record(editor_note="Ring to Jens and verify")])
    hsds.export_package(load(tmp_path / "d"), tmp_path / form)
    (back,) = hsds.read(tmp_path / form).records
    assert back == a_record()


@pytest.mark.parametrize("form", FORMS)
def test_the_example_package_comes_back_field_by_field(example, tmp_path, form):
    hsds.import_package(example, tmp_path / "directory")
    export("hsds", tmp_path / form, language("en"), FolderStore(tmp_path / "directory"))
    before = {name: rows for name, rows in read_package(example).items() if rows}
    after = {name: rows for name, rows in read_package(tmp_path / form).items() if rows}
    assert after == before
    assert len(before) == 21


def test_the_example_is_read_as_a_person_would(example):
    (record,) = hsds.read(example).records
    assert record.name == "Community Counselling"
    assert record.categories == ("mental_health",)
    assert record.opening_hours == ""  # of weeks 41 and 42 only
    assert "10 am to 6pm" in record.hours_note
    assert record.phones[0].number == "+44 1234 234567"
    assert record.point is None  # its latitude is 100


def test_the_package_passes_its_own_schema(tmp_path):
    hsds.export_package(load().whole, tmp_path / "package")
    report = frictionless.Package(str(tmp_path / "package" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["fieldName", "rowNumber", "message"])[:5]
    assert len(report.tasks) == 21


def test_an_edit_changes_its_column_and_keeps_the_rest(example, tmp_path):
    (record,) = hsds.read(example).records
    before = hsds.tables_of([record])
    after = hsds.tables_of([record.model_copy(update={"description": "New words"})])
    assert after["service"][0]["description"] == "New words"
    assert after["service"][0]["wait_time"] == before["service"][0]["wait_time"]
    assert after["schedule"] == before["schedule"]
    assert after["contact"] == before["contact"]


def test_formulas_are_neutral_in_the_file_and_text_in_the_record(tmp_path):
    evil = a_record(description='=HYPERLINK("http://evil.example","x")')
    (tmp_path / "d").mkdir()
    write_records(tmp_path / "d" / "a.jsonl", [evil])
    hsds.export_package(load(tmp_path / "d"), tmp_path / "out")
    with (tmp_path / "out" / "services.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["description"].startswith("'=")
    assert hsds.read(tmp_path / "out").records == (evil,)


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


SERVICES = "id,name,organization_id,status\ns1,A library,o1,active\n"


def refused(package, tmp_path):
    """The message; and nothing was imported."""
    out = tmp_path / "out"
    with pytest.raises((DataError, InputError)) as error:
        hsds.import_package(package, out)
    assert not out.exists()
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".out")]
    return str(error.value)


@pytest.mark.parametrize(
    "name", ["../services.csv", "/etc/services.csv", "..\\services.csv", "C:\\s"]
)
def test_a_path_that_climbs_out_is_refused(tmp_path, name):
    package = zipped(tmp_path / "p.zip", {"services.csv": SERVICES, name: "x"})
    assert "outside" in refused(package, tmp_path)


def test_a_descriptor_that_climbs_out_is_refused(tmp_path):
    descriptor = {"resources": [{"name": "service", "path": "../../etc/passwd"}]}
    package = zipped(
        tmp_path / "p.zip", {"services.csv": SERVICES, "datapackage.json": json.dumps(descriptor)}
    )
    assert "outside" in refused(package, tmp_path)


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "secret.csv").write_text(SERVICES)
    (tmp_path / "p" / "services.csv").symlink_to(tmp_path / "secret.csv")
    assert "outside" in refused(tmp_path / "p", tmp_path)


def test_a_zip_bomb_is_refused_by_its_headers(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "MAX_BYTES", 1_000_000)
    package = zipped(tmp_path / "p.zip", {"services.csv": SERVICES + "\n" * 2_000_000})
    assert "no package is that large" in refused(package, tmp_path)


def test_a_zip_bomb_with_false_headers_is_refused(tmp_path):
    package = zipped(tmp_path / "p.zip", {"services.csv": SERVICES + "\n" * 3_000_000})
    raw = package.read_bytes()
    size = (len(SERVICES) + 3_000_000).to_bytes(4, "little")
    assert raw.count(size) == 2
    package.write_bytes(raw.replace(size, (10).to_bytes(4, "little")))
    refused(package, tmp_path)


def test_many_rows_stop_at_the_limit_while_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "MAX_BYTES", 10_000)
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "services.csv").write_text(SERVICES + "s2,B library,o1,active\n" * 1000)
    assert "no package is that large" in refused(tmp_path / "p", tmp_path)


def test_a_huge_cell_is_refused_with_its_line(tmp_path):
    (tmp_path / "p").mkdir()
    huge = SERVICES + f's2,"{"x" * 3_000_000}",o1,active\n'
    (tmp_path / "p" / "services.csv").write_text(huge)
    message = refused(tmp_path / "p", tmp_path)
    assert "services.csv" in message
    assert "line 3" in message


def test_another_encoding_is_refused_with_its_line(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "services.csv").write_bytes(SERVICES.replace("A", "Å").encode("cp1252"))
    message = refused(tmp_path / "p", tmp_path)
    assert "UTF-8" in message
    assert "line 2" in message


def test_a_byte_order_mark_is_no_harm(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "services.csv").write_text(SERVICES, encoding="utf-8-sig")
    assert hsds.read(tmp_path / "p").records[0].categories == ("library",)


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[1]", '{"id": 1, "nonsense": 2}', "[" * 100_000, '{"id": "a", "name": []}'],
)
def test_json_that_is_no_package_is_refused(tmp_path, content):
    (tmp_path / "p.json").write_text(content)
    refused(tmp_path / "p.json", tmp_path)


def test_one_bad_service_leaves_what_was_there_alone(tmp_path, example):
    hsds.import_package(example, tmp_path / "out")
    before = (tmp_path / "out" / hsds.RECORDS).read_bytes()
    shutil.copytree(example, tmp_path / "p")
    with (tmp_path / "p" / "services.csv").open("a") as file:
        file.write("s9,o1,,,,,,,active\r\n")
    with pytest.raises(LocatorError, match="s9"):
        hsds.import_package(tmp_path / "p", tmp_path / "out")
    assert (tmp_path / "out" / hsds.RECORDS).read_bytes() == before


def test_a_folder_with_other_files_is_left_alone(tmp_path, example):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="other files"):
        hsds.import_package(example, tmp_path / "out")
    with pytest.raises(InputError, match="other files"):
        hsds.export_package(load().whole, tmp_path / "out")
    assert (tmp_path / "out" / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("form", ["geojson", "gpkg", "csv"])
def test_every_format_holds_every_record(tmp_path, form):
    out = tmp_path / f"x.{form}"
    result = CliRunner().invoke(
        main, ["directory", "export", "--format", form, "--out", str(out)], catch_exceptions=False
    )
    assert result.exit_code == 0
    if form == "csv":
        ids = [r["id"] for r in csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline=""))]
    elif form == "geojson":
        ids = [f["id"] for f in json.loads(out.read_text("utf-8"))["features"]]
    else:
        import geopandas

        frame = geopandas.read_file(out)
        ids = list(frame["id"])
        located = frame[frame["lat"].notna()].iloc[0]
        assert located.geometry.x == located["lon"]
    assert sorted(ids) == sorted(load().by_id)
