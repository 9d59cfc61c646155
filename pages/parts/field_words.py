"""What the fields of a record are called, and what the words in them mean, for maintainers."""

from locator.language import Language


def label(field: str, t: Language) -> str:
    """A field's name in words; of "description:da", a translation, with its language."""
    name, _, language = field.partition(":")
    words = _labels(t).get(name, name)
    return f"{words} ({t.language_name(language)})" if language else words


def _labels(t: Language) -> dict[str, str]:
    return {
        "id": t("Record"),
        "name": t("Name"),
        "name_language": t("Language of the name (code)"),
        "description": t("Description"),
        "text_language": t("Language of the other texts (code)"),
        "translations": t("Translations: field:language | text"),
        "address": t("Street and number"),
        "postcode": t("Postcode"),
        "city": t("Town"),
        "municipality_code": t("Municipality (four digits)"),
        "lat": t("Latitude"),
        "lon": t("Longitude"),
        "lat, lon": t("Point on the map"),
        "point_source": t("Where the point comes from"),
        "website": t("Website"),
        "organization.website": t("Website of the organisation"),
        "opening_hours": t("Opening hours (as OpenStreetMap writes them)"),
        "hours_note": t("Opening hours in words"),
        "audience": t("For whom (codes)"),
        "audience_note": t("For whom, in words"),
        "eligibility": t("Who may use it"),
        "accessibility_note": t("Access, in words"),
        "assured_date": t("Last checked (year-month-day)"),
        "editor_note": t("Note among maintainers, never shown to others"),
        "status": t("Does it exist today?"),
        "cost": t("What it costs"),
        "cost_note": t("What it costs, in words"),
        "booking": t("Must one book?"),
        "wheelchair": t("Wheelchair"),
        "scope": t("Whom it serves"),
        "place_kind": t("Is there a place to visit?"),
        "precision": t("How good the point is"),
        "categories": t("Kinds of help (codes)"),
        "phones": t("Telephones: number | note"),
        "emails": t("E-mail addresses"),
        "languages": t("Languages spoken (codes)"),
        "sources": t("Sources: address | date"),
        "minimum_age": t("Youngest age"),
    }


def values(field: str, t: Language) -> dict[str, str]:
    """The words for what a choice can be, by how the files write it; empty for other fields."""
    unknown = {"unknown": t("not known")}
    choices = {
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
            "place": t("the town"),
        },
    }
    return choices.get(field, {})
