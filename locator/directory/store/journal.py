"""The journal: every change of a directory, a line each, in files that only grow.

A line is the change: once it is whole on the disk the record has changed and the history tells so;
until then neither. Of a line that a killed process left half written, nothing has happened.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from locator.directory.fields import Fields
from locator.directory.store.contract import Change
from locator.directory.translation import Origin, translated
from locator.files import replace_file

CHANGES = "history.jsonl"
# What was taken from OpenStreetMap is under the ODbL, and so is what is made of it.
ODBL_CHANGES = "history-openstreetmap.jsonl"


class Journal:
    """The changes that a data folder holds.

    Args:
        folder: where the files are, or will be. Whoever adds to them has locked it.
    """

    def __init__(self, folder: Path) -> None:
        self._changes = folder / CHANGES
        self._odbl = folder / ODBL_CHANGES

    @property
    def files(self) -> tuple[Path, Path]:
        """The files, whether they are there or not."""
        return self._changes, self._odbl

    def changes(self) -> list[Change]:
        """All, the earliest first."""
        found = [_change(line) for file in self.files for line in read_lines(file)]
        return sorted(found, key=lambda change: change.number)

    def add(self, change: Change) -> None:
        """Let a change happen; where it forgets, all earlier ones of its record are dropped."""
        file = self._odbl if _is_odbl(change) else self._changes
        if not change.forgets:
            append_line(file, asdict(change))
            return
        rewrite(file, [*_without_earlier(read_lines(file), [change]), asdict(change)])
        self.finish([change])

    def finish(self, forgetful: Iterable[Change]) -> None:
        """Drop what a process killed amid forgetting left over."""
        for file in self.files:
            lines = list(read_lines(file))
            kept = list(_without_earlier(lines, list(forgetful)))
            if kept != lines:
                rewrite(file, kept)


def _without_earlier(lines: Iterable[Fields], forgetful: list[Change]) -> Iterator[Fields]:
    limits = {change.record: change.number for change in forgetful}
    return (one for one in lines if one["number"] >= limits.get(one["record"], 0))


def _change(line: dict[str, Any]) -> Change:
    known = {name: value for name, value in line.items() if name in Change.__slots__}
    # In the first form of the file, edits lay over nothing: they were written into the records.
    known = {"under": line["before"], **known}
    return Change(**known | {at: _renewed(known[at]) for at in ("before", "after", "under")})


def _renewed(fields: Fields | None) -> Fields | None:
    """Fields of the first form, which had two languages, as they are today."""
    if fields is None or not {"name_da", "description_da"} & fields.keys():
        return fields
    new = {name: value for name, value in fields.items() if not name.endswith("_da")}
    translations = []
    if danish := fields.get("name_da"):
        new["name"] = danish
        translations.append(translated("name", danish, "en", fields["name"], Origin.MACHINE))
    if danish := fields.get("description_da"):
        own = fields.get("description", "")
        translations.append(translated("description", own, "da", danish, Origin.MACHINE))
        if not own:
            new |= {"description": danish, "text_language": "da"}
            translations.pop()
    return new | {"translations": [one.model_dump(mode="json") for one in translations]}


def _is_odbl(change: Change) -> bool:
    return any(
        str(source.get("licence", "")).startswith("ODbL")
        for fields in (change.before, change.after, change.under)
        for source in (fields or {}).get("sources", ())
    )


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The whole lines: a process killed while it wrote may have left half of one."""
    if path.exists():
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            with suppress(ValueError):
                yield json.loads(line)


def append_line(path: Path, content: dict[str, Any]) -> None:
    """Add one line, which is on the disk when this returns."""
    with path.open("a+b") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")  # after half a line
        file.write(_line(content).encode())
        file.flush()
        os.fsync(file.fileno())


def rewrite(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    """Put these lines in the place of all that are there, at once."""
    with replace_file(path) as temporary:
        temporary.write_text("".join(map(_line, lines)), encoding="utf-8")


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False) + "\n"
