"""The directory: all records in use, loaded from a folder of JSON Lines files, and filtered."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import compress
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter, ValidationError

from locator.directory.record import Cost, Record, Wheelchair
from locator.errors import DataError, InputError
from locator.files import replace_file
from locator.settings import EMBEDDED

_RECORDS = TypeAdapter(tuple[Record, ...])

Mask = npt.NDArray[np.bool_]
Facets = tuple[tuple[str, tuple[str, ...]], ...]

_KEPT = 64  # filtered directories a directory remembers


class Directory:
    """Records, in a fixed order, ready to be filtered by any facets.

    Args:
        records: in the order that ties are broken by.

    Raises:
        InputError: two records have the same id.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = tuple(records)
        if len(self.by_id) < len(self.records):
            seen: set[str] = set()
            twice = next(r.id for r in self.records if r.id in seen or seen.add(r.id))  # type: ignore[func-returns-value]
            raise InputError("Two records have the id {id}: give one of them another.", id=twice)

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every record by its id."""
        return {record.id: record for record in self.records}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of all languages that some record speaks, in order."""
        return tuple(sorted(self._postings("languages")))

    def filter(
        self,
        *,
        categories: Sequence[str] = (),
        audience: Sequence[str] = (),
        languages: Sequence[str] = (),
        municipalities: Sequence[str] = (),
        free: bool | None = None,
        wheelchair: bool | None = None,
    ) -> "Directory":
        """The records that fit every facet given; within a facet, any of its values is enough.

        What is not known (cost, access) does not fit `free=True` or `wheelchair=True`.
        """
        facets = (
            ("categories", tuple(categories)),
            ("audience", tuple(audience)),
            ("languages", tuple(languages)),
            ("municipality_code", tuple(municipalities)),
            ("cost", (Cost.FREE,) if free else ()),
            ("wheelchair", (Wheelchair.YES,) if wheelchair else ()),
        )
        given = tuple((facet, values) for facet, values in facets if values)
        if not given:
            return self
        if given not in self._filtered:
            if len(self._filtered) >= _KEPT:
                self._filtered.clear()
            self._filtered[given] = self._subset(given)
        return self._filtered[given]

    @cached_property
    def _filtered(self) -> dict[Facets, "Directory"]:
        """Filtered directories, kept so that what is built over one is built once."""
        return {}

    def _subset(self, facets: Facets) -> "Directory":
        mask = np.ones(len(self), np.bool_)
        for facet, values in facets:
            mask &= self._mask(facet, values)
        subset = Directory.__new__(Directory)
        subset.records = tuple(compress(self.records, mask.tolist()))
        return subset

    def _mask(self, facet: str, values: Sequence[str]) -> Mask:
        mask = np.zeros(len(self), np.bool_)
        postings = self._postings(facet)
        for value in values:
            mask[postings.get(value, [])] = True
        return mask

    def _postings(self, facet: str) -> dict[str, npt.NDArray[np.intp]]:
        """For each value of a facet, the indices of the records that have it; made once."""
        cache: dict[str, dict[str, npt.NDArray[np.intp]]] = self.__dict__.setdefault("_facets", {})
        if facet not in cache:
            found: dict[str, list[int]] = {}
            for index, record in enumerate(self.records):
                values = getattr(record, facet)
                for value in (values,) if isinstance(values, str) else values:
                    found.setdefault(value, []).append(index)
            cache[facet] = {value: np.array(at, np.intp) for value, at in found.items()}
        return cache[facet]


def load(folder: Path | None = None) -> Directory:
    """The records of a folder (else the embedded ones).

    Every *.jsonl file in it is read, in order of name, one record a line; they stay apart as files
    so that each keeps its licence.

    Raises:
        InputError: there is no such folder, or no such file in it.
        DataError: a line is no record; names file, line, field and mend.
    """
    folder = folder or EMBEDDED
    files = record_files(folder)
    if not files:
        raise InputError(
            "There is no directory in {folder}: it must hold at least one .jsonl file.",
            folder=folder,
        )
    return Directory(record for file in files for record in read_records(file))


def record_files(folder: Path) -> list[Path]:
    """The *.jsonl files of a directory, in order of name; not what a killed writer left hidden."""
    return sorted(file for file in folder.glob("*.jsonl") if not file.name.startswith("."))


def read_records(file: Path) -> tuple[Record, ...]:
    """The records of one JSON Lines file.

    Raises:
        DataError: a line is no record; names file, line, field and mend.
    """
    lines = [line for line in file.read_bytes().split(b"\n") if line.strip()]
    try:
        with _collector_paused():
            return _RECORDS.validate_json(b"[" + b",".join(lines) + b"]")
    except ValidationError:
        for number, line in enumerate(file.read_bytes().split(b"\n"), 1):
            if line.strip():
                _check_line(file, number, line)
        raise


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Hold the cyclic collector while many records are made that all stay.

    It would read through all of them again and again, and find nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _check_line(file: Path, number: int, line: bytes) -> None:
    try:
        Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(
            "{file}, line {line}, field {field}: {problem}.",
            file=file.name,
            line=number,
            field=".".join(map(str, first["loc"])) or "(all)",
            problem=first["msg"],
        ) from error


def write_records(file: Path, records: Iterable[Record]) -> None:
    """Write one JSON Lines file in order of id; it is replaced whole or not at all."""
    with replace_file(file) as temporary, temporary.open("w", encoding="utf-8") as out:
        for record in sorted(records, key=lambda r: r.id):
            out.write(record.model_dump_json(exclude_defaults=True) + "\n")
