"""Logs, plain and JSON lines, told by the forms of their lines."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pmdraft.errors import InputError
from pmdraft.evidence import Evidence, Skipped, SourceCount
from pmdraft.ingest import gather
from pmdraft.ingest.logs import read_log
from pmdraft.ingest.window import Window

TOKYO = ZoneInfo("Asia/Tokyo")
AT = "2025-10-27T05:23:00Z"
WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett")


def read(
    folder: Path, text: str, zone: ZoneInfo | None = None, window: Window | None = None
) -> tuple[list[Evidence], SourceCount]:
    """A log of this text, read."""
    path = folder / "app.log"
    path.write_text(text, encoding="utf-8", newline="")
    return read_log(path, zone, window or Window())


def test_lines_of_one_form_are_one_piece_of_evidence(tmp_path: Path) -> None:
    log = "".join(f"2025-10-27T05:2{minute}:00Z ERROR timeout after {minute}00 ms\n" for minute in (3, 4, 5))

    items, count = read(tmp_path, log)

    assert [(item.text, item.count) for item in items] == [("ERROR timeout after 300 ms", 3)]
    assert items[0].at == datetime(2025, 10, 27, 5, 23, tzinfo=UTC)
    assert items[0].until == datetime(2025, 10, 27, 5, 25, tzinfo=UTC)
    assert (items[0].raw.file, items[0].raw.line) == ("app.log", 1)
    assert (count.read, count.used, count.skipped) == (3, 3, {})


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("request 1 failed", "request 22 failed"),
        ("user=alice failed", "user=bob failed"),
        ("id 123e4567-e89b-12d3-a456-426614174000 failed", "id 00000000-aaaa-bbbb-cccc-dddddddddddd failed"),
        ("at 0xdeadbeef", "at 0xcafe"),
        ("commit da39a3ee5e6b4b0d3255bfef95601890afd80709", "commit aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbcccccccc"),
        ('no table "orders"', 'no table "users"'),
        ("from 10.0.0.1:80 refused", "from 192.168.1.20:65000 refused"),
    ],
)
def test_what_varies_between_lines_does_not_make_another_form(tmp_path: Path, one: str, two: str) -> None:
    items, _ = read(tmp_path, f"{AT} ERROR {one}\n{AT} ERROR {two}\n")

    assert [item.count for item in items] == [2]


@pytest.mark.parametrize(("one", "two"), [("ERROR pool empty", "ERROR pool full"), ("ERROR retry", "WARN retry")])
def test_other_words_or_another_level_are_another_form(tmp_path: Path, one: str, two: str) -> None:
    items, _ = read(tmp_path, f"{AT} {one}\n{AT} {two}\n")

    assert [item.text for item in items] == [one, two]


def test_a_form_that_was_written_once_has_no_end(tmp_path: Path) -> None:
    items, _ = read(tmp_path, f"{AT} ERROR pool empty\n")

    assert (items[0].count, items[0].until) == (1, None)


def test_a_rare_line_of_information_tells_and_a_usual_one_does_not(tmp_path: Path) -> None:
    log = f"{AT} INFO pool reloaded\n" * 3 + f"{AT} INFO health check passed\n" * 4 + f"{AT} DEBUG tick\n"

    items, count = read(tmp_path, log)

    assert [item.text for item in items] == ["INFO pool reloaded"]
    assert (count.read, count.used, count.skipped) == (8, 3, {Skipped.ROUTINE: 5})


def test_beyond_forty_forms_errors_and_frequent_ones_are_kept(tmp_path: Path) -> None:
    forms = [f"{one} {two}" for one in WORDS for two in WORDS[:5]]
    warnings = "".join(f"{AT} WARN {form}\n" * (2 if number >= 10 else 1) for number, form in enumerate(forms[:45]))

    items, count = read(tmp_path, f"{warnings}{AT} ERROR pool empty\n")

    assert len(items) == 40
    assert "ERROR pool empty" in [item.text for item in items]
    assert sum(item.count == 2 for item in items) == 35
    assert (count.read, count.used, count.skipped) == (81, 75, {Skipped.BEYOND_LIMIT: 6})


def test_entries_outside_the_window_are_counted(tmp_path: Path) -> None:
    log = "".join(f"2025-10-27T0{hour}:00:00Z ERROR pool empty\n" for hour in range(1, 6))
    window = Window(datetime(2025, 10, 27, 2, tzinfo=UTC), datetime(2025, 10, 27, 3, tzinfo=UTC))

    items, count = read(tmp_path, log, window=window)

    assert [item.count for item in items] == [2]
    assert (count.read, count.used, count.skipped) == (5, 2, {Skipped.OUTSIDE_WINDOW: 3})


def test_a_python_trace_is_one_entry(tmp_path: Path) -> None:
    trace = 'Traceback (most recent call last):\n  File "db.py", line 3, in get\nTimeoutError: pool empty'

    items, count = read(tmp_path, f"{AT} ERROR request failed\n{trace}\n{AT} INFO next\n")

    assert items[0].text == f"ERROR request failed\n{trace}"
    assert count.read == 2


def test_a_java_trace_is_one_entry_even_where_it_speaks_of_a_time(tmp_path: Path) -> None:
    trace = "java.sql.SQLException: none free\n\tat a.B.c(B.java:1)\n\tsince 2025-10-27T05:00:00Z\nCaused by: x"

    items, count = read(tmp_path, f"{AT} ERROR request failed\n{trace}\n")

    assert items[0].text == f"ERROR request failed\n{trace}"
    assert count.read == 1


def test_a_long_trace_is_shortened_with_a_note(tmp_path: Path) -> None:
    trace = "".join(f"  at frame {number}\n" for number in range(15))

    items, _ = read(tmp_path, f"{AT} ERROR request failed\n{trace}")

    lines = items[0].text.splitlines()
    assert len(lines) == 13
    assert lines[-2:] == ["  at frame 10", "... 4 more lines"]


def test_the_note_of_a_shortened_trace_counts_every_line(tmp_path: Path) -> None:
    trace = "".join(f"  at frame {number}\n" for number in range(100))

    items, _ = read(tmp_path, f"{AT} ERROR request failed\n{trace}")

    assert items[0].text.endswith("... 89 more lines")


def test_lines_before_the_first_time_are_counted(tmp_path: Path) -> None:
    items, count = read(tmp_path, f"banner\n\n{AT} ERROR pool empty\n")

    assert [(item.text, item.raw.line) for item in items] == [("ERROR pool empty", 3)]
    assert (count.read, count.used, count.skipped) == (2, 1, {Skipped.NO_TIME: 1})


def test_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    items, _ = read(tmp_path, f"{AT} ERROR pool empty\r\n  at x\r\n")

    assert items[0].text == "ERROR pool empty\n  at x"


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("FATAL x", True),
        ("[error] x", True),
        ("level=warn x", True),
        ("SEVERE: x", True),
        ("connection refused", True),
        ("job failed", True),
        ("INFO connection refused", False),
        ("info-service started", False),
        ("/var/log/alert/x opened", False),
        ("all well", False),
    ],
)
def test_a_line_that_says_something_went_wrong_tells_however_often(tmp_path: Path, text: str, tells: bool) -> None:
    _, count = read(tmp_path, f"{AT} {text}\n" * 5)

    assert (count.used > 0) is tells


def test_the_level_of_a_coloured_line_is_seen(tmp_path: Path) -> None:
    _, count = read(tmp_path, f"{AT} \x1b[31mERROR\x1b[0m pool empty\n" * 5)

    assert count.used == 5


@pytest.mark.parametrize("head", ["ERROR ", "[ERROR] ", "level=error time="])
def test_a_level_before_the_time_is_seen(tmp_path: Path, head: str) -> None:
    _, count = read(tmp_path, f"{head}{AT} pool empty\n" * 5)

    assert count.used == 5


def test_bytes_that_are_no_text_do_not_stop_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_bytes(AT.encode() + b" ERROR \xff\xfe\x00 pool\n")

    items, _ = read_log(path, None, Window())

    assert items[0].text == "ERROR \ufffd\ufffd pool"


def test_an_endless_line_is_cut(tmp_path: Path) -> None:
    items, _ = read(tmp_path, f"{AT} ERROR {'x' * 100_000}\n")

    assert len(items[0].text) < 8_001


def test_naive_times_are_in_the_zone_that_was_said(tmp_path: Path) -> None:
    items, _ = read(tmp_path, "2025-10-27 14:23:00,123 ERROR pool empty\n", TOKYO)

    assert items[0].at == datetime(2025, 10, 27, 5, 23, 0, 123000, tzinfo=UTC)


@pytest.mark.parametrize("line", ["2025-10-27 14:23:00 ERROR x", '{"time": "2025-10-27 14:23:00", "msg": "x"}'])
def test_naive_times_are_told_with_their_line_when_no_zone_was_said(tmp_path: Path, line: str) -> None:
    with pytest.raises(
        InputError, match=r"app\.log:2: the time '2025-10-27 14:23:00' names no zone; say which with --timezone"
    ):
        read(tmp_path, f"{AT} ERROR fine\n{line}\n")


def test_an_empty_log_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"app\.log: empty file; leave it out"):
        read(tmp_path, "")


@pytest.mark.parametrize("text", ["\n\n", "hello\nworld\n", "<html></html>", '{"msg": "no time"}\n'])
def test_what_is_no_log_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"app\.log: no line has a time such as .*; is this a log\?"):
        read(tmp_path, text)


def test_a_log_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.log: cannot be read \(No such file or directory\); check the path"):
        read_log(tmp_path / "gone.log", None, Window())


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory\); check the path"):
        read_log(tmp_path, None, Window())


def test_a_log_that_begins_with_megabytes_of_nuls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_bytes(b"\0" * 3_000_000 + b"2025-10-27T05:23:30Z ERROR pool exhausted\n")

    assert [item.count for item in gather(files=[path]).evidence] == [1]


def test_a_log_of_one_long_trace_is_a_log(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text("2025-10-27T05:23:30Z ERROR java.lang.StackOverflowError\n" + "\tat a.B.c(B.java:1)\n" * 1_000)

    assert [item.count for item in gather(files=[path]).evidence] == [1]
