"""How the person travels: by what this machine has networks for, as far as they reach."""

from dataclasses import dataclass, replace
from datetime import datetime

from locator.errors import LocatorError
from locator.find import ANYWHERE, DEFAULT_RADIUS, Search
from locator.geocoding import Answer
from locator.language import Language
from locator.travel import STRAIGHT_LINE, Metric
from pages.parts import resources


@dataclass(frozen=True)
class Travel:
    """How far things are measured.

    Attributes:
        search: with the way of travelling that there is.
        metric: of it.
        modes: that the person may choose from.
        note: why it is not what was asked for, else "".
    """

    search: Search
    metric: Metric
    modes: tuple[str, ...]
    note: str = ""


def travel(search: Search, origin: Answer | None, now: datetime, t: Language) -> Travel:
    """What the person asked for, or straight lines where that is not to be had."""
    modes = resources.installed().reaching(origin.point) if origin else ()
    if not (origin and search.travel):
        return Travel(search, STRAIGHT_LINE, modes)
    straight = Travel(_straight(search), STRAIGHT_LINE, modes)
    if search.travel not in modes:
        note = t("Our street map does not reach this place, so distances are straight lines.")
        return replace(straight, note=note)
    try:
        departure = datetime.fromisoformat(search.depart) if search.depart else now
        return Travel(search, resources.installed().metric(search.travel, departure), modes)
    except LocatorError as error:
        return replace(straight, note=error.message(t))


def _straight(search: Search) -> Search:
    within = search.within if search.within == ANYWHERE else DEFAULT_RADIUS
    return replace(search, travel="", depart="", within=within)
