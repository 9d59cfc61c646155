"""The fields of a record for which HSDS has columns, read from the rows of one service."""

import re
from typing import Any

from opening_hours import validate

from locator.directory.hsds.schema import Row, Tables
from locator.directory.hsds.writing import NO_ORGANIZATION
from locator.directory.record import Wheelchair
from locator.directory.texts import UNDETERMINED

_WHEELCHAIR = re.compile(r"Wheelchair: (\w+)")
_DAYS = {day.upper(): day for day in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}


def read_columns(bundle: Tables) -> dict[str, Any]:
    """The fields for which HSDS has columns, as far as the rows of a service fill them."""
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
