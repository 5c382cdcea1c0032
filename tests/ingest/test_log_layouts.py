"""A line that is read by the layout of lines before it gives what it gives when it is taken apart."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdraft.ingest.log_clock import LogClock, Reference
from pmdraft.ingest.log_formats.access import AccessLog
from pmdraft.ingest.log_formats.json_lines import JsonLines
from pmdraft.ingest.log_formats.logfmt import Logfmt
from pmdraft.ingest.log_records import RecordReader

ENOUGH = 20
_TIMES = ("2025-10-27T05:23:00Z", "2025-10-27 05:23:00,123 +0900", "2025-13-45T05:23:00Z", "27/Oct/2025:05:23:00 +0900")
_LOGFMT = (
    "time={0} level=error msg={1} id=7 status=200",
    'ts={0} caller=main.go:12 level=info msg="{1}" err= status=503',
    'time="{0}" level=warning msg="{1}" logger=api error=""',
    "level=info msg={1} time={0} Z=1",
)
_JSON = (
    '{{"time": "{0}", "level": "info", "logger": "api", "msg": "{1}", "id": 7}}',
    '{{"level":30,"time":1761542580123,"pid":7,"error":null,"msg":"{1}","at":"{0}"}}',
    '{{"ts":1761542580.25,"severity":"ERROR","event":{{"name":"x","took":3.5}},"message":"{1}","status":200,"list":[1,2]}}',
)


def formats() -> tuple[JsonLines | Logfmt, ...]:
    """Both formats for a new log."""
    records = RecordReader(LogClock(ZoneInfo("Asia/Tokyo"), Reference(datetime(2025, 10, 27))))  # noqa: DTZ001 - naive by definition
    return JsonLines(records), Logfmt(records)


def changed(line: str, at: int, by: str) -> str:
    """The line with something else in place of one character."""
    at %= len(line)
    return line[:at] + by + line[at + 1 :]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(_JSON + _LOGFMT),
    st.lists(
        st.tuples(
            st.sampled_from(_TIMES),
            st.sampled_from(("request 7 took 3 ms", "empty", "", " x", "{1}", "a　b=c", "接続 失敗")),
            st.integers(0, 150),
            st.sampled_from(
                ("", "", "1", "05", '"', "\\", " ", "=", "{", "}", ",", ":", "[", "null", "\t", "-", "e", "　")
            ),
        ),
        min_size=1,
        max_size=12,
    ),
)
def test_an_entry_is_the_same_by_its_layout(line: str, others: list[tuple[str, str, int, str]]) -> None:
    usual = line.format(_TIMES[0], "request 7 took 3 ms")
    lines = [usual] * ENOUGH
    for time, words, at, by in others:
        lines += [line.format(time, words), changed(usual, at, by), changed(line.format(time, words), at, by)]

    for fast, slow in zip(formats(), formats(), strict=True):
        assert [fast.parse(line) for line in lines if line[:1] == usual[:1]] == [
            slow.taken_apart(line) for line in lines if line[:1] == usual[:1]
        ]


@pytest.mark.parametrize("line", [*_JSON, *_LOGFMT[:3]])
def test_a_line_is_not_taken_apart_once_its_layout_is_known(line: str) -> None:
    form = formats()[0 if line.startswith("{") else 1]
    usual = line.format(_TIMES[0], "request")
    for _ in range(ENOUGH):
        form.parse(usual)

    known = form._layouts.entry(usual.replace("request", "other"))

    assert known is not None
    assert known == form.taken_apart(usual.replace("request", "other"))


def test_a_message_with_escapes_is_still_decoded() -> None:
    form = formats()[0]
    records = [{"time": _TIMES[0], "level": "info", "msg": f"request {number}"} for number in range(ENOUGH)]
    for record in records:
        form.parse(json.dumps(record))

    entry = form.parse(json.dumps({"time": _TIMES[0], "level": "info", "msg": 'no "table"\nx'}))

    assert entry is not None
    assert (entry.text, list(entry.more)) == ('INFO no "table"', ["x"])


def test_paths_of_an_access_log_are_told_apart_by_where_they_have_digits() -> None:
    log = AccessLog(LogClock(None, Reference(datetime(2025, 10, 27))))  # noqa: DTZ001 - likewise
    paths = ("/v1/items/7", "/v1/items/42", "/v2/items/7", "/v123/items/7", "/v1/items7/")

    entries = [
        log.parse(f'10.0.0.1 - - [27/Oct/2025:05:23:00 +0900] "GET {path} HTTP/1.1" 200 7') for path in paths * 2
    ]

    masked = ["/v1/items/#", "/v1/items/#", "/v2/items/#", "/#/items/#", "/v1/#/"]
    assert [entry.form for entry in entries if entry] == [f"GET {path} 200" for path in masked * 2]
