"""How the online geocoders speak HTTP: a geopy adapter for addresses that are nobody's business.

geopy's own adapters follow a redirect with the address in its query to any host, try again unseen,
read answers of any length for any time, and put the address into errors and the log.
"""

import json
import time
from http.client import HTTPMessage, HTTPResponse
from ssl import SSLContext
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut

LARGEST = 1_000_000  # bytes; an answer with 100 addresses has about 50,000
_CHUNK = 65_536


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Never: the address would go to a host that nobody agreed to."""


class PrivateAdapter(BaseSyncAdapter):
    """One GET, no redirect, `timeout` seconds for the whole answer, at most `LARGEST` bytes.

    Its errors never hold the URL or the body. Use as geopy's `adapter_factory`.
    """

    def __init__(self, *, proxies: dict[str, str] | None, ssl_context: SSLContext | None) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        handlers = ProxyHandler(proxies), HTTPSHandler(context=ssl_context)
        self._open = build_opener(_NoRedirect, *handlers).open

    def get_json(self, url: str, *, timeout: float | None, headers: dict[str, str]) -> object:
        """The answer parsed; raises as geopy's adapters do."""
        try:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except (ValueError, RecursionError):
            raise GeocoderParseError("The answer is no JSON") from None

    def get_text(self, url: str, *, timeout: float | None, headers: dict[str, str]) -> str:
        """The answer's body; raises as geopy's adapters do."""
        until = None if timeout is None else time.monotonic() + timeout
        try:
            with self._open(Request(url, headers=headers), timeout=timeout) as response:
                return _read(response, until).decode()
        except HTTPError as error:
            with error:
                raise AdapterHTTPError(
                    f"HTTP status {error.code}",
                    status_code=error.code,
                    headers={name.lower(): value for name, value in error.headers.items()},
                    text=None,
                ) from None
        except UnicodeDecodeError:
            raise GeocoderParseError("The answer is not UTF-8") from None
        except GeocoderServiceError:
            raise
        except Exception as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise GeocoderTimedOut("No answer in time") from None
            raise GeocoderServiceError(f"No answer ({type(reason).__name__})") from None


def _read(response: HTTPResponse, until: float | None) -> bytes:
    """The whole body; read in pieces, since a socket's time-out starts anew with every byte."""
    declared = response.headers.get("Content-Length", "")
    body = bytearray()
    while piece := response.read1(_CHUNK):
        body += piece
        if len(body) > LARGEST:
            raise GeocoderServiceError("The answer is too long")
        if until is not None and time.monotonic() > until:
            raise GeocoderTimedOut("No whole answer in time")
    if declared.isdigit() and len(body) < int(declared):
        raise GeocoderServiceError("The answer stops half-way")
    return bytes(body)
