"""What is said of a record in words: where it is, how surely, and how old the knowledge is."""

from datetime import date, datetime

from babel.dates import format_date

from locator.directory import PlaceKind, Record, is_stale
from locator.earth import Precision
from locator.language import Language


def precision_text(precision: Precision, t: Language) -> str:
    """How good a point is, in words."""
    return {
        Precision.POINT: t("A point on the map, not an address"),
        Precision.ADDRESS: t("Exact address"),
        Precision.STREET: t("The street, not the exact door"),
        Precision.VILLAGE: t("Only the village: can be kilometres off"),
        Precision.PLACE: t("Only the town: can be kilometres off"),
        Precision.POSTCODE: t("Only the postcode area: can be kilometres off"),
        Precision.COUNTRY: t("Only Denmark"),
    }[precision]


def place_text(record: Record, t: Language) -> str:
    """The place to visit in one line, or the town and why there is no more to tell."""
    if record.place_kind is PlaceKind.PLACE:
        if record.address:
            return record.place
        shown = t("See the map: no street is known to us")
        return f"{record.place} · {shown}" if record.place else shown
    reason = {
        PlaceKind.NONE: t("No visiting address"),
        PlaceKind.SECRET: t("The address is secret"),
        PlaceKind.UNKNOWN: t("Address not known to us"),
    }[record.place_kind]
    return f"{record.place} · {reason}" if record.place else reason


def head_place_text(record: Record, t: Language) -> str:
    """The place as the head of a card has it; nothing of what needs none."""
    return "" if record.place_kind is PlaceKind.NONE else place_text(record, t)


def checked_text(record: Record, t: Language) -> str:
    """When the record was last checked, in words; a day only where the source gives one."""
    if record.checked:
        return t("Checked {date}", date=date_text(record.checked, t))
    read = max(source.read for source in record.sources)
    if read:
        return t("Source without a date, read {date}", date=date_text(read, t))
    return t("Date of check unknown")


def date_text(when: str, t: Language) -> str:
    """A date of which the month or the day may be missing, as people write it."""
    parts = [int(part) for part in when.split("-")]
    if len(parts) == 1:
        return when
    day = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    return format_date(day, "long" if len(parts) > 2 else "LLLL y", locale=t.locale)


def aged_text(record: Record, t: Language, now: datetime) -> str:
    """What to do about a record that is old; a number of the whole nation does not change so."""
    if not is_stale(record, now) or (record.scope == "national" and record.phones):
        return ""
    if record.phones:
        return t("May be out of date: call first")
    if record.website:
        return t("May be out of date: look at the website first")
    return t("May be out of date")
