"""Tables as people's programs write them: one reader finds out how, and says where it cannot."""

import gzip
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locator.errors import DataError, InputError
from locator.sheets import decimal, figures, find_columns, likely_columns, open_sheet, place_of

ROWS = [["navn", "adresse", "antal"], ["Café Ærø, syd", "Åvej 1\nst.", "1"], ["„Ø“", "", "2"]]
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)


def written(delimiter: str, newline: str = "\r\n") -> str:
    return newline.join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS
    )


def read(path) -> list[list[str]]:
    sheet = open_sheet(path)
    return [list(sheet.header), *(cells for _, cells in sheet.rows())]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    (tmp_path / "t.csv").write_bytes(written(delimiter).encode(encoding))
    assert read(tmp_path / "t.csv") == ROWS


def test_danish_excel_on_windows(tmp_path):
    text = "Navn;Breddegrad;Længdegrad\r\nBlå Kors – Århus;56,15;10,2\r\n"
    (tmp_path / "t.csv").write_bytes(text.encode("cp1252"))
    assert read(tmp_path / "t.csv")[1] == ["Blå Kors – Århus", "56,15", "10,2"]


def test_excels_own_hint_is_no_row(tmp_path):
    (tmp_path / "t.csv").write_text("sep=;\r\nnavn;antal\r\nA, B;1\r\n", newline="")
    sheet = open_sheet(tmp_path / "t.csv")
    assert sheet.header == ("navn", "antal")
    assert [cells for _, cells in sheet.rows()] == [["A, B", "1"]]


def test_commas_in_a_file_of_one_column_are_the_addresses(tmp_path):
    (tmp_path / "t.csv").write_text("address\nNyropsgade 1, 1602 København V\n")
    assert read(tmp_path / "t.csv")[1] == ["Nyropsgade 1, 1602 København V"]


def test_packed_files_are_read(tmp_path):
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(written(";").encode()))
    assert read(tmp_path / "t.csv.gz") == ROWS


def test_a_workbook_is_read_like_csv(tmp_path):
    table = pd.DataFrame({"navn": ["Ærø", "B"], "antal": [1000, 2.5], "postnr": ["0800", None]})
    table.to_excel(tmp_path / "t.xlsx", index=False)
    assert read(tmp_path / "t.xlsx") == [
        ["navn", "antal", "postnr"],
        ["Ærø", "1000", "0800"],
        ["B", "2.5", ""],
    ]


def test_a_workbook_is_known_by_what_it_is_not_by_its_name(tmp_path):
    pd.DataFrame({"navn": ["Ærø"]}).to_excel(tmp_path / "t.xlsx", index=False)
    (tmp_path / "t.xlsx").rename(tmp_path / "t.csv")
    assert read(tmp_path / "t.csv") == [["navn"], ["Ærø"]]


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5))
def test_what_a_spreadsheet_wrote_is_read_back(tmp_path_factory, below):
    path = tmp_path_factory.mktemp("sheet") / "t.csv"
    pd.DataFrame(below, columns=["navn", "adresse", "antal"], dtype=str).to_csv(
        path, sep=";", index=False
    )
    assert read(path)[1:] == below


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b'navn,antal\n"A,1\n', "line 2"),
        (b"PK\x03\x04 no workbook", "no workbook"),
        (b"\xff\xfe\x00", "no text"),
    ],
)
def test_what_is_no_table_says_why(tmp_path, content, said):
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(DataError, match=said):
        read(tmp_path / "t.csv")


def test_a_file_that_is_not_there():
    with pytest.raises(InputError, match="check the name"):
        open_sheet(Path("nowhere.csv"))


@pytest.mark.parametrize(
    ("cell", "number"),
    [("55.67", 55.67), ("55,67", 55.67), ("6.175.123,45", 6175123.45), ("-1e3", -1000.0)],
)
def test_a_decimal_mark_is_either(cell, number):
    assert decimal(cell) == number


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1,5", "2,25", ""], [1.5, 2.25, None]),
        (["1.234", "12", "850", "10.000,5"], [1234, 12, 850, 10000.5]),
        (["1.234.567", "850"], [1234567, 850]),
        (["1,234.5", "12"], [1234.5, 12]),
        (["1234", "1.5"], [1234, 1.5]),
        (["1 234", "5"], [1234, 5]),
    ],
)
def test_a_column_tells_its_decimal_mark(cells, numbers):
    found = figures(pd.Series(cells), "people", "t.csv").tolist()
    assert found == pytest.approx([float("nan") if n is None else n for n in numbers], nan_ok=True)


def test_what_may_be_either_is_asked_about():
    with pytest.raises(DataError, match="a thousand and more"):
        figures(pd.Series(["1.234", "850"]), "people", "t.csv")


def test_a_cell_that_is_no_number_is_named_with_its_row():
    with pytest.raises(DataError, match="row 3: people is 'mange'"):
        figures(pd.Series(["1", "mange"], index=[2, 3]), "people", "t.csv")


def test_columns_are_known_in_danish_and_nearly():
    header = ["Navn", "Telefonnr.", "Breddegrad", "Længdegrad", "Bemærkning"]
    fields = ("name", "phone", "lat", "lon")
    assert find_columns(header, fields) == {"name": 0, "lat": 2, "lon": 3}
    assert likely_columns(header, fields) == {"name": 0, "phone": 1, "lat": 2, "lon": 3}


def test_a_column_that_a_person_names():
    assert place_of(["id", " Adresse "], "adresse", "t.csv") == 1
    assert place_of(["id", "Adresse"], "address", "t.csv") == 1
    with pytest.raises(InputError, match="it has: id, Adresse"):
        place_of(["id", "Adresse"], "people", "t.csv")
    with pytest.raises(InputError, match="Rename all but one"):
        place_of(["a", "a"], "a", "t.csv")
