"""A record as rows of HSDS tables.

What HSDS has no column for becomes a service attribute, the standard's own way to extend itself:
its term's code is "field:NAME", its value JSON.
"""

import json
import re
from typing import Any
from uuid import UUID, uuid5

from locator.directory.hsds.schema import Row, Tables
from locator.directory.record import Cost, Record, Wheelchair
from locator.directory.taxonomy import categories
from locator.language import SOURCE, language
from locator.places import municipalities, municipality_name

# The namespace of all identifiers made here, so that equal records give equal packages.
_NAMESPACE = UUID("6f1d2c9e-0f0b-5c39-9a51-3d7b1f4b8e10")

NO_ORGANIZATION = str(uuid5(_NAMESPACE, "organization/none"))

_WEB = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?([/?#][!-~]*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RULE = re.compile(r"((?:Mo|Tu|We|Th|Fr|Sa|Su)[\w,-]*) (\d\d:\d\d)-(\d\d:\d\d)")
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def identifier(*parts: str) -> str:
    """A UUID (version 5) made of these parts."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


def rows_of(record: Record) -> Tables:
    """The rows of a record, but for what HSDS has no column for (see `attribute_rows`)."""
    service = identifier("service", record.id)
    tables: Tables = {"organization": [_organization(record)]}
    tables["service"] = [_service(record, service, tables["organization"][0]["id"])]
    place = identifier("location", record.id)
    located = bool(record.place or record.point)
    if located or record.website:
        tables["location"] = [_location(record, place, located)]
        tables["service_at_location"] = [
            _row(id=identifier("at", record.id), service_id=service, location_id=place)
        ]
    if record.address and record.postcode and record.city:
        tables["address"] = [_address(record, place)]
    if located and record.wheelchair is not Wheelchair.UNKNOWN:
        tables["accessibility"] = [
            _row(
                id=identifier("accessibility", record.id),
                location_id=place,
                description=f"Wheelchair: {record.wheelchair.value}",
                details=record.accessibility_note,
            )
        ]
    if record.organization.id:
        tables["organization_identifier"] = [_organization_identifier(record, tables)]
    _add_lists(tables, record, service)
    return {name: rows for name, rows in tables.items() if rows}


def attribute_rows(record: Record, values: dict[str, Any]) -> Tables:
    """Attributes for categories and target groups, and one for each of `values` (JSON-able)."""
    tables: Tables = {"attribute": [], "taxonomy_term": [], "taxonomy": []}
    service = identifier("service", record.id)
    for kind, codes in (("category", record.categories), ("audience", record.audience)):
        for at, code in enumerate(codes):
            _add_attribute(tables, service, kind, code, str(at))
    for name, value in values.items():
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        _add_attribute(tables, service, "field", name, text)
    return {name: rows for name, rows in tables.items() if rows}


_TAXONOMIES = {
    "category": ("Nærved: kinds of service", "Kinds of service, the main one first."),
    "audience": ("Nærved: target groups", "Target groups; none means everyone."),
    "field": ("Nærved: fields", "What Nærved keeps and HSDS has no column for; values are JSON."),
}


def _add_attribute(tables: Tables, service: str, kind: str, code: str, value: str) -> None:
    taxonomy = identifier("taxonomy", kind)
    term = identifier("term", kind, code)
    name, description = _TAXONOMIES[kind]
    row = _row(id=taxonomy, name=name, description=description)
    if row not in tables["taxonomy"]:
        tables["taxonomy"].append(row)
    known = categories().get(code) if kind == "category" else None
    tables["taxonomy_term"].append(
        _row(
            id=term,
            code=f"{kind}:{code}",
            name=known.msgid if known else code,
            description=known.sentence_msgid if known else code,
            taxonomy=name,
            taxonomy_id=taxonomy,
            language=SOURCE,
        )
    )
    tables["attribute"].append(
        _row(
            id=identifier("attribute", service, kind, code),
            link_id=service,
            taxonomy_term_id=term,
            link_type=kind,
            link_entity="service",
            value=value,
        )
    )


def _row(**cells: str) -> Row:
    return {column: cell for column, cell in cells.items() if cell}


def is_web(url: str) -> bool:
    """Whether `url` passes as a web address in an HSDS column of format uri."""
    return bool(_WEB.fullmatch(url))


def _web(url: str) -> str:
    return url if is_web(url) else ""


def _organization(record: Record) -> Row:
    known = record.organization
    if not known.name:
        return _row(id=NO_ORGANIZATION, name="Not known", description="Not known")
    return _row(
        id=identifier("organization", known.id, known.name, known.website),
        name=known.name,
        description=known.name,
        website=_web(known.website),
    )


def _organization_identifier(record: Record, tables: Tables) -> Row:
    owner = tables["organization"][0]["id"]
    return _row(
        id=identifier("organization_identifier", owner),
        organization_id=owner,
        identifier_type="Nærved",
        identifier=record.organization.id,
    )


def _service(record: Record, service: str, organization: str) -> Row:
    email = record.emails[0] if record.emails else ""
    return _row(
        id=service,
        organization_id=organization,
        name=record.name,
        alternate_name=_alternate_name(record),
        description=record.description,
        url=_web(record.website),
        email=email if _EMAIL.fullmatch(email) else "",
        status=record.status.value,
        fees_description=record.cost_note,
        eligibility_description=record.eligibility,
        minimum_age=_number(record.minimum_age),
        maximum_age=_number(record.maximum_age),
        assured_date=record.assured_date if _DAY.fullmatch(record.assured_date) else "",
    )


def _alternate_name(record: Record) -> str:
    """The name in the language of the source, else any that is not its own."""
    others = {one.language: one.text for one in record.translations if one.field == "name"}
    return others.get(SOURCE) or next(iter(others.values()), "")


def _location(record: Record, place: str, located: bool) -> Row:
    return _row(
        id=place,
        location_type="physical" if located else "virtual",
        url="" if located else _web(record.website),
        name=record.name if located else "",
        latitude=_number(record.lat),
        longitude=_number(record.lon),
    )


def _address(record: Record, place: str) -> Row:
    home = municipalities().get(record.municipality_code)
    municipality, region = (home.name, home.region) if home else ("", "")
    return _row(
        id=identifier("address", record.id),
        location_id=place,
        address_1=record.address,
        city=record.city,
        region=municipality,
        state_province=region or "Danmark",
        postal_code=record.postcode,
        country="DK",
        address_type="physical",
    )


def _number(value: float | None) -> str:
    return "" if value is None else repr(int(value) if value == int(value) else value)


def _add_lists(tables: Tables, record: Record, service: str) -> None:
    def number(kind: str, at: int) -> str:
        return identifier(kind, record.id, str(at))

    tables["phone"], tables["language"] = [], []
    for at, phone in enumerate(record.phones):
        row = _row(
            id=number("phone", at),
            service_id=service,
            number=phone.number,
            type="voice",
            description=phone.note,
        )
        tables["phone"].append(row)
        for code in phone.languages:
            made = identifier("phone language", row["id"], code)
            tables["language"].append(
                _row(id=made, phone_id=row["id"], code=code, name=_language(code))
            )
    tables["language"] += [
        _row(id=number("language", at), service_id=service, code=code, name=_language(code))
        for at, code in enumerate(record.languages)
    ]
    tables["required_document"] = [
        _row(id=number("document", at), service_id=service, document=document)
        for at, document in enumerate(record.required_documents)
    ]
    tables["cost_option"] = [
        _row(
            id=number("cost", 0),
            service_id=service,
            option=record.cost.value,
            currency="DKK" if record.cost is Cost.FREE else "",
            amount="0" if record.cost is Cost.FREE else "",
        )
    ] * (record.cost is not Cost.UNKNOWN)
    tables["service_area"] = _areas(record, service)
    tables["schedule"] = _schedules(record, service)


def _language(code: str) -> str:
    return language(SOURCE).language_name(code)


def _areas(record: Record, service: str) -> list[Row]:
    if record.scope == "national":
        areas = [("country", "DK", "Danmark")]
    else:
        areas = [("municipality", code, municipality_name(code)) for code in record.service_area]
    return [
        _row(
            id=identifier("area", record.id, str(at)),
            service_id=service,
            name=name,
            extent=extent,
            extent_type=kind,
        )
        for at, (kind, extent, name) in enumerate(areas)
    ]


def _schedules(record: Record, service: str) -> list[Row]:
    """One row for each simple rule ("Mo-Fr 09:00-15:00"); each says all the hours in words."""
    text = record.opening_hours
    if not text:
        return []
    found = [_RULE.fullmatch(rule.strip()) for rule in text.split(";")]
    rules = [match.groups() for match in found if match and _by_day(match[1])]
    base = _row(service_id=service, description=text, notes=record.hours_note)
    timed = [
        _row(freq="WEEKLY", byday=_by_day(days), opens_at=f"{opens}:00", closes_at=f"{closes}:00")
        for days, opens, closes in rules
        if opens < "24:00" and closes < "24:00"
    ]
    return [
        {"id": identifier("schedule", record.id, str(at)), **base, **times}
        for at, times in enumerate(timed or [{}])
    ]


def _by_day(days: str) -> str:
    """ "Mo-We,Fr" as "MO,TU,WE,FR"; "" where it is more than days of the week."""
    found: list[str] = []
    for part in days.split(","):
        ends = part.split("-")
        if len(ends) > 2 or any(end not in _DAYS for end in ends):
            return ""
        first, last = _DAYS.index(ends[0]), _DAYS.index(ends[-1])
        if first > last:
            return ""
        found += _DAYS[first : last + 1]
    return ",".join(found).upper()
