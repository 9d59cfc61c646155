"""Keeping the directory right: edits with who and when, undo, and suggestions from anyone.

Editing is off unless the operator sets NAERVED_EDIT_SECRET. The history is a JSON Lines file in
the local data folder; each line holds the record before and after. A line is on the disk before
the record is, so that no change is without one.
"""

import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from locator.directory.importing import is_withheld
from locator.directory.lines import line_files
from locator.directory.record import Record
from locator.directory.records import read_records, write_records
from locator.errors import DataError, InputError, NotFoundError
from locator.files import replace_file
from locator.language import plain
from locator.settings import settings

SECRET = "NAERVED_EDIT_SECRET"
HISTORY = "history.jsonl"
SUGGESTIONS = "suggestions.jsonl"

MOST_SUGGESTIONS = 10_000  # kept at once, so that nobody fills the disk
LONGEST_SUGGESTION = 4000  # characters


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history.

    Attributes:
        number: from 1, in order.
        when: UTC, ISO 8601.
        before, after: the record's fields; None where it did not exist before.
        undoes: number of the change that this one takes back, or None.
    """

    number: int
    when: str
    who: str
    file: str
    record: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What someone without the secret would have corrected."""

    when: str
    record: str
    text: str
    who: str = ""


def editing_is_on() -> bool:
    """Whether the operator has set a secret."""
    return bool(settings().edit_secret)


def may_edit(secret: str) -> bool:
    """Whether `secret` is the operator's; takes as long for any wrong one."""
    ours = settings().edit_secret.encode()
    return hmac.compare_digest(secret.encode(), ours) and bool(ours)


class Editor:
    """Edits of one directory folder.

    Args:
        directory: the folder; else the one in use.
        local: where history and suggestions are kept; else the local data folder.
    """

    def __init__(self, directory: Path | None = None, local: Path | None = None) -> None:
        self._folder = directory or settings().directory
        self._local = local or settings().data

    def save(self, values: dict[str, Any], who: str) -> Record:
        """Check and save one record, which replaces the one with its id, or is added.

        Raises:
            InputError: `who` is empty.
            DataError: the values are no record; names field and mend.
        """
        who = plain(who).strip()[:200]
        if not who:
            raise InputError("Say who you are: the history keeps it.")
        record = validated(values)
        with self._locked():
            file = self._file_of(record.id) or self._new_file()
            self._replace(file, record.id, record, who, None)
        return record

    def history(self, record: str | None = None) -> list[Change]:
        """All changes, or those of one record, the latest first."""
        changes = [Change(**line) for line in _lines(self._local / HISTORY)]
        return [c for c in reversed(changes) if record in (None, c.record)]

    def undo(self, number: int, who: str) -> Record | None:
        """Put the record back as it was before change `number`; None where it was not there.

        Raises:
            NotFoundError: there is no such change.
            InputError: the record was changed again since: undo that first.
        """
        with self._locked():
            change = next((c for c in self.history() if c.number == number), None)
            if change is None:
                raise NotFoundError("There is no change {number}.", number=number)
            file = self._folder / change.file
            current = _by_id(file).get(change.record)
            if _fields(current) != change.after:
                raise InputError(
                    "{record} was changed again since change {number}: undo the later one first.",
                    record=change.record,
                    number=number,
                )
            before = validated(change.before) if change.before else None
            self._replace(file, change.record, before, plain(who).strip()[:200], number)
        return before

    def suggest(self, record: str, text: str, who: str = "") -> None:
        """Keep a suggestion for review; changes nothing.

        Raises:
            InputError: it is empty or too long, or too many wait for review.
        """
        text = text.strip()
        if not text or len(text) > LONGEST_SUGGESTION:
            raise InputError(
                "Write what should be corrected, in at most {limit} characters.",
                limit=LONGEST_SUGGESTION,
            )
        with self._locked():
            kept = list(_lines(self._local / SUGGESTIONS))
            if len(kept) >= MOST_SUGGESTIONS:
                raise InputError("Too many suggestions wait for review: try again later.")
            fresh = Suggestion(_now(), plain(record)[:120], plain(text), plain(who)[:200])
            _append(self._local / SUGGESTIONS, _dict(fresh))

    def suggestions(self) -> list[Suggestion]:
        """All that wait for review, the oldest first."""
        return [Suggestion(**line) for line in _lines(self._local / SUGGESTIONS)]

    def dismiss(self, suggestion: Suggestion) -> None:
        """Take one suggestion off the list, as done or refused."""
        with self._locked():
            kept = [s for s in _lines(self._local / SUGGESTIONS) if s != _dict(suggestion)]
            with replace_file(self._local / SUGGESTIONS) as temporary:
                temporary.write_text("".join(map(_line, kept)), encoding="utf-8")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One change at a time, among all processes of this machine."""
        import fcntl  # not on Windows: there, one process serves the app

        self._local.mkdir(parents=True, exist_ok=True)
        with (self._local / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _file_of(self, record: str) -> Path | None:
        return next((file for file in line_files(self._folder) if record in _by_id(file)), None)

    def _new_file(self) -> Path:
        """Where new records go: never among those that are under another licence."""
        return self._folder / "curated.jsonl"

    def _replace(
        self, file: Path, name: str, record: Record | None, who: str, undoes: int | None
    ) -> None:
        records = _by_id(file) if file.exists() else {}
        before = records.pop(name, None)
        number = max((c.number for c in self.history()), default=0) + 1
        if record and is_withheld(record) and not (before and is_withheld(before)):
            self._forget(name)
            before = None
        change = Change(
            number, _now(), who, file.name, name, _fields(before), _fields(record), undoes
        )
        _append(self._local / HISTORY, _dict(change))
        write_records(file, [*records.values(), *([record] if record else [])])

    def _forget(self, record: str) -> None:
        """Drop the history of a record that is now withheld: its place must not live on there."""
        kept = [line for line in _lines(self._local / HISTORY) if line["record"] != record]
        with replace_file(self._local / HISTORY) as temporary:
            temporary.write_text("".join(map(_line, kept)), encoding="utf-8")


def validated(values: dict[str, Any]) -> Record:
    """`values` (JSON-able) as a record.

    Raises:
        DataError: they are none; names field and mend.
    """
    try:
        return Record.model_validate_json(json.dumps(values))
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(
            "{field}: {problem}.",
            field=".".join(map(str, first["loc"])) or "(all)",
            problem=first["msg"],
        ) from error


def _fields(record: Record | None) -> dict[str, Any] | None:
    return record.model_dump(mode="json", exclude_defaults=True) if record else None


def _by_id(file: Path) -> dict[str, Record]:
    return {record.id: record for record in read_records(file)}


def _dict(line: Change | Suggestion) -> dict[str, Any]:
    return {name: getattr(line, name) for name in line.__slots__}


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False) + "\n"


def _append(path: Path, content: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        if path.stat().st_size and not path.read_bytes().endswith(b"\n"):
            file.write("\n")  # after half a line, left by a process killed while it wrote
        file.write(_line(content))
        file.flush()
        os.fsync(file.fileno())


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The whole lines: a process killed while it wrote may have left half of one."""
    if path.exists():
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            with suppress(ValueError):
                yield json.loads(line)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
