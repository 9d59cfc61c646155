"""What differs between versions of one record: two made at the same time, or before and after."""

from collections.abc import Mapping
from dataclasses import dataclass

from locator.directory.fields import Fields, validated
from locator.directory.form import to_form
from locator.directory.hours_form import HOURS
from locator.directory.texts import Texts
from locator.errors import DataError

Form = Mapping[str, str]  # of `form.to_form`


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two versions differ.

    Attributes:
        mine, theirs: its text in each.
        is_mine: whether only mine is new. Theirs is the choice where both are: it is saved.
    """

    field: str
    mine: str
    theirs: str
    is_mine: bool


def differences(read: Form, mine: Form, theirs: Form) -> list[Difference]:
    """The fields in which `mine` and `theirs` differ, both made of `read`."""
    return [
        Difference(field, mine[field], theirs[field], theirs[field] == read[field])
        for field in mine
        if _lines(mine[field]) != _lines(theirs[field])
    ]


@dataclass(frozen=True, slots=True)
class Edit:
    """A field that an edit changed: its text before and after, as in a form.

    Opening hours are one field, `opening_hours`, in the syntax that the files have.
    """

    field: str
    before: str
    after: str


def edits(before: Fields | None, after: Fields | None, texts: Texts) -> list[Edit]:
    """What differs between two versions of a record; all that is said where one is None."""
    old, new = _form(before, texts), _form(after, texts)
    return [
        Edit(field, old.get(field, ""), new.get(field, ""))
        for field in (new or old)
        if _lines(old.get(field, "")) != _lines(new.get(field, ""))
    ]


def _form(fields: Fields | None, texts: Texts) -> dict[str, str]:
    if fields is None:
        return {}
    try:
        record = validated(fields)
    except DataError:
        return {}  # of an earlier form of the files
    form = {k: text for k, text in to_form(record, texts).items() if k not in HOURS}
    return form | {"opening_hours": record.opening_hours}


def _lines(text: str) -> list[str]:
    """What a form makes no difference of: how lines end, and space around them."""
    return [line.strip() for line in text.strip().splitlines()]
