"""A spreadsheet as records: loose column names mapped, addresses geocoded, nothing written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from locator.directory.importing.intake import (
    category_in,
    identifier,
    is_refuge,
    is_withheld,
    lenient_record,
    protected_categories,
)
from locator.directory.importing.languages import said_in, texts_of, translated_column
from locator.directory.record import Record
from locator.errors import DataError, LocatorError
from locator.geocoding import Answer
from locator.language import from_spreadsheet_cell
from locator.sheets import find_columns, likely_columns, open_sheet

# The fields of a record that a table may have columns of; see `locator.sheets`. With a language,
# "name_uk" or "Beskrivelse (engelsk)", they hold what that text is in it (see `translated_column`).
_FIELDS = (
    *("id", "name", "description", "category", "audience_note", "organization"),
    *("address", "postcode", "city", "lat", "lon", "phone", "email", "website", "languages"),
    *("opening_hours", "cost", "wheelchair", "source", "source_date"),
)

_COST = {"gratis": "free", "free": "free", "0": "free", "nej": "free", "betaling": "fee"}
_YES = {"ja": "yes", "yes": "yes", "x": "yes", "nej": "no", "no": "no", "delvis": "limited"}


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row.

    Attributes:
        line: the row of the spreadsheet, the header being row 1.
        record: None where the row cannot be used.
        problems: what was wrong or set aside, for a person to read.
    """

    line: int
    record: Record | None
    problems: tuple[str, ...]


def map_columns(header: Sequence[str]) -> dict[str, int]:
    """For each field found, which column it is; each column is one field at most.

    Exact names (letter case and accents apart) come first, then the likest.
    """
    exact = find_columns(header, _FIELDS).values()
    translated: dict[str, int] = {}
    for at, title in enumerate(header):
        if at not in exact and (field := translated_column(title)):
            translated.setdefault(field, at)
    others = ["" if at in translated.values() else title for at, title in enumerate(header)]
    return likely_columns(others, _FIELDS) | translated


def count_rows(path: Path) -> int:
    """How many rows a table has below its header.

    Raises:
        InputError: there is no such file.
        DataError: it is empty, or a row cannot be read.
    """
    return open_sheet(path).size()[0]


def read_csv(
    path: Path,
    answer: Callable[[str], Answer],
    *,
    source: str = "",
    category: str | None = None,
    progress: Callable[[int], object] = lambda rows: None,
) -> tuple[dict[str, int], list[RowReport]]:
    """The columns as mapped, and a report for each row; nothing is written.

    Args:
        answer: the geocoder; called for rows with an address and without coordinates.
        source: web address that rows without one of their own come from.
        category: of rows whose words tell none.
        progress: called with 1 for each row done.

    Raises:
        InputError: there is no such file.
        DataError: it is no CSV, or no column is the name.
    """
    sheet = open_sheet(path)
    columns = map_columns(sheet.header)
    if not any(field.partition(":")[0] == "name" for field in columns):
        raise DataError(
            "{path}: no column is the name of a place. Its columns are: {columns}. "
            "Call one of them “name” or “navn”.",
            path=path,
            columns=", ".join(sheet.header)[:300],
        )
    taken: set[str] = set()
    reports = []
    for line, cells in sheet.rows():
        values = {
            field: from_spreadsheet_cell(cells[at]).strip()
            for field, at in columns.items()
            if at < len(cells) and cells[at].strip()
        }
        if values:
            reports.append(_report(line, values, answer, source, category, taken))
        progress(1)
    return columns, reports


def _report(
    line: int,
    cells: dict[str, str],
    answer: Callable[[str], Answer],
    source: str,
    category: str | None,
    taken: set[str],
) -> RowReport:
    problems: list[str] = []
    values = _values(cells, source, category)
    if not values["categories"]:
        return RowReport(line, None, ("no category: name one in a column “category”",))
    if not values["sources"]:
        return RowReport(line, None, ("no source: add a column “source”, or give --source",))
    values["id"] = identifier(cells.get("id") or values.get("name", ""), taken)
    # A protected place is never looked up: a geocoder's log would tell it.
    if not set(values["categories"]) & set(protected_categories()):
        problems += _locate(values, answer)
    try:
        record, doubts = lenient_record(values)
    except ValidationError as error:
        first = error.errors()[0]
        return RowReport(line, None, (f"{first['loc'][0]}: {first['msg']}",))
    taken.add(record.id)
    if is_withheld(record):
        problems.append("a protected place: its address and point are left out")
    return RowReport(line, record, (*problems, *doubts))


def _values(cells: dict[str, str], source: str, category: str | None) -> dict[str, Any]:
    texts = texts_of(cells)
    names = said_in(cells, "name")
    told = [cells.get("category", ""), *names, *said_in(cells, "description")]
    kinds = [kind for kind in (category_in(told) or category,) if kind]
    if is_refuge(names):
        kinds = list(dict.fromkeys((*kinds, *protected_categories())))
    url = cells.get("source") or source or cells.get("website", "")
    plain = ("address", "postcode", "city", "website", "opening_hours")
    values: dict[str, Any] = texts | {field: cells[field] for field in plain if field in cells}
    values |= {
        "categories": kinds,
        "organization": {"name": cells.get("organization", "")},
        "phones": [{"number": " ".join(n.split())} for n in _split(cells.get("phone", ""))],
        "emails": _split(cells.get("email", "")),
        "languages": [code.lower() for code in _split(cells.get("languages", ""))],
        "cost": _COST.get(cells.get("cost", "").casefold(), "unknown"),
        "wheelchair": _YES.get(cells.get("wheelchair", "").casefold(), "unknown"),
        "sources": [{"url": url, "date": cells.get("source_date", ""), "evidence": "CSV import"}]
        if url
        else [],
    }
    if "lat" in cells and "lon" in cells:
        values |= {field: cells[field].replace(",", ".") for field in ("lat", "lon")}
        values |= {"precision": "address", "point_source": "the imported file"}
    return values


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]


def _locate(values: dict[str, Any], answer: Callable[[str], Answer]) -> list[str]:
    """Add the point of the row's address to `values`; what the geocoder had to say."""
    town = " ".join(values.get(part, "") for part in ("postcode", "city")).strip()
    text = ", ".join(part for part in (values.get("address", ""), town) if part)
    if "lat" in values or not text:
        return []
    try:
        found = answer(text)
    except LocatorError as error:
        return [f"not located: {error}"]
    if found.alternatives:
        return [f"not located: {text} fits {len(found.alternatives) + 1} places"]
    values |= {
        "lat": found.point.lat,
        "lon": found.point.lon,
        "precision": found.precision,
        "point_source": found.source,
    }
    values.setdefault("postcode", found.postcode)
    values.setdefault("city", found.city)
    return [f"located as {found.address}"] if found.confidence == "C" else []
