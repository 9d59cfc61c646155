"""The chain: offline first, online only where operator and person both want it."""

import json
import logging
import time
from functools import partial
from threading import Thread

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.earth.point import Precision
from locator.errors import InputError, NotFoundError, OutageError
from locator.geocoding.adressevaelger import SHARED_TOKEN, Adressevaelger
from locator.geocoding.answer import Confidence
from locator.geocoding.breaker import Breaker
from locator.geocoding.chained import SERVICES, Chain, chain
from locator.geocoding.offline import OfflineGeocoder
from locator.settings import settings
from tests.geocoding.services.contract import ADDRESS
from tests.geocoding.services.service import Service, half_sent, silent, status
from tests.geocoding.services.test_adressevaelger import usual

UNKNOWN_OFFLINE = "Qwertygade 3"


@pytest.fixture
def service():
    running = Service(usual)
    yield running
    running.close()


@pytest.fixture
def offline():
    """Without an address index."""
    return OfflineGeocoder()


@pytest.fixture
def linked(service, offline):
    online = Adressevaelger(domain=service.domain, scheme="http", timeout=1.0)
    return Chain(offline, online, limit=2.0)


def test_without_consent_nothing_is_sent(linked, service):
    assert linked.answer(ADDRESS).precision is Precision.VILLAGE
    with pytest.raises(NotFoundError):
        linked.answer(UNKNOWN_OFFLINE)
    assert not service.asked


def test_without_a_service_consent_sends_nothing(offline):
    plain = Chain(offline)
    assert plain.service == ""
    assert plain.answer(ADDRESS, agreed=True).precision is Precision.VILLAGE


def test_the_service_gives_the_door_that_is_not_known_offline(linked):
    answer = linked.answer(ADDRESS, agreed=True)
    assert (answer.precision, answer.number) == (Precision.ADDRESS, "11")


def test_what_is_known_offline_is_not_sent(linked, service):
    assert linked.answer("8000 Aarhus C", agreed=True).postcode == "8000"
    assert linked.answer("55.676, 12.568", agreed=True).precision is Precision.POINT
    assert linked.answer("56.3, 11.75", agreed=True).confidence is Confidence.C
    assert not service.asked


def test_a_question_is_asked_once(linked, service):
    linked.answer(ADDRESS, agreed=True)
    before = len(service.asked)
    assert linked.answer(f"  {ADDRESS}", agreed=True).number == "11"
    assert len(service.asked) == before


def test_a_no_is_remembered_too(linked, service):
    for _ in range(3):
        with pytest.raises(NotFoundError):
            linked.answer("Qwertygade 3", agreed=True)
    assert len(service.asked) == 1


def test_one_failure_is_tried_again(linked, service):
    service.replies = [half_sent]
    assert linked.answer(ADDRESS, agreed=True).number == "11"


def test_an_outage_costs_a_message_never_the_answer(linked, service):
    service.always = status(500)
    answer = linked.answer(ADDRESS, agreed=True)
    assert answer.precision is Precision.VILLAGE
    assert "does not answer now" in answer.notes[-1].text()


def test_an_outage_with_nothing_known_says_so(linked, service):
    service.always = status(503)
    with pytest.raises(OutageError, match="Adressevælger does not answer now"):
        linked.answer(UNKNOWN_OFFLINE, agreed=True)


def test_a_refusal_leaves_the_offline_answer(linked, service):
    service.always = status(400)
    assert linked.answer(ADDRESS, agreed=True).precision is Precision.VILLAGE
    assert len(service.asked) == 1  # no use to try again


def test_the_wait_has_a_limit(linked, service):
    service.always = silent
    start = time.monotonic()
    assert linked.answer(ADDRESS, agreed=True).notes
    assert time.monotonic() - start < 5


def test_one_persons_wait_is_not_anothers(linked, service):
    service.replies = [silent]
    slow = Thread(target=linked.answer, args=(ADDRESS,), kwargs={"agreed": True})
    slow.start()
    while not service.asked:
        time.sleep(0.01)
    assert linked.answer("Holkvej 11, Kolding", agreed=True).precision is Precision.ADDRESS
    assert slow.is_alive()
    slow.join()


def test_after_failures_in_a_row_the_service_is_left_alone(linked, service):
    service.always = status(500)
    for number in range(3):
        linked.answer(f"Holkvej {number}, 8930 Randers NØ", agreed=True)
    asked = len(service.asked)
    answer = linked.answer("Holkvej 9, 8930 Randers NØ", agreed=True)
    assert len(service.asked) == asked
    assert "not asked for a while" in answer.notes[-1].text()


def test_too_many_requests_are_answered_with_silence(linked, service):
    service.always = status(429, {"Retry-After": "120"})
    linked.answer(ADDRESS, agreed=True)
    linked.answer("Holkvej 12, 8930 Randers NØ", agreed=True)
    assert len(service.asked) == 1


def test_the_breaker_lets_one_try_after_its_rest():
    now = [0.0]
    breaker = Breaker(failures=2, rest=10, clock=lambda: now[0])
    breaker.failed()
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()
    now[0] = 11
    assert breaker.lets_through()
    assert not breaker.lets_through()  # one is trying
    breaker.succeeded()
    assert breaker.lets_through()


def test_the_breaker_rests_as_long_as_it_is_told():
    now = [0.0]
    breaker = Breaker(failures=3, rest=10, clock=lambda: now[0])
    breaker.failed(100)
    now[0] = 99
    assert not breaker.lets_through()
    now[0] = 101
    assert breaker.lets_through()


def test_nothing_is_logged(linked, service, caplog):
    caplog.set_level(logging.DEBUG)
    linked.answer(ADDRESS, agreed=True)
    service.always = status(500)
    linked.answer("Holkvej 13, 8930 Randers NØ", agreed=True)
    assert "Holkvej" not in caplog.text


@pytest.mark.parametrize(
    ("name", "shown"), [("", ""), ("adressevaelger", "Adressevælger"), ("Photon", "Photon")]
)
def test_the_operator_names_the_service(name, shown):
    assert chain(settings({"NAERVED_ONLINE": name})).service == shown


def test_an_unknown_service_is_said_at_once():
    with pytest.raises(InputError, match="adressevaelger or photon"):
        chain(settings({"NAERVED_ONLINE": "dawa"}))


def test_the_operators_token_is_the_one_sent():
    given = {"NAERVED_ONLINE": "adressevaelger", "NAERVED_ADRESSEVAELGER_TOKEN": "the-operators"}
    assert chain(settings(given)).online.token == "the-operators"
    del given["NAERVED_ADRESSEVAELGER_TOKEN"]
    assert chain(settings(given)).online.token == SHARED_TOKEN


def test_an_empty_question_is_answered_as_offline(linked, service):
    with pytest.raises(InputError):
        linked.answer("  ", agreed=True)
    assert not service.asked


def test_the_command_sends_only_where_told_to(service, offline, monkeypatch):
    local = partial(Adressevaelger, domain=service.domain, scheme="http")
    monkeypatch.setitem(SERVICES, "adressevaelger", lambda operator: local())
    monkeypatch.setenv("NAERVED_ONLINE", "adressevaelger")
    run = CliRunner().invoke(main, ["geocode", ADDRESS, "--format", "json"])
    assert json.loads(run.output)[0]["precision"] == "village"
    assert not service.asked
    run = CliRunner().invoke(main, ["geocode", ADDRESS, "--online", "--format", "json"])
    assert json.loads(run.output)[0]["precision"] == "address"
    monkeypatch.delenv("NAERVED_ONLINE")
    run = CliRunner().invoke(main, ["geocode", ADDRESS, "--online"])
    assert "NAERVED_ONLINE" in str(run.exception)
