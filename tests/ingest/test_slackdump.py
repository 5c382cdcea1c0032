"""slackdump's archives: whole, damaged, and those that nobody's slackdump wrote."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdraft.errors import ChannelNotFound, PmdraftError
from pmdraft.evidence import Skipped
from pmdraft.ingest.chat import ChatOptions
from pmdraft.ingest.chat_forms import chat_form
from pmdraft.ingest.chat_reading import ChatReading, read_chats
from pmdraft.ingest.window import Window
from pmdraft.notices import NoticeKind
from tests.builders import message

# The tables as slackdump makes them, as far as they are read.
SCHEMA = """
CREATE TABLE CHUNK (ID INTEGER PRIMARY KEY, TYPE_ID SMALLINT NOT NULL);
CREATE TABLE MESSAGE (ID INTEGER NOT NULL, CHUNK_ID INTEGER NOT NULL, CHANNEL_ID TEXT NOT NULL, TS TEXT NOT NULL,
    TXT TEXT, DATA BLOB NOT NULL, PRIMARY KEY (ID, CHUNK_ID));
CREATE INDEX MESSAGE_I1 ON MESSAGE (CHANNEL_ID, CHUNK_ID);
CREATE TABLE CHANNEL (ID TEXT NOT NULL, CHUNK_ID INTEGER NOT NULL, NAME TEXT, DATA BLOB NOT NULL,
    PRIMARY KEY (ID, CHUNK_ID));
CREATE TABLE S_USER (ID TEXT NOT NULL, CHUNK_ID INTEGER NOT NULL, USERNAME TEXT NOT NULL, DATA BLOB NOT NULL,
    PRIMARY KEY (ID, CHUNK_ID));
CREATE TABLE WORKSPACE (ID INTEGER PRIMARY KEY, CHUNK_ID INTEGER NOT NULL, URL TEXT NOT NULL, DATA BLOB NOT NULL);
"""


def archive(
    folder: Path,
    messages: Sequence[dict[str, object]],
    *,
    more: Sequence[tuple[str, dict[str, object]]] = (),
    channels: Sequence[Mapping[str, object]] = ({"id": "C1", "name": "ops"},),
) -> Path:
    """An archive with messages of C1, and `more` of other channels."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "slackdump.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SCHEMA)
        rows = [("C1", item) for item in messages] + list(more)
        for chunk, (channel, item) in enumerate(rows, 1):
            ts = str(item.get("ts"))
            number = int(ts.replace(".", "")) if ts.replace(".", "").isdigit() else chunk
            row = (number, chunk, channel, ts, item.get("text"), json.dumps(item).encode())
            connection.execute("INSERT INTO MESSAGE VALUES (?, ?, ?, ?, ?, ?)", row)
        for channel_data in channels:
            data = json.dumps(channel_data).encode()
            listed = (channel_data["id"], 1, channel_data.get("name"), data)
            connection.execute("INSERT INTO CHANNEL VALUES (?, ?, ?, ?)", listed)
        user = {"id": "U1", "name": "alice", "tz": "Asia/Tokyo"}
        connection.execute("INSERT INTO S_USER VALUES (?, ?, ?, ?)", ("U1", 1, "alice", json.dumps(user).encode()))
        connection.execute("INSERT INTO WORKSPACE VALUES (1, 1, 'https://acme.slack.com/', '{}')")
    return path


def read(path: Path, *channels: str) -> ChatReading:
    form = chat_form(path, "")
    assert form
    assert form.name == "slackdump archive"
    return read_chats(form.sources(path, ChatOptions(channels=channels)), Window())


@pytest.mark.parametrize("whole_folder", [True, False])
def test_the_messages_of_an_archive_are_read(tmp_path: Path, whole_folder: bool) -> None:
    parent = message("API is down <#C2>")
    reply = message("on it", "14:24:00", thread_ts=parent["ts"])
    other = ("C2", message("elsewhere"))
    channels = [{"id": "C1", "name": "ops"}, {"id": "C2", "name": "dev"}]
    path = archive(tmp_path / "dump", [parent, reply], more=[other], channels=channels)

    reading = read(path.parent if whole_folder else path, "#ops")

    assert [(item.author, item.text, item.thread) for item in reading.evidence] == [
        ("alice", "API is down #dev", None),
        ("alice", "on it", "S1"),
    ]
    assert reading.evidence[0].permalink == "https://acme.slack.com/archives/C1/p1761542580000000"
    assert reading.zones == {"Asia/Tokyo": 2}


def test_of_a_message_that_is_there_twice_the_last_version_counts(tmp_path: Path) -> None:
    before, after = message("API is slow"), message("API is down", edited={"ts": "1761542700.000000"})

    reading = read(archive(tmp_path, [before, after, message("on it", "14:24:00")]))

    assert [item.text for item in reading.evidence] == ["API is down", "on it"]
    assert reading.sources[0].skipped == {Skipped.REPEATED: 1}


def test_the_only_channel_need_not_be_named(tmp_path: Path) -> None:
    assert read(archive(tmp_path, [message("API is down")])).channels[0].title == "#ops"


def test_a_few_channels_that_are_not_named_are_all_taken(tmp_path: Path) -> None:
    path = archive(tmp_path, [message("x")], more=[("C2", message("y", "14:24:00"))])

    reading = read(path)

    assert [(item.channel, item.text) for item in reading.evidence] == [("ops", "x"), ("C2", "y")]


def test_a_channel_that_is_not_there_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ChannelNotFound, match=r"no channel 'opz' in this archive; nearest: ops \(1 channel in all\)"):
        read(archive(tmp_path, [message("x")]), "opz")


def test_data_that_is_no_message_is_counted(tmp_path: Path) -> None:
    path = archive(tmp_path, [message("x"), {"text": "no time"}])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO MESSAGE VALUES (7, 7, 'C1', '7', '', ?)", (b"{not json",))
        connection.execute("INSERT INTO MESSAGE VALUES (8, 8, 'C1', '8', '', 5)")

    reading = read(path)

    assert reading.sources[0].skipped == {Skipped.NO_TIME: 1, Skipped.UNREADABLE: 2}


def test_what_was_written_last_and_stands_in_a_file_beside_it_is_read_too(tmp_path: Path) -> None:
    path = archive(tmp_path, [message("x")])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        late = message("y", "14:24:00")
        row = (9, 9, "C1", late["ts"], "y", json.dumps(late).encode())
        connection.execute("INSERT INTO MESSAGE VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.commit()

        assert [item.text for item in read(path).evidence] == ["x", "y"]


MANY = [message(f"message {number} {'x' * 400}", f"14:{number // 60:02}:{number % 60:02}") for number in range(300)]


def test_an_archive_that_was_cut_off_gives_what_is_there_and_says_how_much_is_missing(tmp_path: Path) -> None:
    path = archive(tmp_path, MANY)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 5])

    reading = read(path)

    assert 50 < len(reading.evidence) < 300
    told = reading.sources[0].notices[0]
    assert told.kind is NoticeKind.TRUNCATED
    assert f"({len(data) * 3 // 5} of {len(data)} bytes are there); {len(reading.evidence)} messages" in told.en


def test_pages_beyond_a_spoilt_one_are_read(tmp_path: Path) -> None:
    path = archive(tmp_path, MANY)
    data = bytearray(path.read_bytes())
    middle = data.index(b"message 150 ") // 4096 * 4096
    data[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(data)

    texts = [item.text.split()[1] for item in read(path).evidence]

    assert "0" in texts
    assert "299" in texts
    assert "150" not in texts
    assert len(texts) > 200


def test_a_database_of_something_else_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER)")

    assert chat_form(path, "") is None


def test_what_only_looks_like_a_table_is_not_run(tmp_path: Path) -> None:
    path = tmp_path / "slackdump.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE CHUNK (ID INTEGER)")
        connection.execute(
            "CREATE VIEW MESSAGE AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT i AS rowid, 'C1' AS CHANNEL_ID, '{}' AS DATA FROM n"
        )

    assert chat_form(path, "") is None


def test_an_archive_is_not_written_to(tmp_path: Path) -> None:
    path = archive(tmp_path, [message("x")])
    before = path.read_bytes()

    read(path)

    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["slackdump.sqlite"]


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 20_000), flips=st.lists(st.tuples(st.integers(0, 50_000), st.integers(1, 255)), max_size=8))
def test_any_damage_gives_a_reading_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flips: list[tuple[int, int]]
) -> None:
    path = archive(tmp_path_factory.mktemp("any"), MANY[:60])
    data = bytearray(path.read_bytes())
    for place, mask in flips:
        data[place % len(data)] ^= mask
    path.write_bytes(data[: max(1, len(data) - cut)])

    with suppress(PmdraftError):
        form = chat_form(path, "")
        source = read_chats(form.sources(path, ChatOptions()), Window()).sources[0] if form else None
        assert source is None or source.read == source.used + sum(source.skipped.values())
