"""Reading and writing an HSDS package: a folder, a zip or one JSON file, none of it trusted.

Nothing is ever unpacked to disk. What is larger than `MAX_BYTES` in all, or has a cell larger than
`MAX_CELL`, is refused before it fills the memory, whatever a zip's headers say of its size.
"""

import csv
import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from locator.directory.hsds.nested import flatten, nest
from locator.directory.hsds.schema import Row, Table, Tables, descriptor, tables
from locator.errors import DataError, InputError
from locator.files import replace_file, replaced_folder
from locator.language import from_spreadsheet_cell, spreadsheet_cell

MAX_BYTES = 500_000_000
MAX_CELL = 1_000_000  # characters; the outline of a service area is the largest thing seen
MAX_MEMBERS = 1000

_DESCRIPTOR = "datapackage.json"
_STAMP = (1980, 1, 1, 0, 0, 0)  # of every file in a zip, so that equal data make equal zips

Open = Callable[[str], IO[bytes] | None]


def read_package(path: Path) -> Tables:
    """The rows of every table in the package at `path`, cells as text.

    Raises:
        InputError: there is nothing at `path`.
        DataError: it is no HSDS package, or one that may do harm; names file, row and mend.
    """
    if not path.exists():
        raise InputError("There is no package at {path}.", path=path)
    if path.is_dir():
        return _read_tables(lambda name: _open_in_folder(path, name), path)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return _read_zip(archive, path)
    return _read_json(path)


def write_package(path: Path, content: Tables) -> None:
    """Write `content` to `path`: JSON where it ends in .json, a zip for .zip, else a folder.

    What stood at `path` is replaced whole, in the end, or not at all. Cells that a spreadsheet
    would run are quoted (see `spreadsheet_cell`); reading takes the quote off.

    Raises:
        InputError: `path` is a folder that holds something else than a package.
    """
    if path.suffix == ".json":
        with replace_file(path) as temporary:
            text = json.dumps(nest(content), ensure_ascii=False, indent=1)
            temporary.write_text(text, encoding="utf-8")
    elif path.suffix == ".zip":
        with (
            replace_file(path) as temporary,
            zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name, text in _files(content):
                info = zipfile.ZipInfo(name, _STAMP)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, text)
    else:
        _write_folder(path, content)


def _write_folder(path: Path, content: Tables) -> None:
    ours = {_DESCRIPTOR, *(table.file for table in tables().values())}
    if path.exists() and not (path.is_dir() and {p.name for p in path.iterdir()} <= ours):
        raise InputError("{path} holds other files: give a new or empty folder.", path=path)
    with replaced_folder(path) as folder:
        for name, text in _files(content):
            (folder / name).write_text(text, encoding="utf-8", newline="")


def _files(content: Tables) -> Iterator[tuple[str, str]]:
    yield _DESCRIPTOR, json.dumps(descriptor(), ensure_ascii=False, indent=1)
    for table in tables().values():
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(table.types)
        for row in content.get(table.name, ()):
            writer.writerow(spreadsheet_cell(row.get(column, "")) for column in table.types)
        yield table.file, text.getvalue()


def _read_zip(archive: zipfile.ZipFile, path: Path) -> Tables:
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > MAX_MEMBERS or sum(info.file_size for info in members) > MAX_BYTES:
        raise _too_large(path)
    for info in members:
        _check_name(info.filename, path)
        if stat.S_ISLNK(info.external_attr >> 16) or info.flag_bits & 1:
            raise DataError(
                "{path} holds {name}, a link or a locked file: pack plain files only.",
                path=path,
                name=info.filename,
            )
    names = {info.filename for info in members}
    folders = {str(PurePosixPath(n).parent) for n in names if n.endswith(_known_files())}
    if len(folders) > 1:
        raise DataError("{path} holds tables in several folders: pack one package only.", path=path)
    folder = PurePosixPath(folders.pop() if folders else ".")

    def open_member(name: str) -> IO[bytes] | None:
        full = str(folder / name)
        return archive.open(full) if full in names else None

    try:
        return _read_tables(open_member, path)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise DataError("{path} is a broken zip: get it again.", path=path) from error


def _known_files() -> tuple[str, ...]:
    return tuple(table.file for table in tables().values())


def _check_name(name: str, path: Path) -> None:
    parts = (*PurePosixPath(name).parts, *PureWindowsPath(name).parts)
    if ".." in parts or PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor:
        raise DataError(
            "{path} names {name}, which lies outside of it: the package is not to be trusted.",
            path=path,
            name=repr(name),
        )


def _open_in_folder(folder: Path, name: str) -> IO[bytes] | None:
    file = folder / name
    if not file.exists():
        return None
    if not file.resolve().is_relative_to(folder.resolve()):
        _check_name("..", folder)
    return file.open("rb")


def _read_tables(open_file: Open, path: Path) -> Tables:
    """All tables; their files are those that the descriptor names, else those of the standard."""
    budget = _Budget(path)
    files = _named_files(open_file, budget)
    found: Tables = {}
    for table in tables().values():
        name = files.get(table.name, table.file)
        _check_name(name, path)
        raw = open_file(name)
        if raw is not None:
            with raw:
                found[table.name] = list(_rows(raw, table, name, budget))
    if not found.get("service"):
        raise DataError(
            "{path} is no HSDS package: it needs a services.csv with at least one row.", path=path
        )
    return found


def _named_files(open_file: Open, budget: "_Budget") -> dict[str, str]:
    raw = open_file(_DESCRIPTOR)
    if raw is None:
        return {}
    with raw:
        text = b"".join(budget.lines(raw))
    try:
        resources = json.loads(text)["resources"]
        return {r["name"]: r["path"] for r in resources if isinstance(r["path"], str)}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}  # such as the mere name of another file, as git leaves a link on some systems


class _Budget:
    """How much of a package may still be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.left = MAX_BYTES

    def lines(self, raw: IO[bytes]) -> Iterator[bytes]:
        """The lines of a file, in pieces of at most a cell's size."""
        while line := raw.readline(4 * MAX_CELL):
            self.left -= len(line)
            if self.left < 0:
                raise _too_large(self.path)
            yield line


def _rows(raw: IO[bytes], table: Table, name: str, budget: _Budget) -> Iterator[Row]:
    reader = csv.reader(_decoded(budget.lines(raw), name, budget.path), strict=True)
    before = csv.field_size_limit(MAX_CELL)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(header, table, name, budget.path)
        for cells in reader:
            if len(cells) > len(header):
                raise _bad_row(name, reader.line_num, "it has more cells than the first row")
            row = {
                column: from_spreadsheet_cell(cell)
                for column, cell in zip(header, cells, strict=False)
                if cell
            }
            if not row:
                continue
            if "id" not in row:
                raise _bad_row(name, reader.line_num, "it has no id")
            yield row
    except csv.Error as error:
        raise _bad_row(name, reader.line_num, str(error)) from error
    finally:
        csv.field_size_limit(before)


def _check_header(header: list[str], table: Table, name: str, path: Path) -> None:
    unknown = [column for column in header if column not in table.types]
    if "id" not in header or unknown or len(set(header)) < len(header):
        raise DataError(
            "{path}: the first row of {name} does not name the columns of HSDS 3.0 "
            "(unknown: {unknown}).",
            path=path,
            name=name,
            unknown=", ".join(unknown)[:200] or "none; id missing or a column twice",
        )


def _decoded(lines: Iterator[bytes], name: str, path: Path) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise DataError(
                "{path}: {name}, line {line}, is not UTF-8. Save the file as CSV in UTF-8.",
                path=path,
                name=name,
                line=number,
            ) from error
        yield text.removeprefix("\ufeff") if number == 1 else text


def _bad_row(name: str, line: int, reason: str) -> DataError:
    return DataError(
        "{name}, line {line}: {reason}. Mend that row.", name=name, line=line, reason=reason
    )


def _too_large(path: Path) -> DataError:
    return DataError(
        "{path} holds more than {limit} MB or {members} files: no package is that large.",
        path=path,
        limit=MAX_BYTES // 1_000_000,
        members=MAX_MEMBERS,
    )


def _read_json(path: Path) -> Tables:
    if path.stat().st_size > MAX_BYTES:
        raise _too_large(path)
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise DataError(
            "{path} is neither a folder, a zip nor JSON in UTF-8 ({error}).",
            path=path,
            error=str(error)[:200],
        ) from error
    return flatten(content, path)
