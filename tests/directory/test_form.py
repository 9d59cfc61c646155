"""What a maintainer does not touch in the form stays as it is."""

import pytest

from locator.directory.fields import validated
from locator.directory.form import FIELDS, STALE, from_form, to_form
from locator.directory.records import load
from locator.directory.translation import Origin
from locator.errors import DataError
from locator.language.catalogue import language


def test_a_form_that_is_not_touched_changes_nothing():
    directory = load()
    for record in (*directory, *directory.whole):
        values = to_form(record, directory.texts)
        assert validated(from_form(record, values, directory.texts)) == record


def test_an_edit_changes_only_its_field():
    texts, record = load().texts, load().by_id["ics-odense"]
    values = to_form(record, texts) | {"phones": "+45 12 34 56 78 | reception\n1813"}
    edited = validated(from_form(record, values, texts))
    assert [(p.number, p.note) for p in edited.phones] == [
        ("+45 12 34 56 78", "reception"),
        ("1813", ""),
    ]
    assert edited.model_copy(update={"phones": record.phones}) == record


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("lat", "north"),
        ("postcode", "12345"),
        ("categories", "nonsense"),
        ("sources", "no url"),
        ("name_language", "Danish"),
        ("translations", "phones:da | tekst"),
    ],
)
def test_what_cannot_be_is_named_by_field(field, text):
    texts, record = load().texts, load().by_id["ics-copenhagen"]
    with pytest.raises(DataError, match=field):
        validated(from_form(record, to_form(record, texts) | {field: text}, texts))


def test_every_field_is_text():
    values = to_form(load().by_id["ics-aarhus"], load().texts)
    assert set(values) == set(FIELDS)
    assert all(isinstance(value, str) for value in values.values())


@pytest.fixture
def office():
    return load().by_id["ics-odense"]


@pytest.fixture
def recreation():
    """One that nobody has translated into Ukrainian."""
    return next(r for r in load().records if r.categories[0] == "recreation" and r.description)


def edit(record, texts, **changed):
    """The record after some lines of its form were changed by these functions."""
    values = to_form(record, texts)
    changed = {field: change(values[field]) for field, change in changed.items()}
    return validated(from_form(record, values | changed, texts))


def said(record, texts, code="da"):
    return texts.said(record, "description", language(code))


def test_a_translation_is_mended_by_a_person(office):
    texts = load().texts
    old = said(office, texts).text
    edited = edit(office, texts, translations=lambda lines: lines.replace(old, "Ny tekst"))
    new = said(edited, texts)
    assert (new.text, new.origin, new.stale) == ("Ny tekst", Origin.PERSON, False)
    assert edited.model_copy(update={"translations": ()}) == office


def test_a_new_original_makes_its_translation_stale_until_someone_says_that_it_fits(office):
    texts = load().texts
    edited = edit(office, texts, description=lambda text: text + " Ring first.")
    assert said(edited, texts, "en").text.endswith("Ring first.")
    assert said(edited, texts).stale
    assert said(edited, texts).text == said(office, texts).text
    assert f"description:da{STALE} |" in to_form(edited, texts)["translations"]
    fits = edit(edited, texts, translations=lambda lines: lines.replace(STALE, ""))
    assert not said(fits, texts).stale
    assert said(fits, texts).text == said(office, texts).text


def test_a_translation_is_added_and_taken_away(recreation):
    texts = load().texts
    added = edit(recreation, texts, translations=lambda lines: f"{lines}\ndescription:uk | Офіс")
    assert said(added, texts, "uk").text == "Офіс"
    assert said(added, texts, "pl").text == recreation.description
    assert [one.text for one in texts.of(added) if one.language == "uk"] == ["Офіс"]
    without = edit(recreation, texts, translations=lambda lines: "")
    assert texts.of(without) == ()
    assert said(without, texts).text == recreation.description
