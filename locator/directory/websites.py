"""Whether the websites of records answer: politely, one request at a time for each host.

A HEAD request (GET where HEAD is refused), a name that says who asks and why, at most one request
a second for a host, robots.txt obeyed (RFC 9309). A host that does not answer is asked once only.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import requests

from locator.directory.findings import Finding, Level
from locator.directory.record import Record
from locator.language import safe_url
from locator.notes import Note

AGENT = "Naerved-link-check/1.0 (directory of local help; one request a second)"
TIMEOUT = 10.0  # seconds
PAUSE = 1.0  # seconds between two requests to one host
HOSTS_AT_ONCE = 8

_GONE = (404, 410)


def check_links(
    records: Iterable[Record],
    *,
    pause: float = PAUSE,
    timeout: float = TIMEOUT,
    progress: Callable[[int], object] = lambda links: None,
) -> list[Finding]:
    """A finding for each record whose website is gone (error) or does not answer (warning).

    Args:
        pause: seconds between two requests to one host.
        timeout: seconds that a host may take to answer.
        progress: called with the number of links done since the last call.
    """
    users: dict[str, list[Record]] = {}
    for record in records:
        if record.website and (safe_url(record.website) or "").startswith("http"):
            users.setdefault(record.website, []).append(record)
    hosts: dict[str, list[str]] = {}
    for url in users:
        hosts.setdefault(urlsplit(url).netloc.casefold(), []).append(url)

    def ask_host(urls: list[str]) -> list[tuple[str, Level, str]]:
        found = list(_ask_host(urls, pause, timeout))
        progress(len(urls))
        return found

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        answers = [one for found in pool.map(ask_host, hosts.values()) for one in found]
    return [
        Finding(
            level, record.id, "website", Note("{url}: {problem}", {"url": url, "problem": problem})
        )
        for url, level, problem in answers
        for record in users[url]
    ]


def _ask_host(urls: list[str], pause: float, timeout: float) -> Iterator[tuple[str, Level, str]]:
    with requests.Session() as session:
        session.headers["User-Agent"] = AGENT
        try:
            robots = _robots(session, urls[0], timeout)
            for url in urls:
                time.sleep(pause)
                if not robots.can_fetch(AGENT, url):
                    continue  # the host asks not to be followed there: nothing is known
                finding = _ask(session, url, timeout)
                if finding:
                    yield url, *finding
        except (requests.RequestException, ValueError) as error:
            reason = f"the host does not answer ({type(error).__name__}): try again, then mend it"
            yield from ((url, Level.WARNING, reason) for url in urls)


def _robots(session: requests.Session, url: str, timeout: float) -> RobotFileParser:
    parts = urlsplit(url)
    robots = RobotFileParser()
    with session.get(
        f"{parts.scheme}://{parts.netloc}/robots.txt", timeout=timeout, stream=True
    ) as answer:
        text = answer.raw.read(500_000, decode_content=True) if answer.ok else b""
    robots.parse(text.decode("utf-8", "replace").splitlines())
    return robots


def _ask(session: requests.Session, url: str, timeout: float) -> tuple[Level, str] | None:
    with session.head(url, timeout=timeout, allow_redirects=True) as answer:
        code = answer.status_code
    if code in (403, 405, 501):  # many hosts refuse HEAD alone
        with session.get(url, timeout=timeout, stream=True) as answer:
            code = answer.status_code
    if code in _GONE:
        return Level.ERROR, f"the page is gone ({code}): find the new one"
    return None if code < 400 else (Level.WARNING, f"the host answers {code}: look at it")
