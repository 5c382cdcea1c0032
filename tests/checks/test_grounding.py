"""What a statement may say of what it cites, however people write it, and what it may not."""

import time
from datetime import timedelta

import pytest

from pmdraft.checks.grounding import Grounding
from pmdraft.evidence import Evidence, Person
from pmdraft.findings import Level
from pmdraft.language import Language
from pmdraft.postmortem import ActionItem, Horizon, Postmortem, Status
from pmdraft.statement import Basis, Statement
from tests.builders import evidence, incident, postmortem

PEOPLE = [
    Person(id="U1", handle="alice", names=("佐藤 有紗",)),
    Person(id="U2", handle="bob", names=("渡辺 望",)),
    Person(id="U3", handle="support", names=("カスタマーサポート",)),
]


def rules_of(text: str, *cited: Evidence, others: tuple[Evidence, ...] = (), basis: Basis = Basis.STATED) -> list[str]:
    """The rules that find something worse than a note in a sentence that cites these."""
    grounding = Grounding(postmortem(), incident(*others, *cited, people=PEOPLE), Language.EN)
    statement = Statement(text=text, evidence=tuple(item.id for item in cited), basis=basis)
    found = grounding.findings("what_happened[0]", statement)
    return [finding.rule for finding in found if finding.level is not Level.INFO]


def said(text: str, at: str = "2025-10-27T14:23:00+09:00", thread: str | None = None) -> Evidence:
    return evidence("S1", text, at, author="alice", thread=thread)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("14:23に3台で5xxが15パーセントに達した。", "5xx 15%、三台とも。started 05:23Z"),
        (
            "Three hosts were hit, p99 at 2 s; a quarter of the logins failed.",
            "3 hosts, p99 2000ms, 25% of logins fail",
        ),
        ("About 10,000 users were affected.", "10,012 users affected"),
        ("影響は約1万人。", "影響は１０，０１２人です"),
        ("The two errors add up to a total of 30 requests.", "12 requests failed, then 18 requests. two errors"),
        ("The second approver was missing for 5 minutes.", "2人目の承認者が five minutes いない"),
        ("リトライだけ切れば十分だとした。", "リトライだけ切れば十分"),
        ("503s on API/Web/app.", "API/Web/appで503"),
        ("Support tickets came in.", "support has tickets"),
        ("The DNS could not be changed.", "its down, we cant change the dns to point at the rrplacement server"),
        ("Loss of finality was noticed.", "No finality for 7 epochs"),
        ("The network lost finality.", "No finality for 7 epochs"),
        ("Participation had recovered to 58%.", "Participation seems to get worse - it had recovered to 58%"),
        ("The logs were looked at.", "the logs don't look like anything of ours"),
        ("Users with weaker CPUs fall behind.", "users with weaker CPU's fall behind"),
        ("滞留は4万8千件だった。", "滞留 4.8万件"),
        ("Revision 51d07e9 of the gateway was restored.", "gateway restored to 51d07e9c2ab40f"),
        ("The pods hit their 512 MiB memory limit.", "pods hit the memory limit, 512Mi"),
        ("5xx responses of the gateway rose.", "gateway responses: lots of 503"),
        ("All nine pods of the gateway were ready.", "gateway pods 9/9 ready"),
        ("Four workers of 380 MB took 1,520 MB in total.", "4 workers take 380MB each"),
        ("上限は毎秒14通だった。", "上限は14通/秒"),
        ("The limit is 300 requests per minute.", "limit is 300 req/min"),
        ("待ちは 6 万 1 千件あまりで、しきい値の 5 万を超えた。", "待ち 61,200(しきい値 50,000)"),
        ("使おうとした人の 2 割近くがつながらなかった。", "使おうとした人の 18% がつながりません"),
        ("証明書は 300 日以上残っていた。", "証明書は残り 311 日"),
        ("More than 200 merges were running.", "214 merges are running"),
        ("Nearly seven seconds of latency.", "latency 6.8 s"),
        ("上限は 60 秒だった。", "max.poll.interval.ms=60000 になってる、上限"),
        ("Indexing ran at seven times its normal rate.", "indexing rate 2,100 docs/s, normal is 300"),
        ("3 台のリーダーの数に偏りはなかった。", "リーダーの数は b1 16、b2 16、b3 16 で偏りはありません"),
        ("問い合わせは 14 時過ぎまでに 7 件あった。", "14:02 までに問い合わせ 7 件"),
        ("The review takes place at 8 a.m. UTC.", "review at 08:00 UTC"),
        ("The job started at 14:30 Tokyo time.", "job started 14:30 JST"),
        ("伸びは毎分 7,500 まで速まった。", "伸びが毎分 4,000 から 7,500 まで速まってます"),
        ("8 月の更新では末端だけ替えられた。", "8月20日の更新のときは末端だけ替えました"),
    ],
)
def test_a_thing_may_be_written_in_another_way(text: str, source: str) -> None:
    assert rules_of(text, said(source)) == []


@pytest.mark.parametrize(
    ("text", "source", "rule"),
    [
        ("It timed out after 30 minutes.", "it timed out after 30 seconds", "grounding.duration"),
        ("Latency was 340 s.", "latency 340ms", "grounding.duration"),
        ("The disk held 40 MB.", "the disk holds 40 GB", "grounding.unit"),
        ("About 307 users were affected.", "300 users affected", "grounding.number"),
        ("It began at 05:23 JST.", "started 05:23Z", "grounding.time"),
        ("The queue went from 80 to 80 jobs.", "queue went from 40 to 80 jobs", "grounding.range"),
        ("api-1 was restarted.", "api-12 was restarted", "grounding.sibling"),
        ("v2.3.1 was deployed.", "v2.4.1 was deployed", "grounding.sibling"),
        ("The gateway runs 51d07f9.", "the gateway runs 51d07e9", "grounding.name"),
        ("上限は毎分14通だった。", "上限は14通/秒", "grounding.unit"),
        ("The limit is 300 requests a second.", "limit is 300 req/min", "grounding.unit"),
        ("待ちは 6 万 4 千件あまりだった。", "待ち 61,200", "grounding.number"),
        ("使おうとした人の 3 割近くがつながらなかった。", "使おうとした人の 18% がつながりません", "grounding.number"),
        ("証明書は 400 日以上残っていた。", "証明書は残り 311 日", "grounding.number"),
        ("At least 300 merges were running.", "214 merges are running", "grounding.number"),
        ("注文の 3 分の 2 が失敗した。", "注文の 3 分の 1 が失敗しています", "grounding.number"),
        ("The limit was 60 minutes or more.", "limit 60 seconds or more", "grounding.duration"),
        (
            "Indexing ran at five times its normal rate.",
            "indexing rate 2,100 docs/s, normal is 300",
            "grounding.number",
        ),
        ("問い合わせは 15 時 8 分までに 7 件あった。", "14:02 までに問い合わせ 7 件", "grounding.time"),
    ],
)
def test_another_thing_is_found(text: str, source: str, rule: str) -> None:
    assert rule in rules_of(text, said(source))


@pytest.mark.parametrize(
    ("text", "source", "rule"),
    [
        ("メールの送信が止まった。夜勤の引き継ぎ表が古かった。", "メールの送信が止まっています", "grounding.content"),
        ("Mail was delayed. A contractor had unplugged the switch.", "mail is delayed", "grounding.content"),
        ("再送は毎回弾かれた。", "再送が弾かれています。毎分の件数は下がりました", "grounding.scope"),
        ("Deploys always fail at the health check.", "deploy fails at the health check, 12 in all", "grounding.scope"),
        ("遅い注文は全部西日本のものだった。", "遅い注文はほぼ全部西日本のものです", "grounding.scope"),
        ("All slow orders came from the west.", "almost all slow orders come from the west", "grounding.scope"),
        ("キャッシュの破損に違いない。", "キャッシュの破損を見ています", "grounding.scope"),
        (
            "Alice reported that the cache is corrupt on host two.",
            "maybe the cache is corrupt on host two",
            "grounding.certainty",
        ),
    ],
)
def test_what_goes_further_than_its_source_is_found(text: str, source: str, rule: str) -> None:
    assert rule in rules_of(text, said(source))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("メールの送信が止まった。送信は復旧した。", "メールの送信が止まり、30分で復旧しました"),
        ("Mail was delayed. The queue was drained.", "mail is delayed, draining the queue"),
        ("再送は毎回弾かれた。", "再送は毎回弾かれています"),
        ("Deploys always fail at the health check.", "every deploy fails at the health check"),
        ("遅い注文はほぼ全部西日本のものだった。", "遅い注文はほぼ全部西日本のものです"),
        ("Alice reported that the cache may be corrupt on host two.", "maybe the cache is corrupt on host two"),
    ],
)
def test_what_goes_as_far_as_its_source_is_left_alone(text: str, source: str) -> None:
    assert rules_of(text, said(source)) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("索引は再作成されなかった。", "索引を再作成して終わりました"),
        ("同期が切れたとき、予備機は読み取れなかった。", "同期が切れたとき、予備機は読み取れました。ログは無し"),
        ("原因はDNSである。", "原因はDNSではないです"),
        ("復旧手順に抜けがあった。", "復旧手順に抜けは無かったです"),
        ("当番は呼び出されたが、応答した。", "当番は呼び出されたが、応答しませんでした"),
        ("aliceは復旧を宣言しなかった。", "復旧とします"),
        ("The import did not fail.", "the import failed twice"),
        ("The standby is healthy.", "the standby is not healthy"),
        ("Exports ran with a limit.", "exports ran without a limit"),
        ("There was customer impact.", "no customer impact"),
        ("No requests failed.", "about 41k requests failed"),
        ("The token was not revoked.", "トークンは失効済みです"),
    ],
)
def test_what_is_turned_round_is_found(text: str, source: str) -> None:
    assert "grounding.denial" in rules_of(text, said(source))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("索引は再作成されていない。", "索引の再作成は未着手です"),
        ("復旧手順に抜けはなかった。", "復旧手順に抜けは無し"),
        ("原因はまだ記録されていない。", "応答の遅延が続いています"),
        ("長時間の試験は無かった。", "長時間の試験を入れたい"),
        ("使用率のアラートを追加する。", "使用率のアラートが無かったので足します"),
        ("The bug was not resolved yet.", "we will write in once the bug is resolved"),
        ("There was no limit.", "exports ran without a limit"),
        ("The import could not finish.", "the import failed twice"),
        ("No alert watched the queue.", "we should add an alert on the queue"),
        ("ロック待ちに異常はなかった。", "ロック待ちは普段どおり。DBはシロ"),
        ("The east region showed no change.", "the east region is flat"),
        ("The standby has no persistent volume.", "the standby didn't have a persistent volume"),
    ],
)
def test_a_denial_in_other_words_is_left_alone(text: str, source: str) -> None:
    assert "grounding.denial" not in rules_of(text, said(source))


def test_figures_that_one_message_writes_bear_a_sentence_out_in_other_words() -> None:
    source = said("5xx on the gateway is at 12%, normally under 0.1")
    other = evidence("S2", "error rate of the usual jobs is fine", author="bob")
    text = "The error rate stood at about 12%, against a usual rate below {}%."

    assert rules_of(text.format("0.1"), source, others=(other,)) == []
    assert rules_of(text.format("0.2"), source, others=(other,)) == ["grounding.number"]


def test_a_guess_that_is_told_as_considered_and_dropped_is_no_fact() -> None:
    guess = said("could be the rules of the firewall, they were pushed last night")
    text = "The rules of the firewall, which were pushed the night before, were {}."

    assert rules_of(text.format("considered and ruled out"), guess) == []
    assert rules_of(text.format("broken"), guess) == ["grounding.certainty"]


def test_whoever_is_replied_to_counts_as_named() -> None:
    parent = evidence("S2", "api-4 does not become ready", author="bob")
    reply = said("the cache warm times out", thread="S2")

    assert rules_of("The cache warm of api-4 times out, alice answered bob.", reply, others=(parent,)) == []


def test_a_length_between_two_cited_times_is_borne_out() -> None:
    first = said("database is down", at="2025-10-27T14:23:00+09:00")
    last = evidence("S2", "database is up", at="2025-10-27T14:35:00+09:00")

    assert rules_of("The database was down for 12 minutes.", first, last) == []
    assert rules_of("The database was back within 15 minutes.", first, last) == []
    assert rules_of("The database was down for 21 minutes.", first, last) == ["grounding.duration"]
    assert rules_of("The database was back within 10 minutes.", first, last) == ["grounding.duration"]


def test_people_count_minutes_from_clock_to_clock() -> None:
    first = said("database is down", at="2025-10-27T14:23:05+09:00")
    last = evidence("S2", "database is up", at="2025-10-27T14:35:55+09:00")

    assert rules_of("The database was down for 12 minutes.", first, last) == []
    assert rules_of("The database was down for 13 minutes.", first, last) == []
    assert rules_of("The database was down for 14 minutes.", first, last) == ["grounding.duration"]


def test_a_proposal_may_use_words_of_its_own() -> None:
    text = "Add a rehearsal of certificate renewals to the calendar of the platform group."

    assert rules_of(text, said("the cert expired again"), basis=Basis.PROPOSED) == []
    assert rules_of(text, said("the cert expired again")) == ["grounding.content"]


def test_a_draft_in_the_other_language_is_held_against_words_that_both_can_hold() -> None:
    source = said("データベースの接続プールが枯渇しています")

    assert rules_of("The connection pool of the database was exhausted.", source) == []
    assert rules_of("The certificate expired and the backup of the customer data failed.", source) == [
        "grounding.content"
    ]


def test_what_code_or_a_person_wrote_is_not_looked_at() -> None:
    for basis in (Basis.COMPUTED, Basis.HUMAN):
        assert rules_of("999 servers melted.", said("all fine"), basis=basis) == []


@pytest.mark.parametrize("piece", ["1", "a-1", "12:34 ", "なし", "client A "])
def test_hostile_text_takes_no_more_than_linear_time(piece: str) -> None:
    text = piece * (6000 // len(piece))
    start = time.perf_counter()

    rules_of(text, said(text))

    # Far above what linear time takes, far below what quadratic time would.
    assert timedelta(seconds=time.perf_counter() - start) < timedelta(seconds=4)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "alice: 「エラー率を見てます API Error Rate」",
            "エラー率を見てます [API Error Rate](https://grafana.example.com/d/1)",
        ),
        ("The log has 2025-10-27T14:31:58.402+09:00 ERROR.", "2025-10-27T14:31:58.402+09:00 ERROR in the log"),
        ("handover: suspect a leak since v5.2…", "handover: suspect a leak since v5.2.0, not in v5.1.4"),
    ],
)
def test_a_copy_of_the_evidence_is_borne_out_however_it_is_cut(text: str, source: str) -> None:
    assert rules_of(text, said(source)) == []


def test_what_the_channel_talks_of_may_be_named_where_the_message_does_not() -> None:
    talk = evidence("S0", "OpenEthereum stopped at 12244294", "2025-10-27T14:20:00+09:00", author="bob")
    text = "All OpenEthereum nodes are down since the fork."

    assert rules_of(text, said("all nodes are down since the fork"), others=(talk,)) == []
    # Nobody spoke of it, or the message names another one.
    assert rules_of(text, said("all nodes are down since the fork")) == ["grounding.name"]
    assert rules_of(text, said("all TurboGeth nodes are down since the fork"), others=(talk,)) == ["grounding.name"]


def test_very_is_not_always() -> None:
    assert rules_of("Nimbus のブロックが非常に遅かった。", said("Nimbus のブロックがとても遅かった")) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # Small counts stand in no number, and across the languages there are many words for one thing.
        ("LH がスロットを1つ逃した。", "LH has missed a slot"),
        ("2つのブロックが遅れた。", "Both blocks are late"),
        ("ピアが大きく減った。", "we had a huge dump on peers"),
        # A hash that was cut short in the message itself.
        ("The log shows #12244294 (0x53c7…7601).", "verification failed for #12244294 (0x53c7…7601)"),
        # The guess is of something else.
        ("A direct message went to support.", "they don't seem to have noticed, I've sent a direct message to support"),
        ("No routes could be generated.", "No routes could be generated, maybe you need to add one?"),
        ("The traces appeared to be of another block.", "that appears to be traces of another block"),
    ],
)
def test_what_was_read_wrongly_at_first_contact_passes(text: str, source: str) -> None:
    assert rules_of(text, said(source)) == []


def test_a_name_with_digits_is_left_to_the_talk_only_where_the_rest_is_told() -> None:
    talk = evidence("S0", "KSB120 が 1% で止まっています", "2025-10-27T14:20:00+09:00", author="bob")
    waiting = said("8本とも SID 1187 のセッションのロック待ちです")

    assert rules_of("KSB120 の8本ともロック待ちのセッションだった。", waiting, others=(talk,)) == []
    assert rules_of("KSB120 の8本ともロック待ちのセッションだった。", waiting) == ["grounding.name"]
    # The message names a job of that form: it is the one that was meant.
    other = said("DBM905 の8本とも SID 1187 のセッションのロック待ちです")
    assert rules_of("KSB120 の8本ともロック待ちのセッションだった。", other, others=(talk,)) == ["grounding.name"]


def test_initials_stand_for_a_name() -> None:
    assert rules_of("The PodDisruptionBudget was ruled out.", said("it's not the PDB, ruled out")) == []


def test_a_question_denies_nothing() -> None:
    assert rules_of("alice は 3.8.1 が原因ではないかと尋ねた。", said("3.8.1 が原因だと思う？")) == []


def test_an_hour_is_a_length() -> None:
    assert rules_of("1時間待つよう頼まれた。", said("can we wait another hour?")) == []


def test_the_issue_of_another_action_is_found() -> None:
    message = evidence(
        "S1", "アラートは #1234。ダッシュボードは #1236 です", "2025-10-27T14:23:00+09:00", author="alice"
    )
    draft = postmortem(action_items=(_action("アラートを足す", "#1236"), _action("ダッシュボードを足す", "#1236")))
    right = postmortem(action_items=(_action("アラートを足す", "#1234"), _action("ダッシュボードを足す", "#1236")))

    assert _found(draft, message) == ["grounding.place", "grounding.place"]
    assert _found(right, message) == []


def _action(text: str, issue: str) -> ActionItem:
    statement = Statement(text=text, evidence=("S1",))
    return ActionItem(
        action=statement,
        owner=None,
        due=None,
        status=Status.NOT_STARTED,
        issue=Statement(text=issue, evidence=("S1",)),
        horizon=Horizon.SHORT,
        verification=None,
    )


def _found(draft: Postmortem, message: Evidence) -> list[str]:
    grounding = Grounding(draft, incident(message, people=PEOPLE), Language.EN)
    return [
        finding.rule
        for number, action in enumerate(draft.action_items)
        if action.issue
        for finding in grounding.findings(f"action_items[{number}].issue", action.issue)
    ]
