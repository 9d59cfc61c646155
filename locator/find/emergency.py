"""Numbers for help at once."""

from typing import NamedTuple

from locator.language import Language


class EmergencyNumber(NamedTuple):
    """A number to call, and in a few words for what."""

    digits: str
    text: str


def emergency_numbers(t: Language) -> tuple[EmergencyNumber, ...]:
    """The numbers that stand on every page, the most urgent first."""
    return (
        EmergencyNumber("112", t("life in danger")),
        EmergencyNumber("114", t("police")),
        EmergencyNumber("1813", t("doctor, Copenhagen area")),
        EmergencyNumber("1888", t("violence at home")),
    )
