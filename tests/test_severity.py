"""The severity that people declared."""

import pytest

from pmdraft.postmortem import Severity
from pmdraft.severity import declared_severity, severities_in
from tests.builders import evidence


@pytest.mark.parametrize(
    "text",
    [
        "SEV-1",
        "sev1",
        "Sev 1",
        "SEV_1",
        "ＳＥＶ－１",
        "severity 1",
        "これはSEV1です",
        "SEV-1, all hands",
        "(sev-1)",
        "SEV-1です。",
    ],
)
def test_a_severity_is_read_however_it_is_written(text: str) -> None:
    assert severities_in(text) == [Severity.SEV1]


@pytest.mark.parametrize(
    "text", ["", "SEV-0", "SEV-5", "SEV-10", "SEV-1.5", "seven 1", "msev1", "several 2", "severe", "1"]
)
def test_what_is_no_severity_is_none(text: str) -> None:
    assert severities_in(text) == []


@pytest.mark.parametrize("text", ["This is SEV-1.", "Declaring SEV-1. All hands please."])
def test_a_severity_may_end_a_sentence(text: str) -> None:
    assert severities_in(text) == [Severity.SEV1]


def test_all_severities_are_found_in_their_order() -> None:
    assert severities_in("SEV-3 → sev2 → SEV 4") == [Severity.SEV3, Severity.SEV2, Severity.SEV4]


def test_the_last_statement_declares() -> None:
    first, last, after = (
        evidence("S1", "SEV-2 です"),
        evidence("S2", "SEV-2 → SEV-1 に上げます"),
        evidence("S3", "了解"),
    )

    assert declared_severity([first, last, after]) == (last, Severity.SEV1)


@pytest.mark.parametrize("question", ["SEV-1?", "これはSEV-1ですか？", "should this be sev 1? \n"])
def test_a_question_declares_nothing(question: str) -> None:
    stated = evidence("S1", "SEV-2 です")

    assert declared_severity([stated, evidence("S2", question)]) == (stated, Severity.SEV2)


def test_logs_declare_nothing() -> None:
    assert declared_severity([evidence("L1", "SEV-1")]) is None


def test_an_alert_counts_only_where_nobody_declared_one() -> None:
    alert, said = evidence("A1", "severity: SEV-1"), evidence("S1", "SEV-2で宣言")

    assert declared_severity([alert]) == (alert, Severity.SEV1)
    assert declared_severity([said, alert]) == (said, Severity.SEV2)


@pytest.mark.parametrize("text", ["would this be SEV-3? no", "SEV-1 would be worse", "まだSEV-1ではない"])
def test_a_severity_that_is_only_supposed_is_not_declared(text: str) -> None:
    assert declared_severity([evidence("S1", text)]) is None


def test_where_nobody_names_one_there_is_none() -> None:
    assert declared_severity([evidence("S1", "API is down")]) is None
