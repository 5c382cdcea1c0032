"""A bar on stderr for a long log, if a person is there to look at it."""

import io
from pathlib import Path

import pytest

from pmdraft.ingest import gather
from pmdraft.progress import shown_progress

LINE = "2025-10-27T05:23:30Z ERROR pool exhausted\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_tells_how_far_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text(LINE * 60_000)
    told: list[tuple[str, int, int]] = []

    gather(files=[path], watch=lambda name, done, size: told.append((name, done, size)))

    size = path.stat().st_size
    assert told[-1] == ("app.log", size, size)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert len(told) >= size // (1 << 20)


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress() as watch:
        assert watch is None
    assert capsys.readouterr().err == ""


def test_a_bar_is_shown_for_what_is_long_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")

    with shown_progress() as watch:
        assert watch is not None
        watch("short.log", 1_000, 10_000)
        assert terminal.getvalue() == ""
        watch("[bold]long.log", 10_000_000, 100_000_000)
        watch("[bold]long.log", 60_000_000, 100_000_000)

    assert "[bold]long.log" in terminal.getvalue()
    assert "60%" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K")  # the line is cleared
