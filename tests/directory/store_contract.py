"""What a store must do, whatever it keeps its records in: the base of each store's tests."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from locator.directory.record import Record
from locator.directory.store import LONGEST_SUGGESTION, Store
from locator.directory.store import contract as limits
from locator.errors import ConflictError, InputError, NotFoundError

STREET = "Hemmelighedsvej 77"


def record(name: str = "a", /, **fields: object) -> Record:
    return Record.model_validate(
        {
            "id": name,
            "name": "A library",
            "categories": ["library"],
            "sources": [{"url": "https://example.dk/", "date": "2026-10"}],
        }
        | fields
    )


PLACED = {
    "address": STREET,
    "postcode": "3400",
    "lat": 55.987654,
    "lon": 12.123456,
    "precision": "address",
    "description": f"We are at {STREET}",
}


class StoreContract:
    """To be inherited with a fixture `make`: records to a store that holds them.

    And with `again`: a store to another that keeps its records in the same place, as another
    process has it; and `kept`: a store to all bytes that it keeps of what happened.
    """

    @pytest.fixture
    def store(self, make: Callable[..., Store]) -> Store:
        return make(record("a"), record("b"))

    def test_a_snapshot_never_changes_and_there_is_one_a_version(self, store, again):
        before, version = store.directory(), store.version()
        assert store.directory() is before
        assert store.version() == version
        store.save(record(description="new"), "Ann", record())
        assert before.by_id["a"].description == ""
        assert store.version() != version
        assert store.directory() is store.directory()
        assert store.directory().by_id["a"].description == "new"
        assert again(store).directory().by_id["a"].description == "new"

    def test_another_process_sees_a_change_at_once(self, store, again):
        other = again(store)
        assert other.directory().by_id["a"].description == ""
        store.save(record(description="new"), "Ann", record())
        assert other.directory().by_id["a"].description == "new"

    def test_a_change_is_kept_with_who_and_when_and_undone(self, store):
        store.save(record(description="Open to all"), " Ann\u202e ", record())
        (change,) = store.history("a")
        assert (change.who, change.record, change.number) == ("Ann", "a", 1)
        assert change.when.endswith("+00:00")
        assert store.history("b") == []
        assert store.undo(1, "Bo") == record()
        assert store.directory().by_id["a"] == record()
        assert [(c.who, c.undoes) for c in store.history()] == [("Bo", 1), ("Ann", None)]

    def test_a_new_record_can_be_added_and_taken_back(self, store):
        store.save(record("c"), "Ann", None)
        assert set(store.directory().by_id) == {"a", "b", "c"}
        assert store.undo(1, "Ann") is None
        assert set(store.directory().by_id) == {"a", "b"}
        assert store.undo(2, "Ann") == record("c")
        assert set(store.directory().by_id) == {"a", "b", "c"}

    def test_the_second_of_two_editors_is_refused_and_told_both_versions(self, store):
        store.save(record(description="Ann's"), "Ann", record())
        with pytest.raises(ConflictError) as refused:
            store.save(record(hours_note="Bo's"), "Bo", record())
        assert refused.value.theirs == record(description="Ann's")
        assert refused.value.mine == record(hours_note="Bo's")
        assert store.directory().by_id["a"] == record(description="Ann's")
        assert [change.who for change in store.history()] == ["Ann"]

    def test_what_is_there_is_not_added_and_what_is_gone_is_not_changed(self, store):
        with pytest.raises(ConflictError) as refused:
            store.save(record(description="mine"), "Ann", None)
        assert refused.value.theirs == record()
        with pytest.raises(ConflictError) as refused:
            store.save(record("c"), "Ann", record("c"))
        assert refused.value.theirs is None
        assert store.history() == []

    def test_many_editors_at_once_lose_nothing(self, store, again):
        def add(number: int) -> None:
            own = again(store)
            while True:
                read = own.directory().by_id["a"]
                lines = [*read.description.split(), str(number)]
                try:
                    own.save(record(description=" ".join(lines)), f"Editor {number}", read)
                except ConflictError:
                    continue
                return

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(add, range(24)))
        said = store.directory().by_id["a"].description.split()
        assert sorted(said, key=int) == [str(number) for number in range(24)]
        assert [change.number for change in store.history()] == list(range(24, 0, -1))

    def test_saving_what_is_there_is_no_change(self, store):
        version = store.version()
        store.save(record(), "Ann", record())
        assert (store.history(), store.version()) == ([], version)

    def test_nobody_changes_anything_without_a_name(self, store):
        with pytest.raises(InputError, match="who you are"):
            store.save(record(description="new"), " \u202e", record())
        store.save(record(description="new"), "Ann", record())
        with pytest.raises(InputError, match="who you are"):
            store.undo(1, "")
        assert len(store.history()) == 1

    def test_an_earlier_change_is_not_undone_over_a_later_one(self, store):
        store.save(record(description="1"), "Ann", record())
        store.save(record(description="2"), "Bo", record(description="1"))
        with pytest.raises(InputError, match="undo the later one first"):
            store.undo(1, "Ann")
        with pytest.raises(NotFoundError):
            store.undo(9, "Ann")
        assert store.directory().by_id["a"].description == "2"
        store.undo(2, "Ann")
        assert store.directory().by_id["a"].description == "1"

    def test_a_closed_service_stays_and_can_be_opened_again(self, store):
        store.save(record(status="defunct"), "Ann", record())
        store.save(record(), "Ann", record(status="defunct"))
        assert store.directory().by_id["a"] == record()
        assert len(store.history("a")) == 2

    def test_the_history_forgets_where_a_refuge_is(self, make, kept):
        store = make(record("b"))
        placed = record("c", **PLACED)
        store.save(placed, "Ann", None)
        refuge = record("c", **PLACED, categories=["domestic_violence_help"])
        store.save(refuge, "Bo", placed)
        for told in (STREET, "55.987654", "12.123456", "3400"):
            assert told not in kept(store)
        shown = store.directory().by_id["c"]
        assert (shown.point, shown.address, shown.description) == (None, "", "We are at …")
        (change,) = store.history("c")
        with pytest.raises(InputError, match="forgotten"):
            store.undo(change.number, "Ann")
        assert store.directory().by_id["c"] == refuge

    def test_a_refuge_without_a_past_can_be_taken_back(self, store):
        store.save(record("c", categories=["domestic_violence_help"]), "Ann", None)
        assert store.undo(1, "Ann") is None
        assert "c" not in store.directory().by_id

    def test_suggestions_wait_for_review_and_change_nothing(self, store, again):
        version = store.version()
        store.suggest("a", "The phone is wrong\u202e", "Cy", "s1")
        store.suggest("a", "Closed on Mondays")
        first, second = again(store).suggestions()
        assert (first.record, first.text, first.who) == ("a", "The phone is wrong", "Cy")
        store.dismiss(first)
        assert store.suggestions() == [second]
        assert store.version() == version

    def test_a_suggestion_says_something_and_is_no_book(self, store):
        for text in ("", " \u202e", "x" * (LONGEST_SUGGESTION + 1)):
            with pytest.raises(InputError):
                store.suggest("a", text)
        assert store.suggestions() == []

    def test_one_sender_does_not_shut_the_others_out(self, store, monkeypatch):
        monkeypatch.setattr(limits, "MOST_OF_ONE_SENDER", 3)
        for number in range(3):
            store.suggest("a", f"spam {number}", sender="script")
        with pytest.raises(InputError, match="earlier suggestions"):
            store.suggest("a", "spam 4", sender="script")
        store.suggest("a", "The phone is wrong", sender="person")
        store.dismiss(store.suggestions()[0])
        store.suggest("a", "spam 5", sender="script")
        assert [s.sender for s in store.suggestions()] == ["script", "script", "person", "script"]

    def test_when_all_is_full_who_sent_most_makes_room(self, store, monkeypatch):
        monkeypatch.setattr(limits, "MOST_SUGGESTIONS", 6)
        for number in range(4):
            store.suggest("a", f"spam {number}", sender="script")
        store.suggest("a", "mine", sender="first")
        store.suggest("a", "mine", sender="second")
        store.suggest("a", "mine", sender="third")
        assert [s.text for s in store.suggestions()] == [
            "spam 0", "spam 1", "spam 2", "mine", "mine", "mine",
        ]  # fmt: skip
        with pytest.raises(InputError, match="Too many suggestions wait"):
            store.suggest("a", "more", sender="script")

    def test_nobody_fills_the_disk(self, store, monkeypatch):
        monkeypatch.setattr(limits, "MOST_SUGGESTIONS", 2)
        store.suggest("a", "1", sender="first")
        store.suggest("a", "2", sender="second")
        with pytest.raises(InputError, match="later"):
            store.suggest("a", "3", sender="third")
        assert len(store.suggestions()) == 2
