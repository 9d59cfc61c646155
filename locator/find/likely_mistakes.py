"""What may be wrong with a card, in words to choose from: each names what the card itself says."""

from locator.directory import Record
from locator.language import Language, plain


def mistakes(record: Record, t: Language) -> list[str]:
    """The likeliest mistakes of a record, the worst for who goes there first."""
    said = [
        t("It is closed for good"),
        t("It does not do what is said here"),
        *(t("The number {number} is wrong", number=plain(p.number)) for p in record.phones[:2]),
    ]
    if record.address:
        said.append(t("It is not at {address}", address=plain(record.address)))
    if record.opening_hours:
        said.append(t("The opening hours are wrong"))
    if record.website:
        said.append(t("The website is wrong"))
    return said
