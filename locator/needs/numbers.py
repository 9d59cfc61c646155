"""Telephone numbers that are typed into the field, and what they are."""

import re
from collections.abc import Sequence

from locator.directory import Directory, Record

_NUMBER = re.compile(r"(?:\+|00)?[\d\s().-]{3,20}")
_COUNTRY = re.compile(r"^(?:\+|00)45|^\+")
_LEAST = 3  # digits
_LENGTH = 8  # of a Danish number that is not short


def services_called(text: str, directory: Directory, limit: int = 5) -> list[tuple[str, Record]]:
    """(number as the record writes it, record) of those whose number the text is, or begins.

    A short number (112, 1813) must be whole; of one of eight digits, four or more are enough.
    """
    if not _NUMBER.fullmatch(text.strip()):
        return []
    typed = _digits(text)
    if len(typed) < _LEAST:
        return []
    found = [
        (phone.number, record)
        for record in directory
        for phone in record.phones
        if _is(typed, _digits(phone.number))
    ]
    return _each_number_first(found)[:limit]


def _is(typed: str, number: str) -> bool:
    return typed == number or (
        len(typed) > _LEAST and len(number) == _LENGTH and number.startswith(typed)
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", _COUNTRY.sub("", re.sub(r"[\s().-]", "", text)))


def _each_number_first(found: Sequence[tuple[str, Record]]) -> list[tuple[str, Record]]:
    """The nation's services before the local ones; else as the directory has them."""
    return sorted(found, key=lambda one: bool(one[1].municipality_code))
