"""Photon, against a server that answers in its documented form (GeoJSON)."""

import pytest

from locator.earth.point import Precision
from locator.geocoding.photon import Photon
from tests.geocoding.services.contract import ADDRESS, Contract
from tests.geocoding.services.service import Service


def feature(lon: float, lat: float, **properties: str) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"osm_type": "N", "osm_id": 42, "countrycode": "DK"} | properties,
    }


DOOR = feature(
    10.2089,
    56.5245,
    type="house",
    osm_key="place",
    street="Holkvej",
    housenumber="11",
    postcode="8930",
    city="Randers Kommune",
    country="Danmark",
)
SWEDEN = feature(12.9, 55.6, type="house", street="Holkvej", housenumber="11", countrycode="SE")
STREET = feature(10.2, 56.52, type="street", name="Holkvej", postcode="8930")
TOWN = feature(10.0364, 56.4606, type="city", name="Randers")
COUNTY = feature(9.5, 56.2, type="state", name="Region Midtjylland")


def usual(path: str, query: dict[str, str]) -> object:
    if path == "/reverse":
        return {"type": "FeatureCollection", "features": [DOOR]}
    text = query["q"]
    found = [SWEDEN, DOOR] if text.startswith("Holkv") else []
    found = [STREET] if text.startswith("Holkvej, ") else found
    found = [COUNTY, TOWN] if text == "Randers" else found
    return {"type": "FeatureCollection", "features": found}


@pytest.fixture
def service():
    running = Service(usual)
    yield running
    running.close()


@pytest.fixture
def geocoder(service):
    return Photon(domain=service.domain, scheme="http", timeout=1.0)


class TestPhoton(Contract):
    def test_only_denmark_is_asked_for_and_answered(self, geocoder, service):
        assert geocoder.geocode(ADDRESS).raw.postcode == "8930"
        west, south, east, north = map(float, service.asked[0][1]["bbox"].split(","))
        assert west < 8.1 < 15.1 < east
        assert south < 54.6 < 57.7 < north

    def test_a_street_is_a_street(self, geocoder):
        answer = geocoder.answer("Holkvej, 8930 Randers NØ")
        assert (answer.precision, answer.street) == (Precision.STREET, "Holkvej")

    def test_a_town_is_a_place_and_a_region_no_answer(self, geocoder):
        answer = geocoder.answer("Randers")
        assert (answer.precision, answer.address) == (Precision.PLACE, "Randers")

    def test_reverse(self, geocoder, service):
        assert geocoder.reverse((56.52, 10.2)).raw.number == "11"
        assert service.asked[0][1]["lat"] == "56.52"
