"""A server on 127.0.0.1 that speaks Slack's Web API, with the faults that a test asks for."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

TOKEN = "xoxb-test"  # noqa: S105 - of no real workspace
ALL_SCOPES = frozenset(f"{kind}:{what}" for kind in ("channels", "groups") for what in ("read", "history")) | {
    "users:read",
    "usergroups:read",
    "pins:read",
    "bookmarks:read",
}
_NEEDED = {
    "usergroups.list": "usergroups:read",
    "pins.list": "pins:read",
    "bookmarks.list": "bookmarks:read",
    "users.list": "users:read",
    "users.info": "users:read",
}
Answer = dict[str, object]
Params = Mapping[str, str]


@dataclass
class Room:
    """A channel: its messages in the shape of Slack's, threads told by `thread_ts`."""

    id: str
    name: str
    messages: list[dict[str, object]] = field(default_factory=list)
    private: bool = False
    has_bot: bool = True
    pinned: list[str] = field(default_factory=list)
    bookmarks: list[dict[str, object]] = field(default_factory=list)


@dataclass
class Fault:
    """What goes wrong with the next request of a method, after as many that go well."""

    method: str
    kind: str
    """`429`, `500`, `502`, `cut` (no answer), `half` (half an answer), `html`, or `slow`."""
    after: int = 0
    retry_after: str = "0"


@dataclass
class Workspace:
    """What the server holds, and what it was asked."""

    rooms: list[Room]
    users: list[dict[str, object]]
    strangers: list[dict[str, object]] = field(default_factory=list)
    groups: list[dict[str, object]] = field(default_factory=list)
    scopes: frozenset[str] = ALL_SCOPES
    page: int = 1000
    """Most entries on a page, whatever is asked for."""
    cursors: bool = True
    """Whether pages of messages name the next one, or only say that there is more."""
    faults: list[Fault] = field(default_factory=list)
    slow: float = 0.3
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def calls(self, method: str) -> list[dict[str, str]]:
        """The parameters of each request of a method."""
        return [params for name, params in self.asked if name == method]

    def fault(self, method: str) -> Fault | None:
        """The fault of this request, used up by it."""
        for fault in self.faults:
            if fault.method == method:
                if fault.after == 0:
                    self.faults.remove(fault)
                    return fault
                fault.after -= 1
                return None
        return None

    def answer(self, method: str, params: Params) -> Answer:
        """What Slack would say."""
        handler: Callable[[Params], Answer] | None = {
            "auth.test": self._auth,
            "users.list": lambda params: self._paged("members", self.users, params),
            "users.info": self._user,
            "users.conversations": lambda params: self._rooms(params, all_of_them=False),
            "conversations.list": lambda params: self._rooms(params, all_of_them=True),
            "conversations.info": lambda params: {"ok": True, "channel": _shown(self._room(params))},
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "usergroups.list": lambda _: {"ok": True, "usergroups": self.groups},
            "pins.list": self._pins,
            "bookmarks.list": self._bookmarks,
        }.get(method)
        needed = _NEEDED.get(method)
        if needed and needed not in self.scopes:
            return {"ok": False, "error": "missing_scope", "needed": needed}
        try:
            return handler(params) if handler else {"ok": False, "error": "unknown_method"}
        except _Refusal as refusal:
            return {"ok": False, "error": refusal.args[0], "needed": refusal.args[-1]}

    def _auth(self, _: Params) -> Answer:
        return {"ok": True, "url": "https://acme.slack.com/", "team_id": "T1", "user": "pmdraft", "user_id": "UBOT"}

    def _user(self, params: Params) -> Answer:
        for user in self.strangers:
            if user["id"] == params["user"]:
                return {"ok": True, "user": user}
        raise _Refusal("user_not_found")

    def _rooms(self, params: Params, *, all_of_them: bool) -> Answer:
        private = "private_channel" in params["types"]
        if private and "groups:read" not in self.scopes:
            raise _Refusal("missing_scope", "groups:read")
        shown = [
            room
            for room in self.rooms
            if (room.has_bot or (all_of_them and not room.private)) and (private or not room.private)
        ]
        return self._paged("channels", [_shown(room) for room in shown], params)

    def _room(self, params: Params, *, reading: bool = False) -> Room:
        room = next((room for room in self.rooms if room.id == params["channel"]), None)
        if room is None or (room.private and not room.has_bot):
            raise _Refusal("channel_not_found")
        scope = f"{'groups' if room.private else 'channels'}:{'history' if reading else 'read'}"
        if scope not in self.scopes:
            raise _Refusal("missing_scope", scope)
        if reading and not room.has_bot:
            raise _Refusal("not_in_channel")
        return room

    def _history(self, params: Params) -> Answer:
        room = self._room(params, reading=True)
        threads = _threads(room)
        shown = [self._with_thread(threads, item) for item in room.messages if _is_in_channel(item)]
        within = [item for item in shown if _ts(params, "oldest", 0) < _moment(item) < _ts(params, "latest", 1e12)]
        return self._paged("messages", sorted(within, key=_moment, reverse=True), params)

    def _replies(self, params: Params) -> Answer:
        room = self._room(params, reading=True)
        thread = [item for item in room.messages if params["ts"] in (item["ts"], item.get("thread_ts"))]
        if not thread:
            raise _Refusal("thread_not_found")
        parent = [self._with_thread(_threads(room), item) for item in thread if item["ts"] == params["ts"]]
        replies = [item for item in thread if item["ts"] != params["ts"] and _moment(item) > _ts(params, "oldest", 0)]
        return self._paged("messages", [*parent, *sorted(replies, key=_moment)], params)

    def _with_thread(self, threads: Mapping[str, list[str]], item: dict[str, object]) -> dict[str, object]:
        replies = threads.get(str(item["ts"]))
        if not replies:
            return item
        return item | {"thread_ts": item["ts"], "reply_count": len(replies), "latest_reply": max(replies, key=float)}

    def _pins(self, params: Params) -> Answer:
        return {"ok": True, "items": [{"message": {"ts": ts}} for ts in self._room(params).pinned]}

    def _bookmarks(self, params: Params) -> Answer:
        return {"ok": True, "bookmarks": self._room({"channel": params["channel_id"]}).bookmarks}

    def _paged(self, key: str, items: list[dict[str, object]], params: Params) -> Answer:
        start = int(params.get("cursor") or 0)
        end = start + min(self.page, int(params.get("limit") or 100))
        more = end < len(items)
        answer: Answer = {"ok": True, key: items[start:end], "has_more": more}
        if more and (self.cursors or key != "messages"):
            answer["response_metadata"] = {"next_cursor": str(end)}
        return answer


class _Server(ThreadingHTTPServer):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.workspace = workspace


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        workspace, method = self.server.workspace, self.path.rpartition("/")[2]
        params = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()))
        workspace.asked.append((method, params))
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._send(200, {"ok": False, "error": "invalid_auth"})
        elif fault := workspace.fault(method):
            self._fail(fault, workspace.answer(method, params))
        else:
            self._send(200, workspace.answer(method, params))

    def _fail(self, fault: Fault, answer: Answer) -> None:
        if fault.kind == "429":
            self._send(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": fault.retry_after})
        elif fault.kind in ("500", "502"):
            self._send(int(fault.kind), {"ok": False, "error": "internal_error"})
        elif fault.kind == "html":
            self._send(200, "<html>Sign in</html>")
        elif fault.kind == "half":
            self._send(200, answer, half=True)
        elif fault.kind == "slow":
            time.sleep(self.server.workspace.slow)
        self.close_connection = True

    def _send(
        self, status: int, answer: Answer | str, headers: Mapping[str, str] | None = None, *, half: bool = False
    ) -> None:
        data = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if half else data)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(workspace: Workspace) -> Iterator[Workspace]:
    """Serve a workspace; its `url` is then the address of the Web API."""
    server = _Server(workspace)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    workspace.url = f"http://127.0.0.1:{server.server_port}/api/"
    try:
        yield workspace
    finally:
        server.shutdown()
        server.server_close()


class _Refusal(Exception):
    """The error that Slack names, and the scope that it needs."""


def _shown(room: Room) -> dict[str, object]:
    return {"id": room.id, "name": room.name, "is_private": room.private, "is_member": room.has_bot}


def _threads(room: Room) -> dict[str, list[str]]:
    threads: dict[str, list[str]] = {}
    for item in room.messages:
        if item.get("thread_ts") not in (None, item["ts"]):
            threads.setdefault(str(item["thread_ts"]), []).append(str(item["ts"]))
    return threads


def _is_in_channel(item: Mapping[str, object]) -> bool:
    return item.get("thread_ts") in (None, item["ts"]) or item.get("subtype") == "thread_broadcast"


def _moment(item: Mapping[str, object]) -> float:
    return float(str(item["ts"]))


def _ts(params: Params, name: str, default: float) -> float:
    return float(params.get(name) or default)
