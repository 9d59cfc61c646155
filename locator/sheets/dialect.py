"""How a CSV file is written: its encoding, and what parts its cells."""

import codecs
import csv
import gzip
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, cast

from locator.errors import DataError
from locator.sheets.columns import known

_DELIMITERS = ",;\t|"
UNUSED = "\x1f"  # parts the cells of a file of one column: the commas in it are the address's
_SAMPLE = 1 << 16  # characters, and rows, that the delimiter is told by
_SAMPLED = 20
_BLOCK = 1 << 16  # bytes
_ROWS = 512
_HINT = re.compile(r"sep=(.)\r?\n")  # Excel's own way to name the delimiter


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file is written.

    Attributes:
        encoding: Python's name of it; "utf-8-sig" where a byte order mark comes first.
        delimiter: one character; "" where there is one column only.
        newline: what ends the first line, "\\n" or "\\r\\n".
        hinted: whether the first line is Excel's "sep=;", which is no row.
    """

    encoding: str
    delimiter: str
    newline: str
    hinted: bool = False


def dialect_of(path: Path, wanted: Sequence[str] = (), delimiter: str = "") -> Dialect:
    """Find out, in one pass over the file.

    UTF-8 with or without byte order mark, UTF-16 with one, else Windows-1252 or Latin-1. The
    delimiter is the one that gives the most headings that are `wanted` or known, then rows as
    long as the header, then columns.

    Args:
        wanted: headings that are looked for, in any letter case.
        delimiter: the one to take, "" to find it.
    """
    encoding = _encoding(path)
    with opened(path, encoding) as (file, _):
        sample = file.read(_SAMPLE)
    hint = _HINT.match(sample)
    text = sample[hint.end() :] if hint else sample
    if hint and not delimiter:
        delimiter = hint[1]
    names = {name.strip().casefold() for name in wanted}
    found = delimiter or max(_DELIMITERS, key=partial(_fitness, text, names))
    one = not delimiter and _fitness(text, names, found)[-1] < 2
    newline = "\r\n" if re.match(r"[^\r\n]*\r\n", sample) else "\n"
    return Dialect(encoding, "" if one else found, newline, bool(hint))


def _fitness(text: str, wanted: set[str], delimiter: str) -> tuple[bool, int, int, int]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    # An error here is a cell too long to be one: another delimiter, or a quote not closed.
    with suppress(csv.Error):
        rows += islice(filter(None, reader), _SAMPLED + 1)
    header, *below = rows or [[]]
    plain = {name.strip().casefold() for name in header}
    agreeing = sum(len(row) == len(header) for row in below)
    count = sum(known(name) for name in header)
    return bool(plain & wanted), count, agreeing if len(header) > 1 else 0, len(header)


def parsed(
    path: Path, dialect: Dialect, progress: Callable[[float], object]
) -> Iterator[list[str]]:
    """The rows as they stand, the header and empty ones too.

    Args:
        progress: called now and then with the share of the file that is read, 0 to 1.

    Raises:
        DataError: a quote is not closed, or the text is in another encoding after all.
    """
    with opened(path, dialect.encoding) as (file, share):
        if dialect.hinted:
            file.readline()
        # Strict, since else a quote that is not closed would silently swallow the rest.
        reader = csv.reader(file, delimiter=dialect.delimiter or UNUSED, strict=True)
        try:
            while block := list(islice(reader, _ROWS)):
                yield from block
                progress(share())
        except csv.Error as error:
            raise DataError(
                "{path}, line {line}, is no CSV ({reason}). Look for a quote that is not closed.",
                path=path,
                line=reader.line_num + dialect.hinted,
                reason=error,
            ) from error


@contextmanager
def opened(path: Path, encoding: str) -> Iterator[tuple[IO[str], Callable[[], float]]]:
    """The file as text, unpacked if its name ends in .gz, and how much of it is read (0 to 1).

    Raises:
        DataError: it is no such text.
    """
    size = max(path.stat().st_size, 1)
    try:
        with path.open("rb") as raw, _unpacked(path, raw) as data:
            text = io.TextIOWrapper(data, encoding, newline="")
            yield text, lambda: min(raw.tell() / size, 1.0)
    except (UnicodeDecodeError, EOFError, gzip.BadGzipFile) as error:
        raise DataError(
            "{path} is no text in {encoding}. Save it as CSV in UTF-8.",
            path=path,
            encoding=encoding,
        ) from error


def _unpacked(path: Path, raw: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw


def _encoding(path: Path) -> str:
    """The first of the likely encodings in which the whole file makes sense."""
    with path.open("rb") as raw, _unpacked(path, raw) as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    utf8 = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    return next(name for name in (utf8, "cp1252", "latin-1") if _decodes(path, name))


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as raw, _unpacked(path, raw) as file:
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
