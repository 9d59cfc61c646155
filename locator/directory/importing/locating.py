"""Where a row is: its address taken apart, and a point beside it; no word of it is changed."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from locator.earth import Precision
from locator.errors import LocatorError
from locator.geocoding import Answer
from locator.language import fold, key
from locator.notes import Note
from locator.places import municipalities, municipalities_at, postcodes
from locator.sheets import decimal

Answering = Callable[[str], Answer]

_TAIL = re.compile(
    r"^(?P<street>.*\S)(?:,\s*|(?<=\d)\s+|(?<=\d[a-zA-Z])\s+)(?P<town>(?:DK-?)?\d{4}\s+\D+)$"
)
_TOWN = re.compile(r"^(?:DK-?\s?)?(?P<postcode>\d{4})(?:\s+(?P<city>\D.*))?$", re.IGNORECASE)
_COUNTRY = re.compile(r",?\s*(?:Danmark|Denmark)\.?$", re.IGNORECASE)


def address_of(cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Note]]:
    """Street, postcode and town, wherever the row has them, and where it contradicts itself."""
    street = _COUNTRY.sub("", cells.get("address", "").strip())
    number = cells.get("number", "")
    if number and not any(c.isdigit() for c in street):
        street = f"{street} {number}".strip()
    told = [cells.get("postcode", ""), cells.get("city", "")]
    if tail := _TAIL.match(street):
        street = tail["street"].rstrip(" ,")
        told.append(tail["town"])
    elif "," in street:
        before, _, last = street.rpartition(",")
        if _is_town(last.strip()):
            street, told = before.strip(), [*told, last.strip()]
    found: dict[str, Any] = {"address": street} if street else {}
    notes: list[Note] = []
    for text in filter(None, (one.strip() for one in told)):
        town = _TOWN.match(text)
        parts = town.groupdict() if town else {"city": text}
        if not town and text == told[0]:
            notes.append(Note("“{text}” is no postcode", {"text": text[:40]}))
            continue
        for name, value in parts.items():
            if value and key(found.setdefault(name, value.strip())) != key(value):
                both = {"one": found[name], "other": value}
                notes.append(Note("it says both “{one}” and “{other}”", both))
    return found, [*notes, *_contradiction(found)]


def _is_town(text: str) -> bool:
    return bool(_TOWN.match(text)) or key(text) in _by_name()


@cache
def _by_name() -> dict[str, list[str]]:
    """The postcodes of each postal name, by its key."""
    found: dict[str, list[str]] = {}
    for one in postcodes().values():
        found.setdefault(key(one.name), []).append(one.code)
    return found


def _contradiction(found: Mapping[str, Any]) -> list[Note]:
    code, city = found.get("postcode", ""), found.get("city", "")
    if code and code not in postcodes():
        return [Note("there is no postcode {postcode}", {"postcode": code})]
    if code and code not in _by_name().get(key(city), [code]):
        values = {"postcode": code, "name": postcodes()[code].name, "city": city}
        return [Note("postcode {postcode} is {name}, not {city}", values)]
    return []


def coordinates(cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Note]]:
    """The point that a row itself gives, with decimal comma or point."""
    if not cells.get("lat") and not cells.get("lon"):
        return {}, []
    try:
        lat, lon = decimal(cells.get("lat", "")), decimal(cells.get("lon", ""))
    except ValueError:
        both = f"{cells.get('lat', '')}, {cells.get('lon', '')}"
        return {}, [Note("“{text}” is no point: give degrees", {"text": both[:60]})]
    point = {"lat": lat, "lon": lon, "precision": Precision.POINT}
    return point | {"point_source": "the imported file"}, []


def municipality(text: str) -> tuple[str, list[Note]]:
    """The code of a municipality, by code or name."""
    bare = fold(re.sub(r"\bkommunes?\b", "", text, flags=re.IGNORECASE))
    for code, home in municipalities().items():
        if bare in (code, code.lstrip("0"), fold(home.name), fold(f"{home.name}s")):
            return code, []
    return "", [Note("“{text}” is no municipality", {"text": text[:40]})]


def locate(values: dict[str, Any], answer: Answering) -> tuple[list[Note], list[Note]]:
    """Add the point of the row's address to `values`: what there is to say, and what to doubt.

    What the row says of its address stays. The postcode is added where the town has only one, or
    the very door was found.
    """
    if "lat" not in values:
        notes, doubts = _ask(values, answer)
    else:
        notes, doubts = [], []
    code = values.get("postcode", "")
    if not values.get("municipality_code"):
        homes = postcodes()[code].municipalities if code in postcodes() else ()
        if len(homes) == 1:
            values["municipality_code"] = homes[0]
        elif values.get("precision") in (Precision.ADDRESS, Precision.POINT, Precision.STREET):
            values["municipality_code"] = municipalities_at([values["lon"]], [values["lat"]])[0]
    return notes, doubts


def _ask(values: dict[str, Any], answer: Answering) -> tuple[list[Note], list[Note]]:
    city, code = values.get("city", ""), values.get("postcode", "")
    town = " ".join(filter(None, (code, city)))
    text = ", ".join(filter(None, (values.get("address", ""), town)))
    if not text:
        return [], []
    try:
        found = answer(text)
    except LocatorError as error:
        return [], [Note("not located: {reason}", {"reason": str(error)})]
    told = [*found.notes]
    if found.precision is Precision.COUNTRY or (code and found.postcode not in ("", code)):
        return [], [Note("not located: {text} fits several places", {"text": text}), *told]
    values |= {
        "lat": found.point.lat,
        "lon": found.point.lon,
        "precision": found.precision,
        "point_source": found.source,
    }
    if not code and (postcode := _sure_postcode(found, city)):
        values["postcode"] = postcode
    if not city and values.get("postcode"):
        values["city"] = postcodes()[values["postcode"]].name
    is_lost = bool(values.get("address")) and not found.street
    if found.question or is_lost:
        return [], told or [Note("several places are called so: {text}", {"text": text})]
    return told, []


def _sure_postcode(found: Answer, city: str) -> str:
    named = _by_name().get(key(city), []) if city else []
    if len(named) == 1:
        return named[0]
    at_the_door = found.precision is Precision.ADDRESS and found.confidence == "A"
    return found.postcode if at_the_door else ""
