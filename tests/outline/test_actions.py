"""What people take on for after the incident is an action, with who and when as they said; the response is none."""

from datetime import date

import pytest

from pmdraft.draft import draft_postmortem
from pmdraft.evidence import Person
from pmdraft.language import Language
from pmdraft.outline.actions import outline_actions
from pmdraft.outline.due_phrase import due_in, issue_in
from pmdraft.postmortem import Horizon, Status
from pmdraft.statement import Basis
from pmdraft.wire import ActionClaim
from tests.builders import incident
from tests.outline.said import said

# The messages of said() are of Monday 27 October 2025; the recovery is told before each of these.
ACTIONS = [
    ("I'll add an alert on replica lag. By 3 Nov, DBA-17", "bob", "3 Nov", "DBA-17"),
    ("I’ll write a runbook for the failover, OPS-204", "bob", None, "OPS-204"),
    ("I will raise the connection limit permanently by Friday", "bob", "Friday", None),
    ("I'm going to pin the base image. due 2025-11-05", "bob", "2025-11-05", None),
    ("We missed it because nothing watches the queue. I'll build a dashboard, no date yet", "bob", None, None),
    ("the importer needs to refuse empty files. I'll take that", "bob", None, None),
    ("I'll change the cron's time zone to UTC. Tomorrow", "bob", "Tomorrow", None),
    ("I'll file a ticket with the vendor for better error codes", "bob", None, None),
    ("TODO: retry budget per client (owner: bob) by 11/7", "bob", "11/7", None),
    ("Action item: rotate the deploy key every quarter", None, None, None),
    ("AI: rehearse the restore, #88", None, None, "#88"),
    ("証明書の残り日数のアラートを足します。11/4 まで", "bob", "11/4", None),
    ("切り戻しの手順書を作っておきます CORE-9", "bob", None, "CORE-9"),
    ("バッチのタイムアウトを見直して、テストも書きます。金曜まで", "bob", "金曜", None),
    ("接続数の上限を設定に追加する。11/10 までに私がやります", "bob", "11/10", None),
    ("重複を弾く制約を入れる。期限 11/12", None, "11/12", None),
    ("空き容量の監視は私が。11月6日までに #61", "bob", "11月6日", "#61"),
    ("スキーマ変更のチェックを CI に追加します", "bob", None, None),
    ("宿題: 旧クラスタの削除 担当: bob 11/20 まで", "bob", "11/20", None),
    ("アクション: しきい値の見直し", None, None, None),
]
OTHERS = [
    "I'll look at the replica lag alert by Friday",
    "I'll check now, DBA-17",
    "I'll restart the workers tomorrow if the alert fires",
    "I'll be around until Friday",
    "I'll take it",
    "I'll put a temporary limit on the queue",
    "I'll update the status page by tomorrow",
    "Jess will add an alert by Friday, OPS-3",
    "we should add an alert on replica lag",
    "I'd add a test if we had time",
    "Should I add an alert by Friday? OPS-4",
    "I added a test for it, OPS-5 by Friday as promised",
    "I'll ask the DBA about limits",
    "I'll handle the support tickets",
    "I'll drop off, see the runbook",
    "チケットを更新します",
    "AI assistants would have found this: no alert",
    "> I'll add an alert by 3 Nov",
    "見てみます。11/4 まで",
    "アラートを確認します",
    "明日ワーカーを再起動します #61",
    "アラートを足しました #61",
    "ベンダーが上限を変更します。11/4 まで",
    "時間があれば手順書を作ります",
    "アラートを足したほうがいいですね",
    "アラートを足しますか？",
    "とりあえずタイムアウトを変更します",
    "今日の昼はカレーにします",
]


def actions(*texts: str, author: str = "bob") -> list[ActionClaim]:
    told = [said(1, "14:00", "back to normal", author="alice")]
    told += [said(n, f"15:{n:02}", text, author=author) for n, text in enumerate(texts, 2)]
    return outline_actions(incident(*told), Language.EN)


@pytest.mark.parametrize(("text", "owner", "due", "issue"), ACTIONS)
def test_what_is_taken_on_is_quoted_with_what_was_said_of_it(
    text: str, owner: str | None, due: str | None, issue: str | None
) -> None:
    (action,) = actions(text)

    assert (action.text, [quoted.id for quoted in action.evidence]) == (f"“{text}”", ["S2"])
    assert (action.owner, action.due_quote, action.issue, action.status) == (owner, due, issue, Status.NOT_STARTED)


def test_the_response_wishes_questions_and_what_others_will_do_are_no_actions() -> None:
    assert [text for text in OTHERS if actions(text)] == []


def test_during_the_response_only_what_is_due_later_or_tracked_counts() -> None:
    texts = ["I'll add a test", "I'll add a limit. Today", "I'll add a check, OPS-1", "I'll add an alert by 3 Nov"]

    found = [outline_actions(incident(said(1, "14:00", text)), Language.EN) for text in texts]

    assert [len(each) for each in found] == [0, 0, 1, 1]


def test_whoever_agrees_to_a_request_owns_it() -> None:
    asked = said(1, "14:00", "@bob can you own the retry limit by Friday?", author="alice")
    yes, no = said(2, "14:01", "sure"), said(2, "14:01", "sorry, I can't")

    (action,) = outline_actions(incident(asked, yes), Language.EN)

    assert (action.owner, action.due_quote, len(action.evidence)) == ("bob", "Friday", 2)
    assert action.text == "“@bob can you own the retry limit by Friday?” “sure”"
    assert outline_actions(incident(asked, no), Language.EN) == []
    assert outline_actions(incident(asked, said(2, "14:01", "sure", author="carol")), Language.EN) == []


def test_each_line_of_a_list_is_an_action_of_its_own() -> None:
    found = actions("Action items:\n- retry budget by 11/7 @carol\n- [x] drop the old index\n- restore drill")

    assert [(action.text, action.owner, action.due_quote) for action in found] == [
        ("“- retry budget by 11/7 @carol”", "carol", "11/7"),
        ("“- restore drill”", None, None),
    ]


def test_what_was_told_as_done_later_is_left_out() -> None:
    assert actions("I'll add an alert on lag, OPS-7", "OPS-7 is merged") == []


def test_a_draft_without_a_model_has_them_with_dates_and_horizons() -> None:
    told = incident(
        said(1, "14:00", "back to normal"),
        said(2, "14:05", "証明書の残り日数のアラートを足します。11/4 まで CORE-9"),
        people=[Person(id="U2", handle="bob", names=("bob",))],
    )

    (item,) = draft_postmortem(told).postmortem.action_items

    assert item.owner is not None
    assert item.due is not None
    assert item.issue is not None
    assert (item.action.basis, item.owner.text, item.due.on, item.issue.text, item.horizon) == (
        Basis.STATED,
        "@bob",
        date(2025, 11, 4),
        "CORE-9",
        Horizon.MEDIUM,
    )


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("it has been failing since Monday", None),
        ("the outage of 10/26 shows it", None),
        ("first by 11/3, the rest by 11/9", None),
        ("on Thursday", "Thursday"),
        ("来週の水曜日までに", "来週の水曜日"),
        ("月曜から続いている", None),
    ],
)
def test_a_day_is_a_due_date_only_where_a_word_says_so(text: str, due: str | None) -> None:
    found = due_in(text, date(2025, 10, 27))

    assert (found[0] if found else None) == due


def test_an_issue_is_the_only_one_that_is_named() -> None:
    assert [issue_in(text) for text in ("SEV-2, OPS-1", "#12", "OPS-1 or OPS-2", "UTF-8")] == [
        "OPS-1",
        "#12",
        None,
        None,
    ]
