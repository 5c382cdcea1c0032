"""Recorded responses of a case, played without a network.

A cassette keeps a digest of each request instead of its text: the evidence would stand in it once a stage. A request
that was never recorded fails at once, and so does a recording that nothing asked for.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import vcr  # type: ignore[import-untyped]  # it has no types
from vcr.cassette import Cassette  # type: ignore[import-untyped]  # likewise
from vcr.request import Request as Recorded  # type: ignore[import-untyped]  # likewise

from pmdraft.errors import InputError

BASE_URL = "http://127.0.0.1:8808/v1"
"""Where recorded requests went; nothing listens there when they are played."""
_KEPT_HEADERS = {"content-type"}


class Stale(InputError):
    """A request of this run was never recorded, or a recording was not asked for."""


@contextmanager
def playing(path: Path) -> Iterator[None]:
    """Every request is answered from the cassette.

    Raises:
        Stale: there is no cassette, or it is not of these requests; the message names the stages.
    """
    if not path.exists():
        raise Stale(f"{path}: not recorded; record it with python -m evals record {path.parent.parent.name}")
    asked: list[dict[str, Any]] = []
    with _vcr("none", asked).use_cassette(str(path)) as cassette:
        try:
            yield
        finally:
            _see_that_all_was_asked(path, cassette, asked)


@contextmanager
def recording(path: Path) -> Iterator[None]:
    """Every request that the cassette does not hold is sent; afterwards it holds what was asked and nothing else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    asked: list[dict[str, Any]] = []
    with _vcr("new_episodes", asked).use_cassette(str(path)) as cassette:
        yield
        cassette.data = [pair for pair in cassette.data if json.loads(pair[0].body) in asked]
        cassette.dirty = True


def _vcr(mode: str, asked: list[dict[str, Any]]) -> vcr.VCR:
    def digested(request: Recorded) -> Recorded:
        body = json.loads(request.body)
        if "messages" in body:
            told = digest(body)
            asked.append(told)
            request.body = json.dumps(told, sort_keys=True).encode()
        request.headers = {}
        return request

    return vcr.VCR(
        record_mode=mode,
        match_on=["method", "path", "body"],
        before_record_request=digested,
        before_record_response=_bare,
        decode_compressed_response=True,
    )


def digest(body: dict[str, Any]) -> dict[str, Any]:
    """What a cassette keeps of a request: its stage, its model, and a hash of everything that decides the answer."""
    form = body.get("response_format", {}).get("json_schema", {})
    content = json.dumps([body["messages"], form.get("schema")], ensure_ascii=False, sort_keys=True)
    return {
        "stage": form.get("name"),
        "model": body.get("model"),
        "sha256": hashlib.sha256(content.encode()).hexdigest(),
    }


def _bare(response: dict[str, Any]) -> dict[str, Any]:
    headers = {name: value for name, value in response["headers"].items() if name.lower() in _KEPT_HEADERS}
    return {**response, "headers": headers}


def _see_that_all_was_asked(path: Path, cassette: Cassette, asked: list[dict[str, Any]]) -> None:
    kept = [json.loads(request.body) for request in cassette.requests]
    missing = sorted({each["stage"] for each in asked if each not in kept})
    unasked = sorted({each["stage"] for each in kept if each not in asked})
    if missing or unasked:
        what = [f"no answer for: {', '.join(missing)}"] if missing else []
        what += [f"not asked for: {', '.join(unasked)}"] if unasked else []
        raise Stale(f"{path}: stale ({'; '.join(what)}); its evidence, prompt or schema has changed: record it again")
