"""`python -m evals.bench` as it is typed."""

import pytest

from evals.bench.__main__ import asked


def test_without_a_topic_all_are_measured() -> None:
    assert {"messages", "logs"} <= set(asked([]).topic)
    assert asked(["logs"]).topic == ["logs"]


def test_a_topic_that_is_none_is_answered_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        asked(["lgos"])

    assert "no topic 'lgos'; there are messages, logs" in capsys.readouterr().err
