"""What of a search stands in the link: filters and language always, a place only on purpose."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from locator.find.search import ANYWHERE, Search
from locator.geocoding import Answer
from locator.travel import TRANSIT, TRAVEL_MODES, Limit, Unit

Exactness = Literal["none", "postcode", "rounded", "exact"]

# Two decimals of a degree: a cell of about 1.1 km by 0.6 km in Denmark.
ROUNDED_DECIMALS = 2


def read_search(params: Mapping[str, Sequence[str]]) -> Search:
    """The search in a link's parameters; values that make no sense are passed over."""

    def first(name: str) -> str:
        return (list(params.get(name, ())) or [""])[0][:100]

    travel = first("travel") if first("travel") in TRAVEL_MODES else ""
    usual = Search(travel=travel)
    return Search(
        group=first("need"),
        categories=tuple(dict.fromkeys(c[:100] for c in params.get("category", ())))[:50],
        travel=travel,
        depart=_moment(first("depart")) if travel == TRANSIT else "",
        within={radius_id(r): r for r in usual.reaches}.get(first("within"), usual.usual_reach),
        open_now=first("open") == "1",
        free=first("free") == "1",
        language=first("speaks"),
        wheelchair=first("wheelchair") == "1",
        plain=first("plain") == "1",
    )


def _moment(text: str) -> str:
    """A local day and time to the minute, "" where there is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return found.replace(tzinfo=None).isoformat(timespec="minutes")


def radius_id(within: Limit) -> str:
    """A reach as links have it: bare numbers are metres, and 0 is the whole country."""
    if within == ANYWHERE:
        return "0"
    return f"{within.value:.0f}{'' if within.unit is Unit.METRE else within.unit}"


def write_search(search: Search) -> dict[str, list[str]]:
    """The parameters that `read_search` reads back; what is as by default is left out."""
    params: dict[str, list[str]] = {
        "need": [search.group] if search.group else [],
        "category": list(search.categories),
        "travel": [search.travel] if search.travel else [],
        "depart": [search.depart] if search.depart else [],
        "within": [radius_id(search.within)] if search.within != search.usual_reach else [],
        "open": ["1"] if search.open_now else [],
        "free": ["1"] if search.free else [],
        "speaks": [search.language] if search.language else [],
        "wheelchair": ["1"] if search.wheelchair else [],
        "plain": ["1"] if search.plain else [],
    }
    return {name: values for name, values in params.items() if values}


def place_for_link(answer: Answer, exactness: Exactness) -> str:
    """The text that stands for a place in a shared link, as exact as the person chose.

    "rounded" keeps two decimals of a degree, about a kilometre. Where an answer has no postcode,
    "postcode" rounds too, so that it never tells more than was asked for.
    """
    if exactness == "none":
        return ""
    if exactness == "exact":
        return f"{answer.point.lat:.5f},{answer.point.lon:.5f}"
    if exactness == "postcode" and answer.postcode:
        return answer.postcode
    return f"{answer.point.lat:.{ROUNDED_DECIMALS}f},{answer.point.lon:.{ROUNDED_DECIMALS}f}"


def link(base: str, search: Search, *, lang: str, place: str = "") -> str:
    """A link to this search: `base` with parameters, the place as `at` where there is one."""
    params = {"lang": [lang], **write_search(search), **({"at": [place]} if place else {})}
    return f"{base.split('?')[0]}?{urlencode(params, doseq=True)}"
