"""A real app server and a real browser, for the tests that look at pages as a person does."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "tests" / "screenshots"

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def start_app(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """`streamlit run app.py` on `port`; returns when it answers."""
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
            return server
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise RuntimeError("the app did not start")


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Start an app server with an environment of its own; stops them all at the end."""
    servers = []

    def start(**environment: str) -> str:
        port = free_port()
        servers.append(start_app(environment, port))
        return f"http://127.0.0.1:{port}"

    yield start
    for server in servers:
        server.terminate()
        server.wait(10)


@pytest.fixture
def serve_again() -> Iterator[tuple[Callable[[], str], Callable[[], None]]]:
    """Start, and stop, a server that comes back at the same address."""
    port, running = free_port(), []

    def start() -> str:
        running.append(start_app({}, port))
        return f"http://127.0.0.1:{port}"

    def stop() -> None:
        running[-1].terminate()
        running.pop().wait(10)

    yield start, stop
    if running:
        stop()


@pytest.fixture(scope="session")
def app(serve: Callable[..., str]) -> str:
    """The address of the app on the embedded data."""
    return serve()


def chromium(playwright: Playwright) -> Browser:
    """The system's Chromium."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not shutil.which("chromium"):
        if os.environ.get("NAERVED_BROWSER_REQUIRED"):
            pytest.fail("Chromium is not installed: apt-get install chromium")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright, chromium(playwright) as browser:
        yield browser


class Visit:
    """A page with its record of requests that were not for the app itself, or that it refused."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context = context
        self.base = base
        self.outside: list[str] = []
        self.failed: list[str] = []
        self.dialogs: list[str] = []
        self.page: Page = context.new_page()
        context.route("**/*", self._guard)
        self.page.on("response", lambda one: one.status >= 400 and self.failed.append(one.url))
        self.page.on(
            "dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss())
        )

    def _guard(self, route: object, request: Request) -> None:
        own = request.url.startswith((self.base, "data:", "blob:", "about:"))
        if own:
            route.continue_()  # type: ignore[attr-defined]
        else:
            self.outside.append(request.url)
            route.abort()  # type: ignore[attr-defined]

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.base + path)
        self.page.get_by_role("combobox").first.wait_for(timeout=60_000)
        return self.page

    def shot(self, name: str) -> None:
        """Keep a picture for a person to look at (tests/screenshots/, not committed)."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


@pytest.fixture
def visit(browser: Browser, app: str) -> Iterator[Visit]:
    """A desktop visitor who reads English."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield Visit(context, app)
    context.close()


@pytest.fixture
def phone(browser: Browser, app: str) -> Iterator[Visit]:
    """A visitor on a phone of 390 x 844."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        locale="en-GB",
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
    )
    yield Visit(context, app)
    context.close()
