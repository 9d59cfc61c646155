"""Adressevælger, the Danish address service that took over from DAWA in October 2026."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location
from geopy.point import Point as GeopyPoint
from pyproj import Transformer

from locator.earth import Point, Precision, check_point, in_denmark
from locator.geocoding.adapter import PrivateAdapter
from locator.geocoding.addresses import setting_aside
from locator.geocoding.answer import Answer, Confidence
from locator.geocoding.online import (
    TIMEOUT,
    USER_AGENT,
    OnlineGeocoder,
    agrees,
    location,
    rated,
    well_formed,
)
from locator.geocoding.query import Query, parse
from locator.language import clean
from locator.notes import Note
from locator.places import POSTCODES_SOURCE, city, find_place, postcodes

SHARED_TOKEN = "adressevaelger123"
LONGEST = 73  # characters of a search that the service accepts
MOST = 5  # addresses of one search whose details are asked for

_PATHS = {
    "adresse": "adresser",
    "husnummer": "husnumre",
    "navngivenvejpostnummer": "navngivenvejpostnumre",
}
_HOUSE = re.compile(r"(.*\S)\s+(\d{1,3}[A-Za-z]?)")
_SOURCE = "Klimadatastyrelsen (DAR), CC BY 4.0"

Json = dict[str, Any]


class Adressevaelger(OnlineGeocoder):
    """Search in the national address register, in geopy's form.

    The service searches access addresses (a door of a building: floor and door are left out) and
    then gives one address's details by its id. It does not find a street with only a town, so a
    town is sent as its postcode where it has one, and otherwise only used to choose.

    Args:
        token: any string of ten characters or more; else the shared one that the agency
            recommends until it manages users.
        scheme, timeout, proxies, user_agent, ssl_context, adapter_factory: as in all of geopy's
            geocoders; timeout in seconds for each of the two or more requests.
        domain: host, and port if any, of the service.
    """

    service = "Adressevælger"

    def __init__(
        self,
        *,
        token: str | None = None,
        scheme: str | None = None,
        timeout: object = TIMEOUT,
        proxies: object = DEFAULT_SENTINEL,
        user_agent: str | None = USER_AGENT,
        ssl_context: object = DEFAULT_SENTINEL,
        adapter_factory: Callable[..., Any] | None = PrivateAdapter,
        domain: str = "adressevaelger.dk",
    ) -> None:
        super().__init__(
            scheme=scheme,
            timeout=timeout,
            proxies=proxies,
            user_agent=user_agent,
            ssl_context=ssl_context,
            adapter_factory=adapter_factory,
        )
        self.token = token or SHARED_TOKEN
        self.api = f"{self.scheme}://{domain.strip('/')}"

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """The address, or a list of at most `MOST` where not `exactly_one`; None for no match.

        Args:
            query: street and number with postcode or town; only a street with its postcode.

        Raises:
            geopy.exc.GeocoderQueryError: the service refuses the text (HTTP 400 or 404).
            geopy.exc.GeocoderServiceError: and its subclasses: an outage of any kind.
        """
        reading = _reading(query)
        parameters = {"tekst": _searched(reading, query), "maksimum": 20, "token": self.token}
        follow = partial(self._follow, query, reading, exactly_one, timeout)
        return self._call_geocoder(
            f"{self.api}/husnumre/soeg?{urlencode(parameters)}", follow, timeout=timeout
        )

    def reverse(
        self,
        query: GeopyPoint | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Not offered by the service.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("Adressevælger has no reverse search; OfflineGeocoder has one")

    @well_formed
    def _follow(
        self, query: str, reading: Query, exactly_one: bool, timeout: object, body: Json
    ) -> object:
        """Ask for the details of what the search found."""
        _check_status(body)
        finds = [find for find in body["fund"] if find["type"] in _PATHS]
        near = [find for find in finds if agrees(reading, _listed(find)[0])]
        if not near and not reading.postcode:
            near = finds
        sure = {find["id"]: rated(query, *_listed(find)).confidence for find in near}
        near.sort(key=lambda find: sure[find["id"]])
        # The title alone tells an exact match: then no other address is asked for.
        alone = exactly_one or (near and sure[near[0]["id"]] is Confidence.A)
        return self._details(query, near[: 1 if alone else MOST], [], exactly_one, timeout)

    def _details(
        self,
        query: str,
        wanted: list[Json],
        found: list[Location],
        exactly_one: bool,
        timeout: object,
    ) -> object:
        """One request after the other, each in the callback of the last: so async adapters work."""
        if not wanted:
            return (found[0] if exactly_one else found) if found else None
        find, *rest = wanted

        @well_formed
        def add(body: Json) -> object:
            _check_status(body)
            answer, village = _answer(find, body)
            aside = setting_aside(replace(_reading(query), extra=""))
            answer = rated(query, replace(answer, notes=(*answer.notes, *aside)), village)
            return self._details(query, rest, [*found, location(answer)], exactly_one, timeout)

        path = f"{_PATHS[find['type']]}/{quote(str(find['id']), safe='')}"
        url = f"{self.api}/{path}?{urlencode({'token': self.token})}"
        return self._call_geocoder(url, add, timeout=timeout)


def _check_status(body: Json) -> None:
    if body["status"] == "fejl":
        raise GeocoderQueryError("Adressevælger answers “fejl”")


def _reading(query: str) -> Query:
    """The likeliest reading, one with a number first."""
    readings = parse(query)
    return max(readings, key=lambda reading: reading.number is not None, default=Query())


def _searched(reading: Query, query: str) -> str:
    """The text to send: as the register writes an address, cut to what the service accepts."""
    if not reading.street:
        return clean(query)[:LONGEST]
    code = reading.postcode
    if not code and reading.place:
        found = find_place(reading.place)
        code = found.place.postcodes[0] if found and len(found.place.postcodes) == 1 else ""
    text = f"{reading.street} {reading.house}".strip()
    return (f"{text}, {code} {city(code)}".strip() if code else text)[:LONGEST]


def _listed(find: Json) -> tuple[Answer, str]:
    """A find of the search as an answer without its point, and its supplementary town name.

    Its title is "Vej 3, [supplementary town name, ]8200 Aarhus N".
    """
    parts = [part.strip() for part in str(find["titel"]).split(",")]
    house = _HOUSE.fullmatch(parts[0])
    code, _, town = parts[-1].partition(" ")
    if not code.isdigit():
        code = str(find.get("postnr", ""))
        town = city(code)
    answer = Answer(
        str(find["titel"]),
        Point(0, 0),
        Precision.PLACE,
        Confidence.C,
        street=house[1] if house else parts[0],
        number=house[2] if house else "",
        postcode=code,
        city=town,
    )
    return answer, " ".join(parts[1:-1])


def _answer(find: Json, body: Json) -> tuple[Answer, str]:
    """The details as an answer, and the address's supplementary town name or ""."""
    if find["type"] == "navngivenvejpostnummer":
        return _street(find, body), ""
    house = body["adresse"]["husnummer"] if find["type"] == "adresse" else body["husnummer"]
    postcode = house["postnummer"]
    village = (house.get("supplerendebynavn") or {}).get("navn") or ""
    street, number = str(house["vejnavn"]), str(house["husnummertekst"])
    parts = f"{street} {number}", village, f"{postcode['postnr']} {postcode['navn']}"
    answer = Answer(
        ", ".join(filter(None, parts)),
        _point(house["adgangspunkt"]),
        Precision.ADDRESS,
        Confidence.C,
        street=street,
        number=number,
        postcode=str(postcode["postnr"]),
        city=str(postcode["navn"]),
        source=_SOURCE,
        id=str(house.get("id_lokalid") or find["id"]),
    )
    return answer, village


def _street(find: Json, body: Json) -> Answer:
    """A street in a postcode: its own point where the service gives one, else the postcode's."""
    listed, _ = _listed(find)
    name, code = listed.street, listed.postcode
    details = body.get("navngivenvejpostnummer") or {}
    street = Answer(
        f"{name}, {code} {city(code)}".strip(),
        Point(0, 0),
        Precision.STREET,
        Confidence.C,
        street=name,
        postcode=code,
        city=city(code),
        source=_SOURCE,
        id=str(find["id"]),
    )
    if "koordinater" in details or "geometri" in details:
        return replace(street, point=_point(details))
    note = Note(
        "{service} gives no point of {street}: the point is that of {place}.",
        {"service": Adressevaelger.service, "street": name, "place": f"{code} {city(code)}"},
    )
    return replace(
        street,
        point=postcodes()[code].point,
        precision=Precision.POSTCODE,
        notes=(note,),
        source=POSTCODES_SOURCE,
    )


def _point(place: Json) -> Point:
    """`koordinater` {x, y}, else the GeoJSON point `geometri`: EPSG:25832, metres, east first."""
    if "koordinater" in place:
        east, north = place["koordinater"]["x"], place["koordinater"]["y"]
    else:
        east, north = place["geometri"]["coordinates"][:2]
    lon, lat = _to_degrees().transform(float(east), float(north))
    point = check_point(lat, lon)
    if not in_denmark(point):
        raise ValueError("a point outside Denmark")
    return point


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs("EPSG:25832", "EPSG:4326", always_xy=True)
