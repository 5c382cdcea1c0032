"""Days, weeks and months in words are those of the evidence, whichever way that tells them."""

import pytest

from pmdraft.checks.grounding import Grounding
from pmdraft.evidence import Evidence
from pmdraft.language import Language
from pmdraft.statement import Statement
from tests.builders import evidence, incident, postmortem


def rules_of(text: str, *cited: Evidence) -> list[str]:
    grounding = Grounding(postmortem(), incident(*cited), Language.EN)
    statement = Statement(text=text, evidence=tuple(item.id for item in cited))
    return sorted({finding.rule for finding in grounding.findings("what_happened[0]", statement)})


def said(text: str) -> Evidence:
    """A message of Tuesday, 10 March 2026."""
    return evidence("S1", text, "2026-03-10T10:00:00+09:00", author="carol")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("テストは来週の金曜日までに入れる。", "テストは来週金曜までに入れます"),
        ("テストは翌週金曜日までに入れる。", "テストは来週金曜までに入れます"),
        ("テストは3月20日（金）までに入れる。", "テストは来週金曜までに入れます"),
        ("The test is due on March 20.", "the test is due next week, on Friday"),
        ("The test is due on Friday of this week.", "the test is due on Friday"),
        ("レビューは3月13日(金)に行う。", "レビューは3/13に"),
        ("前日の夜の変更でテストが落ちた。", "昨夜の変更でテストが落ちています"),
        ("The load test comes by the end of April.", "load test: 4月末まで"),
        ("負荷試験は4月末までに行う。", "load test by end of April, 負荷試験"),
        ("On Tuesday the test failed.", "the test fails"),
        ("The last test of the sun shield may fail.", "the last test of the sun shield may fail"),
    ],
)
def test_a_day_may_be_told_in_another_way(text: str, source: str) -> None:
    assert rules_of(text, said(source)) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("テストは来週の木曜日までに入れる。", "テストは来週金曜までに入れます"),
        ("テストは今週の金曜日までに入れる。", "テストは来週金曜までに入れます"),
        ("テストは3月13日までに入れる。", "テストは来週金曜までに入れます"),
        ("レビューは3月13日(木)に行う。", "レビューは3/13に"),
        ("The test is due by Monday.", "the test is due by Friday"),
        ("The test is due by Tuesday.", "the test is due by Friday"),
        ("The test is due by tomorrow.", "the test is due by Friday"),
        ("The load test comes by the end of May.", "the load test comes by the end of April"),
        ("負荷試験は5月末までに行う。", "負荷試験は4月末までに"),
        ("先週の変更でテストが落ちた。", "昨夜の変更でテストが落ちています"),
    ],
)
def test_another_day_is_found(text: str, source: str) -> None:
    assert rules_of(text, said(source)) == ["grounding.date"]
