"""Pictures of every page in every state, for a person to look at.

    python -m tests.browser.screenshots OUT [--states found,menu] [--widths 390] [--looks dark]

makes OUT/STATE-WIDTH-LOOK.png, of what the screen then shows.
"""

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import chromium, free_port, start_app
from tests.browser.states import NARROW, STATES

WIDTHS = {320: 640, 390: 844, 768: 1024, 1300: 900}  # and heights, in pixels
LOOKS = {"light": ("light", "en"), "dark": ("dark", "da"), "rtl": ("light", "ar-XB")}


def take(out: Path, base: str, states: set[str], widths: set[int], looks: set[str]) -> None:
    """Take the pictures of the server at `base`; what a state could not be brought to is told."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, chromium(playwright) as browser:
        for width in sorted(widths):
            for look in sorted(looks):
                scheme, lang = LOOKS[look]
                context = browser.new_context(
                    viewport={"width": width, "height": WIDTHS[width]},
                    color_scheme="dark" if scheme == "dark" else "light",
                    is_mobile=width < NARROW,
                    has_touch=width < NARROW,
                )
                for state in STATES:
                    if state.name not in states or (state.narrow and width >= NARROW):
                        continue
                    page, name = context.new_page(), f"{state.name}-{width}-{look}"
                    try:
                        state.reach(page, base, lang)
                    except AssertionError as error:
                        print(name, str(error).splitlines()[0])
                    page.screenshot(path=out / f"{name}.png")
                    page.close()
                context.close()


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--states", default=",".join(one.name for one in STATES))
    parser.add_argument("--widths", default=",".join(map(str, WIDTHS)))
    parser.add_argument("--looks", default=",".join(LOOKS))
    parser.add_argument("--base", help="a server that offers the testers' languages")
    asked = parser.parse_args()
    port = free_port()
    server = None if asked.base else start_app({"NAERVED_PSEUDO_LANGUAGES": "1"}, port)
    try:
        take(
            asked.out,
            asked.base or f"http://127.0.0.1:{port}",
            set(asked.states.split(",")),
            {int(width) for width in asked.widths.split(",")},
            set(asked.looks.split(",")),
        )
    finally:
        if server:
            server.terminate()


if __name__ == "__main__":
    main()
