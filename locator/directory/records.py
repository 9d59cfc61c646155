"""The directory: all records in use, loaded from a folder of JSON Lines files, and filtered."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from locator.directory.fields import without_place
from locator.directory.lines import line_files, read_lines, write_lines
from locator.directory.record import Cost, PlaceKind, Record, Wheelchair
from locator.directory.texts import Reader, Texts, named_refuges, read_texts, write_texts
from locator.errors import InputError
from locator.language import Language
from locator.settings import EMBEDDED

Mask = npt.NDArray[np.bool_]
Facets = tuple[tuple[str, tuple[str, ...]], ...]

_STRINGS = re.compile(rb'"[a-z0-9_-]+"')  # of JSON, that may be an id

_KEPT = 64  # filtered directories a directory remembers


class Directory:
    """Records, in a fixed order, ready to be filtered by any facets.

    Args:
        records: in the order that ties are broken by.
        texts: what they say in other languages than their own.

    Raises:
        InputError: two records have the same id.
    """

    def __init__(self, records: Iterable[Record], texts: Texts | None = None) -> None:
        self.records = tuple(records)
        self.texts = texts or Texts()
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

    def reader(self, t: Language) -> Reader:
        """What reads the texts of the records in the language of `t`."""
        return Reader(self.texts, t)

    @cached_property
    def whole(self) -> tuple[Record, ...]:
        """The records with all their translations, to be compared, checked, or sent elsewhere."""
        return tuple(map(self.texts.carried_by, self.records))

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
        found = self._filtered.get(given)  # another thread may clear it at any time
        if found is None:
            if len(self._filtered) >= _KEPT:
                self._filtered.clear()
            found = self._filtered[given] = self._subset(given)
        return found

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
        subset.texts = self.texts
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
    files = line_files(folder)
    if not files:
        raise InputError(
            "There is no directory in {folder}: it must hold at least one .jsonl file.",
            folder=folder,
        )
    records = [record for file in files for record in read_records(file)]
    refuges = named_refuges(folder)
    return with_texts([as_refuge(one) if one.id in refuges else one for one in records], files)


def with_texts(records: Sequence[Record], files: Sequence[Path]) -> Directory:
    """The directory of these records, with the translations that lie beside their files.

    Args:
        files: in the order in which they take each other's place.
    """
    secret = {one.id for one in records if one.place_kind is PlaceKind.SECRET}
    folders = dict.fromkeys(file.parent for file in files)
    return Directory(records, read_texts(folders, lambda: _secret_addresses(files, secret)))


def as_refuge(record: Record) -> Record:
    """The record without its place, unless that is published, or there is none."""
    if record.address_published or record.place_kind is PlaceKind.NONE:
        return record
    return without_place(record)


def read_records(file: Path) -> tuple[Record, ...]:
    """The records of one JSON Lines file.

    Raises:
        DataError: a line is no record; names file, line, field and mend.
    """
    return read_lines(file, Record)


def write_records(file: Path, records: Iterable[Record]) -> None:
    """Write one JSON Lines file in order of id, and beside it the translations that they carry.

    Each file is replaced whole or not at all, that of the records last.
    """
    every = sorted(records, key=lambda r: r.id)
    secret = {one.id for one in every if one.place_kind is PlaceKind.SECRET}
    write_texts(file, every, _secret_addresses([file] if file.exists() else [], secret))
    write_lines(file, (one.model_copy(update={"translations": ()}) for one in every))


def _secret_addresses(files: Iterable[Path], secret: Collection[str]) -> dict[str, str]:
    """The addresses that the lines of secret places hold although they shall not."""
    ids = {f'"{name}"'.encode() for name in secret}
    lines = (
        json.loads(line)
        for file in files
        for line in file.read_bytes().split(b"\n")
        if b'"address"' in line and not ids.isdisjoint(_STRINGS.findall(line))
    )
    return {one["id"]: str(one["address"]).strip() for one in lines if one["id"] in secret}
