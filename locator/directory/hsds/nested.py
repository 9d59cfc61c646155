"""The JSON form of HSDS 3.0: services with what belongs to them nested inside, and the tables.

Foreign keys stay in the objects beside the nesting, so that nothing is lost on the way.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from locator.directory.hsds.schema import Row, Table, Tables, tables
from locator.errors import DataError

MAX_CELL = 1_000_000

# Names of nested lists and objects in the JSON form, and the table of what is in them.
_NESTED = {
    "organization": "organization",
    "program": "program",
    "programs": "program",
    "location": "location",
    "service_at_locations": "service_at_location",
    "phones": "phone",
    "contacts": "contact",
    "addresses": "address",
    "schedules": "schedule",
    "funding": "funding",
    "service_areas": "service_area",
    "required_documents": "required_document",
    "languages": "language",
    "accessibility": "accessibility",
    "cost_options": "cost_option",
    "organization_identifiers": "organization_identifier",
    "attributes": "attribute",
    "taxonomy_term": "taxonomy_term",
    "taxonomy_detail": "taxonomy",
    "metadata": "metadata",
}
_LISTS = {table: name for name, table in _NESTED.items() if name != "programs"}

# What an object names by its own foreign key, and under which name it is nested there.
_SINGLE = {
    "organization_id": "organization",
    "program_id": "program",
    "location_id": "location",
    "taxonomy_term_id": "taxonomy_term",
    "taxonomy_id": "taxonomy_detail",
}
_NESTS_SINGLE = {
    "service": ("organization_id", "program_id"),
    "service_at_location": ("location_id",),
    "attribute": ("taxonomy_term_id",),
    "taxonomy_term": ("taxonomy_id",),
}
_OWNERS = ("service_at_location", "service", "location", "phone", "contact", "organization")
_REST = "unattached"


def flatten(content: Any, path: Path) -> Tables:  # noqa: ANN401 (any JSON)
    """The tables of a service, a list of them, or a page of the API ("contents").

    Raises:
        DataError: it is none of these; says where.
    """
    rest: Any = {}
    if isinstance(content, dict) and "contents" in content:
        content, rest = content["contents"], content.get(_REST, {})
    services = content if isinstance(content, list) else [content]
    reader = _Flattening(path)
    for number, service in enumerate(services, 1):
        reader.add("service", service, f"service {number}")
    if not reader.found["service"]:
        raise DataError("{path} is no HSDS: it holds no service.", path=path)
    for name, rows in rest.items() if isinstance(rest, dict) else ():
        for row in rows if name in tables() and isinstance(rows, list) else ():
            reader.add(name, row, f"{_REST}, {name}")
    return {name: list(rows.values()) for name, rows in reader.found.items()}


class _Flattening:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: dict[str, dict[str, Row]] = defaultdict(dict)

    def add(self, name: str, thing: Any, where: str) -> None:  # noqa: ANN401 (any JSON)
        table = tables()[name]
        if not isinstance(thing, dict) or not thing.get("id"):
            raise self._bad(where, "an object with an id was expected")
        row = self.found[name].setdefault(str(thing["id"]), {})
        for key, value in thing.items():
            if key in _NESTED and isinstance(value, dict | list):
                self._add_nested(table, str(thing["id"]), key, value, where)
                if isinstance(value, dict) and f"{_NESTED[key]}_id" in table.types:
                    row.setdefault(f"{_NESTED[key]}_id", str(value.get("id", "")))
            elif value is None or value == "":
                continue
            elif key in table.types:
                row[key] = self._cell(value, f"{where}, {key}")
            else:
                raise self._bad(where, f"HSDS 3.0 has no {key[:80]!r} in {name}")

    def _add_nested(self, parent: Table, number: str, key: str, value: Any, where: str) -> None:  # noqa: ANN401
        child = tables()[_NESTED[key]]
        for at, thing in enumerate(value if isinstance(value, list) else [value], 1):
            if isinstance(thing, dict) and isinstance(value, list):
                thing = {**_link(parent.name, child, number), **thing}
            self.add(child.name, thing, f"{where}, {key} {at}")

    def _cell(self, value: Any, where: str) -> str:  # noqa: ANN401 (any JSON)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self._bad(where, "a text or a number was expected")
        if isinstance(value, float) and not math.isfinite(value):
            raise self._bad(where, "the number is not finite")
        text = str(value)
        if len(text) > MAX_CELL:
            raise self._bad(where, f"it is longer than {MAX_CELL} characters")
        return text

    def _bad(self, where: str, reason: str) -> DataError:
        return DataError("{path}, {where}: {reason}.", path=self.path, where=where, reason=reason)


def _link(parent: str, child: Table, number: str) -> Row:
    """The foreign key that a nested object leaves out."""
    if child.name == "attribute":
        return {"link_id": number, "link_entity": parent}
    if child.name == "metadata":
        return {"resource_id": number, "resource_type": parent}
    return {f"{parent}_id": number} if f"{parent}_id" in child.types else {}


def nest(content: Tables) -> dict[str, Any]:
    """The JSON form: {"version", "contents": services, "unattached": rows of no service}."""
    writer = _Nesting(content)
    services = [writer.thing("service", row) for row in content.get("service", ())]
    rest = {
        name: [_typed(tables()[name], row) for row in rows if (name, row["id"]) not in writer.used]
        for name, rows in content.items()
    }
    return {
        "version": "3.0",
        "contents": services,
        _REST: {name: rows for name, rows in rest.items() if rows},
    }


class _Nesting:
    def __init__(self, content: Tables) -> None:
        self.used: set[tuple[str, str]] = set()
        self.by_id = {name: {row["id"]: row for row in rows} for name, rows in content.items()}
        self.children: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
        for name, rows in content.items():
            for row in rows:
                owner = self._owner(name, row)
                if owner:
                    self.children[owner].append((name, row))

    def _owner(self, name: str, row: Row) -> tuple[str, str] | None:
        if name in ("organization", "service", "program", "taxonomy", "taxonomy_term", "location"):
            return None
        if name in ("attribute", "metadata"):
            number = row.get("link_id") or row.get("resource_id", "")
            return next(((t, number) for t in self.by_id if number in self.by_id[t]), None)
        owners = [o for o in _OWNERS if o != name and f"{o}_id" in tables()[name].types]
        if name == "service_at_location":
            owners = ["service"]
        return next(
            ((o, row[f"{o}_id"]) for o in owners if row.get(f"{o}_id") in self.by_id.get(o, {})),
            None,
        )

    def thing(self, name: str, row: Row) -> dict[str, Any]:
        """A row as an object, with all that belongs to it; each row is nested in one place only
        but for what many share (organisation, location, terms)."""
        first = (name, row["id"]) not in self.used
        self.used.add((name, row["id"]))
        found = _typed(tables()[name], row)
        for column in _NESTS_SINGLE.get(name, ()):
            key = _SINGLE[column]
            target = self.by_id.get(_NESTED[key], {}).get(row.get(column, ""))
            if target:
                found[key] = self.thing(_NESTED[key], target)
        for child, child_row in self._unused(name, row) if first else ():
            found.setdefault(_LISTS[child], []).append(self.thing(child, child_row))
        return found

    def _unused(self, name: str, row: Row) -> Iterable[tuple[str, Row]]:
        def unused() -> Iterator[tuple[str, Row]]:
            for child, child_row in self.children[name, row["id"]]:
                if (child, child_row["id"]) not in self.used:
                    yield child, child_row

        return list(unused())


def _typed(table: Table, row: Row) -> dict[str, Any]:
    """The row with its numbers as numbers, where that gives the same text back."""
    return {
        column: _number(row[column]) if kind == "number" else row[column]
        for column, kind in table.types.items()
        if row.get(column)
    }


def _number(text: str) -> str | int | float:
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        if str(number) == text and math.isfinite(number):
            return number
    return text
