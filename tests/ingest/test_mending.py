"""JSON that is damaged in its midst gives what can be read before and after."""

import gzip
import json
from pathlib import Path

import pytest

from pmdraft.evidence import Incident
from pmdraft.ingest import gather
from pmdraft.ingest.mending import mended
from tests.builders import alert, alertmanager, message

MESSAGES = [message(f"hello {number}", f"14:23:{number:02}", blocks=[{"type": "rich_text"}]) for number in range(20)]
ALERTS = [
    alert(labels={"alertname": f"A{number}", "service": "api"}, startsAt=f"2025-10-27T05:{number:02}:00Z")
    for number in range(20)
]
LOG = [
    {"@timestamp": f"2025-10-27T05:{number:02}:00Z", "level": "error", "message": "boom", "context": [{"id": 1}]}
    for number in range(20)
]
VALUES = {
    "a day of an export": MESSAGES,
    "an answer of the API": {"ok": True, "messages": MESSAGES, "has_more": False},
    "alerts": alertmanager(*ALERTS),
    "a log": LOG,
    "results of a search": {"events": LOG},
}


def without_a_quote(text: str, after: int) -> str:
    at = text.index('"', after)
    return text[:at] + text[at + 1 :]


def read(path: Path) -> Incident:
    return gather(files=[path], timezone="UTC")


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_only_the_item_that_is_damaged_is_lost(value: object, indent: int | None, tmp_path: Path) -> None:
    text = json.dumps(value, indent=indent)
    path = tmp_path / "file.json"
    path.write_text(without_a_quote(text, len(text) // 2))

    source = read(path).sources[0]

    assert source.used == 19
    assert source.read == source.used + sum(source.skipped.values())
    assert any("damaged" in notice.en and "characters are lost" in notice.en for notice in source.notices)


def test_an_item_that_is_damaged_first_is_lost_alone(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(without_a_quote(json.dumps(MESSAGES), 60))

    assert read(path).sources[0].used == 19


def test_line_ends_within_strings_lose_nothing() -> None:
    found = mended('[{"text": "one\ntwo"}]')

    assert found is not None
    assert (found.value, found.lost) == ([{"text": "one\ntwo"}], 0)


def test_what_an_item_holds_is_no_item() -> None:
    items = [{"a": number, "b": {"c": 1}, "d": [{"c": 2}, {"c": 3}]} for number in range(4)]
    text = json.dumps(items).replace('"a": 1', '"a: 1')

    found = mended(text)

    assert found is not None
    assert found.value == [items[0], *items[2:]]
    assert found.lost == len(f", {json.dumps(items[1])}, ") - 1


def test_what_breaks_off_is_not_mended() -> None:
    assert mended(json.dumps(MESSAGES)[:-10]) is None


def test_a_number_of_thousands_of_digits_costs_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(
        json.dumps(alertmanager(*ALERTS)).replace('"annotations"', '"x": ' + "9" * 20_000 + ', "annotations"')
    )

    assert read(path).sources[0].used == 20


def test_an_item_that_is_nested_too_deeply_is_lost_alone(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(json.dumps(MESSAGES).replace("}, {", "}, " + "[" * 100_000 + "]" * 100_000 + ", {", 1))

    assert read(path).sources[0].used == 20


def test_nuls_between_items_are_dropped_and_told(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(json.dumps(MESSAGES).replace("}, {", "}," + "\0" * 10_000 + "{", 1))

    source = read(path).sources[0]

    assert source.used == 20
    assert [notice.en for notice in source.notices] == ["file.json: 10,000 NULs, which no JSON has, were dropped"]


def test_alerts_may_be_compressed_and_broken_off(tmp_path: Path) -> None:
    packed = gzip.compress(json.dumps(alertmanager(*ALERTS), indent=1).encode())
    whole, cut = tmp_path / "whole.json.gz", tmp_path / "cut.json.gz"
    whole.write_bytes(packed)
    cut.write_bytes(packed[: len(packed) * 3 // 4])

    assert read(whole).sources[0].used == 20
    source = read(cut).sources[0]
    assert 0 < source.used < 20
    assert "the compressed file breaks off" in source.notices[0].en
