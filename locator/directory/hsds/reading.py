"""The rows of one HSDS service at one location, as a record."""

import json
import re
from collections.abc import Iterator
from typing import Any

from opening_hours import validate

from locator.directory.hsds.schema import Row, Tables
from locator.directory.hsds.writing import NO_ORGANIZATION, attribute_rows, is_web, rows_of
from locator.directory.importing import (
    category_in,
    identifier,
    is_refuge,
    is_withheld,
    lenient_record,
    protected_categories,
)
from locator.directory.record import Record, Wheelchair
from locator.directory.texts import UNDETERMINED
from locator.errors import DataError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WHEELCHAIR = re.compile(r"Wheelchair: (\w+)")
_DAYS = {day.upper(): day for day in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}

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
    if any(row["id"] in withheld for row in bundle.get("location", ())):
        values["categories"] = _with_protection(values["categories"])
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
    back = _read(rows)
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
    values = _read(bundle)
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


def _read(bundle: Tables) -> dict[str, Any]:
    """The fields for which HSDS has columns."""
    service = bundle["service"][0]
    place = next(iter(bundle.get("location", ())), {})
    values: dict[str, Any] = {
        "name": service.get("name", ""),
        "name_language": UNDETERMINED,
        "text_language": UNDETERMINED,
        "description": service.get("description", ""),
        "website": service.get("url", ""),
        "emails": [service["email"]] if service.get("email") else [],
        "status": service.get("status", "active"),
        "cost_note": service.get("fees_description", "") or service.get("fees", ""),
        "eligibility": service.get("eligibility_description", ""),
        "minimum_age": _float(service.get("minimum_age", "")),
        "maximum_age": _float(service.get("maximum_age", "")),
        "assured_date": service.get("assured_date", ""),
        "organization": _organization(bundle),
        "required_documents": [
            row["document"] for row in bundle.get("required_document", ()) if row.get("document")
        ],
        "cost": _cost(bundle),
    }
    phones = bundle.get("phone", ())
    values["phones"] = [_phone(row, bundle) for row in phones if row.get("number")]
    values["languages"] = [
        row["code"].lower()
        for row in bundle.get("language", ())
        if row.get("code") and (row.get("service_id") or row.get("location_id"))
    ]
    values |= _hours(bundle) | _area(bundle)
    if place.get("location_type", "physical") == "physical":
        values |= _place(place, bundle)
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _float(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _organization(bundle: Tables) -> dict[str, str]:
    row = next(iter(bundle.get("organization", ())), None)
    if row is None or row["id"] == NO_ORGANIZATION:
        return {}
    numbers = bundle.get("organization_identifier", ())
    number = next((n["identifier"] for n in numbers if n.get("identifier_type") == "Nærved"), "")
    return {"id": number, "name": row.get("name", ""), "website": row.get("website", "")}


def _phone(row: Row, bundle: Tables) -> dict[str, Any]:
    number = re.sub(r"[^\d+ ]", " ", row["number"])
    return {
        "number": " ".join(number.split()),
        "note": row.get("description", ""),
        "languages": [
            one["code"].lower()
            for one in bundle.get("language", ())
            if one.get("phone_id") == row["id"] and not one.get("service_id") and one.get("code")
        ],
    }


def _cost(bundle: Tables) -> str:
    options = bundle.get("cost_option", ())
    said = next((row["option"] for row in options if row.get("option") in _COSTS), "")
    amounts = [_float(row.get("amount", "")) for row in options]
    if said or not options or None in amounts:
        return said
    return "free" if not any(amounts) else "fee" if all(amounts) else "mixed"


_COSTS = ("free", "fee", "mixed")


def _hours(bundle: Tables) -> dict[str, str]:
    rows = bundle.get("schedule", ())
    said = next((row["description"] for row in rows if row.get("description")), "")
    notes = next((row["notes"] for row in rows if row.get("notes")), "")
    if said and (validate(said) or not any(row.get("opens_at") for row in rows)):
        return {"opening_hours": said, "hours_note": notes}
    rules = [rule for row in rows if (rule := _rule(row))]
    text = "; ".join(dict.fromkeys(rules))
    return (
        {"opening_hours": text, "hours_note": notes or said}
        if text
        else {"hours_note": said or notes}
    )


def _rule(row: Row) -> str:
    """One weekly row as OSM hours; "" where it is not weekly, or holds for some weeks only."""
    days = [_DAYS.get(day.strip(), "") for day in row.get("byday", "").split(",")]
    opens, closes = row.get("opens_at", "")[:5], row.get("closes_at", "")[:5]
    special = any(row.get(c) for c in ("byweekno", "bymonthday", "byyearday"))
    weekly = row.get("freq", "WEEKLY") == "WEEKLY" and row.get("interval", "1") == "1"
    text = f"{','.join(days)} {opens}-{closes}"
    return text if all(days) and weekly and not special and validate(text) else ""


def _area(bundle: Tables) -> dict[str, Any]:
    rows = bundle.get("service_area", ())
    if any(row.get("extent_type") == "country" and row.get("extent") == "DK" for row in rows):
        return {"scope": "national"}
    codes = [row.get("extent", "") for row in rows if row.get("extent_type") == "municipality"]
    return {"scope": "municipal", "service_area": codes} if codes else {}


def _place(place: Row, bundle: Tables) -> dict[str, Any]:
    found: dict[str, Any] = {}
    kinds = [row for row in bundle.get("address", ()) if row.get("address_type") == "physical"]
    for row in kinds[:1]:
        found = {
            "address": ", ".join(c for k in ("address_1", "address_2") if (c := row.get(k))),
            "postcode": row.get("postal_code", ""),
            "city": row.get("city", ""),
        }
    lat, lon = _float(place.get("latitude", "")), _float(place.get("longitude", ""))
    if lat is not None and lon is not None:
        # HSDS does not say how good a point is: no better than its address is assumed.
        precision = "address" if found.get("address") else "place"
        found |= {"lat": lat, "lon": lon, "precision": precision}
    for row in bundle.get("accessibility", ()):
        match = _WHEELCHAIR.fullmatch(row.get("description", ""))
        if match and match[1] in set(Wheelchair):
            found |= {"wheelchair": match[1], "accessibility_note": row.get("details", "")}
    return found
