"""Numbers for help at once, and the doctor's own number of the region that a person is in."""

from collections.abc import Sequence
from typing import NamedTuple

from locator.directory import Directory, Record, Status
from locator.language import Language, plain

# What the numbers of the whole country are taken from, read in November 2026.
_ALARM = "https://lifeindenmark.borger.dk/pages/Emergencies.aspx"
_VIOLENCE = "https://levudenvold.dk/"

_KIND = "emergency_line"
_COUNTRY = "+45"


class EmergencyNumber(NamedTuple):
    """A number to call, in a few words for what, and the page that says so.

    `digits` are as people read them, `call` as a telephone takes them.
    """

    digits: str
    call: str
    text: str
    source: str


def emergency_numbers(
    t: Language, directory: Directory | None = None, here: Sequence[str] = ()
) -> tuple[EmergencyNumber, ...]:
    """The numbers that stand on every page, the most urgent first.

    112 and 114 are always the first, whatever a directory holds. The doctor's number is that of
    the records which serve where the person is; where that is not known, none is named.

    Args:
        here: codes of the municipalities that the person may be in.
    """
    return (
        EmergencyNumber("112", "112", t("life in danger"), _ALARM),
        EmergencyNumber("114", "114", t("police"), _ALARM),
        *(_doctors(t, directory, here) if directory else ()),
        EmergencyNumber("1888", "1888", t("violence at home"), _VIOLENCE),
    )


def _doctors(t: Language, directory: Directory, here: Sequence[str]) -> list[EmergencyNumber]:
    serving = [
        record
        for record in directory.filter(categories=(_KIND,))
        if record.scope == "regional" and record.phones and record.status is Status.ACTIVE
        if not set(here).isdisjoint(record.service_area)
    ]
    # On a border between regions: which number is whose.
    several = len({record.phones[0].number for record in serving}) > 1
    return [
        _doctor(one, directory.reader(t).name(one) if several else t("doctor on call"))
        for one in serving
    ]


def _doctor(record: Record, text: str) -> EmergencyNumber:
    number = plain(record.phones[0].number)
    return EmergencyNumber(
        digits=number.removeprefix(_COUNTRY).strip(),
        call=number.replace(" ", ""),
        text=plain(text),
        source=record.sources[0].url,
    )
