"""Geocoding a whole file: nothing of the person's own is lost, moved or changed."""

import csv
import io
import tracemalloc
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from locator.cli import main
from locator.earth.point import Point, Precision
from locator.errors import DataError, InputError, NotFoundError, OutageError
from locator.geocoding.answer import Answer, Confidence, Question
from locator.geocoding.batch import ADDED, geocode_table, read_addresses
from locator.geocoding.offline import OfflineGeocoder
from locator.notes import Note

ANSWER = Answer(
    "Nyropsgade 1, 1602 København V",
    Point(55.6774311234567, 12.56041),
    Precision.ADDRESS,
    Confidence.A,
)


def known(text: str) -> Answer:
    if "Nyropsgade" in text:
        return ANSWER
    raise NotFoundError("Nothing is found for “{text}”.", text=text)


@pytest.fixture
def geocoded(tmp_path):
    """From the bytes of a file and its column to the bytes that are written."""

    def run(data, column="address", answer=known):
        source, target = tmp_path / "in.csv", tmp_path / "out.csv"
        source.write_bytes(data)
        geocode_table(read_addresses(source, column), target, answer)
        return target.read_bytes()

    return run


def rows(data, delimiter=","):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_columns_and_order_are_kept_and_nine_added(geocoded):
    out = rows(geocoded("id,address,name\n7,Nyropsgade 1,Åse\n3,Nowhere 2,Bo\n".encode()))
    assert out[0] == ["id", "address", "name", *ADDED]
    assert out[1][:3] == ["7", "Nyropsgade 1", "Åse"]
    found = ["55.6774311", "12.56041", "address", "A", ANSWER.address]
    assert out[1][3:] == [*found, *[""] * 4]
    reason = "Nothing is found for “Nowhere 2”."
    assert out[2] == ["3", "Nowhere 2", "Bo", *[""] * 5, reason, *[""] * 3]


def test_an_empty_or_short_or_long_row_keeps_its_place(geocoded):
    out = rows(geocoded(b"id,address\n1\n\n3,Nyropsgade 1,more\n4,\n"))
    assert [row[:3] for row in out] == [
        ["id", "address", ""],
        ["1", "", ""],
        ["", "", ""],
        ["3", "Nyropsgade 1", "more"],
        ["4", "", ""],
    ]
    assert {len(row) for row in out} == {3 + len(ADDED)}
    assert out[3][3] == "55.6774311"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(geocoded, encoding, delimiter):
    text = "navn{0}adresse\r\nÆgir Ø{0}Nyropsgade 1\r\n".replace("{0}", delimiter)
    out = geocoded(text.encode(encoding), "adresse")
    assert rows(out, delimiter)[1][:3] == ["Ægir Ø", "Nyropsgade 1", "55.6774311"]
    assert out.startswith(b"\xef\xbb\xbf") == (encoding != "utf-8")
    assert out.count(b"\r\n") == 2


def test_a_comma_in_the_address_does_not_make_it_a_comma_file(geocoded):
    out = rows(geocoded(b"a;address\n1;Nyropsgade 1, 1602, Danmark\n"), ";")
    assert out[1][:2] == ["1", "Nyropsgade 1, 1602, Danmark"]


def test_own_columns_are_never_overwritten(geocoded):
    out = rows(geocoded(b"Lat,naerved_lat,address,notes\nx,y,Nyropsgade 1,mine\n"))
    assert out[0][:4] == ["Lat", "naerved_lat", "address", "notes"]
    assert out[0][4:] == [
        "naerved_lat_2",
        "lon",
        "precision",
        "confidence",
        "matched",
        "naerved_notes",
        "accuracy_m",
        "question",
        "alternatives",
    ]
    assert out[1][:4] == ["x", "y", "Nyropsgade 1", "mine"]


def test_the_column_is_found_whatever_its_letter_case(geocoded):
    assert rows(geocoded(b"id, ADDRESS \n1,Nyropsgade 1\n"))[1][2] == "55.6774311"


def test_a_missing_column_says_which_there_are(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("id;by\n1;3\n")
    with pytest.raises(InputError, match="no column 'address'; it has: id, by"):
        read_addresses(source, "address")


def test_two_columns_of_the_name_are_not_guessed(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("address,address\na,b\n")
    with pytest.raises(InputError, match="2 columns"):
        read_addresses(source, "address")


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "is empty"), (b'id,address\n1,"Vej 2\n2,Vej 3\n', "quote")]
)
def test_what_is_no_table_is_said(tmp_path, data, said):
    source = tmp_path / "in.csv"
    source.write_bytes(data)
    with pytest.raises(DataError, match=said):
        read_addresses(source, "address")


def test_only_added_cells_are_made_harmless(geocoded):
    evil = replace(ANSWER, address="=cmd()", notes=(Note("@note"),))
    out = rows(geocoded(b"address,own\nNyropsgade 1,=1+1\n", answer=lambda text: evil))
    assert out[1][1] == "=1+1"
    assert out[1][6:8] == ["'=cmd()", "'@note"]
    out = rows(geocoded(b"address\n=HYPERLINK()\n", answer=lambda text: known("=" + text)))
    assert out[1][0] == "=HYPERLINK()"


def test_equally_good_answers_are_named(geocoded):
    several = replace(ANSWER, alternatives=(ANSWER, ANSWER), question=Question.WHICH)
    out = rows(geocoded(b"address\nNyropsgade 1\n", answer=lambda text: several))
    assert out[1][-1] == "Nyropsgade 1, 1602 København V; Nyropsgade 1, 1602 København V"
    assert out[1][-2].endswith("Which one do you mean?")


def test_a_row_of_which_only_the_country_is_certain_has_no_point(geocoded):
    out = rows(geocoded(b"address\nSkovvej 3\n", answer=OfflineGeocoder().answer))
    assert out[1][1:4] == ["", "", ""]
    assert out[1][-1].startswith("Skovvej 3, ")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OutageError("down")])
def test_an_unfinished_run_leaves_the_old_file(tmp_path, error):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("address\nNyropsgade 1\nNyropsgade 2\n")
    target.write_text("old")

    def fails(text):
        if text.endswith("2"):
            raise error
        return ANSWER

    with pytest.raises(type(error)):
        geocode_table(read_addresses(source, "address"), target, fails)
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_a_file_may_replace_itself(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("address\nNyropsgade 1\n")
    geocode_table(read_addresses(path, "address"), path, known)
    assert rows(path.read_bytes())[1][0] == "Nyropsgade 1"
    assert rows(path.read_bytes())[1][1] == "55.6774311"


def test_memory_does_not_grow_with_the_file(tmp_path):
    source = tmp_path / "in.csv"
    line = "1,Nyropsgade 1," + "x" * 200 + "\n"
    source.write_text("id,address,long\n" + line * 40_000)
    done = []
    tracemalloc.start()
    summary = geocode_table(
        read_addresses(source, "address"), tmp_path / "out.csv", known, done.append
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < source.stat().st_size / 8
    assert sum(done) == summary.rows == 40_000
    assert summary.unanswered == 0


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(st.lists(st.tuples(cells, cells), max_size=8))
def test_any_own_cells_come_back_as_they_were(tmp_path_factory, own):
    folder = tmp_path_factory.mktemp("cells")
    source, target = folder / "in.csv", folder / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("address", "other"), *own])
    geocode_table(read_addresses(source, "address"), target, known)
    assert [tuple(row[:2]) for row in rows(target.read_bytes())[1:]] == own


def test_the_command(tmp_path, monkeypatch):
    monkeypatch.setenv("NAERVED_ADDRESSES", str(tmp_path / "none.index"))
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,adr\n1,8000 Aarhus C\n2,Xyzzyx 1\n", encoding="utf-8")
    run = CliRunner().invoke(
        main, ["geocode", "--file", str(source), "--column", "adr", "--out", str(target)]
    )
    assert run.exit_code == 0, run.output
    assert "2 rows: 1 postcode; 1 without an answer" in run.stderr
    assert [row[4:6] for row in rows(target.read_bytes())[1:]] == [["postcode", "A"], ["", ""]]


@pytest.mark.parametrize(
    "arguments",
    [[], ["8000", "--file", __file__, "--out", "x"], ["--file", __file__], ["8000", "--out", "x"]],
)
def test_the_command_says_what_it_needs(arguments):
    run = CliRunner().invoke(main, ["geocode", *arguments])
    assert run.exit_code == 2
    assert "--file with --out" in run.stderr


def test_a_file_is_never_sent_to_a_service(tmp_path):
    run = CliRunner().invoke(
        main, ["geocode", "--online", "--file", __file__, "--out", str(tmp_path / "x")]
    )
    assert run.exit_code == 2
    assert "never sent" in run.stderr


def test_an_index_that_is_not_there_is_said_at_once(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("address\n8000\n")
    arguments = ["geocode", "--file", str(source), "--out", str(tmp_path / "out.csv")]
    run = CliRunner().invoke(main, [*arguments, "--addresses", str(tmp_path / "none.index")])
    assert isinstance(run.exception, InputError)
    assert not (tmp_path / "out.csv").exists()
