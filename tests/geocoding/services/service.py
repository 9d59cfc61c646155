"""A local server that answers as the online services do, well and badly."""

import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

Reply = Callable[[BaseHTTPRequestHandler], None]


class Service:
    """A server on a free port of this machine.

    Attributes:
        replies: what to do with the next requests, one each; then `usual` again.
        usual: from path and query to a JSON-able answer, None for a 404.
        asked: (path, query) of every request.
    """

    def __init__(self, usual: Callable[[str, dict[str, str]], object]) -> None:
        self.usual = usual
        self.replies: list[Reply] = []
        self.always: Reply | None = None
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.closing = Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
                service.asked.append((parts.path, query))
                self.close_connection = True
                self.service = service
                if service.replies:
                    service.replies.pop(0)(self)
                elif service.always:
                    service.always(self)
                else:
                    found = service.usual(parts.path, query)
                    send(self, 404 if found is None else 200, json.dumps(found))

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.domain = f"127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def send(
    handler: BaseHTTPRequestHandler, status: int, body: str, headers: dict[str, str] | None = None
) -> None:
    data = body.encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json; charset=utf-8")
    for name, value in {"Content-Length": str(len(data)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(data)


def status(code: int, headers: dict[str, str] | None = None) -> Reply:
    return lambda handler: send(handler, code, '{"status": "fejl"}', headers)


def text(body: str) -> Reply:
    return lambda handler: send(handler, 200, body)


def half_sent(handler: BaseHTTPRequestHandler) -> None:
    send(handler, 200, '{"fund": [], "features": [', {"Content-Length": "5000"})


def not_utf8(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "2")
    handler.end_headers()
    handler.wfile.write(b"\xff\xfe")


def half_chunk(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b'40\r\n{"fund": [')


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def silent(handler: BaseHTTPRequestHandler) -> None:
    handler.service.closing.wait(20)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """A byte at a time, each well within a socket's time-out."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    end = time.monotonic() + 20
    while time.monotonic() < end and not handler.service.closing.wait(0.05):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(500):
            handler.wfile.write(b" " * 65_536)
    except OSError:
        return


# Every way of being down: none of these may look like an answer.
DOWN: dict[str, Reply] = {
    "401": status(401),
    "403": status(403),
    "410 as DAWA since it closed": status(410),
    "429": status(429, {"Retry-After": "30"}),
    "500": status(500),
    "502": status(502),
    "503": status(503),
    "504": status(504),
    "redirect": status(302, {"Location": "http://127.0.0.1:9/elsewhere"}),
    "a web page": text("<!doctype html><title>Vedligeholdelse</title>"),
    "nothing": text(""),
    "other JSON": text('{"hello": "world"}'),
    "a list": text("[]"),
    "null": text("null"),
    "deep JSON": text("[" * 200_000),
    "wrong types": text('{"status": "ok", "fund": 7, "features": "no"}'),
    "not UTF-8": not_utf8,
    "half-sent": half_sent,
    "half a chunk": half_chunk,
    "hangs up": hangs_up,
    "endless": endless,
}
