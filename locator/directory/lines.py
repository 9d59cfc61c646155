"""Files of one JSON object a line, checked when they are read, replaced whole when written."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from locator.errors import DataError
from locator.files import replace_file

Line = TypeVar("Line", bound=BaseModel)


def line_files(folder: Path) -> list[Path]:
    """The *.jsonl files in a folder, in order of name; not what a killed writer left hidden."""
    return sorted(file for file in folder.glob("*.jsonl") if not file.name.startswith("."))


def read_lines(file: Path, kind: type[Line], name: str = "") -> tuple[Line, ...]:
    """The lines of a file.

    Args:
        name: what to call the file in an error; else as it is called in its folder.

    Raises:
        DataError: a line is none of this kind; names file, line, field and mend.
    """
    lines = [line for line in file.read_bytes().split(b"\n") if line.strip()]
    try:
        with _collector_paused():
            return _many(kind).validate_json(b"[" + b",".join(lines) + b"]")
    except ValidationError:
        for number, line in enumerate(file.read_bytes().split(b"\n"), 1):
            if line.strip():
                _check_line(name or file.name, number, line, kind)
        raise


def write_lines(file: Path, lines: Iterable[BaseModel]) -> None:
    """Write a file of these lines; it is replaced whole or not at all."""
    with replace_file(file) as temporary, temporary.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(line.model_dump_json(exclude_defaults=True) + "\n")


@cache
def _many(kind: type[Line]) -> TypeAdapter[tuple[Line, ...]]:
    return TypeAdapter(tuple[kind, ...])  # type: ignore[valid-type]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Hold the cyclic collector while many objects are made that all stay.

    It would read through all of them again and again, and find nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _check_line(file: str, number: int, line: bytes, kind: type[Line]) -> None:
    try:
        kind.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(
            "{file}, line {line}, field {field}: {problem}.",
            file=file,
            line=number,
            field=".".join(map(str, first["loc"])) or "(all)",
            problem=first["msg"],
        ) from error
