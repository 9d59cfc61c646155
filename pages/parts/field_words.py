"""What the fields of a record are called, and what the words in them mean, for maintainers."""

from datetime import datetime

from locator.directory import (
    AUDIENCES,
    BY_APPOINTMENT,
    CLOSED,
    HOURS,
    PICKED,
    STALE,
    categories,
    day_names,
    hours_lines,
)
from locator.language import Language
from locator.places import municipalities

# ISO 639-1, of languages spoken in Denmark: those that a form offers.
_LANGUAGES = (
    *(
        "da",
        "en",
        "ar",
        "uk",
        "fa",
        "ps",
        "prs",
        "so",
        "ti",
        "am",
        "tr",
        "ku",
        "ur",
        "pl",
        "ro",
        "ru",
    ),
    *(
        "bs",
        "sr",
        "hr",
        "sq",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "sv",
        "no",
        "fi",
        "is",
        "kl",
        "fo",
    ),
    *(
        "lt",
        "lv",
        "et",
        "hu",
        "bg",
        "cs",
        "sk",
        "el",
        "hi",
        "pa",
        "bn",
        "ta",
        "th",
        "vi",
        "zh",
        "ja",
    ),
    *("sw", "fil"),
)


def label(field: str, t: Language) -> str:
    """A field's name in words; of "description:da", a translation, with its language."""
    name, _, language = field.removesuffix(STALE).partition(":")
    words = _labels(t).get(name, name)
    return f"{words} ({t.language_name(language)})" if language else words


def _labels(t: Language) -> dict[str, str]:
    return {
        "id": t("Record"),
        "name": t("Name"),
        "name_language": t("Language of the name"),
        "description": t("Description"),
        "text_language": t("Language of the other texts"),
        "translations": t("Translations"),
        "address": t("Street and number"),
        "postcode": t("Postcode"),
        "city": t("Town"),
        "municipality_code": t("Municipality"),
        "lat": t("Latitude"),
        "lon": t("Longitude"),
        "lat, lon": t("Point on the map"),
        "point_source": t("Where the point comes from"),
        "website": t("Website"),
        "organization.website": t("Website of the organisation"),
        "opening_hours": t("Opening hours"),
        "hours_note": t("Opening hours in words"),
        "audience": t("For whom"),
        "audience_note": t("For whom, in words"),
        "eligibility": t("Who may use it"),
        "accessibility_note": t("Access, in words"),
        "assured_date": t("Last checked"),
        "editor_note": t("Note among maintainers"),
        "status": t("Does it exist today?"),
        "cost": t("What it costs"),
        "cost_note": t("What it costs, in words"),
        "booking": t("Must one book?"),
        "wheelchair": t("Wheelchair"),
        "scope": t("Whom it serves"),
        "place_kind": t("Is there a place to visit?"),
        "precision": t("How good the point is"),
        "categories": t("Kinds of help"),
        "phones": t("Telephones"),
        "emails": t("E-mail addresses"),
        "languages": t("Languages spoken"),
        "sources": t("Where we know it from"),
        "service_area": t("Municipalities it serves"),
        "minimum_age": t("Youngest age"),
        "maximum_age": t("Oldest age"),
        **dict(zip(HOURS, (day.capitalize() for day in day_names(t)), strict=True)),
    }


def hint(field: str, t: Language) -> str:
    """How a field is filled in, where that is not plain; else empty."""
    return {
        "phones": t("One a line; behind a | what the number is for."),
        "emails": t("One a line."),
        "sources": t("A web address a line; behind a | its date."),
        "assured_date": t("A day such as 2026-11-24, or the month or year alone."),
        "editor_note": t("Never shown to others."),
    }.get(field, "")


def values(field: str, t: Language) -> dict[str, str]:
    """The words for what a choice can be, by how the files write it; empty for other fields."""
    if field in HOURS:
        return {CLOSED: t("closed"), BY_APPOINTMENT: t("by appointment")}
    if field in ("municipality_code", "service_area"):
        named = sorted(municipalities().values(), key=lambda home: home.name)
        return {"": t("not known")} | {home.code: home.name for home in named}
    if field in ("languages", "name_language", "text_language"):
        undetermined = {} if field == "languages" else {"und": t("not known")}
        return {code: t.language_name(code) for code in _LANGUAGES} | undetermined
    if field == "categories":
        return {kind: one.name(t) for kind, one in categories().items()}
    if field == "audience":
        return _audiences(t)
    return _choices(t).get(field, {})


def text(field: str, value: str, t: Language, now: datetime) -> str:
    """What a field of a form says, in words, on one line."""
    if field == "opening_hours":
        lines = hours_lines(value, t, now)
        return "; ".join(": ".join(line) for line in lines) or (value and t("not known"))
    words = values(field, t)
    if field in PICKED:
        return ", ".join(words.get(code, code) for code in value.splitlines())
    if field == "translations":
        pairs = (line.partition(" | ") for line in value.splitlines())
        return "; ".join(f"{label(name, t)}: {said}" for name, _, said in pairs)
    return words.get(value, "; ".join(value.splitlines()))


def _audiences(t: Language) -> dict[str, str]:
    words = {
        "newcomers": t("newcomers"),
        "refugees": t("refugees"),
        "women": t("women"),
        "families": t("families"),
        "children": t("children"),
        "youth": t("young people"),
        "students": t("students"),
        "seniors": t("older people"),
        "job_seekers": t("people who look for work"),
        "low_income": t("people with little money"),
        "homeless": t("people without a home"),
        "vulnerable": t("people in a hard time"),
        "disability": t("people with a disability"),
        "lgbt": t("LGBT+ people"),
    }
    return {code: words[code] for code in AUDIENCES}


def _choices(t: Language) -> dict[str, dict[str, str]]:
    unknown = {"unknown": t("not known")}
    return {
        "status": {
            "active": t("yes, it exists"),
            "inactive": t("not at present"),
            "defunct": t("no, it is closed for good"),
            "temporarily closed": t("closed for a time"),
        },
        "cost": {"free": t("free"), "fee": t("costs money"), "mixed": t("partly free")} | unknown,
        "booking": {"yes": t("yes"), "no": t("no")} | unknown,
        "wheelchair": {"yes": t("yes"), "limited": t("partly"), "no": t("no")} | unknown,
        "scope": {
            "local": t("whoever comes there"),
            "municipal": t("a municipality"),
            "regional": t("a region"),
            "national": t("the whole country"),
        },
        "place_kind": {
            "place": t("yes, and it is known"),
            "unknown_place": t("yes, but not known to us"),
            "secret_place": t("yes, but a secret"),
            "no_place": t("no, it needs none"),
        },
        "precision": {
            "": t("no point"),
            "address": t("the door"),
            "point": t("the building"),
            "street": t("the street"),
            "postcode": t("the postcode area"),
            "village": t("the village"),
            "place": t("the town"),
            "country": t("only Denmark"),
        },
    }
