"""The frame that stands round every page: its name, menus, emergency numbers and the way out.

It is made here, on the server, so that it is there before any script. A page that a script draws
later takes the same pieces again when the person chooses another language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup
from starlette.requests import Request

from locator.api.ui_files import UiFiles
from locator.find import EmergencyNumber, emergency_numbers
from locator.language import Language, accepted, language, negotiated

# Opened by "Leave this page": Denmark's weather forecast, a page anyone may have open.
LEAVE_URL = "https://www.dmi.dk/"

_environment = Environment(
    loader=PackageLoader("locator.api"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Frame:
    """What all pages of one server share.

    Attributes:
        base: the path that everything lies under, "" or "/help".
        files: the scripts and styles of the frame.
        languages: the tags that a person may choose among.
    """

    base: str
    files: UiFiles
    languages: tuple[str, ...]

    def asked_language(self, request: Request) -> Language:
        """The language of the link, else the first wish of the browser that can be met."""
        wishes = accepted(request.headers.get("Accept-Language", ""))
        return negotiated([request.query_params.get("lang"), *wishes], self.languages)

    def parts(
        self, t: Language, numbers: Sequence[EmergencyNumber] | None = None
    ) -> dict[str, str]:
        """The HTML of "top" and "bar" in one language, with these or the usual numbers."""
        asked = self._asked(t, numbers)
        return {n: _environment.get_template(f"{n}.html").render(asked) for n in ("top", "bar")}

    def page(
        self, t: Language, *, title: str, description: str, head: str = "", body: str = ""
    ) -> str:
        """A whole page round `body`; `head` and `body` are HTML already."""
        return _environment.get_template("frame.html").render(
            self._asked(t),
            title=title,
            description=description,
            head=Markup(head),
            body=Markup(body),
            style=Markup(self.files.text("frame.css")),
        )

    def piece(self, name: str, t: Language, **values: str) -> str:
        """The HTML of templates/`name`.html in one language, for the body of a page."""
        return _environment.get_template(f"{name}.html").render(self._asked(t), **values)

    def _asked(
        self, t: Language, numbers: Sequence[EmergencyNumber] | None = None
    ) -> dict[str, object]:
        return {
            "t": t,
            "base": self.base,
            "ui": self.base + self.files.path,
            "modules": self.files.modules,
            "numbers": emergency_numbers(t) if numbers is None else numbers,
            "languages": [language(tag) for tag in self.languages],
            "leave_url": LEAVE_URL,
        }


@dataclass(frozen=True)
class Application:
    """The page that Streamlit serves, taken apart.

    Attributes:
        index: its index.html.
        base: as in `Frame`.
    """

    index: Path
    base: str

    @cached_property
    def scripts(self) -> str:
        """What starts it, for the head of a page.

        Raises:
            RuntimeError: there is no script; another Streamlit may write its page otherwise.
        """
        if not self._parsed.scripts:
            raise RuntimeError(f"{self.index} starts no script")
        return self._tags(self._parsed.scripts)

    @cached_property
    def styles(self) -> str:
        """Its styles: to stand before its own part of the page, so that the rest waits for none."""
        return self._tags(self._parsed.styles)

    @cached_property
    def _parsed(self) -> "_Head":
        parser = _Head()
        parser.feed(self.index.read_text(encoding="utf-8"))
        return parser

    def _tags(self, tags: list[str]) -> str:
        # Streamlit writes paths relative to its first page.
        return "\n".join(tags).replace('"./', f'"{self.base}/')


class _Head(HTMLParser):
    """Keeps the scripts with a file and their preloads, and the styles."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given, text = dict(attrs), self.get_starttag_text() or ""
        if tag == "script" and given.get("src"):
            self.scripts.append(f"{text}</script>")
        elif tag == "link" and given.get("rel") == "modulepreload":
            self.scripts.append(text)
        elif tag == "link" and given.get("rel") == "stylesheet":
            self.styles.append(text)
