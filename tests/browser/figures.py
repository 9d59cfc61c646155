"""What a person on a slow phone and line waits for: `python -m tests.browser.figures`.

The line is one of 1.6 Mbit/s with 150 ms to the server and back, the phone four times as slow as
this machine, both set in Chromium. The figures are those of web.dev/articles/vitals. Every visit
is a first one, with nothing in the browser's cache; of three the one in the middle is told.
"""

import sys
from dataclasses import asdict, astuple, dataclass
from statistics import median_low

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import chromium, free_port, start_app

PATHS = ("/?lang=en", "/?lang=en&at=1650&need=food", "/list?lang=en", "/about?lang=en")
VISITS = 3
_BITS = 1.6e6  # per second
_LATENCY_MS = 150
_SLOWER = 4
_LONGEST_MS = 60_000
_SETTLED_MS = 3_000  # after the last of what is waited for

_WATCH = """
window.figures = { paint: 0, largest: 0, shift: 0, shifts: [] };
const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
  .observe({ type, buffered: true });
watch("paint", (one) => {
  if (one.name === "first-contentful-paint") figures.paint = one.startTime;
});
watch("largest-contentful-paint", (one) => { figures.largest = one.startTime; });
watch("layout-shift", (one) => {
  if (one.hadRecentInput) return;
  figures.shift += one.value;
  const moved = one.sources.map((source) => source.node?.outerHTML?.slice(0, 90));
  figures.shifts.push([one.startTime, one.value, ...moved]);
});
"""


@dataclass(frozen=True)
class Figures:
    """Of one visit: milliseconds from its start; `shift` has no unit.

    `useful` is when what the page is for stands there: the first card, else the field or heading.
    """

    paint: int
    useful: int
    largest: int
    shift: float
    kilobytes: int
    requests: int


def measure(browser: Browser, address: str) -> tuple[Figures, list[list[object]]]:
    """The figures of a first visit to `address`, and what moved: when, how much, and what."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="en-GB", is_mobile=True, has_touch=True
    )
    page = context.new_page()
    line = context.new_cdp_session(page)
    sizes: list[float] = []
    line.on("Network.loadingFinished", lambda one: sizes.append(one["encodedDataLength"]))
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": _LATENCY_MS,
            "downloadThroughput": _BITS / 8,
            "uploadThroughput": _BITS / 16,
        },
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="commit")
    useful = ".nv-card" if "at=" in address else "#nv-address, #nv-main, .stMain h1"
    page.locator(useful).first.wait_for(timeout=_LONGEST_MS)
    at = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(_SETTLED_MS)
    seen = page.evaluate("figures")
    context.close()
    return Figures(
        paint=round(seen["paint"]),
        useful=round(at),
        largest=round(seen["largest"]),
        shift=round(seen["shift"], 3),
        kilobytes=round(sum(sizes) / 1000),
        requests=len(sizes),
    ), seen["shifts"]


def main(address: str = "") -> None:
    """Print a table of the figures, of a server started here unless an address is given."""
    port = free_port()
    server = None if address else start_app({}, port)
    base = address or f"http://127.0.0.1:{port}"
    try:
        with sync_playwright() as playwright, chromium(playwright) as browser:
            for path in PATHS:
                measure(browser, base + path)  # the server's own first time
                seen = [measure(browser, base + path)[0] for _ in range(VISITS)]
                middle = Figures(*map(median_low, zip(*map(astuple, seen), strict=True)))
                print(path, *(f"{name}={value}" for name, value in asdict(middle).items()))
    finally:
        if server:
            server.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:2])
