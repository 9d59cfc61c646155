"""What a maintainer does not touch in the form stays as it is."""

import pytest

from locator.directory.editing import validated
from locator.directory.form import FIELDS, from_form, to_form
from locator.directory.records import load
from locator.errors import DataError


def test_a_form_that_is_not_touched_changes_nothing():
    for record in load():
        assert validated(from_form(record, to_form(record))) == record


def test_an_edit_changes_only_its_field():
    record = load().by_id["ics-odense"]
    values = to_form(record) | {"phones": "+45 12 34 56 78 | reception\n1813"}
    edited = validated(from_form(record, values))
    assert [(p.number, p.note) for p in edited.phones] == [
        ("+45 12 34 56 78", "reception"),
        ("1813", ""),
    ]
    assert edited.model_copy(update={"phones": record.phones}) == record


@pytest.mark.parametrize(
    ("field", "text"),
    [("lat", "north"), ("postcode", "12345"), ("categories", "nonsense"), ("sources", "no url")],
)
def test_what_cannot_be_is_named_by_field(field, text):
    record = load().by_id["ics-copenhagen"]
    with pytest.raises(DataError, match=field):
        validated(from_form(record, to_form(record) | {field: text}))


def test_every_field_is_text():
    values = to_form(load().by_id["ics-aarhus"])
    assert set(values) == set(FIELDS)
    assert all(isinstance(value, str) for value in values.values())
