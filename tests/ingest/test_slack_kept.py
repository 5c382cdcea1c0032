"""What was read from Slack is kept: a reading that broke off goes on, the next one fetches only what is new."""

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmdraft.errors import InputError, SlackError
from pmdraft.ingest import gather
from pmdraft.ingest.slack_api import SlackPolicy
from pmdraft.ingest.slack_live import SlackLive
from pmdraft.ingest.window import Window
from tests.builders import message
from tests.ingest.slack_server import TOKEN, Fault, Room, Workspace, serving
from tests.ingest.test_slack_live import ALICE, PARENT, many, reply, texts


class Clock:
    """Tells the time that a test sets: Tokyo's, of 2025-10-27 unless another day is given."""

    def __init__(self) -> None:
        self.set("18:00:00")

    def set(self, clock: str, day: int = 27) -> None:
        self.now = datetime.fromisoformat(f"2025-10-{day}T{clock}+09:00").astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with serving(Workspace([Room("C1234567", "incident-1", [PARENT, *many(100)])], [ALICE], page=15)) as workspace:
        yield workspace


@pytest.fixture
def source(slack: Workspace, tmp_path: Path, clock: Clock) -> SlackLive:
    policy = SlackPolicy(retries=0, sleep=lambda _: None, now=clock)
    return SlackLive("C1234567", token=TOKEN, api_url=slack.url, cache=tmp_path, policy=policy)


def break_off(source: SlackLive, slack: Workspace, method: str, after: int) -> None:
    slack.faults = [Fault(method, "cut", after=after)]
    with pytest.raises(SlackError, match="what was read is kept"):
        gather(source)
    slack.asked.clear()


def test_a_reading_that_broke_off_goes_on_from_there(source: SlackLive, slack: Workspace) -> None:
    break_off(source, slack, "conversations.history", after=5)

    incident = gather(source)

    latest = [float(call["latest"]) for call in slack.calls("conversations.history")]
    assert len(incident.evidence) == 101
    assert len(latest) == 3  # what is new above, and the two pages that were missing
    assert not slack.calls("users.list")


def test_a_run_that_dies_at_message_9000_goes_on_from_there(source: SlackLive, slack: Workspace) -> None:
    start = float(str(PARENT["ts"]))
    slack.rooms[0].messages = [message(f"line {n}") | {"ts": f"{start + n:.6f}"} for n in range(10_000)]
    slack.page = 200
    break_off(source, slack, "conversations.history", after=45)

    incident = gather(source)

    assert len(incident.evidence) == 10_000
    assert len(slack.calls("conversations.history")) == 6  # what is new above, and the five pages that were missing


def test_a_second_break_takes_nothing_away(source: SlackLive, slack: Workspace) -> None:
    break_off(source, slack, "conversations.history", after=2)
    break_off(source, slack, "conversations.history", after=3)

    assert len(gather(source).evidence) == 101


def test_messages_written_while_a_reading_was_broken_are_found(source: SlackLive, slack: Workspace) -> None:
    break_off(source, slack, "conversations.history", after=5)
    slack.rooms[0].messages.append(message("new", "17:59:00"))

    assert "new" in texts(gather(source))


def test_threads_that_were_read_are_not_read_again(source: SlackLive, slack: Workspace) -> None:
    room = slack.rooms[0]
    room.messages += [message("yes", "16:00:00", thread_ts=parent["ts"]) for parent in room.messages[:10]]
    for number, item in enumerate(room.messages[-10:]):
        item["ts"] = f"176155000{number}.000100"
    break_off(source, slack, "conversations.replies", after=7)

    incident = gather(source)

    assert len(slack.calls("conversations.replies")) == 3
    assert len(incident.evidence) == 111


def test_a_long_thread_goes_on_after_its_last_reply(source: SlackLive, slack: Workspace) -> None:
    slack.rooms[0].messages += [reply(f"reply {number}", f"16:00:{number:02}") for number in range(50)]
    break_off(source, slack, "conversations.replies", after=2)

    incident = gather(source)

    asked = slack.calls("conversations.replies")
    assert asked[0]["oldest"] == slack.rooms[0].messages[-50 + 28]["ts"]
    assert len(incident.evidence) == 151


def test_a_second_run_fetches_only_what_is_new(source: SlackLive, slack: Workspace, clock: Clock) -> None:
    slack.rooms[0].messages.append(reply("見てます", "14:24:00"))
    clock.set("18:00:00", day=29)
    first = gather(source)
    slack.asked.clear()
    newest = message("後日談", "14:00:00")
    newest["ts"] = "1761717600.000100"  # two days on
    slack.rooms[0].messages.append(newest)

    second = gather(source)

    assert texts(second) == [*texts(first), "後日談"]
    assert [call["oldest"] for call in slack.calls("conversations.history")] == [first.evidence[-1].raw.ts]
    assert not slack.calls("conversations.replies")


def test_what_was_young_when_it_was_read_is_looked_at_again(source: SlackLive, slack: Workspace) -> None:
    gather(source)
    room = slack.rooms[0]
    room.messages[1]["text"] = "line 0, corrected"
    del room.messages[2]
    room.messages.append(reply("a late reply to an old message", "18:01:00"))

    texts_now = texts(gather(source))

    assert "line 0, corrected" in texts_now
    assert "line 1" not in texts_now
    assert "a late reply to an old message" in texts_now


def test_threads_that_did_not_grow_are_not_asked_for(source: SlackLive, slack: Workspace) -> None:
    slack.rooms[0].messages.append(reply("見てます", "14:24:00"))
    gather(source)
    slack.asked.clear()

    gather(source)

    assert not slack.calls("conversations.replies")


def test_a_reply_that_was_deleted_goes(source: SlackLive, slack: Workspace) -> None:
    slack.rooms[0].messages += [reply("見てます", "14:24:00"), reply("間違えた", "14:25:00")]
    gather(source)
    slack.rooms[0].messages.pop()

    now = texts(gather(source))

    assert "間違えた" not in now
    assert "見てます" in now


def test_refresh_reads_all_again(source: SlackLive, slack: Workspace, clock: Clock) -> None:
    clock.set("18:00:00", day=30)
    gather(source)
    slack.asked.clear()

    incident = gather(replace(source, refresh=True))

    assert len(slack.calls("conversations.history")) == 7
    assert len(slack.calls("users.list")) == 1
    assert len(incident.evidence) == 101


def test_a_wider_window_fetches_only_what_it_adds(source: SlackLive, slack: Workspace, clock: Clock) -> None:
    early = message("last week")
    early["ts"] = "1760900000.000100"
    slack.rooms[0].messages.append(early)
    clock.set("18:00:00", day=30)
    since = datetime(2025, 10, 27, tzinfo=UTC)
    gather(source, window=Window(since))
    slack.asked.clear()

    incident = gather(source)

    assert len(incident.evidence) == 102
    assert len(slack.calls("conversations.history")) == 2  # above and below what is known


def test_half_a_line_of_a_killed_run_is_passed_over(source: SlackLive, slack: Workspace, tmp_path: Path) -> None:
    break_off(source, slack, "conversations.history", after=5)
    kept = tmp_path / "slack" / "T1" / "C1234567.jsonl"
    kept.write_bytes(kept.read_bytes()[:-200])

    assert len(gather(source).evidence) == 101
    assert len(gather(source).evidence) == 101


def test_a_cache_that_cannot_be_written_is_told(source: SlackLive, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(InputError, match="PMDRAFT_CACHE_DIR"):
        gather(replace(source, cache=tmp_path / "file"))


def test_what_was_read_is_for_the_user_alone_and_as_slack_gave_it(
    source: SlackLive, slack: Workspace, tmp_path: Path
) -> None:
    slack.rooms[0].messages = [PARENT, reply("見てます", "14:24:00"), message("復旧しました", "15:30:00", x_new=1)]

    gather(source)

    kept = tmp_path / "slack" / "T1" / "C1234567.jsonl"
    pages = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [page["kind"] for page in pages] == ["begin", "history", "thread", "end"]
    assert pages[1]["messages"][0] == slack.rooms[0].messages[-1]
