"""What every online geocoder promises: subclass `Contract` and give the two fixtures."""

import inspect
import logging
import time

import pytest
from geopy.exc import (
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Photon
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from locator.earth.point import Precision
from locator.errors import InputError, NotFoundError, OutageError, RefusedError
from locator.geocoding.answer import Confidence
from tests.geocoding.services.service import DOWN, dripping, silent, status

ADDRESS = "Holkvej 11, 8930 Randers NØ"


class Contract:
    """Fixtures to give: `service` (a running Service) and `geocoder` (pointed at it)."""

    def test_has_geopys_own_form(self, geocoder):
        assert isinstance(geocoder, Geocoder)
        assert all(
            parameter.kind is inspect.Parameter.KEYWORD_ONLY
            for parameter in inspect.signature(type(geocoder)).parameters.values()
        )
        common = {"scheme", "timeout", "proxies", "user_agent", "ssl_context", "adapter_factory"}
        assert common | {"domain"} <= set(inspect.signature(type(geocoder)).parameters)
        for method in ("geocode", "reverse"):
            ours = inspect.signature(getattr(type(geocoder), method)).parameters
            theirs = inspect.signature(getattr(Photon, method)).parameters
            for name in ("query", "exactly_one", "timeout"):
                assert ours[name].kind is theirs[name].kind
                assert ours[name].default == theirs[name].default

    def test_finds_an_address(self, geocoder):
        found = geocoder.geocode(ADDRESS)
        assert isinstance(found, Location)
        assert found.latitude == pytest.approx(56.5245, abs=0.001)
        assert found.longitude == pytest.approx(10.2089, abs=0.001)
        answer = geocoder.answer(ADDRESS)
        assert (answer.precision, answer.confidence) == (Precision.ADDRESS, Confidence.A)
        assert (answer.street, answer.number) == ("Holkvej", "11")
        assert (answer.postcode, answer.city) == ("8930", "Randers NØ")
        assert answer.source
        assert answer.id

    def test_gives_a_list_where_asked(self, geocoder):
        found = geocoder.geocode(ADDRESS, exactly_one=False)
        assert [each.raw.street for each in found] == ["Holkvej"]

    def test_works_with_geopys_rate_limiter(self, geocoder, service):
        service.replies = [status(503)]
        geocode = RateLimiter(
            geocoder.geocode, min_delay_seconds=0.01, max_retries=1, error_wait_seconds=0.02
        )
        assert geocode(ADDRESS).raw.number == "11"

    def test_nothing_found_is_none(self, geocoder):
        assert geocoder.geocode("Ingenstedsgade 999, 9990 Skagen") is None
        with pytest.raises(NotFoundError, match="knows no such address"):
            geocoder.answer("Ingenstedsgade 999, 9990 Skagen")

    def test_a_typing_error_is_less_sure(self, geocoder):
        assert geocoder.answer("Holkvei 11, 8930 Randers NØ").confidence is Confidence.B

    def test_another_number_is_a_guess(self, geocoder):
        assert geocoder.answer("Holkvej 12, 8930 Randers NØ").confidence is Confidence.C

    @pytest.mark.parametrize("code", [400, 404])
    def test_a_refusal_is_an_answer(self, geocoder, service, code):
        service.always = status(code)
        with pytest.raises(GeocoderQueryError):
            geocoder.geocode(ADDRESS)
        with pytest.raises(RefusedError, match="postcode"):
            geocoder.answer(ADDRESS)

    @pytest.mark.parametrize("how", DOWN)
    def test_down_is_no_answer(self, geocoder, service, how):
        service.always = DOWN[how]
        with pytest.raises(GeocoderServiceError) as raised:
            geocoder.geocode(ADDRESS)
        assert not isinstance(raised.value, GeocoderQueryError)
        with pytest.raises(OutageError, match="Try again later") as outage:
            geocoder.answer(ADDRESS)
        assert "Holkvej" not in f"{raised.value} {outage.value}"

    def test_too_many_requests_tells_when_to_come_back(self, geocoder, service):
        service.always = DOWN["429"]
        with pytest.raises(GeocoderRateLimited) as raised:
            geocoder.geocode(ADDRESS)
        assert raised.value.retry_after == 30
        with pytest.raises(OutageError) as outage:
            geocoder.answer(ADDRESS)
        assert outage.value.values["retry_after"] == 30

    @pytest.mark.parametrize("slow", [silent, dripping])
    def test_slow_is_given_up(self, geocoder, service, slow):
        service.always = slow
        start = time.monotonic()
        with pytest.raises(GeocoderTimedOut):
            geocoder.geocode(ADDRESS, timeout=0.3)
        assert time.monotonic() - start < 5

    def test_nobody_there(self, geocoder, service):
        service.close()
        with pytest.raises(GeocoderServiceError):
            geocoder.geocode(ADDRESS)

    def test_a_redirect_is_not_followed(self, geocoder, service):
        service.always = status(302, {"Location": f"http://{service.domain}/elsewhere"})
        with pytest.raises(GeocoderServiceError):
            geocoder.geocode(ADDRESS)
        assert all(path != "/elsewhere" for path, _ in service.asked)

    def test_no_address_in_the_log(self, geocoder, service, caplog):
        caplog.set_level(logging.DEBUG)
        geocoder.answer(ADDRESS)
        service.always = status(500)
        with pytest.raises(OutageError):
            geocoder.answer(ADDRESS)
        assert "Holkvej" not in caplog.text

    @pytest.mark.parametrize("text", ["", "   ", "\u202e"])
    def test_nothing_written_asks_nobody(self, geocoder, service, text):
        with pytest.raises(InputError):
            geocoder.answer(text)
        assert not service.asked

    @pytest.mark.parametrize("text", ["x" * 5000, "🏠" * 300, "'; DROP TABLE--", "%00&token=x#"])
    def test_odd_text_is_only_text(self, geocoder, service, text):
        assert geocoder.geocode(text) is None
        assert service.asked
