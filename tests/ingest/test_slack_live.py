"""A live channel, read from a server that speaks Slack's Web API."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmdraft.errors import ChannelNotFound, InputError, SlackError
from pmdraft.evidence import Incident, Skipped
from pmdraft.ingest import gather
from pmdraft.ingest.slack_api import SlackPolicy
from pmdraft.ingest.slack_live import SlackLive
from pmdraft.ingest.window import Window
from tests.builders import message
from tests.ingest.slack_server import ALL_SCOPES, TOKEN, Fault, Room, Workspace, serving

ALICE: dict[str, object] = {"id": "U1", "name": "alice", "tz": "Asia/Tokyo", "profile": {"display_name": "alice"}}
BOB: dict[str, object] = {"id": "U2", "name": "bob", "tz": "Asia/Tokyo", "profile": {}}
PARENT = message("APIが落ちてます", "14:23:00")
TS = str(PARENT["ts"])


def reply(text: str, clock: str, **more: object) -> dict[str, object]:
    return message(text, clock, thread_ts=TS, **more)


def many(count: int) -> list[dict[str, object]]:
    return [message(f"line {number}", f"15:{number // 60:02}:{number % 60:02}") for number in range(count)]


@pytest.fixture
def slack() -> Iterator[Workspace]:
    room = Room("C1234567", "incident-1", [PARENT, reply("見てます", "14:24:00"), message("復旧しました", "15:30:00")])
    with serving(Workspace([room, Room("C7654321", "random")], [ALICE, BOB])) as workspace:
        yield workspace


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def source(slack: Workspace, tmp_path: Path, waits: list[float], told: list[str]) -> SlackLive:
    policy = SlackPolicy(sleep=waits.append)
    return SlackLive(
        "#incident-1", token=TOKEN, api_url=slack.url, cache=tmp_path / "cache", tell=told.append, policy=policy
    )


def texts(incident: Incident) -> list[str]:
    return [item.text for item in incident.evidence]


def test_history_and_threads_become_evidence_with_people_and_links(source: SlackLive) -> None:
    incident = gather(source)

    assert texts(incident) == ["APIが落ちてます", "見てます", "復旧しました"]
    first, second, _ = incident.evidence
    assert first.author == "alice"
    assert first.permalink == f"https://acme.slack.com/archives/C1234567/p{TS.replace('.', '')}"
    assert second.thread == first.id
    assert str(second.permalink).endswith(f"?thread_ts={TS}&cid=C1234567")
    assert incident.timezone == "Asia/Tokyo"
    assert {person.handle for person in incident.people} == {"alice", "bob"}
    assert incident.channel
    assert incident.channel.name == "incident-1"


@pytest.mark.parametrize(
    "named",
    [
        "incident-1",
        "C1234567",
        "https://acme.slack.com/archives/C1234567",
        f"https://acme.slack.com/archives/C1234567/p{TS.replace('.', '')}",
        "https://app.slack.com/client/T0123ABCD/C1234567",
        "https://app.slack-gov.com/client/E0123ABCD/C1234567/",
    ],
)
def test_a_channel_is_named_by_name_id_or_link(source: SlackLive, named: str) -> None:
    incident = gather(replace(source, channel=named))

    assert len(incident.evidence) == 3


@pytest.mark.parametrize(
    "link",
    [
        f"https://acme.slack.com/archives/C1234567/p1761542640000000?thread_ts={TS}&cid=C1234567",
        f"https://app.slack.com/client/T0123ABCD/C1234567/thread/C1234567-{TS}",
    ],
)
def test_a_link_into_a_thread_means_that_thread_alone(source: SlackLive, slack: Workspace, link: str) -> None:
    incident = gather(replace(source, channel=link))

    assert texts(incident) == ["APIが落ちてます", "見てます"]
    assert not slack.calls("conversations.history")


def test_another_link_is_one_clear_line(source: SlackLive) -> None:
    with pytest.raises(SlackError, match="is no link to a channel"):
        gather(replace(source, channel="https://example.com/x"))


@pytest.mark.parametrize("cursors", [True, False], ids=["cursors", "only has_more"])
def test_pages_of_fifteen_give_every_message_once(source: SlackLive, slack: Workspace, cursors: bool) -> None:
    slack.page, slack.cursors = 15, cursors
    slack.rooms[0].messages += many(100)
    slack.rooms[0].messages += [reply(f"reply {number}", f"16:00:{number:02}") for number in range(40)]

    incident = gather(source)

    assert len(incident.evidence) == 143
    assert len(set(texts(incident))) == 143
    assert len(slack.calls("conversations.history")) == 7
    assert len(slack.calls("conversations.replies")) == 3
    assert incident.sources[0].read == 143


def test_a_reply_shown_in_the_channel_too_counts_once(source: SlackLive, slack: Workspace) -> None:
    slack.rooms[0].messages.append(reply("全員へ", "14:25:00", subtype="thread_broadcast"))

    incident = gather(source)

    assert texts(incident).count("全員へ") == 1
    assert incident.sources[0].read == 4
    assert Skipped.REPEATED not in incident.sources[0].skipped


def test_private_channels_are_read(source: SlackLive, slack: Workspace) -> None:
    slack.rooms[0].private = True

    assert len(gather(source).evidence) == 3


def test_groups_and_people_are_named_in_the_text(source: SlackLive, slack: Workspace) -> None:
    slack.groups = [{"id": "S1", "handle": "sre"}]
    slack.rooms[0].messages = [message("<!subteam^S1> <@U2> お願いします")]

    assert texts(gather(source)) == ["@sre @bob お願いします"]


def test_an_author_from_another_workspace_is_looked_up(source: SlackLive, slack: Workspace) -> None:
    slack.strangers = [{"id": "U9", "name": "vendor-carol"}]
    slack.rooms[0].messages = [message("we see it too") | {"user": "U9"}, message("?", "14:24:00") | {"user": "U8"}]

    assert [item.author for item in gather(source).evidence] == ["vendor-carol", "U8"]


def test_a_missing_optional_scope_is_a_note(source: SlackLive, slack: Workspace, told: list[str]) -> None:
    slack.scopes = ALL_SCOPES - {"pins:read", "bookmarks:read", "usergroups:read"}

    incident = gather(source)

    notes = [line for line in told if line.startswith("note: ")]
    assert len(incident.evidence) == 3
    assert len(notes) == 3
    assert all(any(scope in note for note in notes) for scope in ("pins:read", "bookmarks:read", "usergroups:read"))


@pytest.mark.parametrize("scope", ["channels:history", "users:read"])
def test_a_missing_scope_is_one_line_that_names_it(source: SlackLive, slack: Workspace, scope: str) -> None:
    slack.scopes = ALL_SCOPES - {scope}

    with pytest.raises(SlackError, match=f"scope '{scope}'") as raised:
        gather(source)
    assert "\n" not in str(raised.value)


def test_public_channels_need_no_scope_for_private_ones(source: SlackLive, slack: Workspace) -> None:
    slack.scopes = ALL_SCOPES - {"groups:read", "groups:history"}

    assert len(gather(source).evidence) == 3


def test_a_bot_that_was_not_invited_says_what_to_write(source: SlackLive, slack: Workspace) -> None:
    slack.rooms[0].has_bot = False

    with pytest.raises(SlackError, match="not in #incident-1; write `/invite @pmdraft` there"):
        gather(source)


@pytest.mark.parametrize("named", ["#incident-2", "C0000000"])
def test_a_channel_that_the_bot_cannot_see_is_told(source: SlackLive, named: str) -> None:
    with pytest.raises(ChannelNotFound, match="/invite @pmdraft"):
        gather(replace(source, channel=named))


def test_an_empty_channel_is_told(source: SlackLive) -> None:
    with pytest.raises(InputError, match="'random' has no messages to draft from; it is empty"):
        gather(replace(source, channel="random"))


def test_a_refused_token_is_one_clear_line_without_the_token(source: SlackLive) -> None:
    with pytest.raises(SlackError, match=r"refuses the token \(invalid_auth\); check SLACK_BOT_TOKEN") as raised:
        gather(replace(source, token="xoxb-wrong"))  # noqa: S106 - of no real workspace
    assert "xoxb-wrong" not in str(raised.value) + repr(replace(source, token="xoxb-wrong"))  # noqa: S106 - likewise


def test_a_refused_connection_is_one_clear_line_at_once(source: SlackLive, waits: list[float]) -> None:
    with serving(Workspace([], [])) as gone:
        url = gone.url

    with pytest.raises(SlackError, match=r"cannot be reached \(.*refused"):
        gather(replace(source, api_url=url))
    assert not waits


def test_an_address_that_is_none_is_told(source: SlackLive) -> None:
    with pytest.raises(SlackError, match="is no address"):
        gather(replace(source, api_url="slack.com"))


def test_a_sign_in_page_instead_of_an_answer_is_told(source: SlackLive, slack: Workspace) -> None:
    slack.faults = [Fault("auth.test", "html")]

    with pytest.raises(SlackError, match=r"refuses auth\.test: .*check --slack-api-url"):
        gather(source)


def test_a_limit_is_waited_out_as_long_as_slack_asks(source: SlackLive, slack: Workspace, waits: list[float]) -> None:
    slack.faults = [Fault("conversations.history", "429", retry_after="30")] * 2

    incident = gather(source)

    assert len(incident.evidence) == 3
    assert waits == [30.0, 30.0]


def test_a_limit_of_hours_is_not_waited_out(source: SlackLive, slack: Workspace, waits: list[float]) -> None:
    slack.faults = [Fault("conversations.history", "429", retry_after="7200")]

    with pytest.raises(SlackError, match="run again later"):
        gather(source)
    assert not waits


@pytest.mark.parametrize("kind", ["500", "502", "cut", "half", "slow"])
@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies", "users.list"])
def test_what_fails_once_is_tried_again(
    source: SlackLive, slack: Workspace, waits: list[float], kind: str, method: str
) -> None:
    slack.faults = [Fault(method, kind)]
    if kind == "slow":
        slack.slow = 1.5
        source = replace(source, policy=replace(source.policy, timeout=0.5))

    incident = gather(source)

    assert len(incident.evidence) == 3
    assert waits == [0.5]


@pytest.mark.parametrize(("kind", "words"), [("500", "HTTP 500"), ("cut", "cannot be reached")])
def test_what_goes_on_failing_is_one_line(source: SlackLive, slack: Workspace, kind: str, words: str) -> None:
    slack.faults = [Fault("conversations.history", kind) for _ in range(9)]

    with pytest.raises(SlackError, match=words) as raised:
        gather(source)
    assert "what was read is kept" in str(raised.value)


def test_only_methods_that_read_are_called(source: SlackLive, slack: Workspace) -> None:
    gather(source)

    assert all(
        method.endswith((".test", ".list", ".info", ".history", ".replies", ".conversations"))
        for method, _ in slack.asked
    )


def test_a_window_reads_the_day_before_it_for_threads_and_no_more(source: SlackLive, slack: Workspace) -> None:
    older = message("last week") | {"ts": "1760900000.000100"}
    slack.rooms[0].messages.append(older)
    since = datetime(2025, 10, 27, 5, 23, 30, tzinfo=UTC)

    incident = gather(source, window=Window(since, since + timedelta(minutes=10)))

    assert texts(incident) == ["見てます"]
    assert "last week" not in next((source.cache or Path()).rglob("C1234567.jsonl")).read_text(encoding="utf-8")
