"""Photon, komoot's search in OpenStreetMap, kept to Denmark."""

from collections.abc import Callable
from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.geocoders.photon import Photon as GeopyPhoton
from geopy.location import Location
from geopy.point import Point as GeopyPoint

from locator.earth import EAST, NORTH, SOUTH, WEST, Precision, check_point
from locator.geocoding.adapter import PrivateAdapter
from locator.geocoding.answer import Answer, Confidence
from locator.geocoding.online import (
    TIMEOUT,
    USER_AGENT,
    OnlineGeocoder,
    location,
    rated,
    well_formed,
)
from locator.places import city

MOST = 10  # results of one search

_DENMARK = (GeopyPoint(SOUTH, WEST), GeopyPoint(NORTH, EAST))
_SOURCE = "OpenStreetMap contributors, ODbL 1.0"

# Photon's own kinds of result; a county or a country is no answer to an address.
_PRECISION = {
    "house": Precision.ADDRESS,
    "street": Precision.STREET,
    "locality": Precision.PLACE,
    "district": Precision.PLACE,
    "city": Precision.PLACE,
}


class Photon(OnlineGeocoder, GeopyPhoton):
    """geopy's Photon, asked only for places in Denmark, with an Answer as each Location's `raw`.

    Args: those of `geopy.geocoders.Photon`; timeout in seconds; the adapter a synchronous one.
    """

    service = "Photon"

    def __init__(
        self,
        *,
        scheme: str | None = None,
        timeout: object = TIMEOUT,
        proxies: object = DEFAULT_SENTINEL,
        domain: str = "photon.komoot.io",
        user_agent: str | None = USER_AGENT,
        ssl_context: object = DEFAULT_SENTINEL,
        adapter_factory: Callable[..., Any] | None = PrivateAdapter,
    ) -> None:
        super().__init__(
            scheme=scheme,
            timeout=timeout,
            proxies=proxies,
            domain=domain,
            user_agent=user_agent,
            ssl_context=ssl_context,
            adapter_factory=adapter_factory,
        )

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """As geopy's; None where Photon finds nothing in Denmark.

        Raises:
            geopy.exc.GeocoderQueryError: Photon refuses the text (HTTP 400 or 404).
            geopy.exc.GeocoderServiceError: and its subclasses: an outage of any kind.
        """
        # Several, since the first may lie in Sweden or Germany, inside the same box.
        found = super().geocode(
            query, exactly_one=False, timeout=timeout, limit=MOST, bbox=_DENMARK
        )
        found = [location(rated(query, each.raw)) for each in found or ()] or None
        return _one(found) if exactly_one else found

    def reverse(
        self,
        query: GeopyPoint | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """As geopy's; `query` is latitude, longitude (degrees, WGS84)."""
        found = super().reverse(query, exactly_one=False, timeout=timeout, limit=MOST)
        return _one(found) if exactly_one else found

    @well_formed
    def _parse_json(self, resources: dict[str, Any], exactly_one: bool = True) -> object:
        """geopy's hook: the features in Denmark that answer an address."""
        answers = map(_answer, resources["features"])
        return [location(answer) for answer in answers if answer] or None


def _one(found: list[Location] | None) -> Location | None:
    return found[0] if found else None


def _answer(feature: dict[str, Any]) -> Answer | None:
    properties = feature["properties"]
    precision = _PRECISION.get(properties.get("type", ""))
    if precision is None or properties.get("countrycode") != "DK":
        return None
    lon, lat = feature["geometry"]["coordinates"]
    name, number = str(properties.get("name", "")), str(properties.get("housenumber", ""))
    street = name if precision is Precision.STREET else str(properties.get("street", ""))
    code = str(properties.get("postcode", ""))
    town = city(code) or str(properties.get("city", ""))
    if precision is Precision.PLACE:
        town = name
    first = f"{street} {number}".strip() or (name if precision is not Precision.PLACE else "")
    return Answer(
        ", ".join(filter(None, (first, f"{code} {town}".strip()))),
        check_point(float(lat), float(lon)),
        precision,
        Confidence.C,
        street=street,
        number=number,
        postcode=code,
        city=town,
        source=_SOURCE,
        id="/".join(str(properties.get(part, "")) for part in ("osm_type", "osm_id")),
    )
