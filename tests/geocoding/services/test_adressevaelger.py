"""Adressevælger, against a server that answers in its documented form."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

import pytest
from geopy.adapters import BaseAsyncAdapter

from locator.earth.point import Precision
from locator.errors import RefusedError
from locator.geocoding.adressevaelger import LONGEST, SHARED_TOKEN, Adressevaelger
from locator.geocoding.answer import Confidence
from tests.geocoding.services.contract import Contract
from tests.geocoding.services.service import Service, text

DOOR = "0a3f50b1-0000-32b8-e044-0003ba298018"
UNIT = "0a3f50c0-6cda-32b8-e044-0003ba298018"
STREET = "7c0e7f4b-0000-4a3e-8f0a-000000000001"

HOUSE = {
    "id_lokalid": DOOR,
    "husnummertekst": "11",
    "vejnavn": "Holkvej",
    "adgangspunkt": {
        "geometri": {"type": "Point", "coordinates": [574370, 6265111]},
        "koordinater": {"x": 574370, "y": 6265111},
    },
    "postnummer": {"navn": "Randers NØ", "postnr": "8930"},
    "navngivenvejkommunedel": {"kommune": "0730", "vejkode": "0850"},
    "supplerendebynavn": {"navn": "Mellerup"},
}
FIND = {
    "type": "husnummer",
    "id": DOOR,
    "titel": "Holkvej 11, Mellerup, 8930 Randers NØ",
    "vejnavn": "Holkvej",
    "husnummer": "11",
}
ELSEWHERE = "0a3f50b1-0000-32b8-e044-0003ba298019"


def usual(path: str, query: dict[str, str]) -> object:
    """Search and details; every request needs a token."""
    if len(query.get("token", "")) < 10:
        return None
    if path == "/husnumre/soeg":
        words = query["tekst"].lower().replace(",", " ").split()
        if not words[:1] or words[0] not in ("holkvej", "holkvei"):
            fund = []
        elif len(words) > 1 and words[1] in ("11", "12"):
            elsewhere = FIND | {"id": ELSEWHERE, "titel": "Holkvej 11, 6000 Kolding"}
            fund = [{"type": "vejnavn", "titel": "Holkvej"}, FIND, elsewhere]
            fund = fund[:2] if "8930" in words else fund
        else:
            fund = [
                {
                    "type": "navngivenvejpostnummer",
                    "id": STREET,
                    "titel": "Holkvej, 8930 Randers NØ",
                    "vejnavn": "Holkvej",
                    "postnr": "8930",
                    "postdistrikt": "Randers NØ",
                }
            ]
        return {"status": "ok", "beskrivelse": "", "fund": fund}
    kolding = HOUSE | {
        "id_lokalid": ELSEWHERE,
        "postnummer": {"navn": "Kolding", "postnr": "6000"},
        "supplerendebynavn": None,
        "adgangspunkt": {"koordinater": {"x": 522611.35, "y": 6168110.08}},
    }
    return {
        f"/husnumre/{DOOR}": {"status": "ok", "husnummer": HOUSE},
        f"/husnumre/{ELSEWHERE}": {"status": "ok", "husnummer": kolding},
        f"/adresser/{UNIT}": {
            "status": "ok",
            "adresse": {"id_lokalid": UNIT, "etagebetegnelse": "1", "husnummer": HOUSE},
        },
        f"/navngivenvejpostnumre/{STREET}": {
            "status": "ok",
            "navngivenvejpostnummer": {"id_lokalid": STREET},
        },
    }.get(path)


@pytest.fixture
def service():
    running = Service(usual)
    yield running
    running.close()


@pytest.fixture
def geocoder(service):
    return Adressevaelger(domain=service.domain, scheme="http", timeout=1.0)


class TestAdressevaelger(Contract):
    def test_the_details_come_by_id(self, geocoder, service):
        answer = geocoder.answer("Holkvej 11, Mellerup, 8930 Randers NØ")
        assert [path for path, _ in service.asked] == ["/husnumre/soeg", f"/husnumre/{DOOR}"]
        assert answer.address == "Holkvej 11, Mellerup, 8930 Randers NØ"
        assert (answer.confidence, answer.id) == (Confidence.A, DOOR)

    def test_a_unit_gives_its_building(self, geocoder, service):
        found = {"type": "adresse", "id": UNIT, "titel": "Holkvej 11, 1. th, 8930 Randers NØ"}
        service.usual = lambda path, query: (
            {"status": "ok", "fund": [found]} if path.endswith("soeg") else usual(path, query)
        )
        answer = geocoder.answer("Holkvej 11, 1. th, 8930 Randers NØ")
        assert (answer.precision, answer.number) == (Precision.ADDRESS, "11")

    def test_floor_and_door_are_not_sent_and_said_so(self, geocoder, service):
        answer = geocoder.answer("Holkvej 11, 4. th, 8930 Randers NØ")
        assert service.asked[0][1]["tekst"] == "Holkvej 11, 8930 Randers NØ"
        assert "4. th" in " ".join(note.text() for note in answer.notes)

    def test_a_town_chooses_since_the_service_cannot(self, geocoder, service):
        answer = geocoder.answer("Holkvej 11, Kolding")
        assert "Kolding" not in service.asked[0][1]["tekst"] or "6000" in str(service.asked[0])
        assert answer.postcode == "6000"
        # EPSG:25832 to degrees, as another program has it.
        assert answer.point == pytest.approx((55.65831, 9.359385), abs=1e-5)

    def test_two_towns_without_postcode_are_a_choice(self, geocoder):
        answer = geocoder.answer("Holkvej 11")
        assert answer.confidence is Confidence.C
        assert {answer.postcode, *(other.postcode for other in answer.alternatives)} == {
            "8930",
            "6000",
        }

    def test_an_exact_match_is_the_only_one_whose_details_are_asked_for(self, geocoder, service):
        other = FIND | {"id": ELSEWHERE, "titel": "Holkvejen 11, 8930 Randers NØ"}
        service.usual = lambda path, query: (
            {"status": "ok", "fund": [other, FIND]} if path.endswith("soeg") else usual(path, query)
        )
        assert geocoder.answer("Holkvej 11, 8930 Randers NØ").id == DOOR
        assert [path for path, _ in service.asked] == ["/husnumre/soeg", f"/husnumre/{DOOR}"]

    def test_a_street_without_a_point_says_what_its_point_is(self, geocoder):
        answer = geocoder.answer("Holkvej, 8930 Randers NØ")
        assert (answer.precision, answer.street) == (Precision.POSTCODE, "Holkvej")
        assert "gives no point" in answer.notes[0].text()

    def test_a_street_with_a_point_is_as_precise_as_a_street(self, geocoder, service):
        details = {"koordinater": {"x": 574370, "y": 6265111}}
        service.usual = lambda path, query: (
            {"status": "ok", "navngivenvejpostnummer": details}
            if path.startswith("/navngivenvej")
            else usual(path, query)
        )
        answer = geocoder.answer("Holkvej, 8930 Randers NØ")
        assert (answer.precision, answer.confidence) == (Precision.STREET, Confidence.A)

    def test_never_more_than_73_characters(self, geocoder, service):
        geocoder.geocode("Holkvej " + "meget lang tekst " * 20)
        geocoder.geocode("Professor Doktor " * 10 + "11, 8930 Randers NØ")
        assert all(len(query["tekst"]) <= LONGEST for _, query in service.asked if "tekst" in query)

    def test_an_error_with_status_200_is_a_refusal(self, geocoder, service):
        service.always = text('{"status": "fejl", "beskrivelse": "tekst mangler", "fund": []}')
        with pytest.raises(RefusedError):
            geocoder.answer("Holkvej 11, 8930 Randers NØ")

    def test_the_token_is_sent(self, service):
        def sent(**options):
            Adressevaelger(domain=service.domain, scheme="http", **options).geocode("Holkvej 11")
            return service.asked[-1][1]["token"]

        assert sent() == SHARED_TOKEN
        assert sent(token="given-directly") == "given-directly"

    def test_works_with_geopys_async_adapters(self):
        class Adapter(BaseAsyncAdapter):
            async def get_text(self, url, *, timeout, headers):
                raise NotImplementedError

            async def get_json(self, url, *, timeout, headers):
                parts = urlsplit(url)
                return usual(parts.path, dict(parse_qsl(parts.query)))

        async def ask():
            async with Adressevaelger(adapter_factory=Adapter) as geocoder:
                return await geocoder.geocode("Holkvej 11", exactly_one=False)

        # In a thread of its own: Playwright keeps a loop running in this one.
        with ThreadPoolExecutor(1) as pool:
            found = pool.submit(lambda: asyncio.run(ask())).result()
        assert {each.raw.postcode for each in found} == {"8930", "6000"}

    def test_has_no_reverse(self, geocoder):
        with pytest.raises(NotImplementedError):
            geocoder.reverse((55.7, 12.5))

    def test_a_point_outside_denmark_is_no_answer(self, geocoder, service):
        far = HOUSE | {"adgangspunkt": {"koordinater": {"x": 0, "y": 0}}}
        service.usual = lambda path, query: (
            usual(path, query) if path.endswith("soeg") else {"status": "ok", "husnummer": far}
        )
        with pytest.raises(Exception, match="unknown form"):
            geocoder.geocode("Holkvej 11, 8930 Randers NØ")
