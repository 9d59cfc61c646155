"""A store in folders: records that come with the program, and over them what is made here.

<directory>/*.jsonl             records; never written to
<data>/imports/NAME/*.jsonl     each import, over the records of the same ids
<data>/history.jsonl            edits, over both (see `journal`)
<data>/suggestions.jsonl
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from locator.directory.fields import fields_of, validated
from locator.directory.findings import Finding
from locator.directory.importing import identifier, is_withheld
from locator.directory.record import Record
from locator.directory.records import Directory, as_refuge, with_texts
from locator.directory.store.contract import Change, Suggestion
from locator.directory.store.journal import Journal
from locator.directory.store.layers import Layered, Layers, stamp
from locator.directory.store.overlay import known_under, overlay
from locator.directory.store.suggestions import SuggestionBox
from locator.errors import ConflictError, InputError, NotFoundError
from locator.language import plain
from locator.settings import Settings

IMPORTS = "imports"


@dataclass(frozen=True)
class _State:
    """All that one version holds: what is shown, what is below the edits, and those that hold."""

    version: str
    directory: Directory
    below: Layered
    edited: dict[str, Record]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


class FolderStore:
    """A directory in a folder, with a data folder over it (see `Store`).

    Args:
        folder: of records.
        data: the data folder; None to see the records as they are, and change nothing.

    Attributes:
        imports: folder of the imports, each a folder of its own; None without a data folder.
    """

    def __init__(self, folder: Path, data: Path | None = None) -> None:
        self.folder = folder
        self.data = data
        self.imports = data / IMPORTS if data else None
        self._lock = Lock()
        self._kept: _State | None = None
        self._layers = Layers(folder, self.imports)

    def version(self) -> str:
        """Another one after each change of any file."""
        stamps = repr([stamp(file) for file in (*self.files(), *self._layers.texts())])
        return hashlib.sha256(stamps.encode()).hexdigest()[:16]

    def directory(self) -> Directory:
        """All records as they are now."""
        return self._state().directory

    def findings(self) -> list[Finding]:
        """What no longer fits."""
        return list(self._state().findings)

    def files(self) -> list[Path]:
        """All files that the records depend on, but those of their translations."""
        edits = Journal(self.data).files if self.data else ()
        return [*self._layers.files(), *(file for file in edits if file.exists())]

    def beside(self, name: str) -> list[Path]:
        """The files of this name that lie beside the records or in an import."""
        return self._layers.beside(name)

    def import_folder(self, name: str) -> Path:
        """Where an import of this name lies over the records; to take it back, remove it.

        Raises:
            InputError: there is no data folder.
        """
        if self.imports is None:
            raise InputError("{folder} is only read here.", folder=self.folder)
        return self.imports / identifier(name)

    def save(self, record: Record, who: str, expected: Record | None) -> None:
        """Put `record` in the place of the one with its id."""
        who = _named(who)
        with self._locked() as data:
            state = self._state()
            current = state.directory.by_id.get(record.id)
            if current != expected:
                raise ConflictError(
                    "Somebody else changed {record} meanwhile: compare the two versions.",
                    mine=record,
                    theirs=current,
                    record=record.id,
                )
            if record.id in state.below.refuges:
                record = as_refuge(record)
            if record != current:
                self._change(data, state, record.id, record, who)

    def history(self, record: str | None = None) -> list[Change]:
        """All changes, or those of one record, the latest first."""
        return [c for c in reversed(self._state().changes) if record in (None, c.record)]

    def undo(self, number: int, who: str) -> Record | None:
        """Put the record back as it was before change `number`."""
        who = _named(who)
        with self._locked() as data:
            state = self._state()
            change = next((c for c in state.changes if c.number == number), None)
            if change is None:
                raise NotFoundError("There is no change {number}.", number=number)
            if change.forgets:
                raise InputError(
                    "Change {number} made the place a secret, and what was before is forgotten: "
                    "edit the record instead.",
                    number=number,
                )
            after = validated(change.after) if change.after else None
            if state.directory.by_id.get(change.record) != after:
                raise InputError(
                    "{record} was changed again since change {number}: undo the later one first.",
                    record=change.record,
                    number=number,
                )
            # The first edit taken back: what is below shows again, as it is today.
            before = validated(change.before) if change.before else None
            if change.before == change.under:
                before = state.below.records.get(change.record)
            self._change(data, state, change.record, before, who, undoes=number)
        return before

    def suggest(self, record: str, text: str, who: str = "", sender: str = "") -> None:
        """Keep a suggestion for review."""
        with self._locked() as data:
            SuggestionBox(data).add(_now(), record, text, who, sender)

    def suggestions(self) -> list[Suggestion]:
        """All that wait for review, the oldest first."""
        return SuggestionBox(self.data).all() if self.data else []

    def dismiss(self, suggestion: Suggestion) -> None:
        """Take one suggestion off the list."""
        with self._locked() as data:
            SuggestionBox(data).remove(suggestion)

    def _state(self) -> _State:
        """What the files hold now, read again only where one has changed."""
        with self._lock:
            version = self.version()
            if self._kept is None or self._kept.version != version:
                self._kept = self._read_all(version)
            return self._kept

    def _read_all(self, version: str) -> _State:
        below = self._layers.read()
        changes = Journal(self.data).changes() if self.data else []
        over = overlay(below.records, changes)
        shown = [as_refuge(r) if r.id in below.refuges else r for r in over.records.values()]
        return _State(
            version,
            with_texts(shown, self._layers.files()),
            below,
            over.edited,
            tuple(changes),
            (*over.findings, *below.findings),
        )

    def _change(
        self,
        data: Path,
        state: _State,
        name: str,
        record: Record | None,
        who: str,
        undoes: int | None = None,
    ) -> None:
        current, below = state.directory.by_id.get(name), state.below.records.get(name)
        forgets = bool(record and current and is_withheld(record) and not is_withheld(current))
        under = known_under(record, below) if record and below else below
        change = Change(
            number=max((c.number for c in state.changes), default=0) + 1,
            when=_now(),
            who=who,
            record=name,
            before=fields_of(current) if current and not forgets else None,
            after=fields_of(record) if record else None,
            under=fields_of(under) if under else None,
            undoes=undoes,
            forgets=forgets,
        )
        Journal(data).add(change)
        if forgets:
            self._forget_places(data)

    def _forget_places(self, data: Path) -> None:
        """Take secret places out of what was imported, and out of the history."""
        state = self._state()
        secret = {name for name, record in state.edited.items() if is_withheld(record)}
        if not secret:
            return
        self._layers.forget_places(secret)
        Journal(data).finish(change for change in state.changes if change.forgets)

    @contextmanager
    def _locked(self) -> Iterator[Path]:
        """One change at a time, among all processes of this machine; yields the data folder."""
        import fcntl  # not on Windows: there, one process serves the app

        if self.data is None:
            raise InputError("{folder} is only read here.", folder=self.folder)
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            with (self.data / ".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._forget_places(self.data)  # what a process killed amid it left
                yield self.data
        except OSError as error:
            raise InputError(
                "Nothing can be kept in {folder} ({reason}): make room there, or set NAERVED_DATA "
                "to another folder.",
                folder=self.data,
                reason=error.strerror or error,
            ) from error


def open_store(operator: Settings) -> FolderStore:
    """The store that the operator has set up."""
    return FolderStore(operator.directory, operator.data)


def _named(who: str) -> str:
    name = plain(who).strip()[:200]
    if not name:
        raise InputError("Say who you are: the history keeps it.")
    return name


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
