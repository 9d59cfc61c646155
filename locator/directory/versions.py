"""Two versions made of one record at the same time: what differs, and the likely choice."""

from collections.abc import Mapping
from dataclasses import dataclass

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


def _lines(text: str) -> list[str]:
    """What a form makes no difference of: how lines end, and space around them."""
    return [line.strip() for line in text.strip().splitlines()]
