"""What is shown can be taken along: it reads back whole, attributed, and runs nothing."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from locator.cli import main
from locator.directory.exporting.files import FORMATS
from locator.directory.exporting.rows import COLUMNS, as_row
from locator.directory.record import Record
from locator.directory.records import load, write_records
from locator.directory.translation import Origin, translated
from locator.earth.point import Point
from locator.errors import InputError
from locator.find.cards import card
from locator.find.export import to_csv, to_geojson, to_json
from locator.find.nearby import Hit, nearest, placeless
from locator.geocoding.finder import Finder
from locator.language.catalogue import language
from locator.language.text import from_spreadsheet_cell, plain
from locator.travel import Unit

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
COPENHAGEN = Point(55.6761, 12.5683)
ENGLISH = load().reader(language("en"))
ICS = "international_citizen_service"


@pytest.fixture(scope="module")
def hits():
    return nearest(load(), COPENHAGEN, limit=200)


@pytest.fixture(scope="module")
def lines():
    return placeless(load())


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def record(**fields):
    return Record(
        **{"id": "x", "name": "X", "categories": ("library",)} | fields,
        sources=({"url": "https://example.dk/", "date": "2026-10", "licence": "ODbL-1.0"},),
    )


def test_what_maintainers_tell_each_other_goes_nowhere(tmp_path):
    private = record(editor_note="Ring to Jens", city="Odense")
    said = [to_csv([], [private], ENGLISH), to_json([], [private], ENGLISH)]
    said += [to_geojson([], [private], ENGLISH), str(card(private, ENGLISH, NOW))]
    write_records(tmp_path / "a.jsonl", [private])
    for form in FORMATS:
        out = tmp_path / f"{form}-out"
        options = ["--format", form, "--directory", str(tmp_path), "--out", str(out)]
        run = CliRunner().invoke(main, ["directory", "export", *options])
        assert run.exit_code == 0, run.output
        files = out.iterdir() if out.is_dir() else [out]
        said += [file.read_bytes().decode("utf-8", "replace") for file in files]
    assert [text for text in said if "Odense" in text]
    assert not [text for text in said if "Jens" in text]


def test_csv_reads_back_what_json_says(hits, lines):
    rows = read(to_csv(hits, lines, ENGLISH))
    objects = json.loads(to_json(hits, lines, ENGLISH))
    assert len(rows) == len(objects) == len(hits) + len(lines)
    for row, thing in zip(rows, objects, strict=True):
        assert tuple(row) == tuple(thing) == (*COLUMNS, "crossing")
        for name, value in thing.items():
            text = (
                ";".join(value) if isinstance(value, list) else "" if value is None else str(value)
            )
            assert from_spreadsheet_cell(row[name]) == text


@given(name=st.text(min_size=1, max_size=30).filter(str.strip), note=st.text(max_size=30))
def test_any_text_survives_the_table(name, note):
    one = record(name=name, description=note)
    row = read(to_csv([], [one], ENGLISH))[0]
    assert from_spreadsheet_cell(row["name"]) == plain(one.name)
    assert from_spreadsheet_cell(row["description"]) == plain(one.description)


def test_csv_runs_no_formula_and_keeps_phone_numbers():
    evil = record(
        name="@SUM(1)",
        description="-1+cmd|' /C calc'!A0",
        translations=(
            translated("name", "@SUM(1)", "en", '=HYPERLINK("http://evil")', Origin.ORIGINAL),
        ),
        phones=({"number": "+45 33 66 10 00"},),
    )
    row = read(to_csv([], [evil], ENGLISH))[0]
    assert [row[c][:2] for c in ("name", "original_name", "description")] == ["'=", "'@", "'-"]
    assert row["phone"] == "+45 33 66 10 00"


def test_an_empty_table_still_has_its_heads_and_a_mark_comes_first():
    assert to_csv([], [], ENGLISH) == ",".join(COLUMNS) + "\r\n"
    assert to_csv([], [], ENGLISH, bom=True).encode("utf-8").startswith(b"\xef\xbb\xbfid,")


def test_geojson_follows_the_standard(hits, lines):
    collection = json.loads(to_geojson(hits, lines[:1], ENGLISH))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    first = collection["features"][0]
    assert first["geometry"]["coordinates"] == [hits[0].record.lon, hits[0].record.lat]
    assert first["id"] == hits[0].record.id
    assert first["properties"]["distance_m"] == pytest.approx(hits[0].distance_m, abs=1e-3)
    assert first["properties"]["source"].startswith("https://")
    assert collection["features"][-1]["geometry"] is None


def test_whose_data_it_is_goes_along(hits):
    named = json.loads(to_geojson(hits, [], ENGLISH))["attribution"]
    assert "© OpenStreetMap contributors, ODbL 1.0" in named
    assert "Klimadatastyrelsen, CC BY 4.0" in named
    assert len(named) < 10  # one for each holder, not for each point
    assert as_row(record(), ENGLISH)["licence"] == "ODbL-1.0"
    assert json.loads(to_geojson([], [], ENGLISH))["attribution"] == []


def test_hidden_characters_do_not_leave_the_house():
    one = record(name="good\u202eevil\x00", lat=55.0, lon=12.0, precision="address")
    hit = Hit(one, 1.0, Unit.METRE, 1.0, 2.0)
    (feature,) = json.loads(to_geojson([hit], [], ENGLISH))["features"]
    assert feature["properties"]["name"] == "goodevil"


def run(*arguments):
    result = CliRunner().invoke(main, ["nearest", *arguments])
    assert result.exit_code == 0, result.output
    return result


def test_command_line_json():
    found = json.loads(run("55.6779,12.5604", "--category", ICS, "--format", "json").stdout)
    assert found[0]["id"] == "ics-copenhagen"
    distances = [thing["distance_m"] for thing in found]
    assert distances == sorted(distances)
    assert {"id", "name", "category", "distance_m", "bearing", "lat", "lon", "address"} <= set(
        found[0]
    )


def test_command_line_formats_agree():
    arguments = ("57.7209,10.5839", "--category", "library", "--limit", "3", "--format")
    objects = json.loads(run(*arguments, "json").stdout)
    rows = read(run(*arguments, "csv").stdout)
    features = json.loads(run(*arguments, "geojson").stdout)["features"]
    expected = [thing["id"] for thing in objects]
    assert [row["id"] for row in rows] == [f["id"] for f in features] == expected


def test_command_line_within_and_limit():
    near = json.loads(
        run("55.6761,12.5683", "--within", "2km", "--limit", "50", "--format", "json").stdout
    )
    assert 5 < len(near) <= 50
    assert all(thing["distance_m"] <= 2000 for thing in near)


def test_command_line_adds_phone_lines_only_when_asked():
    arguments = ("55.6761,12.5683", "--category", "emergency_line", "--format", "json")
    assert json.loads(run(*arguments).stdout) == []
    lines = json.loads(run(*arguments, "--placeless").stdout)
    assert lines
    assert all(line["distance_m"] is None for line in lines)
    assert "By phone or online" in run(*arguments[:3]).stdout


def test_command_line_leaves_out_other_municipalities_lines():
    arguments = ("8000 Aarhus C", "--category", "citizen_service_centre", "--placeless")
    found = json.loads(run(*arguments, "--format", "json", "--limit", "1").stdout)
    assert "bs-aabenraa" not in [thing["id"] for thing in found]
    home = json.loads(run("6200 Aabenraa", *arguments[1:], "--format", "json").stdout)
    assert "bs-aabenraa" in [thing["id"] for thing in home]


def test_command_line_asks_which_place_is_meant():
    result = CliRunner().invoke(main, ["nearest", "Nykøbing", "--category", ICS])
    assert isinstance(result.exception, InputError)
    assert result.stdout == ""
    assert "Which one do you mean?" in result.stderr
    assert "Nykøbing Sj" in result.stderr


def test_from_a_town_the_command_line_says_about_how_far_it_is():
    result = run("Algade 12, 4000 Roskilde", "--category", "library")
    first = result.stdout.splitlines()[2:]
    assert first[0].startswith("in this town")
    assert any(line.startswith("about ") for line in first)
    assert "precision: place" in result.stderr
    door = run("55.6779,12.5604", "--category", ICS, "--limit", "1")
    assert "about" not in door.stdout


@pytest.mark.parametrize("form", ["json", "geojson", "csv"])
def test_files_tell_how_well_the_origin_is_known_and_not_where_it_is(form):
    text = "Algade 12, 4000 Roskilde"
    said = run(text, "--category", "library", "--placeless", "--format", form).stdout
    assert "Algade" not in said
    if form == "csv":
        rows = [row | {"distance_m": row["distance_m"] or None} for row in read(said)]
    elif form == "json":
        rows = json.loads(said)
    else:
        rows = [feature["properties"] for feature in json.loads(said)["features"]]
    near = [row for row in rows if row["distance_m"] is not None]
    assert {row["origin_precision"] for row in near} == {"place"}
    off = round(Finder().answer(text).accuracy_m)
    assert {int(row["origin_accuracy_m"]) for row in near} == {off}
    assert all(int(row["distance_off_m"]) >= off for row in near)
    assert not any(row["distance_off_m"] for row in rows if row["distance_m"] is None)


def test_command_line_lists_categories():
    result = CliRunner().invoke(main, ["categories", "--format", "json"])
    rows = {row["category"]: row for row in json.loads(result.stdout)}
    assert rows[ICS]["records"] == 6
    assert rows["emergency_line"]["with_point"] == 0
    table = CliRunner().invoke(main, ["categories"]).stdout
    assert "International Citizen Service" in table
    heads = CliRunner().invoke(main, ["categories", "--format", "csv"]).stdout.splitlines()
    assert len(heads) == len(rows) + 1


def test_both_names_and_descriptions_go_along():
    english, danish = (
        read(to_csv([], [load().by_id["bs-aalborg"]], load().reader(language(code))))[0]
        for code in ("en", "da")
    )
    assert (english["name"], danish["name"]) == ("Citizen Service Aalborg", "Borgerservice Aalborg")
    assert english["original_name"] == danish["original_name"] == "Borgerservice Aalborg"
    assert danish["description"].startswith("Kommunens skranke")
    assert danish["original_description"] == english["description"]


def test_command_line_answers_in_the_language_asked_for(tmp_path):
    arguments = ("57.048,9.9187", "--category", "citizen_service_centre", "--limit", "1")
    assert "Citizen Service Aalborg" in run(*arguments).stdout
    assert "Borgerservice Aalborg" in run(*arguments, "--lang", "da").stdout
    out = ("directory", "export", "--format", "csv", "--lang", "da", "--out", tmp_path / "a.csv")
    assert CliRunner().invoke(main, list(map(str, out))).exit_code == 0
    assert "Kommunens skranke" in (tmp_path / "a.csv").read_text(encoding="utf-8")
    table = CliRunner().invoke(main, ["categories", "--lang", "da"]).stdout
    assert "Fødevarehjælp" in table
