"""What payloads come wrapped in: SNS, SQS, Lambda, lists of APIs, and requests that were kept whole."""

import base64
import binascii
import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pmdraft.ingest.vendors.times import Clock

# Where APIs and older webhooks keep a list of alerts.
_LISTS = ("Records", "records", "messages", "incidents", "log_entries", "alerts", "data", "result")
# Where those who keep requests write when they came in.
_RECEIVED = ("received_at", "receivedAt", "timestamp", "Timestamp", "time", "created_at")
_MOST_BYTES = 20_000_000
_GZIP = 16 + zlib.MAX_WBITS


def contents(body: dict[str, object], clock: Clock) -> Iterator[tuple[dict[str, object], Clock]]:
    """What is in an envelope, each with a clock that knows when it came in; nothing if this is no envelope."""
    inner = _inner(body)
    if inner is not None:
        yield inner, replace(clock, received=_received(body, clock) or clock.received)
        return
    for name in _LISTS:
        items = body.get(name)
        if isinstance(items, list) and items and all(isinstance(item, dict) for item in items):
            yield from ((item, clock) for item in items)
            return


def _inner(body: dict[str, object]) -> dict[str, object] | None:
    if isinstance(sns := body.get("Sns"), dict):
        return sns
    if "TopicArn" in body:
        return _object_in(body.get("Message"))
    if isinstance(logs := body.get("awslogs"), dict):
        return _unpacked(logs.get("data"))
    if {"headers", "requestContext", "receiptHandle", *_RECEIVED[:2]} & body.keys():
        for name in ("body", "payload", "content"):
            if (found := _object_in(body.get(name))) is not None:
                return found
    return None


def _object_in(value: object) -> dict[str, object] | None:
    """An object, or the one that a text holds as JSON."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, dict) else None


def _unpacked(data: object) -> dict[str, object] | None:
    """What CloudWatch Logs sends: JSON, gzip, base64."""
    if not isinstance(data, str):
        return None
    try:
        unpacked = zlib.decompressobj(_GZIP).decompress(base64.b64decode(data, validate=True), _MOST_BYTES)
        return _object_in(unpacked.decode())
    except (binascii.Error, zlib.error, ValueError):
        return None


def _received(body: dict[str, object], clock: Clock) -> datetime | None:
    places: list[object] = [body.get(name) for name in _RECEIVED]
    for name, inner in (
        ("requestContext", "timeEpoch"),
        ("requestContext", "requestTimeEpoch"),
        ("attributes", "SentTimestamp"),
    ):
        place = body.get(name)
        places.append(place.get(inner) if isinstance(place, dict) else None)
    for value in places:
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value:
            try:
                return clock.read(value)
            except ValueError:
                continue
    return None
