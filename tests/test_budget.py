"""Counting tokens without a network, and what fits into a request."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pmdraft.budget import count_tokens, estimate, most_telling, slices
from pmdraft.evidence import Evidence
from tests.builders import evidence


def messages(*sizes: int) -> list[Evidence]:
    """Messages of so many letters, a minute apart."""
    return [
        evidence(f"S{number}", "x" * size, f"2025-10-27T14:{number:02}:00+09:00")
        for number, size in enumerate(sizes, 1)
    ]


def letters(item: Evidence) -> int:
    return len(item.text)


def ids(items: tuple[Evidence, ...]) -> list[str]:
    return [item.id for item in items]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("pool empty ", 2 * 0.30 + 9 * 0.18),
        ("503", 3 * 0.70),
        ("...!", 4 * 0.45),
        ("\n\n", 2 * 0.55),
        ("プールが", 4 * 0.73),
        ("障害対応", 4 * 0.94),
        ("→🔥", 2 * 0.33),
        ("API 503\n障害。", 0.30 + 3 * 0.18 + 3 * 0.70 + 0.55 + 2 * 0.94 + 0.33),
    ],
)
def test_an_estimate_weighs_every_kind_of_character_and_adds_a_tenth(text: str, weight: float) -> None:
    assert estimate(text * 1000) == pytest.approx(weight * 1000 * 1.10, rel=0.01)


def test_an_estimate_of_nothing_is_not_nothing() -> None:
    assert estimate("") == 1


def test_japanese_costs_more_than_a_quarter_of_its_letters() -> None:
    assert estimate("障害対応" * 100) > 300


def test_control_tokens_in_a_text_are_counted_as_text() -> None:
    assert count_tokens("<|endoftext|>") > 1


def test_without_tiktokens_file_at_hand_nothing_is_downloaded(tmp_path: Path) -> None:
    code = (
        "import sys; from pmdraft.budget import *; "
        "print(count_tokens('API 障害') == estimate('API 障害'), 'tiktoken' in sys.modules)"
    )

    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TIKTOKEN_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )

    assert run.stdout.split() == ["True", "False"]


def test_what_fits_is_one_slice() -> None:
    assert [ids(part) for part in slices(messages(10, 20, 30), 60, letters)] == [["S1", "S2", "S3"]]


def test_slices_are_of_about_equal_size() -> None:
    parts = slices(messages(*[10] * 10), 60, letters)

    assert [len(part) for part in parts] == [5, 5]


@pytest.mark.parametrize("limit", [1, 7, 10, 25, 99, 1000])
def test_slices_hold_everything_in_order_and_none_is_above_the_limit(limit: int) -> None:
    items = messages(5, 1, 9, 3, 7, 7, 2, 10, 1, 1, 8)

    parts = slices(items, limit, letters)

    assert [item for part in parts for item in part] == items
    assert all(len(part) == 1 or sum(map(letters, part)) <= limit for part in parts)


def test_what_is_too_large_alone_makes_a_slice_alone() -> None:
    assert [ids(part) for part in slices(messages(5, 500, 5), 20, letters)] == [["S1"], ["S2"], ["S3"]]


def test_nothing_makes_no_slices() -> None:
    assert slices([], 100, letters) == []


def test_a_limit_of_nothing_still_drops_nothing() -> None:
    assert [ids(part) for part in slices(messages(1, 1), 0, letters)] == [["S1"], ["S2"]]


def test_what_was_asked_for_is_kept_first() -> None:
    items = [*messages(10, 10), evidence("A1", "x" * 10)]

    assert ids(most_telling(items, 10, letters, first=["S2"])) == ["S2"]


def test_alerts_then_logs_then_reactions_then_figures_are_kept_in_that_order() -> None:
    items = [
        evidence("S1", "plain words"),
        evidence("S2", "99 percent!"),
        evidence("S3", "much liked!", reactions=9),
        evidence("L1", "ERROR failed"[:11]),
        evidence("A1", "alert fired"),
    ]

    kept = [ids(most_telling(items, 11 * count, letters, first=())) for count in range(1, 6)]

    assert kept == [["A1"], ["L1", "A1"], ["S3", "L1", "A1"], ["S2", "S3", "L1", "A1"], ["S1", "S2", "S3", "L1", "A1"]]


def test_a_crowd_of_reactions_does_not_outweigh_a_log() -> None:
    items = [evidence("S1", "party time", reactions=500), evidence("L1", "ERROR pool")]

    assert ids(most_telling(items, 10, letters, first=())) == ["L1"]


def test_of_equals_the_earlier_is_kept() -> None:
    assert ids(most_telling(messages(10, 10, 10), 20, letters, first=())) == ["S1", "S2"]


def test_what_does_not_fit_leaves_room_for_what_does() -> None:
    assert ids(most_telling(messages(50, 5), 20, letters, first=["S1"])) == ["S2"]
