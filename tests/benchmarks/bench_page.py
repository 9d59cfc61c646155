"""From a click on a filter to painted markers, in headless Chromium.

    python -m tests.benchmarks.bench_page

Opens "Find help" on the whole country (about 1,400 places), switches "Free only" on and off, and
prints the median time from the click to the frame after the markers were drawn.
"""

import shutil
import statistics

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM_FLAGS, free_port, start_app

ROUNDS = 10

# The clock starts in the browser's own click event and stops in the frame after the drawing.
WATCH = """
() => {
  const frame = document.querySelector("iframe[title*=folium]").contentWindow;
  window.took = new Promise((done) => {
    document.addEventListener("click", (event) => {
      const start = performance.now(), before = frame.naervedPainted;
      const look = () => frame.naervedPainted > before
        ? frame.requestAnimationFrame(() => done(performance.now() - start))
        : setTimeout(look, 2);
      look();
    }, { capture: true, once: true });
  });
}
"""


def measure(page: Page) -> list[float]:
    """Milliseconds of each switch."""
    times = []
    for _ in range(ROUNDS):
        page.evaluate(WATCH)
        page.get_by_text("Free only").click()
        times.append(float(page.evaluate("() => window.took")))
        page.wait_for_timeout(400)
    return times


def main() -> None:
    port = free_port()
    server = start_app({}, port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS
            )
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
            page.goto(f"http://127.0.0.1:{port}/?at=1550&within=0")
            page.frame_locator("iframe[title*=folium]").locator(".pin").first.wait_for()
            page.wait_for_timeout(1000)
            times = measure(page)
            shown = page.locator("h2").first.inner_text()
            print(
                f"filter click to painted markers: median {statistics.median(times):.0f} ms, "
                f"worst {max(times):.0f} ms of {len(times)} ({shown})"
            )
            browser.close()
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()
