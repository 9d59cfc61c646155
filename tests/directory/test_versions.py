"""Two who changed one record at once: what differs, and what would likely hold."""

from locator.directory.fields import fields_of
from locator.directory.form import to_form
from locator.directory.texts import Texts
from locator.directory.versions import Difference, Edit, differences, edits
from tests.directory.store_contract import record


def form(record):
    return to_form(record, Texts())


def test_each_field_is_as_whoever_changed_it_has_it():
    read = form(record(description="old", hours_note="old", website="https://old.dk"))
    mine = read | {"description": "mine", "website": "https://mine.dk", "city": "Both"}
    theirs = read | {"hours_note": "theirs", "website": "https://theirs.dk", "city": "Both"}
    assert differences(read, mine, theirs) == [
        Difference("description", "mine", "old", is_mine=True),
        Difference("website", "https://mine.dk", "https://theirs.dk", is_mine=False),
        Difference("hours_note", "old", "theirs", is_mine=False),
    ]


def test_the_end_of_a_line_is_no_difference():
    read = form(record(categories=("library", "language_cafe")))
    mine = read | {"categories": "library\r\nlanguage_cafe ", "name": "A library "}
    assert differences(read, mine, read) == []


def test_an_edit_is_told_field_by_field_before_and_after():
    before = fields_of(record(opening_hours="Mo 10:00-12:00"))
    after = fields_of(record(opening_hours="Jul off; Mo 10:00-12:00", cost="free"))
    assert edits(before, after, Texts()) == [
        Edit("cost", "unknown", "free"),
        Edit("opening_hours", "Mo 10:00-12:00", "Jul off; Mo 10:00-12:00"),
    ]
    assert edits(before, before, Texts()) == []


def test_of_fields_of_an_earlier_form_nothing_is_told():
    broken = {"id": "a", "nome": "A"}
    assert edits(broken, broken, Texts()) == []
