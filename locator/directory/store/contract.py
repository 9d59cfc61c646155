"""What any store of records does, whatever it keeps them in."""

from dataclasses import dataclass
from typing import Protocol

from locator.directory.fields import Fields
from locator.directory.findings import Finding
from locator.directory.record import Record
from locator.directory.records import Directory

MOST_SUGGESTIONS = 10_000  # that wait at once, so that nobody fills the disk
MOST_OF_ONE_SENDER = 20
LONGEST_SUGGESTION = 4000  # characters


@dataclass(frozen=True, slots=True)
class Change:
    """What one person did to one record.

    Attributes:
        number: from 1, in order.
        when: UTC, ISO 8601.
        before, after: the record's fields; None where it was not there.
        under: the fields it had then without any edit; None where it was added here.
        undoes: number of the change that this one takes back, or None.
        forgets: whether what was before is left out because the place became a secret.
    """

    number: int
    when: str
    who: str
    record: str
    before: Fields | None
    after: Fields | None
    under: Fields | None
    undoes: int | None = None
    forgets: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What someone without the secret would have corrected.

    Attributes:
        when: UTC, ISO 8601.
        sender: an opaque name for whoever sent it, that tells nothing of the person.
    """

    when: str
    record: str
    text: str
    who: str = ""
    sender: str = ""


class Store(Protocol):
    """Where the records of a directory live, and how they change; for many threads at once."""

    def version(self) -> str:
        """Another one after each change, by whomever."""

    def directory(self) -> Directory:
        """All records as they are now: a snapshot that never changes, one for each version.

        Raises:
            DataError: what is kept is no record; names file, line, field and mend.
            InputError: there are no records.
        """

    def findings(self) -> list[Finding]:
        """What a person should look at because edits or imports no longer fit what they changed."""

    def save(self, record: Record, who: str, expected: Record | None) -> None:
        """Put `record` in the place of the one with its id.

        Closing a service is to save it with another status: nothing is ever deleted.

        Args:
            who: is kept in the history.
            expected: the record as it was read; None to add one.

        Raises:
            ConflictError: it is not as expected any more; has both versions.
            InputError: `who` is empty, or nothing can be kept.
        """

    def history(self, record: str | None = None) -> list[Change]:
        """All changes, or those of one record, the latest first."""

    def undo(self, number: int, who: str) -> Record | None:
        """Put the record back as it was before change `number`; None where it was not there.

        Raises:
            NotFoundError: there is no such change.
            InputError: the record was changed again since, or what was before is forgotten.
        """

    def suggest(self, record: str, text: str, who: str = "", sender: str = "") -> None:
        """Keep a suggestion for review; changes nothing else.

        Raises:
            InputError: it is empty or too long, or too many wait for review, of this sender or in
                all.
        """

    def suggestions(self) -> list[Suggestion]:
        """All that wait for review, the oldest first."""

    def dismiss(self, suggestion: Suggestion) -> None:
        """Take one suggestion off the list, as done or refused."""
