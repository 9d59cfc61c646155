"""A record as texts that a maintainer can edit, and back."""

from collections.abc import Iterator
from typing import Any

from locator.directory.hours_form import HOURS, hours_form, hours_from
from locator.directory.record import Cost, PlaceKind, Record, Status, Wheelchair
from locator.directory.texts import Texts
from locator.directory.translation import Origin, Translation, digest
from locator.earth import Precision

# Field by field. A choice has its values; a list is one item a line, and a picked one has codes.
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
    "name_language",
    "description",
    "text_language",
    "address",
    "postcode",
    "city",
    "municipality_code",
    "lat",
    "lon",
    "point_source",
    "website",
    "hours_note",
    "audience_note",
    "eligibility",
    "accessibility_note",
    "cost_note",
    "assured_date",
    "editor_note",
)
PICKED = ("categories", "audience", "languages", "service_area")
LISTS = ("translations", "phones", "emails", "sources")
FIELDS = (*TEXTS, *CHOICES, *HOURS, *PICKED, *LISTS)

# Groups of people that records name; see `Record.audience`.
AUDIENCES = (
    *("newcomers", "refugees", "women", "families", "children", "youth", "students", "seniors"),
    *("job_seekers", "low_income", "homeless", "vulnerable", "disability", "lgbt"),
)


# Behind the field and language of a translation whose original has changed since; who takes it
# away says that the translation fits again.
STALE = "?"


def to_form(record: Record, texts: Texts) -> dict[str, str]:
    """Every field of `FIELDS` as text.

    Phones as "number | note", sources as "url | date", translations as "field:language | text".
    """
    values = {name: _text(getattr(record, name)) for name in (*TEXTS, *CHOICES)}
    values |= hours_form(record.opening_hours)
    for name in (*PICKED, "emails"):
        values[name] = "\n".join(getattr(record, name))
    values["translations"] = "\n".join(
        _line(_label(record, one), _flat(one.text)) for one in texts.of(record)
    )
    values["phones"] = "\n".join(_line(p.number, p.note) for p in record.phones)
    values["sources"] = "\n".join(_line(s.url, s.date) for s in record.sources)
    return values


def from_form(record: Record, values: dict[str, str], texts: Texts) -> dict[str, Any]:
    """The fields of `record` as edited, JSON-able, not yet checked; what no form shows is kept.

    Raises:
        DataError: the hours of a day are not understood.
    """
    edited: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    for name in (*TEXTS, *CHOICES):
        edited[name] = values[name].strip()
    for name in ("lat", "lon"):
        edited[name] = _number(edited[name])
    edited["precision"] = edited["precision"] or None
    edited["opening_hours"] = hours_from(record.opening_hours, values)
    for name in (*PICKED, "emails"):
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
    lines = dict(_pairs(values["translations"]))
    edited["translations"] = list(_translations(record, edited, lines, texts))
    return edited


def _translations(
    record: Record, edited: dict[str, Any], lines: dict[str, str], texts: Texts
) -> Iterator[dict[str, Any]]:
    """What the edited record carries: what it did, and what was changed, added or taken away."""
    before = {_label(record, one): one for one in texts.of(record)}
    for label, one in before.items():
        if label not in lines and label.rstrip(STALE) not in lines:
            yield one.model_dump(mode="json") | {"text": ""}
    for label, text in lines.items():
        known = before.get(label)
        if known and _flat(known.text) == text:
            if known in record.translations:
                yield known.model_dump(mode="json")
            continue
        field, _, language = label.rstrip(STALE).partition(":")
        yield {
            "field": field,
            "language": language,
            "text": text,
            "of": digest(str(edited.get(field, ""))),
            "origin": Origin.PERSON,
        }


def _label(record: Record, one: Translation) -> str:
    stale = one.of != digest(getattr(record, one.field))
    return f"{one.field}:{one.language}{STALE if stale else ''}"


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


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
