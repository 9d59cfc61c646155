"""What one field of a record is in another language than its own."""

import hashlib
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
LanguageTag = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)
]

# The fields of a record that people read as text.
TextField = Literal[
    "name",
    "description",
    "audience_note",
    "hours_note",
    "cost_note",
    "eligibility",
    "accessibility_note",
]
TEXT_FIELDS: tuple[TextField, ...] = get_args(TextField)

_DIGITS = 16  # of the hash, hexadecimal
Digest = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{_DIGITS}}}$")]


class Origin(StrEnum):
    """Who wrote a translation; one that a machine made is so until a person has reviewed it."""

    ORIGINAL = "original"  # whoever wrote the record, or its source, in this language too
    PERSON = "person"
    MACHINE = "machine"


class Translation(BaseModel):
    """A text of a record in another language.

    Attributes:
        language: BCP 47 tag.
        text: "" where it was taken back: there is none, whatever the files say.
        of: `digest` of the record's own text that this one was made of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: TextField
    language: LanguageTag
    text: Text
    of: Digest
    origin: Origin


def digest(text: str) -> str:
    """What tells one text from another: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def translated(field: TextField, own: str, language: str, text: str, origin: Origin) -> Translation:
    """The translation `text` of a record's `own` text."""
    return Translation(field=field, language=language, text=text, of=digest(own), origin=origin)
