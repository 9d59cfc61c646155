"""A spreadsheet with columns of any likely name becomes records, and nothing is written unseen."""

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.importing.spreadsheet import map_columns, read_csv
from locator.directory.records import load
from locator.errors import DataError
from locator.geocoding.offline import OfflineGeocoder


@pytest.mark.parametrize(
    "header",
    [
        ("Navn", "Adresse", "Postnr.", "Telefonnr.", "Hjemmeside", "Åbningstider", "Kategori"),
        ("NAME", "Street adress", "Zip", "Phone no", "web-site", "opening hours", "category"),
        ("name ", "address", "postcode", "telephone", "Homepage", "Hours", "Type"),
    ],
)
def test_loose_names_are_understood(header):
    wanted = ("name", "address", "postcode", "phone", "website", "opening_hours", "category")
    assert map_columns(header) == {field: at for at, field in enumerate(wanted)}


def test_a_column_of_another_meaning_is_left_out():
    assert map_columns(("navn", "antal stole", "budget 2026")) == {"name": 0}


def read(tmp_path, text, encoding="utf-8", **options):
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    done = []
    columns, reports = read_csv(
        tmp_path / "a.csv",
        OfflineGeocoder().answer,
        progress=done.append,
        **{"source": "https://example.dk/"} | options,
    )
    return columns, reports, done


TABLE = (
    "Navn;Adresse;Postnr.;Kategori;Tlf\n"
    "Læsesalen;Krystalgade 15;1172;bibliotek;33 66 30 00\n"
    "Intet sted;Findesikkegade 1;;bibliotek;\n"
    "Huset;;2300;;ring bare\n"
    ";Nørregade 1;1165;bibliotek;\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_each_row_is_told_with_its_number(tmp_path, encoding):
    _, reports, done = read(tmp_path, TABLE, encoding)
    good, lost, unknown, nameless = reports
    assert [report.line for report in reports] == [2, 3, 4, 5]
    assert good.record.name == "Læsesalen"
    assert good.record.precision in ("address", "street")
    assert good.record.city == "København K"
    assert lost.record.point is None
    assert "not located" in lost.problems[0]
    assert unknown.record is None
    assert "category" in unknown.problems[0]
    assert nameless.record is None
    assert "name" in nameless.problems[0]
    assert sum(done) == 4


def test_what_cannot_be_read_is_left_out_and_said(tmp_path):
    _, reports, _ = read(tmp_path, TABLE, category="community_centre")
    house = reports[2]
    assert house.record.categories == ("community_centre",)
    assert house.record.phones == ()
    assert any("phones" in problem for problem in house.problems)


def test_ids_are_unlike_each_other(tmp_path):
    _, reports, _ = read(tmp_path, "navn,kategori\nBiblioteket,library\nBiblioteket,library\n")
    assert [r.record.id for r in reports] == ["biblioteket", "biblioteket-2"]


def test_a_file_without_names_is_refused(tmp_path):
    with pytest.raises(DataError, match="no column is the name"):
        read(tmp_path, "a,b\n1,2\n")


def test_nothing_is_written_unless_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    given = ["directory", "import-csv", str(tmp_path / "a.csv"), "--out", str(tmp_path / "d")]
    given += ["--source", "https://example.dk/"]
    dry = CliRunner().invoke(main, given)
    assert dry.exit_code == 0, dry.output
    assert "2 of 4 rows can be used" in dry.output
    assert not (tmp_path / "d").exists()
    CliRunner().invoke(main, [*given, "--write"])
    CliRunner().invoke(main, [*given, "--write"])
    assert len(load(tmp_path / "d")) == 2
