"""The rows of one HSDS service at one location, as a record."""

import json
import re
from collections.abc import Iterator
from typing import Any

from locator.directory.hsds.columns import read_columns
from locator.directory.hsds.schema import Row, Tables
from locator.directory.hsds.writing import attribute_rows, is_web, rows_of
from locator.directory.importing import (
    category_in,
    identifier,
    is_refuge,
    is_withheld,
    lenient_record,
    protected_categories,
)
from locator.directory.record import PlaceKind, Record
from locator.errors import DataError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_DEFAULTS = {
    name: field.default for name, field in Record.model_fields.items() if not field.is_required()
}

# What has its own rows or is nobody else's: what maintainers tell each other.
_NOT_SHARED = {"hsds", "categories", "audience", "editor_note"}

# The source of a service that names no page of its own: HSDS has no column for sources.
_STANDARD = "https://docs.openreferral.org/"


def record_of(
    bundle: Tables, default_category: str | None, withheld: frozenset[str] = frozenset()
) -> tuple[Record, tuple[str, ...]]:
    """The record that a bundle stands for, and what in it could not be used.

    Rows that `full_rows` would not give back are kept in `Record.hsds`, so that nothing is lost.

    Args:
        withheld: ids of locations where a protected place is: what else is there would tell it.

    Raises:
        DataError: the service's category is not known.
        ValidationError: the service lacks an id or a name.
    """
    values = _values(bundle, default_category)
    at_a_secret_place = any(row["id"] in withheld for row in bundle.get("location", ()))
    if at_a_secret_place and not set(protected_categories()) & set(values["categories"]):
        values["place_kind"] = PlaceKind.SECRET
    record, problems = lenient_record(values)
    if _same_rows(full_rows(record), bundle) or is_withheld(record):
        return record, problems
    return record.model_copy(update={"hsds": bundle}), problems


def full_rows(record: Record) -> Tables:
    """All rows of a record, what was kept of an import included.

    Where the record was changed since, its rows win over those kept.
    """
    if record.hsds:
        return _merged(record)
    rows = rows_of(record)
    back = read_columns(rows)
    plain = record.model_dump(mode="json", exclude=_NOT_SHARED)
    extra = {
        field: value
        for field, value in plain.items()
        if _comparable(value) != _comparable(back.get(field, _DEFAULTS.get(field)))
    }
    return {**rows, **attribute_rows(record, extra)}


def _comparable(value: Any) -> Any:  # noqa: ANN401 (JSON)
    """As JSON has it: lists for tuples, objects for the parts of a record."""
    return json.loads(json.dumps(value, default=lambda part: part.model_dump(mode="json")))


def _merged(record: Record) -> Tables:
    """The rows kept, with the columns changed in which the record differs from them."""
    kept: Tables = {name: [dict(row) for row in rows] for name, rows in record.hsds.items()}
    values = _values(kept, record.categories[0]) | {"id": record.id}
    base, _ = lenient_record(values)
    if base.model_copy(update={"hsds": record.hsds}) == record:
        return kept
    before, after = full_rows(base), full_rows(record.model_copy(update={"hsds": {}}))
    for name in before.keys() | after.keys():
        old, new = before.get(name, []), after.get(name, [])
        if old == new:
            continue
        if len(kept.get(name, ())) == len(old) == len(new) == 1:
            changed = {c for c in old[0].keys() | new[0].keys() if old[0].get(c) != new[0].get(c)}
            for column in changed - {"id"}:
                kept[name][0][column] = new[0].get(column, "")
        elif name in ("attribute", "taxonomy_term", "taxonomy"):
            known = {row["id"] for row in kept.get(name, ())}
            kept.setdefault(name, []).extend(r for r in new if r["id"] not in known)
        else:
            kept[name] = new
    return _relinked(kept, after)


def _relinked(kept: Tables, made: Tables) -> Tables:
    """Let rows made anew point to the service, place and organisation kept."""
    names = {
        made[name][0]["id"]: kept[name][0]["id"]
        for name in ("service", "location", "organization", "service_at_location")
        if made.get(name) and kept.get(name)
    }
    return {
        name: [{c: names.get(cell, cell) for c, cell in row.items() if cell} for row in rows]
        for name, rows in kept.items()
        if rows
    }


def _same_rows(a: Tables, b: Tables) -> bool:
    def ordered(tables: Tables) -> dict[str, list[Row]]:
        return {n: sorted(rows, key=lambda r: r["id"]) for n, rows in tables.items() if rows}

    return ordered(a) == ordered(b)


def _values(bundle: Tables, default_category: str | None) -> dict[str, Any]:
    """The fields of a record, as they were read."""
    service = bundle["service"][0]
    values = read_columns(bundle)
    terms = {row["id"]: row for row in bundle.get("taxonomy_term", ())}
    linked = [
        (terms[row["taxonomy_term_id"]], row)
        for row in bundle.get("attribute", ())
        if row.get("taxonomy_term_id") in terms
    ]
    for kind, field in (("category", "categories"), ("audience", "audience")):
        found = [
            (row.get("value", ""), term["code"].partition(":")[2])
            for term, row in linked
            if term.get("code", "").startswith(f"{kind}:")
        ]
        values[field] = [code for _, code in sorted(found, key=lambda f: (len(f[0]), f[0]))]
    if not values["categories"]:
        words = [
            values.get("name", ""),
            *(cell for term, _ in linked for cell in (term.get("name", ""),)),
            values.get("description", ""),
        ]
        values["categories"] = _categories(words, default_category, service)
    place = next(iter(bundle.get("location", ())), {})
    at = next(iter(bundle.get("service_at_location", ())), {})
    values["id"] = identifier(f"{values.get('name', '')} {(at or service)['id'][:8]}")
    sites = (values.get("website", ""), values.get("organization", {}).get("website", ""))
    source = next((url for url in sites if is_web(url)), _STANDARD)
    changed = service.get("last_modified", "")[:10]
    changed = changed if _DAY.fullmatch(changed) else ""
    values["sources"] = [{"url": source, "date": changed, "evidence": "HSDS import"}]
    for term, row in linked:
        if term.get("code", "").startswith("field:"):
            values[term["code"].partition(":")[2]] = _json(row)
    if is_refuge([str(values.get("name", "")), place.get("name", ""), *_other_names(values)]):
        values["categories"] = _with_protection(values["categories"])
    return values


def _other_names(values: dict[str, Any]) -> Iterator[str]:
    """Names in other languages, of translations that are not checked yet."""
    others = values.get("translations")
    for one in others if isinstance(others, list) else ():
        if isinstance(one, dict) and one.get("field") == "name":
            yield str(one.get("text"))


def _with_protection(kinds: list[str]) -> list[str]:
    protected = protected_categories()
    return kinds if set(protected) & set(kinds) else [*kinds, *protected]


def _json(row: Row) -> Any:  # noqa: ANN401 (JSON)
    try:
        return json.loads(row.get("value", "null"))
    except (ValueError, RecursionError) as error:
        raise DataError(
            "attributes.csv, id {id}: its value is no JSON. Mend or remove that row.", id=row["id"]
        ) from error


def _categories(words: list[str], default: str | None, service: Row) -> list[str]:
    found = category_in(words) or default
    if not found:
        raise DataError(
            "services.csv, id {id}: nothing tells the category of {name}. Add words to "
            "geodata/category_words.json, or give one for all such services with --category.",
            id=service["id"],
            name=repr(service.get("name", "")[:80]),
        )
    return [found]
