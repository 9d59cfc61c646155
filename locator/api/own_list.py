"""A list of one's own: its page, and the facts on all cards, of which the browser takes its own.

Which cards a person keeps is known to the person's device only. So the facts are served whole, in
one file per language: whoever reads it asks for nothing in particular.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from threading import Lock

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from locator.api.frame import Frame
from locator.directory import DENMARK, Directory
from locator.find import card_words, cards_of, contacts
from locator.language import Language, language, script_json


def list_routes(frame: Frame, directory: Callable[[], Directory]) -> list[BaseRoute]:
    """Routes for the page `/list` and for `/cards/LANGUAGE.json`.

    Args:
        directory: called at each request; the records as they are then.
    """
    cards = _Cards(directory, frame.languages)
    return [
        Route(f"{frame.base}/list", _Page(frame).page),
        Route(f"{frame.base}/cards/{{tag}}.json", cards.cards),
    ]


class _Page:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def page(self, request: Request) -> Response:
        t = self._frame.asked_language(request)
        text = self._frame.page(
            t,
            title=f"{t('My list')} – Nærved",
            description=t("The places that you keep, on this device only."),
            body=self._frame.piece("list", t, words=Markup(script_json(_words(t)))),
        )
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})


def _words(t: Language) -> dict[str, object]:
    """What the script of the page says, see static/ui/list/page.js."""
    return {
        "cards": card_words(t),
        "mine": t("My list"),
        "theirs": t("A list for you"),
        "empty": t("Nothing is kept yet. Search, and choose “Keep” on a card."),
        "damaged": t("This link is empty or damaged. Ask for it again."),
        "gone": t("Some of it is no longer in our directory: {count}."),
        "gone_card": t("No longer in our directory. It may have closed: ask first."),
        "as_of": t("As it was on {date}. What is new could not be fetched."),
        "note": t("Your own note"),
        "their_note": t("Note: {text}"),
        "remove": t("Remove"),
        "removed": t("Removed."),
        "undo": t("Undo"),
        "share": t("Share this list"),
        "print": t("Print"),
        "delete_all": t("Delete all"),
        "with_notes": t("With my notes"),
        "link": t("Link to this list"),
        "copy": t("Copy the link"),
        "copied": t("Copied."),
        "send": t("Send …"),
        "code": t("Code to scan with a phone"),
        "too_long": t("The list is too long for a code. Use the link."),
        "share_note": t(
            "Whoever has the link sees these places. The list is in the link itself: no server "
            "keeps it."
        ),
        "keep_all": t("Keep all on my list"),
        "kept_all": t("Kept on this device."),
    }


@dataclass(frozen=True)
class _Packed:
    """The cards in one language, compressed.

    Attributes:
        key: the records and the day that they are of.
    """

    key: tuple[object, str]
    etag: str
    body: bytes


class _Cards:
    def __init__(self, directory: Callable[[], Directory], languages: tuple[str, ...]) -> None:
        self._directory = directory
        self._languages = languages
        self._packed: dict[str, _Packed] = {}
        self._lock = Lock()

    def cards(self, request: Request) -> Response:
        tag = request.path_params["tag"]
        if tag not in self._languages:
            return Response(status_code=404)
        packed = self._pack(tag)
        headers = {
            "ETag": packed.etag,
            "Cache-Control": "no-cache",
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
        }
        if request.headers.get("If-None-Match") == packed.etag:
            return Response(status_code=304, headers=headers)
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            del headers["Content-Encoding"]
            body = gzip.decompress(packed.body)
        else:
            body = packed.body
        return Response(body, media_type="application/json", headers=headers)

    def _pack(self, tag: str) -> _Packed:
        """The cards by id; what they say of this hour (open now) is left out."""
        directory, now = self._directory(), datetime.now(DENMARK)
        with self._lock:
            packed = self._packed.get(tag)
            if not packed or packed.key != (directory, now.date().isoformat()):
                reader, asked = directory.reader(language(tag)), contacts(directory)
                cards = cards_of(directory.records, reader, now, asked)
                told = {c["id"]: {**c, "status": {"kind": "", "text": ""}} for c in cards}
                body = gzip.compress(script_json(told).encode(), 6, mtime=0)
                etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
                packed = _Packed((directory, now.date().isoformat()), etag, body)
                self._packed[tag] = packed
        return packed
