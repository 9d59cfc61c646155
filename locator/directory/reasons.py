"""Why fields make no record, in words that a person can act on."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from locator.notes import Note

_WHOLE_POINT = Note("a point has a latitude, a longitude, and how good it is: give all, or none")
_REASONS = {
    "id": Note("small letters, figures and hyphens only"),
    "name": Note("it needs a name"),
    "postcode": Note("a postcode has four figures"),
    "municipality_code": Note("there is no such municipality"),
    "service_area": Note("there is no such municipality"),
    "categories": Note("choose a kind of help, one at least"),
    "lat": Note("a latitude in Denmark is a number from 54 to 58"),
    "lon": Note("a longitude in Denmark is a number from 8 to 16"),
    "phones": Note("a telephone number has figures and spaces only, as 33 66 33 66"),
    "languages": Note("there is no such language"),
    "name_language": Note("there is no such language"),
    "text_language": Note("there is no such language"),
    "translations": Note("a translation is of a text that there is, in a language that exists"),
    "sources": Note("a source is a web address, https://…, and a date such as 2026-11-24 or 2026"),
    "assured_date": Note("write the day as 2026-11-24, or only the month or the year"),
    "minimum_age": Note("an age is a number"),
    "maximum_age": Note("an age is a number"),
}
_MISSING = {"sources": Note("say where you know it from: a web address at least")}


def reasons(error: ValidationError) -> list[tuple[str, Note]]:
    """For each field that is wrong, the first reason."""
    found: dict[str, Note] = {}
    for one in error.errors():
        field, note = _reason(one)
        found.setdefault(field, note)
    return list(found.items())


def _reason(one: ErrorDetails) -> tuple[str, Note]:
    if not one["loc"]:
        return "lat, lon", _WHOLE_POINT
    field = str(one["loc"][0])
    if one["type"] in ("too_short", "missing") and field in _MISSING:
        return field, _MISSING[field]
    given = {"text": str(one.get("input", ""))[:60]}
    return field, _REASONS.get(field, Note("“{text}” is nothing that can stand here", given))
