"""Slack exports that are damaged or cut off: what is there is read, and what is not is told."""

import io
import json
import os
import sys
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typing_extensions import Buffer

from pmdraft.errors import ChannelNotFound, InputError, PmdraftError
from pmdraft.evidence import Skipped
from pmdraft.ingest.chat_reading import ChatReading, read_chats
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.slack_json import Lost, read_messages
from pmdraft.ingest.window import Window
from pmdraft.notices import NoticeKind
from tests.builders import message, slack_export, write_json

MESSAGES = [message(f"message {number}", f"14:{number:02}:00") for number in range(30)]


def packed(folder: Path, compression: int = zipfile.ZIP_DEFLATED, names: Sequence[str] = ()) -> Path:
    """The export in `folder` as a zip file beside it; `names` come first in it."""
    path = folder.with_suffix(".zip")
    files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.json"))
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name in (*names, *(name for name in files if name not in names)):
            archive.write(folder / name, name)
    return path


def read(path: Path, channel: str = "ops") -> ChatReading:
    return read_chats([SlackExport(path, channel)], Window())


def kinds(reading: ChatReading) -> list[NoticeKind]:
    return [item.kind for item in reading.sources[0].notices]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_without_its_directory_is_read_from_its_beginning(tmp_path: Path, compression: int) -> None:
    path = packed(slack_export(tmp_path / "export", {"ops": MESSAGES}), compression)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"PK\x01\x02")])

    reading = read(path)

    assert len(reading.evidence) == 30
    assert reading.evidence[0].author == "alice"
    assert kinds(reading) == [NoticeKind.TRUNCATED]


def test_of_the_file_in_which_a_zip_breaks_off_the_whole_messages_are_read(tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"ops": MESSAGES})
    path = packed(export, zipfile.ZIP_STORED, ["users.json", "channels.json", "ops/2025-10-27.json"])
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"message 17")])

    reading = read(path)

    assert [item.text for item in reading.evidence] == [f"message {number}" for number in range(17)]
    whole, part = (item.en for item in reading.sources[0].notices)
    assert whole == "export.zip: the end of the zip is missing; lost: everything from within ops/2025-10-27.json on"
    assert part.startswith("export.zip/ops/2025-10-27.json: breaks off after 17 messages; lost: the 45 characters")
    assert all(item.ja != item.en for item in reading.sources[0].notices)


def test_a_cut_zip_whose_lists_are_lost_is_read_by_its_folders(tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"ops": MESSAGES})
    path = packed(export, names=["ops/2025-10-27.json"])
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"channels.json") + 20])

    reading = read(path, "#ops")

    assert len(reading.evidence) == 30
    assert reading.evidence[0].author == "U1"


def test_a_zip_written_as_a_stream_is_read_without_its_directory(tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"ops": MESSAGES})
    path = tmp_path / "export.zip"
    with (
        path.open("wb") as file,
        zipfile.ZipFile(_Pipe(file), "w", zipfile.ZIP_DEFLATED) as archive,
    ):  # no seek: sizes follow
        for name in ("channels.json", "users.json", "ops/2025-10-27.json"):
            archive.writestr(name, (export / name).read_bytes())
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"PK\x01\x02")])

    assert len(read(path).evidence) == 30


class _Pipe(io.RawIOBase):
    """A file that cannot be gone back in, so that sizes follow the content."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        return self._file.write(data)


def test_a_zip_with_nothing_left_of_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 10)

    with pytest.raises(InputError, match=r"broken zip file \(.+\); download the export again"):
        read(path)


def with_spoilt_bytes(path: Path, compression: int) -> Path:
    """A zip whose directory is right, and whose one file is not."""
    content = json.dumps([{"id": f"C{number}", "name": f"channel-{number * 7919}"} for number in range(200)])
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("channels.json", content)
    data = bytearray(path.read_bytes())
    data[60:200] = bytes(byte ^ 0x5A for byte in data[60:200])
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_list_that_is_broken_in_the_zip_is_told_where_its_channel_is_missed(tmp_path: Path, compression: int) -> None:
    path = with_spoilt_bytes(tmp_path / "export.zip", compression)

    with pytest.raises(ChannelNotFound, match=r"no channel 'ops' .*; export\.zip/channels\.json: not read \(broken"):
        read(path)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'[\n{"id": "U1",}\n]', NoticeKind.NOT_READ),
        ('[{"id": "障害"}]'.encode("cp932"), NoticeKind.DAMAGED),
        (b"[" * 200_000, NoticeKind.NOT_READ),
        (b"[" + b"1" * 5000 + b"]", NoticeKind.DAMAGED),
        (b'[{"name": "has no id"}]', NoticeKind.DAMAGED),
        (b"[null, 5, []]", NoticeKind.DAMAGED),
        (b'{"ok": false}', NoticeKind.NOT_READ),
        (b'[{"id": "U1", "name": "alice"}, {"id": "U2", "na', NoticeKind.TRUNCATED),
    ],
)
def test_people_that_cannot_be_read_cost_no_message(tmp_path: Path, content: bytes, kind: NoticeKind) -> None:
    export = slack_export(tmp_path, {"ops": [message("API is down")]})
    (export / "users.json").write_bytes(content)

    reading = read(export)

    assert [item.text for item in reading.evidence] == ["API is down"]
    assert kinds(reading) == [kind]


@pytest.mark.parametrize("ts", ["", "yesterday", "1761542580.1234567", "-5.000000", "1e9", None, [], {}, True])
def test_a_message_without_a_time_is_counted(tmp_path: Path, ts: object) -> None:
    reading = read(slack_export(tmp_path, {"ops": [message("fine"), message("bad", ts=ts)]}))

    assert [item.text for item in reading.evidence] == ["fine"]
    assert reading.sources[0].skipped == {Skipped.NO_TIME: 1}


def test_a_ts_that_became_a_number_is_as_good(tmp_path: Path) -> None:
    reading = read(slack_export(tmp_path, {"ops": [message("fine", ts=1761542580.000123)]}))

    assert reading.evidence[0].raw.ts == "1761542580.000123"


@pytest.mark.parametrize(
    "fields",
    [
        {"edited": 5, "reactions": "many", "user_profile": [], "reply_count": -1},
        {"blocks": "none", "attachments": {"text": "x"}, "files": [1, None, []]},
        {"thread_ts": 5, "pinned_to": {}, "subtype": ["x"], "bot_id": {}},
        {"attachments": [{"fields": [1, {"title": [], "value": {}}], "blocks": 3, "actions": [None]}]},
    ],
)
def test_a_field_that_is_odd_costs_itself_alone(tmp_path: Path, fields: dict[str, object]) -> None:
    reading = read(slack_export(tmp_path, {"ops": [{**message("API is down"), **fields}]}))

    assert [item.text for item in reading.evidence] == ["API is down"]


def test_what_is_no_message_is_counted(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": []})
    write_json(export / "ops" / "2025-10-27.json", [message("API is down"), None, 5, "text", []])

    reading = read(export)

    assert reading.sources[0].skipped == {Skipped.UNREADABLE: 4}
    assert reading.sources[0].read == 5


def test_a_day_that_is_no_list_costs_no_other_day(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": [message("API is down")]})
    write_json(export / "ops" / "2025-10-28.json", {"ok": False, "error": "not_authed"})

    reading = read(export)

    assert len(reading.evidence) == 1
    assert [item.en for item in reading.sources[0].notices] == [
        f"{tmp_path.name}/ops/2025-10-28.json: not read (no JSON of messages)"
    ]


def test_a_channel_of_which_nothing_can_be_read_is_an_error_that_says_why(tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"ops": []})
    (export / "ops" / "2025-10-27.json").write_text("<html>Sign in</html>")

    with pytest.raises(InputError, match=r"no messages to draft from; .*; export/ops/2025-10-27\.json: not read"):
        read(export)


def test_bytes_that_are_no_text_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    export = slack_export(tmp_path, {"ops": [message("API is down")]})
    path = export / "ops" / "2025-10-27.json"
    path.write_bytes(path.read_bytes().replace(b"API is", b"API\xff is"))

    reading = read(export)

    assert reading.evidence[0].text == "API� is down"
    assert kinds(reading) == [NoticeKind.DAMAGED]


def test_messages_with_the_same_ts_count_once(tmp_path: Path) -> None:
    reading = read(slack_export(tmp_path, {"ops": [message("first"), message("second")]}))

    assert [item.text for item in reading.evidence] == ["first"]
    assert reading.sources[0].skipped == {Skipped.REPEATED: 1}


def test_nuls_vanish(tmp_path: Path) -> None:
    reading = read(slack_export(tmp_path, {"ops": [message("API\0 is\0 down")]}))

    assert reading.evidence[0].text == "API is down"


def test_blocks_nested_without_end_are_no_reason_to_fail(tmp_path: Path) -> None:
    block: dict[str, object] = {"type": "text", "text": "deep"}
    for _ in range(150):
        block = {"type": "section", "elements": [block]}

    reading = read(slack_export(tmp_path, {"ops": [message("", blocks=[block])]}))

    assert reading.evidence[0].text == "deep"


def test_a_zip_that_unpacks_to_far_more_than_it_holds_is_not_unpacked(tmp_path: Path) -> None:
    path = packed(slack_export(tmp_path / "export", {"ops": [message("API is down")]}))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ops/2025-10-28.json", b"[" + b" " * 50_000_000 + b"]")

    reading = read(path)

    assert len(reading.evidence) == 1
    assert [item.en for item in reading.sources[0].notices] == [
        "export.zip/ops/2025-10-28.json: not read (broken in the zip, or too large)"
    ]


def test_names_that_lead_out_of_a_zip_lead_nowhere(tmp_path: Path) -> None:
    path = packed(slack_export(tmp_path / "export", {"ops": [message("API is down")]}))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../../tmp/2025-10-28.json", json.dumps([message("elsewhere", "15:00:00")]))
    before = sorted(tmp_path.rglob("*"))

    reading = read(path)

    assert [item.text for item in reading.evidence] == ["API is down"]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"ops": [message("API is down")]})
    secret = write_json(tmp_path / "secret.json", [message("secret", "15:00:00")])
    (export / "ops" / "2025-10-28.json").symlink_to(secret)

    assert [item.text for item in read(export).evidence] == ["API is down"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders")
def test_links_to_nothing_and_pipes_in_an_export_are_told_and_cost_no_message(tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"ops": [message("API is down")]})
    (export / "ops" / "2025-10-28.json").symlink_to("gone.json")
    (export / "ops" / "2025-10-29.json").symlink_to("2025-10-29.json")
    os.mkfifo(export / "ops" / "2025-10-30.json")

    found = read(export)

    assert [item.text for item in found.evidence] == ["API is down"]
    assert sum(told.kind is NoticeKind.NOT_READ for told in found.sources[0].notices) == 3


def test_what_holds_no_messages_is_left_alone_and_said(tmp_path: Path) -> None:
    export = slack_export(tmp_path / "export", {"ops": [message("API is down")]})
    write_json(export / "integration_logs.json", [{"service_id": 1}])
    write_json(export / "canvases.json", [{"id": "F1"}])
    write_json(export / "ops" / "canvases.json", {"id": "F2"})

    reading = read(export)

    assert [item.en for item in reading.sources[0].notices] == [
        "export: left alone what holds no messages: canvases.json, integration_logs.json, ops/canvases.json"
    ]
    assert kinds(reading) == [NoticeKind.LEFT_ALONE]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_reading_or_an_error_of_ours(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    export = slack_export(tmp_path_factory.mktemp("any"), {"ops": [message("API is down")]})
    (export / "ops" / "2025-10-28.json").write_bytes(data)

    source = read(export).sources[0]

    assert source.read == source.used + sum(source.skipped.values())


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 2000), flip=st.integers(0, 2000), mask=st.integers(1, 255))
def test_any_damage_to_a_zip_gives_a_reading_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flip: int, mask: int
) -> None:
    path = packed(slack_export(tmp_path_factory.mktemp("any") / "export", {"ops": MESSAGES}))
    data = bytearray(path.read_bytes())
    data[flip % len(data)] ^= mask
    path.write_bytes(data[: len(data) - cut % len(data)])

    with suppress(PmdraftError):
        source = read(path).sources[0]
        assert source.read == source.used + sum(source.skipped.values())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["ts", "text", "type", "user", "blocks", "elements", "attachments", "files", "fields", "title",
                         "edited", "reactions", "thread_ts", "subtype", "url", "style", "room", "message_blocks"]),
        inner, max_size=6),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(JSON, max_size=5))
def test_any_json_is_messages_or_counted(values: list[object]) -> None:
    lost = Lost()

    found = read_messages(json.dumps(values).encode(), "x.json", lost)

    assert len(found) + lost.unread.total() == len(values)
