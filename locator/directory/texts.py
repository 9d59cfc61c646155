"""What records say, in other languages than their own.

In a folder, translations lie beside the records, in a file of their language:
texts/LANGUAGE/FILE.jsonl for the records of FILE.jsonl, so that each part keeps its licence. A line
names field, text, the records that it belongs to, and by a hash the text that it was made of: where
a record's text is another one now, the translation is stale: it is shown with a mark until someone
has looked at it. A file is read when its language is first asked for.

An edit or an import carries its translations in the record; they go before those in the files.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from locator.directory.lines import line_files, read_lines, write_lines
from locator.directory.record import Identifier, Record, names_refuge, without
from locator.directory.translation import (
    TEXT_FIELDS,
    Digest,
    Origin,
    Text,
    TextField,
    Translation,
    digest,
)
from locator.errors import DataError
from locator.language import SOURCE, Language, best

FOLDER = "texts"

# Where there is no text in the language asked for, these are tried before the record's own.
FALLBACK = (SOURCE, "da")
UNDETERMINED = "und"  # BCP 47

Key = tuple[str, str]  # id of a record, field


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is shown.

    Attributes:
        language: BCP 47 tag of the language that the text is really in; "und" where not known.
        origin: of the translation; None for the record's own text.
        stale: whether the record's own text has changed since this was translated.
    """

    text: str
    language: str
    origin: Origin | None = None
    stale: bool = False


class Texts:
    """The translations of a directory, read language by language as they are asked for.

    Args:
        languages: tags of the languages that there are.
        read: the translations into one of them.
    """

    def __init__(
        self,
        languages: Iterable[str] = (),
        read: Callable[[str], Mapping[Key, Translation]] = lambda language: {},
    ) -> None:
        self.languages = tuple(languages)
        self._read = read
        self._tables: dict[str, Mapping[Key, Translation]] = {}

    def said(self, record: Record, field: TextField, t: Language) -> Said:
        """A field of a record in the language of `t`, else in one that is there."""
        own, written = getattr(record, field), record.language_of(field)
        if not own:
            return Said("", written)
        for tag in dict.fromkeys((t.code, *FALLBACK)):
            # What may be in any language stands where English would.
            if _primary(written) == _primary(tag) or (written, tag) == (UNDETERMINED, SOURCE):
                return Said(own, written)
            if found := self._find(record, field, tag):
                return Said(found.text, found.language, found.origin, found.of != digest(own))
        return Said(own, written)

    def of(self, record: Record) -> tuple[Translation, ...]:
        """All translations of a record, by language, each in the order of the fields."""
        carried = {(one.language, one.field): one for one in record.translations}
        languages = sorted({*self.languages, *(language for language, _ in carried)})
        found = (
            carried.get((language, field)) or self._table(language).get((record.id, field))
            for language in languages
            for field in TEXT_FIELDS
        )
        return tuple(one for one in found if one and one.text)

    def carried_by(self, record: Record) -> Record:
        """The record with all its translations, to leave the directory with."""
        return record.model_copy(update={"translations": self.of(record)})

    def in_files(self) -> Iterator[tuple[str, Translation]]:
        """Every translation that no record carries, after the id of its record."""
        for language in self.languages:
            for (record, _), one in self._table(language).items():
                yield record, one

    def _find(self, record: Record, field: str, tag: str) -> Translation | None:
        for one in record.translations:
            if one.field == field and _primary(one.language) == _primary(tag):
                return one if one.text else None
        language = best((tag,), self.languages)
        return self._table(language).get((record.id, field)) if language else None

    def _table(self, language: str) -> Mapping[Key, Translation]:
        if language not in self.languages:
            return {}
        if language not in self._tables:
            self._tables[language] = self._read(language)
        return self._tables[language]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the texts of records in one language."""

    texts: Texts
    t: Language

    def said(self, record: Record, field: TextField) -> Said:
        """See `Texts.said`."""
        return self.texts.said(record, field, self.t)

    def name(self, record: Record) -> str:
        """What the record is called."""
        return self.said(record, "name").text


def _primary(tag: str) -> str:
    return tag.partition("-")[0]


class _Line(BaseModel):
    """One text, and all records that have it: what many say alike is translated once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: TextField
    text: Annotated[Text, Field(min_length=1)]
    of: Digest
    origin: Origin
    records: Annotated[tuple[Identifier, ...], Field(min_length=1)]


def read_texts(
    folders: Iterable[Path], secrets: Callable[[], Mapping[str, str]] = dict[str, str]
) -> Texts:
    """The translations beside the records in folders, of which the later go before the earlier.

    Args:
        secrets: gives, by record, what no text may tell: the addresses of secret places.

    Raises (when a language is asked for):
        DataError: a line is no translation, or there are two of one text.
    """
    inside = [folder / FOLDER for folder in folders if (folder / FOLDER).is_dir()]

    def read(language: str) -> dict[Key, Translation]:
        found: dict[Key, Translation] = {}
        for folder in inside:
            files = line_files(folder / language)
            found |= _unlike((pair for file in files for pair in _read(file, language)), language)
        addresses = secrets() if found else {}
        return {
            (record, field): one.model_copy(update={"text": without(addresses[record], one.text)})
            if record in addresses
            else one
            for (record, field), one in found.items()
        }

    return Texts(
        sorted({p.name for folder in inside for p in folder.iterdir() if p.is_dir()}), read
    )


def _read(file: Path, language: str) -> Iterator[tuple[Key, Translation]]:
    for line in read_lines(file, _Line, f"{FOLDER}/{language}/{file.name}"):
        one = Translation(
            field=line.field, language=language, text=line.text, of=line.of, origin=line.origin
        )
        for record in line.records:
            yield (record, line.field), one


def _unlike(pairs: Iterable[tuple[Key, Translation]], language: str) -> dict[Key, Translation]:
    found: dict[Key, Translation] = {}
    for key, one in pairs:
        if key in found:
            raise DataError(
                "{record}, {field}: there are two texts in {language}: remove one.",
                record=key[0],
                field=key[1],
                language=language,
            )
        found[key] = one
    return found


def named_refuges(folder: Path) -> set[str]:
    """Ids of the records that a translation gives the name of a refuge.

    Read at once, where other texts wait until they are asked for: such a record hides its place.
    """
    found = (
        line
        for language in FALLBACK
        for file in line_files(folder / FOLDER / language)
        for line in read_lines(file, _Line, f"{FOLDER}/{language}/{file.name}")
    )
    names = (line for line in found if line.field == "name" and names_refuge(line.text))
    return {record for line in names for record in line.records}


def write_texts(file: Path, records: Iterable[Record], addresses: Mapping[str, str]) -> None:
    """Write the translations that `records` carry beside their file, each in that of its language.

    Those that are there already stay, where their record does and carries no other.

    Args:
        addresses: by record, what no text may tell.
    """
    every = {record.id: record for record in records}
    there = sorted(p.name for p in (file.parent / FOLDER).glob("*") if p.is_dir())
    carried = {one.language for record in every.values() for one in record.translations}
    for language in sorted({*there, *carried}):
        beside = file.parent / FOLDER / language / file.name
        texts = dict(_read(beside, language)) if beside.exists() else {}
        texts |= {
            (record.id, one.field): one
            for record in every.values()
            for one in record.translations
            if one.language == language
        }
        alike: dict[tuple[str, str, str, Origin], list[str]] = {}
        for (record, field), one in texts.items():
            if record in every and one.text:
                text = without(addresses.get(record, ""), one.text)
                alike.setdefault((field, text, one.of, one.origin), []).append(record)
        lines: list[_Line] = [
            _Line(field=field, text=text, of=of, origin=origin, records=sorted(ids))
            for (field, text, of, origin), ids in alike.items()
        ]
        lines.sort(key=lambda line: (line.records[0], line.field))
        if lines or beside.exists():
            write_lines(beside, lines)
