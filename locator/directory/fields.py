"""A record as plain fields that JSON can hold, and back."""

import json
from typing import Any

from pydantic import ValidationError

from locator.directory.reasons import reasons
from locator.directory.record import PlaceKind, Record
from locator.errors import DataError
from locator.notes import Note

Fields = dict[str, Any]


def fields_of(record: Record) -> Fields:
    """All fields that are not as they are where nothing is said."""
    return record.model_dump(mode="json", exclude_defaults=True)


def validated(fields: Fields) -> Record:
    """The record of these fields.

    Raises:
        DataError: they are none; names field and mend.
    """
    try:
        return Record.model_validate_json(json.dumps(fields))
    except ValidationError as error:
        field, reason = reasons(error)[0]
        raise DataError("{field}: {problem}.", field=field, problem=reason.text()) from error


def problems(fields: Fields) -> list[tuple[str, Note]]:
    """Which fields make no record, and why; none where they make one."""
    try:
        Record.model_validate_json(json.dumps(fields))
    except ValidationError as error:
        return reasons(error)
    return []


def without_place(record: Record) -> Record:
    """The record with all left out that tells where it is."""
    return validated(fields_of(record) | {"place_kind": PlaceKind.SECRET})
