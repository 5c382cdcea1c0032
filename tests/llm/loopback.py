"""A real HTTP server on 127.0.0.1 that answers as it is told."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Canned:
    """One answer.

    Attributes:
        body: text and bytes are sent as they are, anything else as JSON.
        status: HTTP status.
        headers: more headers; a `Content-Type` among them replaces JSON's.
        drip: seconds to wait after each byte of the body.
    """

    body: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0.0

    def content(self) -> bytes:
        """The body as it is sent."""
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


class Seen(NamedTuple):
    """One request that arrived."""

    path: str
    headers: dict[str, str]
    """By name in small letters."""
    body: dict[str, object]


class Loopback:
    """Gives its answers in turn, the last one for ever, and keeps the requests.

    An answer may be a function of the request, which then may also wait for `closing`.
    """

    def __init__(self) -> None:
        self.answers: list[Canned | Callable[[Seen], Canned]] = []
        self.seen: list[Seen] = []
        self.closing = threading.Event()
        self.lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.loopback = self

    @property
    def root(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        """The address of its OpenAI-compatible endpoint."""
        return f"{self.root}/v1"

    def answer(self, seen: Seen) -> Canned:
        """The next answer."""
        with self.lock:
            self.seen.append(seen)
            next_one = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return next_one if isinstance(next_one, Canned) else next_one(seen)

    @contextmanager
    def serving(self) -> Iterator["Loopback"]:
        """Serve for as long as the block runs."""
        thread = threading.Thread(target=lambda: self._server.serve_forever(poll_interval=0.01), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.closing.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    loopback: Loopback


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        loopback = self.server.loopback
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            body = json.loads(content)
        except ValueError:
            body = {}
        try:
            self._send(loopback.answer(Seen(self.path, headers, body)), loopback.closing)
        except OSError:
            self.close_connection = True  # the client lost its patience

    do_GET = do_POST  # noqa: N815 - http.server's name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Nothing: stderr is the test's."""

    def _send(self, canned: Canned, closing: threading.Event) -> None:
        content = canned.content()
        self.send_response(canned.status)
        for name, value in {"Content-Type": "application/json", **canned.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if not canned.drip:
            self.wfile.write(content)
            return
        for byte in content:
            self.wfile.write(bytes([byte]))
            if closing.wait(canned.drip):
                return
