"""What the tests of endpoints share: canned answers, one request, and a model at an address."""

import socket

from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.patience import CallPolicy
from pmdraft.llm.seam import Message, Request
from tests.llm.loopback import Canned

KEY = "test-key-4711-do-not-tell"
REQUEST = Request(
    "timeline",
    (Message("system", "You help."), Message("user", "接続プール枯渇")),
    {"type": "object", "properties": {}, "required": [], "additionalProperties": False},
)
HTML = {"Content-Type": "text/html; charset=utf-8"}
TO_DO = r"; (?:check|is the|lower|set|narrow|try again) "


def completion(content: object = "{}", **choice: object) -> dict[str, object]:
    message = {"role": "assistant", "content": content}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1761543780,
        "model": "model-1",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message, **choice}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def failure(status: int, message: str = "no", code: str | None = None, kind: str = "error", **headers: str) -> Canned:
    return Canned({"error": {"message": message, "type": kind, "code": code}}, status, headers)


OK = Canned(completion())
NO_SCHEMAS = failure(400, "Unknown parameter: 'response_format'.")


def model_at(url: str, waits: list[float], *, deadline: float = 30.0, key: str = KEY) -> OpenAIModel:
    policy = CallPolicy(deadline=deadline, retries=2, sleep=waits.append, jitter=lambda: 0.0)
    return OpenAIModel("model-1", base_url=url, api_key=key, policy=policy)


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
