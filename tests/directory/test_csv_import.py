"""A spreadsheet with columns of any likely name becomes records, and no fact of it is changed."""

import csv
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.cli import main
from locator.directory.checks import check
from locator.directory.findings import Level
from locator.directory.importing.spreadsheet import map_columns, read_csv
from locator.directory.records import load, read_records
from locator.errors import DataError
from locator.geocoding.offline import OfflineGeocoder
from locator.places import postcodes

NOW = datetime(2026, 11, 24)


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
    table = read_csv(
        tmp_path / "a.csv",
        OfflineGeocoder().answer,
        progress=done.append,
        now=NOW,
        **{"source": "https://example.dk/"} | options,
    )
    return table, done


def told(row):
    return " ".join(note.text() for note in (*row.doubts, *row.notes))


TABLE = (
    "Navn;Adresse;Postnr.;Kategori;Tlf\n"
    "Læsesalen;Krystalgade 15;1172;bibliotek;33 66 30 00\n"
    "Intet sted;Findesikkegade 1;;bibliotek;\n"
    "Huset;;2300;;ring bare\n"
    ";Nørregade 1;1165;bibliotek;\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_each_row_is_told_with_its_number(tmp_path, encoding):
    table, done = read(tmp_path, TABLE, encoding)
    good, lost, unknown, nameless = table.rows
    assert [row.line for row in table.rows] == [2, 3, 4, 5]
    assert good.is_sure
    assert good.record.name == "Læsesalen"
    assert good.record.precision in ("address", "street")
    assert good.record.city == "København K"
    assert lost.record.point is None
    assert "not located" in told(lost)
    assert unknown.record is None
    assert "category" in told(unknown)
    assert nameless.record is None
    assert "name" in told(nameless)
    assert sum(done) == 4


def test_what_cannot_be_read_makes_the_row_doubtful(tmp_path):
    table, _ = read(tmp_path, TABLE, category="community_centre")
    house = table.rows[2]
    assert house.record.categories == ("community_centre",)
    assert house.record.phones == ()
    assert not house.is_sure
    assert "“ring bare”" in told(house)


def test_ids_are_unlike_each_other_and_those_there(tmp_path):
    rows = "navn,kategori\nBiblioteket,library\nBiblioteket,library\n"
    table, _ = read(tmp_path, rows)
    assert [row.record.id for row in table.rows] == ["biblioteket", "biblioteket-2"]
    table, _ = read(tmp_path, rows, there=[table.rows[0].record])
    assert [row.record.id for row in table.rows] == ["biblioteket-2", "biblioteket-3"]


def test_one_id_twice_is_no_way_to_lose_a_row(tmp_path):
    table, _ = read(tmp_path, "id,navn,kategori,postnr\na,Et,library,8000\na,To,library,8000\n")
    assert not any(row.is_sure for row in table.rows)


def test_a_file_without_names_is_refused(tmp_path):
    with pytest.raises(DataError, match="no column is the name"):
        read(tmp_path, "a,b\n1,2\n")


# As a librarian has it: semicolons, Latin-1, words for hours, addresses in one cell.
DANISH = [
    ("Navn", "Adresse", "Telefon", "Hjemmeside", "Åbningstider", "Type", "Pris", "Sprog", "Note"),
    (
        *("Sprogcaféen på Nørrebro", "Mimersgade 55, København N", "35 35 35 35"),
        *("www.rodekors.dk", "Man-tors 15-17", "sprogcafé", "Gratis", "dansk og arabisk", "x"),
    ),
    (
        *("Rådgivningen", "Nørregade 10, 7700 Thisted", "97920000 (tirsdag 9-12)"),
        *("https://example.dk/råd", "tirsdag 16-18, lukket i juli", "retshjælp", "", "", ""),
    ),
    (
        *("Genbrugsbutikken", "Torvegade 20, 6700 Esbjerg", "", "butik.example.dk"),
        *("hverdage 10-16 (dog ikke i skoleferien)", "frivilligcenter", "20 kr.", "dansk", ""),
    ),
    (
        *("Tøjbørsen", "Findesikkegade 3, 8000 Aarhus C", "ring bare", "ingen"),
        *("10-12", "bibliotek", "", "", ""),
    ),
]


def latin1(path):
    lines = [";".join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in DANISH]
    path.write_bytes("\r\n".join(lines).encode("latin-1"))


def workbook(path):
    book = openpyxl.Workbook()
    for row in DANISH:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize(("name", "make"), [("t.csv", latin1), ("t.xlsx", workbook)])
def test_a_danish_spreadsheet_is_imported_with_no_fact_changed(tmp_path, name, make):
    make(tmp_path / name)
    said = run(tmp_path, name, "--write", "--source", "https://example.dk/")
    assert said.exit_code == 0, said.output
    records = {record.name: record for record in read_records(tmp_path / "d" / "t.jsonl")}
    cafe, advice, shop = (records[row[0]] for row in DANISH[1:4])
    assert (cafe.address, cafe.city, cafe.postcode) == ("Mimersgade 55", "København N", "2200")
    assert cafe.precision.value == "street"  # its number is not known: no door is claimed
    assert cafe.opening_hours == "Mo-Th 15:00-17:00"
    assert cafe.website == "https://www.rodekors.dk"
    assert set(cafe.languages) == {"da", "ar"}
    assert cafe.cost == "free"
    assert (advice.address, advice.place) == ("Nørregade 10", "Nørregade 10, 7700 Thisted")
    assert advice.opening_hours == "Tu 16:00-18:00; Jul off"
    (phone,) = advice.phones
    assert (phone.number, phone.note) == ("97920000", "tirsdag 9-12")
    # What is not understood as a whole stays as it was said, and no part of it is taken.
    assert shop.opening_hours == ""
    assert shop.hours_note == "hverdage 10-16 (dog ikke i skoleferien)"
    assert (shop.website, shop.cost_note) == ("https://butik.example.dk", "20 kr.")
    assert [one for one in check(records.values(), NOW) if one.level is Level.ERROR] == []
    assert len(records) == 3
    assert "Columns that are left out: Note" in said.output


def test_a_doubtful_row_goes_to_a_file_to_be_mended_and_imported(tmp_path):
    latin1(tmp_path / "t.csv")
    said = run(tmp_path, "t.csv", "--write", "--source", "https://example.dk/")
    review = tmp_path / "t-review.csv"
    assert f"To be looked at: {review}" in said.output
    with review.open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file, delimiter=";")
    assert tuple(head[2:]) == DANISH[0]
    assert tuple(row[2:]) == DANISH[4]
    assert row[0] == "5"
    assert all(word in row[1] for word in ("ring bare", "ingen", "Findesikkegade"))
    mended = review.read_text("utf-8-sig").replace("Findesikkegade", "Nørregade")
    review.write_text(mended.replace("ring bare", "86 12 34 56").replace("ingen", "www.t.dk"))
    again = run(tmp_path, "t-review.csv", "--write", "--source", "https://example.dk/")
    assert again.exit_code == 0, again.output
    assert len(load(tmp_path / "d")) == 4


def test_where_no_row_can_be_used_there_is_no_file(tmp_path):
    (tmp_path / "t.csv").write_text("navn;telefon\nHuset;ring bare\n", encoding="utf-8")
    said = run(tmp_path, "t.csv", "--write")
    assert said.exit_code == 1
    assert isinstance(said.exception, DataError)
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_what_a_person_has_looked_at_is_taken_as_it_stands(tmp_path):
    (tmp_path / "t.csv").write_text(
        "navn,adresse,kategori\nX,Findesikkegade 1 8000 Aarhus C,library\n"
    )
    given = ("--write", "--source", "https://example.dk/")
    assert run(tmp_path, "t.csv", *given).exit_code == 1
    assert run(tmp_path, "t.csv", *given, "--accept-doubts").exit_code == 0
    (record,) = load(tmp_path / "d")
    assert record.place == "Findesikkegade 1, 8000 Aarhus C"
    assert record.precision.value == "postcode"


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ("Mimersgade 55;2200;Roskilde", "postcode 2200 is København N, not Roskilde"),
        ("Mimersgade 55, 8000 Aarhus C;2200;", "it says both"),
        ("Mimersgade 55;8000;Aarhus C", "Mimersgade"),
        ("Mimersgade 55;0001;", "no postcode 0001"),
        ("Mimersgade 55;22oo;", "“22oo” is no postcode"),
        ("Hovedgaden 1;;", "several places"),
    ],
)
def test_an_address_that_contradicts_itself_is_never_mended_unseen(tmp_path, row, doubt):
    table, _ = read(tmp_path, f"navn;adresse;postnr;by;kategori\nX;{row};library\n")
    (report,) = table.rows
    assert not report.is_sure
    assert doubt in told(report)
    assert report.record.address == row.split(";")[0].split(",")[0]


@pytest.mark.parametrize(
    ("head", "row", "place"),
    [
        (
            "vejnavn;husnr;postnr;by",
            "Mimersgade;55 B;2200;København N",
            "Mimersgade 55 B, 2200 København N",
        ),
        ("adresse;postnr/by", "Mimersgade 55;2200 København N", "Mimersgade 55, 2200 København N"),
        (
            "adresse",
            "Mimersgade 55, st. tv., DK-2200 København N, Danmark",
            "Mimersgade 55, st. tv., 2200 København N",
        ),
        ("adresse;by", "Nørrebrogade 40;København", "Nørrebrogade 40, København"),
    ],
)
def test_an_address_is_taken_apart_and_kept(tmp_path, head, row, place):
    table, _ = read(tmp_path, f"navn;{head};kategori\nX;{row};library\n")
    (report,) = table.rows
    assert report.record.place == place, told(report)


def test_a_point_of_the_table_is_a_point_and_not_an_address(tmp_path):
    table, _ = read(tmp_path, "navn;lat;lon;kategori\nX;55,6999;12,5530;library\n")
    (report,) = table.rows
    assert report.is_sure
    assert (report.record.lat, report.record.precision) == (55.6999, "point")
    assert report.record.municipality_code == "0101"
    table, _ = read(tmp_path, "navn;lat;lon;kategori\nX;12,5530;55,6999;library\n")
    assert not table.rows[0].is_sure  # swapped: it would lie in the Indian Ocean


CODES = sorted(postcodes())
STREETS = ("Nørregade", "Vestergade", "Findesikkegade", "H.C. Andersens Boulevard", "Algade")


@settings(max_examples=40, deadline=None)
@given(
    street=st.sampled_from(STREETS),
    number=st.integers(1, 99),
    letter=st.sampled_from(["", "B", " C", ", 2. tv."]),
    code=st.sampled_from(CODES),
    named=st.sampled_from(["right", "none", "wrong"]),
)
def test_no_address_is_ever_another_afterwards(street, number, letter, code, named):
    """Whatever the geocoder makes of it: what was typed stands, or the row is looked at."""
    city = {"right": postcodes()[code].name, "none": "", "wrong": "Christiansø By"}[named]
    address = f"{street} {number}{letter}"
    with TemporaryDirectory() as folder:
        row = f'X;"{address}";{code};{city};library'
        table, _ = read(Path(folder), f"navn;adresse;postnr;by;kategori\n{row}\n")
    (report,) = table.rows
    assert report.record.address == address
    assert report.record.postcode == code
    assert report.record.city == (city or postcodes()[code].name)
    assert not (report.is_sure and street == "Findesikkegade")  # there is none


def test_the_header_may_stand_below_a_title(tmp_path):
    head = "Tilbud i Aalborg 2026;;;\n;;;\nTilbud;Postnr. og by;Tlf.nr.;Senest opdateret\n"
    table, _ = read(tmp_path, f"{head}Bibliotek X;9000 Aalborg;99 31 44 00;01.03.2026\n")
    (report,) = table.rows
    assert report.is_sure, told(report)
    assert (report.line, report.record.postcode, report.record.city) == (4, "9000", "Aalborg")
    assert report.record.phones[0].number == "99 31 44 00"
    assert report.record.sources[0].date == "2026-03-01"


def test_a_day_that_a_spreadsheet_made_of_hours_is_no_hours(tmp_path):
    table, _ = read(tmp_path, "navn;postnr;åbningstid;kategori\nX;8000;10-dec;library\n")
    assert "is a day" in told(table.rows[0])
    assert not table.rows[0].is_sure


def run(tmp_path, name, *options):
    given = ["directory", "import-csv", str(tmp_path / name), "--out", str(tmp_path / "d")]
    return CliRunner().invoke(main, [*given, *options])


def test_nothing_is_written_unless_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    given = ("a.csv", "--source", "https://example.dk/")
    dry = run(tmp_path, *given)
    assert dry.exit_code == 0, dry.output
    assert "1 of 4 rows can be used, 3 must be looked at" in dry.output
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    run(tmp_path, *given, "--write")
    run(tmp_path, *given, "--write")
    assert len(load(tmp_path / "d")) == 1


def test_a_refuge_without_a_number_is_looked_at_and_its_address_not_repeated(tmp_path):
    rows = (
        "navn,adresse,kategori",
        "Krisecenter Nord,Hemmeligvej 7,",
        "Læsesal,Krystalgade 15 1172 København K,library",
    )
    (tmp_path / "t.csv").write_text("\n".join(rows), encoding="utf-8")
    said = run(tmp_path, "t.csv", "--write", "--source", "https://example.dk/")
    assert said.exit_code == 0, said.output
    review = (tmp_path / "t-review.csv").read_text("utf-8-sig")
    assert "Krisecenter Nord" in review
    assert "Hemmeligvej" not in review + said.output
