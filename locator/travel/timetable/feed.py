"""Reading of GTFS feeds: a zip of comma-separated text.

Reference: https://gtfs.org/documentation/schedule/reference
"""

import zipfile
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from locator.earth import Floats
from locator.errors import DataError
from locator.travel.costs import Integers

if TYPE_CHECKING:
    import pyarrow as pa

_NEEDED = ("agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt")


class Feed:
    """One feed, its files read when asked for.

    Args:
        path: the zip; its files may lie in one folder within it.

    Raises:
        DataError: no GTFS zip, or a file is missing that every feed has.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise DataError(
                "{file} is not a GTFS feed: that is a zip with stops.txt, trips.txt and "
                "stop_times.txt in it. Fetch it again, it may have come only in part.",
                file=path.name,
            ) from error
        self._members = {PurePosixPath(name).name: name for name in self._zip.namelist()}
        days = self.has("calendar_dates.txt")  # may stand alone
        for name in (*_NEEDED, *(() if days else ("calendar.txt",))):
            if name not in self._members:
                raise DataError(
                    "{file} lacks {member}: every GTFS feed has one. Fetch the feed again, or ask "
                    "who made it.",
                    file=path.name,
                    member=name,
                )

    def has(self, member: str) -> bool:
        """Whether the feed has this file."""
        return member in self._members

    def read(self, member: str, needed: Sequence[str], optional: Sequence[str] = ()) -> "Table":
        """Columns of a file as text; of an optional one that is not there, all are empty.

        Raises:
            DataError: a needed column is missing, or the file cannot be read.
        """
        import pyarrow as pa
        from pyarrow import csv

        try:
            with self._zip.open(self._members[member]) as file:
                first = file.readline().decode("utf-8-sig", "replace")
            header = [name.strip().strip('"').strip() for name in first.split(",")]
            wanted = [name for name in header if name in {*needed, *optional}]
            for name in needed:
                if name not in wanted:
                    raise DataError(
                        "{file}: {member} lacks the column {column}.",
                        file=self.path.name,
                        member=member,
                        column=name,
                    )
            with self._zip.open(self._members[member]) as file:
                table = csv.read_csv(
                    file,
                    read_options=csv.ReadOptions(column_names=header, skip_rows=1),
                    parse_options=csv.ParseOptions(newlines_in_values=member != "stop_times.txt"),
                    convert_options=csv.ConvertOptions(
                        column_types={
                            name: pa.dictionary(pa.int32(), pa.string()) for name in wanted
                        },
                        include_columns=wanted,
                        strings_can_be_null=False,
                    ),
                )
        except (pa.ArrowInvalid, zipfile.BadZipFile, OSError, EOFError) as error:
            raise DataError(
                "{file}: {member} cannot be read ({why}).",
                file=self.path.name,
                member=member,
                why=str(error).splitlines()[0],
            ) from error
        return Table(self.path.name, member, table)

    @cached_property
    def timezone(self) -> str:
        """IANA name of the zone that all its times are in.

        Raises:
            DataError: there is none of that name.
        """
        names = self.read("agency.txt", ["agency_timezone"]).text("agency_timezone")
        name = names[0] if names else ""
        try:
            return ZoneInfo(name).key
        except (ValueError, OSError, ZoneInfoNotFoundError) as error:
            raise DataError(
                "{file}: {member}: {value} is no time zone.",
                file=self.path.name,
                member="agency.txt",
                value=repr(name),
            ) from error


class Table:
    """Columns of one file; values without the spaces around them.

    Attributes:
        file, member: names of the zip and of the file in it, for messages.
    """

    def __init__(self, file: str, member: str, table: "pa.Table") -> None:
        self.file, self.member, self._table = file, member, table

    def __len__(self) -> int:
        return cast(int, self._table.num_rows)

    def coded(self, column: str) -> tuple[Integers, list[str]]:
        """A column as codes into a list of texts, "" where the column is missing."""
        if column not in self._table.column_names:
            return np.zeros(len(self), np.int64), [""]
        chunks = self._table.column(column).unify_dictionaries().combine_chunks()
        values = [str(value).strip() for value in chunks.dictionary.to_pylist()] or [""]
        codes = chunks.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        return codes, values

    def filled(self, column: str) -> "Table":
        """The rows that have something in a column."""
        import pyarrow as pa

        codes, values = self.coded(column)
        there = np.array([value != "" for value in values])[codes]
        return Table(self.file, self.member, self._table.filter(pa.array(there)))

    def text(self, column: str) -> list[str]:
        """A column as texts."""
        codes, values = self.coded(column)
        return [values[code] for code in codes]

    def numbers(self, column: str, blank: float) -> Floats:
        """A column as numbers.

        Raises:
            DataError: one is none.
        """
        codes, values = self.coded(column)
        try:
            parsed = np.array([float(value) if value else blank for value in values])
        except ValueError as error:
            raise self._bad(column, codes, values, _is_number) from error
        return parsed[codes]

    def times(self, column: str) -> Integers:
        """A column of H:MM:SS as seconds of the service day; -1 where blank.

        Raises:
            DataError: one is none.
        """
        codes, values = self.coded(column)
        parsed = np.array([_seconds(value) for value in values], np.int64)
        if (parsed == -2).any():
            raise self._bad(column, codes, values, lambda value: _seconds(value) != -2)
        return parsed[codes]

    def rows_of(self, column: str, ids: Sequence[str], where: str) -> Integers:
        """The row in `ids` that each value of a column names.

        Raises:
            DataError: one is not among them; `where` is the file that should have it.
        """
        codes, values = self.coded(column)
        index = pd.Index(ids)
        if not index.is_unique:
            raise DataError(
                "{file}: {where} has {value} twice.",
                file=self.file,
                where=where,
                value=repr(index[index.duplicated()][0]),
            )
        found = index.get_indexer(pd.Index(values))[codes]
        if len(found) and found.min() < 0:
            raise DataError(
                "{file}: {member} names {column} {value}, which {where} does not have.",
                file=self.file,
                member=self.member,
                column=column,
                value=repr(values[codes[int(np.argmin(found))]]),
                where=where,
            )
        return found.astype(np.int64)

    def _bad(
        self, column: str, codes: Integers, values: list[str], good: Callable[[str], bool]
    ) -> DataError:
        bad = np.array([not good(value) for value in values])
        row = int(np.argmax(bad[codes]))
        return self.unreadable(column, row, repr(values[codes[row]]))

    def unreadable(self, column: str, row: int, value: str) -> DataError:
        """What is wrong with the value in a row, counted from 0 below the header."""
        return DataError(
            "{file}: {member}, line {line}: {value} cannot be read as {column}.",
            file=self.file,
            member=self.member,
            line=row + 2,
            value=value,
            column=column,
        )


def _is_number(value: str) -> bool:
    try:
        float(value or 0)
    except ValueError:
        return False
    return True


def _seconds(value: str) -> int:
    """H:MM:SS, which may pass 24 hours; -1 for "", -2 for what is none."""
    if not value:
        return -1
    parts = value.split(":")
    if len(parts) not in (2, 3) or not all(part.strip().isdigit() for part in parts):
        return -2
    hours, minutes, seconds = (int(part) for part in (*parts, "0")[:3])
    return hours * 3600 + minutes * 60 + seconds
