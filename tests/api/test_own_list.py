"""The facts of all cards in one file: nobody asks for particular ones, and a browser keeps them."""

import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from locator.api.frame import Frame
from locator.api.own_list import list_routes
from locator.api.ui_files import UiFiles
from locator.directory import Directory, load


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load()


@pytest.fixture(scope="module")
def client(directory: Directory) -> TestClient:
    frame = Frame("", UiFiles(), ("en", "da"))
    return TestClient(Starlette(routes=list_routes(frame, lambda: directory)))


def test_every_card_is_there_in_the_language_asked_for(client: TestClient, directory: Directory):
    cards = client.get("/cards/da.json").json()
    assert cards.keys() == {record.id for record in directory.records}
    assert all(card["status"]["text"] == "" for card in cards.values())
    assert {card["category"] for card in cards.values()} >= {"Biblioteker"}


def test_a_browser_that_has_them_is_sent_nothing_again(client: TestClient):
    first = client.get("/cards/en.json")
    again = client.get("/cards/en.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Content-Encoding"] == "gzip"
    plain = client.get("/cards/en.json", headers={"Accept-Encoding": "identity"})
    assert json.loads(plain.content) == first.json()


def test_a_language_that_is_not_offered_has_none(client: TestClient):
    assert client.get("/cards/xx.json").status_code == 404
