"""Every error that Nærved raises on purpose, at one glance.

    LocatorError
    ├── InputError        what a person typed or chose cannot be used
    ├── NotFoundError     understood, but nothing matches
    │   └── UnknownStreetError  a street that no postcode or town was written with
    ├── ConflictError     somebody else changed it meanwhile
    ├── DataError         a file's contents are wrong (says file, row and field)
    └── ServiceError      an online service could not be used
        ├── RefusedError  it answered, and the answer was no
        └── OutageError   it did not answer, or not in a usable way

A message is an English template that says what to do next; its values stay apart, so that
a page can translate the template before it fills it in.
"""

from collections.abc import Callable
from typing import Any


class LocatorError(Exception):
    """Base of all errors a caller is expected to show to a person.

    Args:
        template: English message with `{name}` fields; also the gettext msgid.
        values: what the fields stand for.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(self.message())

    def message(self, translate: Callable[[str], str] = str) -> str:
        """The filled-in message, its template first passed through `translate`."""
        return (
            translate(self.template).format(**self.values)
            if self.values
            else translate(self.template)
        )


class InputError(LocatorError, ValueError):
    """What a person typed or chose cannot be used."""


class NotFoundError(LocatorError, LookupError):
    """The question was understood, but nothing matches."""


class UnknownStreetError(NotFoundError):
    """A street that is not known, and may be with its town or postcode.

    Its values have `street`, as typed, with the house number.
    """


class DataError(LocatorError, ValueError):
    """A file's contents are wrong; the message names file, row and field where known."""


class ConflictError(LocatorError):
    """Somebody else changed it since it was read.

    Attributes:
        mine: what was to be saved.
        theirs: what is there now; None where there is nothing.
    """

    def __init__(self, template: str, *, mine: object, theirs: object, **values: object) -> None:
        super().__init__(template, **values)
        self.mine: Any = mine
        self.theirs: Any = theirs


class ServiceError(LocatorError):
    """An online service could not be used."""


class RefusedError(ServiceError):
    """The service answered, and the answer was no (a 400 or 404: trying again is no use)."""


class OutageError(ServiceError):
    """The service is down, slow, over quota or answers nonsense (401, 403, 429, 5xx, time-out)."""
