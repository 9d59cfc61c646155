"""The records of a folder and the imports over them, read again only where a file has changed."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from locator.directory.fields import without_place
from locator.directory.findings import Finding, warning
from locator.directory.importing import is_withheld
from locator.directory.lines import line_files
from locator.directory.record import Record
from locator.directory.records import Directory, as_refuge, read_records, write_records
from locator.directory.texts import FOLDER as TEXTS
from locator.directory.texts import named_refuges
from locator.errors import InputError
from locator.notes import Note

Stamp = tuple[str, int, int, int]


@dataclass(frozen=True)
class Layered:
    """What lies in the folders.

    Attributes:
        records: by id, of each the last.
        refuges: ids of those that a translation gives the name of a refuge.
        findings: what a person should look at.
    """

    records: dict[str, Record]
    refuges: frozenset[str]
    findings: tuple[Finding, ...]


class Layers:
    """Files of records, of which the later take the place of the earlier.

    Args:
        folder: of records; never written to.
        imports: folder of imports, each a folder of its own; None for none.
    """

    def __init__(self, folder: Path, imports: Path | None) -> None:
        self._folder = folder
        self._imports = imports
        self._read: dict[Path, tuple[Stamp, tuple[Record, ...]]] = {}

    def files(self) -> list[Path]:
        """The files of records."""
        return [*line_files(self._folder), *self._imported()]

    def texts(self) -> list[Path]:
        """The files of what they say in other languages."""
        return [file for folder in self._folders() for file in sorted(folder.glob("*/*.jsonl"))]

    def beside(self, name: str) -> list[Path]:
        """The files of this name that lie beside records."""
        folders = dict.fromkeys((self._folder, *(file.parent for file in self._imported())))
        return [folder / name for folder in folders if (folder / name).exists()]

    def read(self) -> Layered:
        """All records as they are now.

        Raises:
            DataError: a line is no record; names file, line, field and mend.
            InputError: there are no files, or one id twice in the folder.
        """
        own, imported = line_files(self._folder), self._imported()
        if not own and not imported:
            raise InputError(
                "There is no directory in {folder}: it must hold at least one .jsonl file.",
                folder=self._folder,
            )
        records = dict(Directory(r for file in own for r in self._records(file)).by_id)
        seen: dict[str, Path] = {}
        findings: list[Finding] = []
        for file in imported:
            for record in self._records(file):
                if record.id in seen:
                    names = {"one": seen[record.id].parent.name, "other": file.parent.name}
                    note = Note("the imports {one} and {other} both have it: remove one", names)
                    findings.append(warning(record.id, "id", note))
                records[record.id], seen[record.id] = record, file
        folders = dict.fromkeys((self._folder, *(file.parent for file in imported)))
        refuges = frozenset(name for folder in folders for name in named_refuges(folder))
        for name in refuges & records.keys():
            records[name] = as_refuge(records[name])
        return Layered(records, refuges, tuple(findings))

    def forget_places(self, secret: Collection[str]) -> None:
        """Take the places of these records out of what was imported."""
        for file in self._imported():
            records = self._records(file)
            kept = tuple(
                without_place(r) if r.id in secret and not is_withheld(r) else r for r in records
            )
            if kept != records:
                write_records(file, kept)

    def _imported(self) -> list[Path]:
        folders = sorted(self._imports.glob("*/")) if self._imports else []
        return [file for folder in folders for file in line_files(folder)]

    def _folders(self) -> list[Path]:
        return [folder for folder in self.beside(TEXTS) if folder.is_dir()]

    def _records(self, file: Path) -> tuple[Record, ...]:
        found = stamp(file)
        if file not in self._read or self._read[file][0] != found:
            self._read[file] = found, read_records(file)
        return self._read[file][1]


def stamp(file: Path) -> Stamp:
    """Another one after each change of the file."""
    stat = file.stat()
    return str(file), stat.st_mtime_ns, stat.st_ino, stat.st_size
