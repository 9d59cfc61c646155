"""Whether a person can do something with a record, and whether it speaks to that person."""

import re

from locator.directory.record import PlaceKind, Record
from locator.directory.taxonomy import categories

# What maintainers tell each other, in English and in Danish; it belongs into `editor_note`.
_EDITORS = re.compile(
    r"\b(?:un)?verif(?:y|ied)\b|\b(?:not|to be) confirmed\b|\bconfirm (?:that|before|whe)"
    r"|\b(?:old|older|undated|\d{4}) (?:source|listing)|\bthe source\b|\bnot sourced\b"
    r"|\bthe copy\b|\bas of \d{4}|\bannounced to open\b|\b(?:address(?:es)?|hours) on website\b"
    r"|\bopening hours not known\b|\bthe map point\b|(?-i:\bTODO\b)"
    r"|\b(?:address|street|number|hours|place) not (?:stated|known|given)\b"
    r"|\bcheck (?:first|before|the address|that it)\b"
    r"|\bbekræft\b|ikke bekræftet|\bkilde (?:fra|uden)\b|undersøg først|\btjek først\b|gammel liste"
    r"|åbningstider(?:ne)? kendes ikke|er antaget",
    re.IGNORECASE,
)


def can_be_acted_on(record: Record) -> bool:
    """Whether there is a telephone, an e-mail address, a website, or a door to go to."""
    return bool(record.phones or record.emails or record.website) or can_be_visited(record)


def can_be_visited(record: Record) -> bool:
    """Whether a person finds the place: by its street and number, or by an exact point."""
    if record.place_kind is not PlaceKind.PLACE:
        return False
    return has_a_number(record.address) or bool(record.precision and record.precision.exact)


def has_a_number(address: str) -> bool:
    """Whether an address names a house and not only a street."""
    return any(c.isdigit() for c in address)


def is_protected(record: Record) -> bool:
    """Whether it is of a kind whose places are secret: only the telephone leads there."""
    return any(categories()[kind].protected for kind in record.categories)


def nobody_is_shown_it(record: Record) -> bool:
    """Whether it has neither a point nor a municipality nor the nation to serve."""
    serves = record.scope == "national" or record.municipality_code or record.service_area
    return record.point is None and not serves


def editors_words(*texts: str) -> str:
    """The first words in `texts` that only maintainers should read; "" for none."""
    found = (_EDITORS.search(text) for text in texts)
    return next((match[0] for match in found if match), "")
