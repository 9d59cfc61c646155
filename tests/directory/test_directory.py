"""A directory is read whole or not at all, and filters to what a plain reading would give."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locator.directory.record import Record
from locator.directory.records import Directory, load, read_records, write_records
from locator.errors import DataError, InputError


def make(id_, **changed):
    return Record.model_validate(
        {
            "id": id_,
            "name": id_.upper(),
            "categories": ("library",),
            "sources": ({"url": "https://example.org/"},),
        }
        | changed
    )


@pytest.fixture(scope="module")
def directory():
    return load()


def test_written_records_read_back_the_same(tmp_path):
    records = [make("b", name='Ærø, «quoted» "x"\u2028line'), make("a", minimum_age=0)]
    write_records(tmp_path / "r.jsonl", records)
    assert read_records(tmp_path / "r.jsonl") == (records[1], records[0])


def test_all_records_survive_a_round_trip(directory, tmp_path):
    write_records(tmp_path / "all.jsonl", directory)
    assert load(tmp_path).by_id == directory.by_id


def test_a_bad_line_is_named_with_file_line_and_field(tmp_path):
    good = make("a").model_dump_json()
    bad = json.loads(good) | {"id": "b", "postcode": "12"}
    (tmp_path / "mine.jsonl").write_text(f"{good}\n\n{json.dumps(bad)}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    message = str(caught.value)
    assert "mine.jsonl" in message
    assert "line 3" in message
    assert "postcode" in message


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}{"id": "b"}', "\\x00", '"a"'])
def test_a_line_that_is_no_record_is_refused(tmp_path, line):
    (tmp_path / "mine.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 1"):
        load(tmp_path)


def test_a_folder_without_records_says_what_it_needs(tmp_path):
    with pytest.raises(InputError, match="jsonl"):
        load(tmp_path)


def test_two_records_with_one_id_are_refused(tmp_path):
    write_records(tmp_path / "1.jsonl", [make("a"), make("b")])
    write_records(tmp_path / "2.jsonl", [make("b")])
    with pytest.raises(InputError, match="id b"):
        load(tmp_path)


def test_a_failed_write_leaves_the_old_file(tmp_path):
    file = tmp_path / "r.jsonl"
    write_records(file, [make("a")])
    before = file.read_bytes()

    def broken():
        yield make("b")
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        write_records(file, broken())
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["r.jsonl"]


KINDS = ["library", "food_bank", "sports_club", "danish_course"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=st.lists(st.sampled_from([*KINDS, "no_such"]), max_size=3),
    audience=st.lists(st.sampled_from(["women", "newcomers", "youth"]), max_size=2),
    languages=st.lists(st.sampled_from(["en", "da", "ar"]), max_size=2),
    towns=st.lists(st.sampled_from(["0101", "0751", "9999"]), max_size=2),
    free=st.sampled_from([None, False, True]),
    wheelchair=st.sampled_from([None, False, True]),
)
def test_a_filter_gives_what_reading_every_record_would(
    directory, kinds, audience, languages, towns, free, wheelchair
):
    def fits(record):
        return (
            (not kinds or not set(kinds).isdisjoint(record.categories))
            and (not audience or not set(audience).isdisjoint(record.audience))
            and (not languages or not set(languages).isdisjoint(record.languages))
            and (not towns or record.municipality_code in towns)
            and (not free or record.cost == "free")
            and (not wheelchair or record.wheelchair == "yes")
        )

    found = directory.filter(
        categories=kinds,
        audience=audience,
        languages=languages,
        municipalities=towns,
        free=free,
        wheelchair=wheelchair,
    )
    assert list(found) == [record for record in directory if fits(record)]
    assert set(found.by_id) == {record.id for record in found}


def test_a_filter_of_a_filter_narrows(directory):
    libraries = directory.filter(categories=["library"])
    town = libraries.filter(municipalities=["0751"])
    assert 0 < len(town) < len(libraries) < len(directory)
    assert list(town) == list(directory.filter(categories=["library"], municipalities=["0751"]))


def test_languages_are_those_some_record_speaks(directory):
    spoken = {lang for record in directory for lang in record.languages}
    assert directory.languages == tuple(sorted(spoken))
    assert Directory(()).languages == ()
