"""The store in folders: what every store does, and what lies over what."""

import json
import resource
import subprocess
import sys

import pytest

from locator.directory.records import load, write_records
from locator.directory.store.folder import FolderStore
from locator.directory.store.journal import CHANGES, ODBL_CHANGES
from locator.directory.translation import Origin, translated
from locator.errors import DataError, InputError
from locator.language.catalogue import language
from locator.settings import EMBEDDED
from tests.directory.store_contract import PLACED, STREET, StoreContract, record

OSM = {"sources": [{"url": "https://www.openstreetmap.org/node/1", "licence": "ODbL-1.0"}]}


@pytest.fixture
def make(tmp_path):
    def made(*records, imported=()):
        write_records(tmp_path / "d" / "curated.jsonl", records)
        if imported:
            write_records(tmp_path / "data" / "imports" / "mine" / "mine.jsonl", imported)
        return FolderStore(tmp_path / "d", tmp_path / "data")

    return made


@pytest.fixture
def again():
    return lambda store: FolderStore(store.folder, store.data)


@pytest.fixture
def kept():
    def everything(store):
        return "".join(f.read_text("utf-8") for f in store.data.rglob("*") if f.is_file())

    return everything


class TestFolderStore(StoreContract):
    """As the contract has it."""


def problems(store):
    return [(one.record, one.problem.text()) for one in store.findings()]


def test_the_records_of_the_program_are_never_written_to(make):
    store = make(record())
    before = (store.folder / "curated.jsonl").read_bytes()
    store.save(record(description="new"), "Ann", record())
    store.save(record("b"), "Ann", None)
    assert (store.folder / "curated.jsonl").read_bytes() == before
    assert [file.name for file in store.folder.iterdir()] == ["curated.jsonl"]


def test_edits_lie_over_imports_and_imports_over_the_records(make):
    imported = (record("a", description="imported"), record("b", description="imported"))
    store = make(record("a"), record("b"), record("c"), imported=imported)
    store.save(record("a", description="edited"), "Ann", imported[0])
    said = {one.id: one.description for one in store.directory()}
    assert said == {"a": "edited", "b": "imported", "c": ""}
    assert [one.id for one in store.directory()] == ["a", "b", "c"]


def test_an_import_is_taken_up_at_once_and_taken_back_by_removing_it(make):
    store = make(record("a"))
    assert len(store.directory()) == 1
    file = store.import_folder("New places!") / "rows.jsonl"
    write_records(file, [record("b")])
    assert [one.id for one in store.directory()] == ["a", "b"]
    file.unlink()
    file.parent.rmdir()
    assert [one.id for one in store.directory()] == ["a"]


def test_two_imports_of_one_record_are_told(make):
    store = make(record("a"))
    for name in ("one", "two"):
        write_records(store.import_folder(name) / "r.jsonl", [record("b", description=name)])
    assert store.directory().by_id["b"].description == "two"
    assert problems(store) == [("b", "the imports one and two both have it: remove one")]


def pull(store, *records):
    """What `git pull` does to the records of the program."""
    write_records(store.folder / "curated.jsonl", records)


def test_an_edit_stays_where_its_record_changes_below_and_is_told(make):
    store = make(record("a"), record("b"))
    store.save(record("a", description="edited"), "Ann", record("a"))
    assert problems(store) == []
    pull(store, record("a", hours_note="from upstream"), record("b", hours_note="from upstream"))
    assert store.directory().by_id["a"] == record("a", description="edited")
    assert store.directory().by_id["b"].hours_note == "from upstream"
    ((name, text),) = problems(store)
    assert (name, "compare the two" in text) == ("a", True)
    both = record("a", description="edited", hours_note="from upstream")
    store.save(both, "Ann", record("a", description="edited"))
    assert problems(store) == []


def test_an_edit_that_is_made_below_too_needs_nobody(make):
    store = make(record("a"))
    store.save(record("a", description="edited"), "Ann", record("a"))
    pull(store, record("a", description="edited"))
    assert problems(store) == []


def test_the_edit_of_a_record_that_is_gone_below_is_set_aside_and_told(make):
    store = make(record("a"), record("b"))
    store.save(record("a", description="edited"), "Ann", record("a"))
    store.save(record("c"), "Ann", None)
    pull(store, record("b"))
    assert set(store.directory().by_id) == {"b", "c"}
    assert [name for name, _ in problems(store)] == ["a"]


def test_what_was_added_here_and_comes_from_below_later_is_told(make):
    store = make(record("a"))
    store.save(record("c", description="ours"), "Ann", None)
    pull(store, record("a"), record("c", description="theirs"))
    assert store.directory().by_id["c"].description == "ours"
    assert [name for name, _ in problems(store)] == ["c"]


def test_an_edit_taken_back_lets_what_is_below_show_as_it_is_today(make):
    store = make(record("a"))
    store.save(record("a", description="edited"), "Ann", record("a"))
    pull(store, record("a", hours_note="from upstream"))
    store.undo(1, "Bo")
    assert store.directory().by_id["a"] == record("a", hours_note="from upstream")
    pull(store, record("a", hours_note="later"))
    assert store.directory().by_id["a"] == record("a", hours_note="later")
    assert problems(store) == []


def test_what_is_made_of_openstreetmap_stays_apart_for_its_licence(make):
    store = make(record("a"), record("osm-node-1", **OSM))
    store.save(record("a", description="edited"), "Ann", record("a"))
    store.save(record("osm-node-1", **OSM, description="x"), "Bo", record("osm-node-1", **OSM))
    store.save(record("b"), "Cy", None)
    assert "openstreetmap" not in (store.data / CHANGES).read_text()
    assert "example.dk" not in (store.data / ODBL_CHANGES).read_text()
    assert [change.who for change in store.history()] == ["Cy", "Bo", "Ann"]


def test_half_a_line_of_history_does_no_harm(make):
    store = make(record())
    store.save(record(description="1"), "Ann", record())
    with (store.data / CHANGES).open("a") as file:
        file.write('{"number": 2, "wh')
    assert store.directory().by_id["a"].description == "1"
    store.save(record(description="2"), "Bo", record(description="1"))
    assert [c.who for c in store.history()] == ["Bo", "Ann"]


def test_a_history_of_the_first_form_still_holds(make):
    """Its edits were written into the records themselves, which `git checkout` puts back."""
    before, after = ({"id": "a", "name": "A library", "categories": ["library"],
                      "sources": [{"url": "https://example.dk/", "date": "2026-10"}]}
                     | more for more in ({}, {"description": "edited"}))  # fmt: skip
    after |= {"name_da": "Et bibliotek", "description_da": "rettet"}
    line = {"number": 1, "when": "2026-01-01T00:00:00+00:00", "who": "Ann", "file": "curated.jsonl",
            "record": "a", "before": before, "after": after, "undoes": None}  # fmt: skip
    store = make(record())
    store.data.mkdir()
    (store.data / CHANGES).write_text(json.dumps(line) + "\n")
    edited, danish = store.directory().by_id["a"], store.directory().reader(language("da"))
    assert (edited.description, edited.name) == ("edited", "Et bibliotek")
    assert danish.said(edited, "description").text == "rettet"
    assert store.directory().reader(language("en")).name(edited) == "A library"
    assert problems(store) == []
    store.undo(1, "Bo")
    assert store.directory().by_id["a"] == record()


def test_a_change_that_cannot_be_read_is_told_and_harms_nobody(make):
    store = make(record("a"), record("b"))
    store.save(record("a", description="edited"), "Ann", record("a"))
    text = (store.data / CHANGES).read_text().replace('"description": "edited"', '"postcode": "1"')
    (store.data / CHANGES).write_text(text)
    assert store.directory().by_id["a"] == record("a")
    ((name, said),) = problems(store)
    assert name == "a"
    assert "postcode" in said


def test_a_broken_import_is_named(make):
    store = make(record("a"))
    store.import_folder("mine").mkdir(parents=True)
    (store.import_folder("mine") / "rows.jsonl").write_text("{}\n")
    with pytest.raises(DataError, match=r"rows\.jsonl, line 1"):
        store.directory()


def test_a_refuges_place_goes_from_imports_too(make, kept):
    placed = record("c", **PLACED)
    store = make(record("a"), imported=[placed, record("d")])
    store.save(record("c", **PLACED, place_kind="secret_place"), "Ann", placed)
    assert STREET not in kept(store)
    assert "12.123456" not in kept(store)
    assert not store.directory().by_id["c"].address
    assert problems(store) == []
    assert store.directory().by_id["d"] == record("d")


def test_a_process_killed_amid_forgetting_is_finished_by_the_next_change(make, kept, monkeypatch):
    placed = record("c", **PLACED)
    store = make(record("a"), imported=[placed])
    with monkeypatch.context() as patch:
        patch.setattr(FolderStore, "_forget_places", lambda self, data: None)
        store.save(record("c", **PLACED, place_kind="secret_place"), "Ann", placed)
    assert not store.directory().by_id["c"].address
    store.save(record("b"), "Ann", None)
    assert STREET not in kept(store)


def test_an_edit_gives_no_place_to_what_a_translation_names_a_refuge(make):
    named = translated("name", "Huset", "en", "Women's shelter", Origin.MACHINE)
    store = make(record("c", name="Huset", translations=(named,)))
    (shown,) = store.directory()
    assert not shown.translations  # it lies in a file of its language
    placed = record("c", name="Huset", **PLACED, place_kind="place")
    store.save(placed, "Ann", shown)
    (shown,) = store.directory()
    assert (shown.address, shown.point, shown.postcode) == ("", None, "")
    assert STREET not in (store.data / CHANGES).read_text()


def test_a_place_kept_secret_by_an_edit_alone_stays_secret_and_is_told(make, kept):
    placed = record("c", **PLACED)
    store = make(placed)
    store.save(record("c", **PLACED, place_kind="secret_place"), "Ann", placed)
    assert not store.directory().by_id["c"].address
    assert STREET not in kept(store)
    ((name, said),) = problems(store)
    assert (name, "still tell it" in said) == ("c", True)


def test_a_folder_alone_is_read_as_it_is(tmp_path, make):
    make(record("a"))
    store = FolderStore(tmp_path / "d")
    assert store.directory().by_id == {"a": record("a")}
    assert (store.findings(), store.history(), store.suggestions()) == ([], [], [])
    with pytest.raises(InputError, match="only read"):
        store.save(record("b"), "Ann", None)


def test_a_data_folder_that_cannot_be_written_to_is_said(tmp_path, make):
    make(record("a"))
    (tmp_path / "file").write_text("")
    store = FolderStore(tmp_path / "d", tmp_path / "file" / "data")
    assert len(store.directory()) == 1
    with pytest.raises(InputError, match="NAERVED_DATA"):
        store.suggest("a", "wrong")


SAVER = """
import resource, sys
from pathlib import Path
from locator.directory.store import FolderStore
from locator.directory.translation import Origin, translated
from locator.errors import InputError
store = FolderStore(Path(sys.argv[1]), Path(sys.argv[2]))
record = store.directory().by_id["a"]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    store.save(record.model_copy(update={"description": "new"}), "Ann", record)
except InputError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [0, 100, 400])
def test_a_full_disk_leaves_neither_a_change_nor_its_history(make, room):
    """The history was written first, and told of a change that never happened."""
    store = make(record("a"), *(record(f"b{number}") for number in range(20)))
    command = [sys.executable, "-c", SAVER, str(store.folder), str(store.data), str(room)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "make room" in said.stdout
    assert store.history() == []
    assert store.directory().by_id["a"] == record("a")
    store.save(record("a", description="later"), "Bo", record("a"))
    assert [change.who for change in store.history()] == ["Bo"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_the_embedded_records_need_nobody(tmp_path):
    store = FolderStore(EMBEDDED, tmp_path)
    assert store.directory().by_id == load().by_id
    assert store.findings() == []
