"""A model that counts what it is asked, and lets each answer take its time."""

import threading
import time

from evals.subject import Cost
from pmdraft.errors import ModelError
from pmdraft.llm.budget import count_tokens
from pmdraft.llm.seam import Model, Reply, Request


class Meter:
    """Passes requests on, and counts.

    Args:
        model: what answers.
        latency: seconds that each answer takes at least.

    Attributes:
        name: the other model's name.
        sent: every request, as text.
        failed: what went wrong with those that got no answer.
    """

    def __init__(self, model: Model, latency: float = 0.0) -> None:
        self.name = model.name
        self.sent: list[str] = []
        self.failed: list[str] = []
        self._model = model
        self._latency = latency
        self._requests: list[tuple[bool, int, int]] = []
        self._lock = threading.Lock()
        self._begun = time.monotonic()

    def complete(self, request: Request) -> Reply:
        """The other model's answer, counted."""
        text = "\n".join(message.content for message in request.messages)
        with self._lock:
            self.sent.append(text)
        time.sleep(self._latency)
        try:
            reply = self._model.complete(request)
        except ModelError as error:
            self.failed.append(f"{request.stage}: {error}")
            raise
        with self._lock:
            self._requests.append((request.is_repair, count_tokens(text), count_tokens(reply.text)))
        return reply

    def cost(self) -> Cost:
        """What it all took so far."""
        repairs = sum(is_repair for is_repair, _, _ in self._requests)
        questions = len(self._requests) - repairs
        return Cost(
            requests=len(self._requests),
            at_first_try=max(0, questions - repairs),
            questions=questions,
            tokens_in=sum(size for _, size, _ in self._requests),
            tokens_out=sum(size for _, _, size in self._requests),
            seconds=time.monotonic() - self._begun,
        )
