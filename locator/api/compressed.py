"""Files that never change are compressed once, and kept so.

Streamlit serves its scripts, some two megabytes at the first visit, as they are: compressing them
for each visitor would cost more than it gains. Once for all of them costs a second in all.
"""

import asyncio
import gzip
from collections.abc import MutableMapping

from cachetools import LRUCache
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MOST = 32_000_000  # bytes of compressed files that are kept
_LEAST = 1_000  # bytes; smaller ones gain nothing
_TEXTS = ("text/", "application/javascript", "application/json", "image/svg+xml")


class KeptCompressed:
    """ASGI middleware: whatever `app` calls immutable is kept compressed under its path."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: MutableMapping[str, tuple[Message, bytes]] = LRUCache(
            _MOST, getsizeof=lambda kept: len(kept[1])
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, else ask the app and keep what may be kept."""
        asked = scope["type"] == "http" and scope["method"] == "GET"
        if not asked or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self._app(scope, receive, send)
        elif kept := self._kept.get(scope["path"]):
            await _answer(kept, send)
        else:
            await self._app(scope, receive, _Collector(self._kept, scope["path"], send).take)


class _Collector:
    """Takes an answer apart: one that may be kept is compressed, any other is passed on."""

    def __init__(
        self, kept: MutableMapping[str, tuple[Message, bytes]], path: str, send: Send
    ) -> None:
        self._kept = kept
        self._path = path
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _may_be_kept(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = await asyncio.to_thread(gzip.compress, bytes(self._body), 9, mtime=0)
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        kept = ({**start, "headers": headers.raw}, body)
        if len(body) <= _MOST:
            self._kept[self._path] = kept
        await _answer(kept, self._send)


def _may_be_kept(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        start["status"] == 200
        and "immutable" in headers.get("cache-control", "")
        and "content-encoding" not in headers
        and int(headers.get("content-length", 0)) >= _LEAST
        and headers.get("content-type", "").startswith(_TEXTS)
    )


async def _answer(kept: tuple[Message, bytes], send: Send) -> None:
    await send(kept[0])
    await send({"type": "http.response.body", "body": kept[1]})
