"""Logs of JSON lines, as bunyan, pino and others write them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmdraft.evidence import Evidence, Skipped, SourceCount
from pmdraft.ingest.logs import read_log
from pmdraft.ingest.window import Window

AT = "2025-10-27T05:23:00Z"


def read(folder: Path, text: str) -> tuple[list[Evidence], SourceCount]:
    """A log of this text, read."""
    path = folder / "app.log"
    path.write_text(text, encoding="utf-8")
    return read_log(path, None, Window())


def json_lines(*records: dict[str, object]) -> str:
    return "".join(f"{json.dumps(record)}\n" for record in records)


@pytest.mark.parametrize(
    ("level", "tells"),
    [(60, True), (50, True), (40, True), (30, False), (20, False), (10, False)],
)
def test_the_levels_of_bunyan_and_pino_are_numbers(tmp_path: Path, level: int, tells: bool) -> None:
    record = {"name": "api", "pid": 7, "level": level, "msg": "pool empty", "time": AT, "v": 0}

    _, count = read(tmp_path, json_lines(*[record] * 5))

    assert (count.used > 0) is tells


@pytest.mark.parametrize(
    "record",
    [
        {"@timestamp": AT, "log.level": "ERROR", "message": "pool empty", "logger": "db"},
        {"timestamp": AT, "severity": "error", "msg": "pool empty", "service": "db"},
        {"ts": 1761542580, "lvl": "error", "event": "pool empty", "component": "db"},
        {"time": 1761542580000, "levelname": "ERROR", "text": "pool empty", "name": "db"},
        {"time": None, "t": 1761542580000000, "level": "Error", "msg": "", "message": "pool empty", "name": "db"},
        {"time": 1761542580000000000, "level": "error", "msg": "pool empty", "logger": "db"},
    ],
)
def test_json_lines_name_their_fields_in_many_ways(tmp_path: Path, record: dict[str, object]) -> None:
    items, _ = read(tmp_path, json_lines(record))

    assert [(item.at, item.text) for item in items] == [
        (datetime(2025, 10, 27, 5, 23, tzinfo=UTC), "ERROR [db] pool empty")
    ]


def test_a_stack_in_a_json_line_is_part_of_its_entry(tmp_path: Path) -> None:
    items, _ = read(tmp_path, json_lines({"time": AT, "level": "error", "msg": "x", "stack": "Error: x\n  at y"}))

    assert items[0].text == "ERROR x\nError: x\n  at y"


def test_a_stack_in_the_err_of_bunyan_and_pino_is_part_of_its_entry(tmp_path: Path) -> None:
    err = {"type": "Error", "message": "pool empty", "stack": "Error: pool empty\n  at get"}

    items, _ = read(tmp_path, json_lines({"time": AT, "level": 50, "msg": "x", "err": err}))

    assert "Error: pool empty\n  at get" in items[0].text


def test_a_json_line_without_words_is_shown_by_its_fields(tmp_path: Path) -> None:
    items, _ = read(tmp_path, json_lines({"time": AT, "status": "down", "pool": {"size": 100}}))

    assert items[0].text == "status=down size=100"


@pytest.mark.parametrize("broken", ['{"time": "2025', "{", "{}", '{"msg": "no time"}', '{"time": true, "msg": "x"}'])
def test_a_json_line_that_cannot_be_read_belongs_to_the_one_before(tmp_path: Path, broken: str) -> None:
    items, count = read(tmp_path, json_lines({"time": AT, "level": "error", "msg": "x"}) + broken + "\n")

    assert items[0].text == f"ERROR x\n{broken}"
    assert count.read == 1


@pytest.mark.parametrize("time", ["NaN", "Infinity", "1e300", '"soon"', "[1]", "{}"])
def test_a_json_line_with_an_impossible_time_is_no_entry(tmp_path: Path, time: str) -> None:
    _, count = read(tmp_path, f'{{"time": {time}, "msg": "x"}}\n{AT} ERROR y\n')

    assert (count.read, count.used, count.skipped) == (2, 1, {Skipped.NO_TIME: 1})


def test_a_json_line_with_a_time_of_hundreds_of_digits_is_no_entry(tmp_path: Path) -> None:
    _, count = read(tmp_path, f'{{"time": 1{"0" * 400}, "msg": "x"}}\n{AT} ERROR y\n')

    assert (count.read, count.used, count.skipped) == (2, 1, {Skipped.NO_TIME: 1})


def test_half_an_emoji_in_a_json_line_does_not_reach_the_draft(tmp_path: Path) -> None:
    items, _ = read(tmp_path, json_lines({"time": AT, "level": "error", "msg": "fire \ud83d"}))

    assert items[0].text.encode("utf-8").startswith(b"ERROR fire")
