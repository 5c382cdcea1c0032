"""Figures that the evidence holds, and that are not the ones which the statement should tell."""

from collections.abc import Sequence

import pytest

from pmdraft.checks.grounding import Grounding
from pmdraft.evidence import Evidence
from pmdraft.language import Language
from pmdraft.statement import Statement
from tests.builders import evidence, incident, postmortem


def rules_of(text: str, cited: Sequence[Evidence], path: str = "what_happened[0]") -> list[str]:
    grounding = Grounding(postmortem(), incident(*cited), Language.EN)
    statement = Statement(text=text, evidence=tuple(item.id for item in cited))
    return sorted({finding.rule for finding in grounding.findings(path, statement)})


def said(*texts: str, begin: int = 10) -> list[Evidence]:
    """Messages ten minutes apart, by carol."""
    return [
        evidence(f"S{number}", text, f"2025-10-27T{begin:02}:{number:02}:00+09:00", author="carol")
        for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("mq-4〜mq-4 を入れ替えた。", ["mq-1 mq-2 mq-3 mq-4 を入れ替え"]),
        ("Hosts mq-4 through mq-2 were replaced.", ["mq-1 mq-2 mq-3 mq-4 replaced"]),
        ("10:20から10:01まで書き込めなかった。", ["10:20から10:45まで書き込めず"]),
        ("Each build took 8 to 1 minutes.", ["builds take 8 to 9 minutes", "slow, that is"]),
    ],
)
def test_the_ends_of_a_range_belong_together(text: str, source: list[str]) -> None:
    assert rules_of(text, said(*source)) == ["grounding.range"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "書き込みの失敗は10:20から10:45まで続いた。",
            ["10:20から10:40まで失敗", "10:45 に最後の失敗が出て終わりました"],
        ),
        ("The quota went from 90 to 40.", ["quota 90→40"]),
        ("The job was moved from mq-4 to mq-2.", ["moved the job from mq-4 to mq-2"]),
    ],
)
def test_a_range_may_be_put_together_from_what_was_said(text: str, source: list[str]) -> None:
    assert rules_of(text, said(*source)) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("11分以上待った依頼は40件あった。", ["10分以上待った依頼は40件", "以上です", *["はい"] * 9, "了解"]),
        ("The digest went to 2% of subscribers.", ["The digest went to 6% of subscribers, two per second"]),
        ("予備系に鍵が3件も無い状態だった。", ["予備系に鍵は1件も無い状態", "確かです", "はい"]),
    ],
)
def test_a_figure_that_only_follows_gives_way_to_the_one_that_was_said_with_those_words(
    text: str, source: list[str]
) -> None:
    assert set(rules_of(text, said(*source))) & {"grounding.place", "grounding.number"}


def test_whoever_answers_with_the_figure_alone_says_what_it_is_of() -> None:
    source = said("mirror sync also works, though with a 3 hour lag", "5 hours")

    assert rules_of("Mirror sync works with a 5 hour lag.", source) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("上限の4 GBに達した。", ["worker v7.1.4 が上限の2 GBに達した"]),
        ("The promotion reached 2% of users.", ["one mail per second, promotion reached some users"]),
    ],
)
def test_parts_of_versions_and_rates_per_second_count_nothing(text: str, told: list[str]) -> None:
    assert rules_of(text, said(*told))


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("carol drained mq-3; the plan was mq-1→4 in turn.", True),
        ("carol drained mq-1; the plan was mq-1→4 in turn.", False),
    ],
)
def test_a_host_of_a_range_is_not_the_one_that_was_named_by_itself(text: str, flagged: bool) -> None:
    found = rules_of(text, said("drain mq-1→4 in turn, that is the plan", "mq-1 drained"))

    assert found == (["grounding.sibling"] if flagged else [])


def test_a_date_for_each_of_two_days_is_told_once() -> None:
    cited = [
        evidence("S1", "入れ替えを申請しました", "2025-10-26T10:00:00+09:00"),
        evidence("S2", "入れ替えを承認しました", "2025-10-27T10:00:00+09:00"),
    ]

    assert rules_of("2025-10-27に入れ替えが申請され、2025-10-27に承認された。", cited) == ["grounding.place"]
    assert rules_of("2025-10-26に入れ替えが申請され、2025-10-27に承認された。", cited) == []


@pytest.mark.parametrize(
    ("text", "source", "flagged"),
    [
        ("The import dropped 90 rows.", ["the import dropped 90 rows", "correction: 70 rows"], True),
        ("The import dropped 70 rows.", ["the import dropped 90 rows", "correction: 70 rows"], False),
        ("取り込みは10:30に始まった。", ["取り込みは10:30に始まった", "訂正します、取り込みは10:25からです"], True),
        (
            "取り込みは10:30に始まった。",
            ["取り込みは10:30に始まった", "訂正: 宛先は二つ。名簿は 9:10 に届いていた"],
            False,
        ),
    ],
)
def test_a_cited_correction_is_told(text: str, source: list[str], flagged: bool) -> None:
    assert ("grounding.corrected" in rules_of(text, said(*source))) is flagged


def test_an_id_of_evidence_in_a_question_is_no_name() -> None:
    assert rules_of("Which host wrote S1?", said("disk full"), path="open_questions[0]") == []


def test_letters_swapped_in_typing_make_no_other_name() -> None:
    assert rules_of("The fix for Nimbus was pushed.", said("the fix for Nimubs is pushed")) == []


def test_a_top_level_domain_makes_no_two_names_alike() -> None:
    assert rules_of("It was said who controls quux7.org now.", said("ask https://noc.bar.org/ who controls it")) == [
        "grounding.name"
    ]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("The review is on 3 Nov at 09:00 BST.", []),
        ("振り返りは 3 Nov 09:00 BST に行う。", []),
        ("The review is on 3 Nov at 09:30 BST.", ["grounding.time"]),
    ],
)
def test_a_time_in_a_zone_whose_name_has_two_meanings_is_what_the_evidence_writes(text: str, rules: list[str]) -> None:
    late = evidence("S1", "the review is on 3 Nov, 09:00 BST / 振り返り", "2025-10-28T01:05:00+09:00", author="carol")

    assert rules_of(text, [late]) == rules
