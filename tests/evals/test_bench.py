"""`python -m evals.bench` as it is typed, and what its topics measure with."""

import importlib
from itertools import takewhile
from pathlib import Path

import pytest

from evals.bench.asked import TOPICS, Asked, parsed
from evals.bench.made import make_export
from evals.bench.shown import SHOWN
from evals.bench.tokens import compared
from evals.bench.waiting import measure as measure_waiting
from evals.readme import read_block
from pmdraft import gather
from pmdraft.demo import demo_incident
from pmdraft.settings import Settings
from pmdraft.version import VERSION


def test_without_a_topic_all_are_measured(tmp_path: Path) -> None:
    assert parsed([], tmp_path) == Asked(topics=TOPICS, folder=tmp_path)
    assert parsed(["logs", "chat"], tmp_path).topics == ("logs", "chat")


def test_a_topic_that_is_none_is_answered_with_those_that_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parsed(["lgos"], tmp_path)

    assert f"no topic 'lgos'; there are {', '.join(TOPICS)}" in capsys.readouterr().err


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_is_a_module_that_measures(topic: str) -> None:
    assert callable(importlib.import_module(f"evals.bench.{topic}").measure)


def test_a_made_up_export_has_as_many_messages_as_it_should(tmp_path: Path) -> None:
    assert len(gather(files=[make_export(tmp_path, 250)]).evidence) == 250


def test_tokens_and_waiting_are_told_for_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    lines = compared(demo_incident(), Settings(token_budget=20_000))
    measure_waiting(Asked(latencies=(0.0,)))

    assert any(line.startswith("one prompt") for line in lines)
    assert "one by one" in capsys.readouterr().out


def test_the_readmes_tell_of_each_topic_that_they_are_to_show_and_of_this_version() -> None:
    english, japanese = (read_block("speed", language) for language in ("en", "ja"))

    assert english == japanese
    assert f"pmdraft {VERSION}," in english[1]
    for topic, beginnings in SHOWN.items():
        start = next(number for number, line in enumerate(english) if line.startswith(f"{topic}: "))
        rows = list(takewhile(str.strip, english[start + 1 :]))
        assert rows
        assert all(row.startswith((*beginnings, "```")) for row in rows)
