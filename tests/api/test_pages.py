"""A page is there before any script: in its language, with its name, numbers and the way out."""

import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from locator.api.compressed import KeptCompressed
from locator.api.frame import Application, Frame
from locator.api.pages import page_routes
from locator.api.ui_files import UiFiles

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


def client(base: str = "") -> TestClient:
    frame = Frame(base, UiFiles(), ("en", "da", "ar-XB"))
    routes = [
        *frame.files.routes(base),
        *page_routes(frame, Application(INDEX, base), ["", "about"]),
        Route("/_stcore/health", lambda request: PlainTextResponse("ok")),
    ]
    return TestClient(Starlette(routes=routes))


def test_a_page_stands_without_scripts():
    page = client().get("/").text
    before = page.split('<div id="root">')[0]
    assert "<title>Nærved" in before
    assert '<meta name="description"' in before
    assert "Find help near you" in before
    assert all(f'href="tel:{number}"' in page for number in ("112", "114", "1888"))
    assert "Leave this page" in page
    assert "Streamlit" not in re.sub(r"<(script|link)[^>]*>", "", page)


@pytest.mark.parametrize(
    ("path", "accepted", "lang", "direction"),
    [
        ("/", "da-DK,en;q=0.5", "da", "ltr"),
        ("/", "tlh,da", "da", "ltr"),
        ("/", "zz", "en", "ltr"),
        ("/?lang=da", "en", "da", "ltr"),
        ("/about?lang=ar-XB", "en", "ar-XB", "rtl"),
        ("/?lang=<script>", "en", "en", "ltr"),
    ],
)
def test_a_page_speaks_the_language_that_is_asked_for(path, accepted, lang, direction):
    page = client().get(path, headers={"Accept-Language": accepted}).text
    assert f'<html lang="{lang}" dir="{direction}">' in page


def test_what_blocks_the_first_look_is_in_the_page_itself():
    head = client().get("/").text.split("</head>")[0]
    assert 'rel="stylesheet"' not in head
    assert all('type="module"' in tag for tag in re.findall(r"<script[^>]*>", head))


def test_own_scripts_run_before_those_of_streamlit():
    scripts = re.findall(r'<script[^>]*src="([^"]*)"', client().get("/").text)
    assert [path.split("/")[1] for path in scripts] == ["ui", "static"]


@pytest.mark.parametrize("base", ["", "/help"])
def test_every_file_of_the_frame_is_served_for_good(base):
    page = client(base)
    text = page.get(f"{base}/about").text
    files = set(re.findall(rf'(?:src|href)="({base}/ui/[^"]*)"', text))
    assert len(files) > 5
    for file in files:
        answer = page.get(file)
        assert answer.status_code == 200, file
        assert "immutable" in answer.headers["cache-control"]


def test_an_unknown_path_is_answered_in_words():
    answer = client().get("/nowhere/at/all")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert client().get("/_stcore/health").text == "ok"


def test_what_never_changes_is_compressed_once():
    asked = []

    def file(request):
        asked.append(request.url.path)
        headers = {"Cache-Control": "public, immutable, max-age=1"} if "kept" in asked[-1] else {}
        return PlainTextResponse("x" * 5_000, headers=headers)

    app = Starlette(routes=[Route("/{name}", file)], middleware=[Middleware(KeptCompressed)])
    visitor = TestClient(app)
    for _ in range(3):
        answer = visitor.get("/kept.js")
        assert answer.text == "x" * 5_000
        assert answer.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["vary"]
        assert int(answer.headers["content-length"]) < 200
    assert asked == ["/kept.js"]
    assert "content-encoding" not in visitor.get("/changing.js").headers
    plain = visitor.get("/kept.js", headers={"Accept-Encoding": "identity"})
    assert plain.text == "x" * 5_000


def test_the_accessibility_statement_is_where_danish_law_has_it_found():
    answer = client("/help").get("/help/was", follow_redirects=False)
    assert answer.headers["Location"] == "/help/about"
