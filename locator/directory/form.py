"""A record as lines of text that a maintainer can edit, and back."""

from typing import Any

from locator.directory.record import Cost, PlaceKind, Record, Status, Wheelchair
from locator.earth import Precision

# Field by field, in the order of a form. A choice has its values; a list is one item a line.
CHOICES: dict[str, tuple[str, ...]] = {
    "status": tuple(Status),
    "cost": tuple(Cost),
    "booking": ("yes", "no", "unknown"),
    "wheelchair": tuple(Wheelchair),
    "scope": ("local", "municipal", "regional", "national"),
    "place_kind": tuple(PlaceKind),
    "precision": ("", *Precision),
}
TEXTS = (
    "name",
    "name_da",
    "description",
    "description_da",
    "address",
    "postcode",
    "city",
    "municipality_code",
    "lat",
    "lon",
    "point_source",
    "website",
    "opening_hours",
    "hours_note",
    "audience_note",
    "eligibility",
    "accessibility_note",
    "assured_date",
    "editor_note",
)
LISTS = ("categories", "audience", "phones", "emails", "languages", "sources")
FIELDS = (*TEXTS, *CHOICES, *LISTS)


def to_form(record: Record) -> dict[str, str]:
    """Every field of `FIELDS` as text; phones as "number | note", sources as "url | date"."""
    values = {name: _text(getattr(record, name)) for name in (*TEXTS, *CHOICES)}
    for name in ("categories", "audience", "emails", "languages"):
        values[name] = "\n".join(getattr(record, name))
    values["phones"] = "\n".join(_line(p.number, p.note) for p in record.phones)
    values["sources"] = "\n".join(_line(s.url, s.date) for s in record.sources)
    return values


def from_form(record: Record, values: dict[str, str]) -> dict[str, Any]:
    """The fields of `record` as edited, JSON-able, not yet checked; what no form shows is kept."""
    edited: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    for name in (*TEXTS, *CHOICES):
        edited[name] = values[name].strip()
    for name in ("lat", "lon"):
        edited[name] = _number(edited[name])
    edited["precision"] = edited["precision"] or None
    for name in ("categories", "audience", "emails", "languages"):
        edited[name] = [line.strip() for line in values[name].splitlines() if line.strip()]
    phones = {phone.number: phone for phone in record.phones}
    edited["phones"] = [
        (phones[number].model_dump(mode="json") if number in phones else {})
        | _pair("number", "note", number, note)
        for number, note in _pairs(values["phones"])
    ]
    sources = {source.url: source for source in record.sources}
    edited["sources"] = [
        (sources[url].model_dump(mode="json") if url in sources else {})
        | _pair("url", "date", url, date)
        for url, date in _pairs(values["sources"])
    ]
    return edited


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(text: str) -> float | str | None:
    """A number where it is one; any other text is left for the validation to name."""
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError:
        return text


def _line(first: str, second: str) -> str:
    return f"{first} | {second}" if second else first


def _pairs(text: str) -> list[tuple[str, str]]:
    split = [line.partition("|") for line in text.splitlines() if line.strip()]
    return [(first.strip(), second.strip()) for first, _, second in split]


def _pair(first: str, second: str, one: str, other: str) -> dict[str, str]:
    return {first: one, second: other}
