"""The outline's timeline: it quotes, and guesses nothing."""

import pytest

from pmdraft.evidence import Evidence, EvidenceKind
from pmdraft.language import Language
from pmdraft.outline import outline_timeline
from pmdraft.postmortem import EventKind
from tests.builders import incident
from tests.outline.said import alert, log, said


def events(*items: Evidence) -> list[tuple[str, str]]:
    answer = outline_timeline(incident(*items), Language.EN)
    return [(event.timed_by, event.kind.value) for event in answer.events]


def test_the_first_alert_is_the_detection_and_the_next_ones_are_only_told() -> None:
    assert events(alert(1, "14:25"), alert(2, "14:30"), alert(3, "14:40")) == [
        ("A1", "detection"),
        ("A2", "other"),
        ("A3", "other"),
    ]


def test_an_alert_that_resolves_is_told_but_is_no_recovery() -> None:
    found = events(alert(1, "14:25"), alert(2, "15:00", "resolved"), said(1, "15:01", "hm"))

    assert found == [("A1", "detection"), ("A2", "other")]


def test_where_alerts_are_all_there_is_the_last_that_resolves_is_the_recovery() -> None:
    found = events(alert(1, "14:25"), alert(2, "15:00", "resolved"), alert(3, "15:10", "resolved"))

    assert found == [("A1", "detection"), ("A2", "other"), ("A3", "recovery")]


def test_the_first_acknowledgement_in_the_alerts_wins_over_what_people_say() -> None:
    found = events(
        alert(1, "14:25"),
        said(1, "14:26", "I'm on it"),
        alert(2, "14:27", "acknowledged"),
        alert(3, "14:28", "acknowledged"),
    )

    assert [(name, kind) for name, kind in found if kind == "acknowledgement"] == [("A2", "acknowledgement")]


def test_without_one_in_the_alerts_the_first_person_to_answer_has_acknowledged() -> None:
    found = events(alert(1, "14:25"), said(1, "14:26", "I'm on it"), said(2, "14:27", "acked"))

    assert ("S1", "acknowledgement") in found
    assert ("S2", "acknowledgement") not in found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ロールバックしました", "mitigation"),
        ("Rolled back to v41", "mitigation"),
        ("復旧を確認しました", "recovery"),
        ("All green, back to normal", "recovery"),
        ("デプロイは無関係でした", "dead_end"),
        ("Turned out to be a red herring", "dead_end"),
        ("原因が判明、接続プールの枯渇", "cause_found"),
        ("The root cause is the connection pool", "cause_found"),
        ("エラー率が下がってきました", "partial_recovery"),
        ("切り戻しでいきましょう。ロールバックすることに決定", "decision"),
        ("Let's restart the pods", "decision"),
        pytest.param(
            "Let's roll back",
            "decision",
        ),
        ("SEV-2 を宣言します", "decision"),
        ("ステータスページを更新", "communication"),
        ("調査中", "investigation"),
        ("インシデントをクローズしました", "closed"),
        ("15分様子を見てクローズしました", "closed"),
        ("10:30 に復旧を確認しました。15分様子見てクローズします", "recovery"),
        ("Recovered at 10:30, closing this in 15 minutes", "recovery"),
    ],
)
def test_a_message_is_told_by_its_words(text: str, kind: str) -> None:
    assert events(said(1, "14:30", text)) == [("S1", kind)]


@pytest.mark.parametrize(
    "text",
    [
        "お昼どうする",
        "Anyone for lunch",
        "Is it back to normal?",
        "復旧しましたか",
        "復旧した？",
        "まだ復旧していません",
        "It is not back to normal",
        "If it isn't back to normal by three, call me",
        "先週は再起動しました",
        "11時にクローズします",
        "I will close the incident at noon",
        "異常なし",
        "証明書は問題ないはず",
        "Redis should be fine",
        "10:01頃からのようです",
        "私が確認を忘れたせいです",
    ],
)
def test_chatter_questions_denials_and_tales_of_another_time_are_no_events(text: str) -> None:
    assert events(said(1, "14:30", text)) == []


def test_an_error_in_the_logs_shortly_before_the_first_alert_is_the_first_sign() -> None:
    found = events(
        log(1, "13:00", "ERROR nightly job failed"),
        log(2, "14:10", "INFO cache is warm"),
        log(3, "14:23", "ERROR pool exhausted"),
        log(4, "14:24", "ERROR pool exhausted again"),
        alert(1, "14:25"),
        log(5, "14:26", "FATAL out of memory"),
    )

    assert found == [("L3", "impact_start"), ("A1", "detection")]


def test_without_an_alert_no_start_is_guessed() -> None:
    assert events(log(1, "14:23", "ERROR pool exhausted"), said(1, "14:30", "調査中")) == [("S1", "investigation")]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("10:30に復旧を確認しました", "10:30"),
        ("all green since 10:30", "10:30"),
        ("復旧を確認しました。次は12:00に報告します", None),
        ("10:20に切り戻し、10:40に復旧を確認しました", "10:40"),
        ("8:05に出た分も復旧しました", None),
    ],
)
def test_a_recovery_has_the_time_that_its_message_names_if_it_is_just_past(text: str, when: str | None) -> None:
    (event,) = outline_timeline(incident(said(1, "10:45", text)), Language.EN).events

    assert (event.kind, event.quoted_time) == (EventKind.RECOVERY, when)


def test_of_many_recoveries_the_last_ones_are_told_and_of_many_mitigations_the_first() -> None:
    recoveries = [said(number, f"14:{number:02}", "back to normal") for number in range(1, 8)]
    mitigations = [said(number, f"15:{number:02}", "rolled back") for number in range(11, 22)]

    assert [name for name, _ in events(*recoveries)] == ["S4", "S5", "S6", "S7"]
    assert [name for name, _ in events(*mitigations)] == [f"S{number}" for number in range(11, 19)]


def test_what_bots_write_counts_only_where_no_person_wrote() -> None:
    bot = said(1, "14:30", "Rolled back", kind=EvidenceKind.BOT_MESSAGE)

    assert events(bot) == [("S1", "mitigation")]
    assert events(bot, said(2, "14:40", "lunch")) == []


@pytest.mark.parametrize(
    ("language", "action"), [(Language.EN, "@bob: “Rolled back to v41”"), (Language.JA, "@bob: 「Rolled back to v41」")]
)
def test_an_event_quotes_what_was_said_and_by_whom(language: Language, action: str) -> None:
    whole = incident(said(1, "14:30", "Rolled back to\nv41"))

    (event,) = outline_timeline(whole, language).events

    assert event.action == action
    assert (event.evidence, event.timed_by, event.quoted_time) == (["S1"], "S1", None)


@pytest.mark.parametrize("language", list(Language))
def test_every_kind_of_event_has_a_heading_of_its_own_in_both_languages(language: Language) -> None:
    whole = incident(
        log(1, "14:23", "ERROR pool"),
        alert(1, "14:25"),
        alert(2, "14:27", "acknowledged"),
        alert(3, "16:00", "resolved"),
        said(1, "14:30", "調査中"),
        said(2, "14:31", "デプロイは無関係でした"),
        said(3, "14:32", "再起動でいきます"),
        said(4, "14:33", "原因が判明"),
        said(5, "14:34", "rolled back"),
        said(6, "14:35", "エラー率が下がってきました"),
        said(7, "14:36", "back to normal"),
        said(8, "14:37", "クローズしました"),
        said(9, "14:38", "ステータスページを更新"),
    )

    found = {event.kind: event.event for event in outline_timeline(whole, language).events}

    assert set(found) == set(EventKind)
    assert len(set(found.values())) == len(EventKind)
