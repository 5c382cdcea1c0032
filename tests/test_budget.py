"""Counting tokens without a network, and what fits into a request."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pmdraft.llm.budget import count_tokens, estimate


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
        "import sys; from pmdraft.llm.budget import *; "
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
