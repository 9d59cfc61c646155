"""What is wrong in a directory is found, and what is right is left alone."""

import threading
import time
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from click.testing import CliRunner

from locator.cli import main
from locator.directory.checks import Level, check
from locator.directory.record import Record
from locator.directory.records import load, write_records
from locator.directory.websites import AGENT, check_links

NOW = datetime(2026, 11, 23)
GOOD = {
    "id": "a",
    "name": "Hovedbiblioteket",
    "categories": ("library",),
    "address": "Krystalgade 15",
    "postcode": "1172",
    "municipality_code": "0101",
    "lat": 55.6805,
    "lon": 12.5735,
    "precision": "address",
    "phones": ({"number": "+45 33 66 30 00"},),
    "website": "https://bibliotek.kk.dk/",
    "opening_hours": "Mo-Fr 08:00-19:00",
    "assured_date": "2026-10-01",
    "sources": ({"url": "https://example.dk/"},),
}
NOWHERE = {"lat": None, "lon": None, "precision": None}
MUTE = {"phones": (), "emails": (), "website": ""}


def record(**fields):
    return Record.model_validate(GOOD | fields)


def test_a_good_record_has_no_finding():
    assert check([record()], NOW) == []


def test_the_embedded_directory_has_no_error():
    assert [f for f in check(load(), NOW) if f.level is Level.ERROR] == []


@pytest.mark.parametrize(
    ("fields", "field", "level"),
    [
        ({"phones": ({"number": "+45 12 34"},)}, "phones", "error"),
        ({"website": "javascript:alert(1)"}, "website", "error"),
        ({"website": "www.kk.dk"}, "website", "error"),
        ({"organization": {"name": "x", "website": "ftp://x"}}, "organization.website", "error"),
        ({"emails": ("a@b",)}, "emails", "error"),
        ({"opening_hours": "every morning"}, "opening_hours", "error"),
        ({"lat": 56.0, "lon": 3.0}, "lat, lon", "error"),
        ({"lat": 57.05, "lon": 9.92}, "lat, lon", "error"),
        ({"postcode": "0001"}, "postcode", "error"),
        ({"municipality_code": "0851"}, "municipality_code", "warning"),
        ({"assured_date": "2020"}, "assured_date", "warning"),
        ({"assured_date": ""}, "assured_date", "warning"),
        ({"minimum_age": 30, "maximum_age": 18}, "minimum_age", "error"),
        ({"name": "Huset, refuge for women"}, "categories", "error"),
        ({"address": "Krystalgade"}, "precision", "error"),
        ({"address": ""}, "precision", "error"),
        ({"categories": ("domestic_violence_help",), "phones": ()}, "phones", "error"),
        ({"address": "", **NOWHERE}, "address", "warning"),
        ({"address": "", **NOWHERE, **MUTE}, "phones", "warning"),
        ({**NOWHERE, **MUTE, "address": "Krystalgade"}, "phones", "warning"),
        ({"address": "", **NOWHERE, "municipality_code": ""}, "municipality_code", "warning"),
        ({"description": "Free meals. 2019 source, verify."}, "description", "warning"),
        ({"hours_note": "Tider fra 2018, bekræft."}, "hours_note", "warning"),
        ({"description": "Warm room; opening hours not known."}, "description", "warning"),
    ],
)
def test_what_is_wrong_is_found(fields, field, level):
    found = check([record(**fields)], NOW)
    assert (level, field) in {(f.level.value, f.field) for f in found}


def test_a_record_listed_twice_is_found():
    twice = record(id="b", name="Biblioteket, Hovedbiblioteket", lat=55.68055)
    assert [(f.record, f.field) for f in check([record(), twice], NOW)] == [("b", "name")]


@pytest.mark.parametrize(
    "fields",
    [
        {"precision": "point", "address": "", **MUTE},  # one can go there
        {"address": "", **NOWHERE, "place_kind": "no_place"},  # a line needs no address
        {"description": "A hall on Kilden, of 2019; ask the municipality for its address."},
        {"description": "Confirm your booking by e-mail; sources of support are listed there."},
    ],
)
def test_what_is_right_is_left_alone(fields):
    assert check([record(**fields)], NOW) == []


OTHER = {"id": "b", "lat": 55.68055}


@pytest.mark.parametrize(
    ("fields", "twice"),
    [
        ({"categories": ("community_centre",)}, True),  # the same house under another kind
        ({"categories": ("language_cafe",), "name": "Sprogcafé, Hovedbiblioteket"}, False),
        ({"phones": ({"number": "+45 98 13 94 37"},)}, False),  # two services of one house
        ({"lat": 55.6815}, False),  # a hundred metres off
        ({**NOWHERE, "address": ""}, False),
    ],
)
def test_one_house_is_listed_once_whatever_its_kind(fields, twice):
    found = [
        f.record for f in check([record(), record(**OTHER | fields)], NOW) if f.field == "name"
    ]
    assert found == (["b"] if twice else [])


def test_what_has_no_place_is_told_apart_by_its_town_and_telephone():
    line = {"address": "", **NOWHERE, "place_kind": "no_place"}
    same, other = record(id="b", **line), record(id="c", **line, city="Odense")
    found = [f for f in check([record(**line), same, other], NOW) if f.field == "name"]
    assert [f.record for f in found] == ["b"]


def test_the_exit_code_tells_errors(tmp_path):
    def run():
        return CliRunner().invoke(main, ["directory", "check", "--directory", str(tmp_path)])

    write_records(tmp_path / "a.jsonl", [record(assured_date="2020")])
    assert run().exit_code == 0
    assert "1 warnings" in run().output
    write_records(tmp_path / "a.jsonl", [record(website="www.kk.dk")])
    assert run().exit_code == 1
    assert "a, website" in run().output


class Site(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, str, str, float]]] = []
    at_once = 0
    most = 0

    def do_HEAD(self):
        cls = type(self)
        cls.at_once += 1
        cls.most = max(cls.most, cls.at_once)
        cls.asked.append((self.command, self.path, self.headers["User-Agent"], time.monotonic()))
        time.sleep(0.02)
        if self.path == "/robots.txt":
            self.answer(200, b"User-agent: *\nDisallow: /private\n")
        elif self.path == "/slow":
            time.sleep(1)
        elif self.path == "/get-only":
            self.answer(405 if self.command == "HEAD" else 200)
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/")
            self.end_headers()
        else:
            self.answer({"/gone": 404, "/broken": 500}.get(self.path, 200))
        cls.at_once -= 1

    do_GET = do_HEAD  # noqa: N815 (the name is the base class's)

    def answer(self, code, body=b""):
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    Site.asked, Site.most = [], 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def ask(site, *paths, **options):
    records = [record(id=f"r{at}", website=site + path) for at, path in enumerate(paths)]
    found = check_links(records, **{"pause": 0.05, "timeout": 0.5} | options)
    return {f.record: f.level.value for f in found}


def test_websites_are_followed_politely(site):
    found = ask(site, "/", "/gone", "/broken", "/get-only", "/moved", "/private")
    assert found == {"r1": "error", "r2": "warning"}
    assert Site.most == 1
    assert {agent for _, _, agent, _ in Site.asked} == {AGENT}
    assert "/private" not in {path for _, path, _, _ in Site.asked}


def test_one_page_is_asked_for_once_for_all_its_records(site):
    assert ask(site, "/gone", "/gone") == {"r0": "error", "r1": "error"}
    assert [path for _, path, _, _ in Site.asked].count("/gone") == 1


def test_a_slow_or_dead_host_is_a_warning_and_no_crash(site):
    assert ask(site, "/slow") == {"r0": "warning"}
    assert ask("http://127.0.0.1:9", "/", "/b") == {"r0": "warning", "r1": "warning"}
    assert ask("http://no-such-host.invalid", "/") == {"r0": "warning"}
