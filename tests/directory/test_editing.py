"""Maintainers change records with a name and a way back; others suggest."""

import json

import pytest

from locator.directory.editing import (
    HISTORY,
    MOST_SUGGESTIONS,
    SECRET,
    Editor,
    editing_is_on,
    may_edit,
)
from locator.directory.qualities import quality
from locator.directory.records import load
from locator.errors import DataError, InputError, NotFoundError

A = {
    "id": "a",
    "name": "A library",
    "categories": ["library"],
    "sources": [{"url": "https://example.dk/", "date": "2026-10"}],
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "curated.jsonl").write_text(json.dumps(A) + "\n")
    return tmp_path / "d"


@pytest.fixture
def editor(folder, tmp_path):
    return Editor(folder, tmp_path / "local")


def test_editing_is_off_without_a_secret(monkeypatch):
    monkeypatch.delenv(SECRET, raising=False)
    assert not editing_is_on()
    assert not may_edit("")
    monkeypatch.setenv(SECRET, "æble")
    assert editing_is_on()
    assert may_edit("æble")
    assert not may_edit("aeble")
    assert not may_edit("")


def test_a_change_is_kept_with_who_and_when_and_undone(editor, folder):
    editor.save(A | {"description": "Open to all"}, "Ann")
    assert load(folder).by_id["a"].description == "Open to all"
    (change,) = editor.history("a")
    assert (change.who, change.record, change.number) == ("Ann", "a", 1)
    assert change.when.endswith("+00:00")
    editor.undo(1, "Bo")
    assert load(folder).by_id["a"].description == ""
    assert [(c.who, c.undoes) for c in editor.history("a")] == [("Bo", 1), ("Ann", None)]


def test_a_new_record_can_be_added_and_taken_back(editor, folder):
    editor.save(A | {"id": "b"}, "Ann")
    assert set(load(folder).by_id) == {"a", "b"}
    editor.undo(1, "Ann")
    assert set(load(folder).by_id) == {"a"}


def test_an_earlier_change_is_not_undone_over_a_later_one(editor, folder):
    editor.save(A | {"description": "1"}, "Ann")
    editor.save(A | {"description": "2"}, "Bo")
    with pytest.raises(InputError, match="undo the later one first"):
        editor.undo(1, "Ann")
    with pytest.raises(NotFoundError):
        editor.undo(9, "Ann")
    assert load(folder).by_id["a"].description == "2"


def test_what_is_no_record_is_refused_with_its_field(editor, folder):
    before = (folder / "curated.jsonl").read_bytes()
    with pytest.raises(DataError, match="postcode"):
        editor.save(A | {"postcode": "12"}, "Ann")
    with pytest.raises(InputError, match="who you are"):
        editor.save(A, " ")
    assert (folder / "curated.jsonl").read_bytes() == before
    assert editor.history() == []


def test_half_a_line_of_history_does_no_harm(editor, folder, tmp_path):
    editor.save(A | {"description": "1"}, "Ann")
    with (tmp_path / "local" / HISTORY).open("a") as file:
        file.write('{"number": 2, "wh')
    editor.save(A | {"description": "2"}, "Bo")
    assert [c.who for c in editor.history()] == ["Bo", "Ann"]


def test_suggestions_wait_for_review_and_change_nothing(editor, folder):
    before = (folder / "curated.jsonl").read_bytes()
    editor.suggest("a", "The phone is wrong\u202e", "Cy")
    editor.suggest("a", "Closed on Mondays")
    first, second = editor.suggestions()
    assert (first.text, first.who) == ("The phone is wrong", "Cy")
    editor.dismiss(first)
    assert editor.suggestions() == [second]
    assert (folder / "curated.jsonl").read_bytes() == before


def test_suggestions_cannot_fill_the_disk(editor, monkeypatch):
    for text in ("", "x" * 5000):
        with pytest.raises(InputError):
            editor.suggest("a", text)
    monkeypatch.setattr("locator.directory.editing.MOST_SUGGESTIONS", 2)
    editor.suggest("a", "1")
    editor.suggest("a", "2")
    with pytest.raises(InputError, match="later"):
        editor.suggest("a", "3")
    assert MOST_SUGGESTIONS > 2


def test_quality_counts_every_record_and_tells_what_is_missing(folder):
    from datetime import datetime

    every = list(load())
    seen = quality(every, datetime(2026, 11, 23))
    assert seen.total == len(every)
    assert sum(seen.by_precision.values()) == sum(seen.by_age.values()) == len(every)
    assert sum(seen.by_municipality.values()) == len(every)
    assert seen.by_precision[""] == sum(r.point is None for r in every)
    one = quality(load(folder), datetime(2026, 11, 23))
    assert one.missing["phones"] == {"library": 1}
    assert ("library", "Aalborg") in one.gaps
    assert one.by_category["library"] == 1
    assert one.by_category["tax"] == 0
