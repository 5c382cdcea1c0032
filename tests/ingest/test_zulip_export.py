"""An organisation's export from Zulip, as a folder, a zip or a tar."""

import json
import shutil
import tarfile
from pathlib import Path

import pytest

from pmdraft.errors import ChannelNotFound, InputError
from pmdraft.ingest import gather
from tests.builders import write_json

SAMPLE = Path(__file__).parent.parent / "data" / "zulip"


def test_a_sample_is_read_with_its_people_topics_and_times() -> None:
    incident = gather(files=[SAMPLE])

    assert [(item.author, item.channel, item.text, item.reactions) for item in incident.evidence] == [
        ("Alice", "incidents > API down", "API is down: 502s", 2),
        ("田中 太郎", "incidents > API down", "プールが枯渇しています", 0),
        ("Bob (left)", "general > lunch", "noodles?", 0),
        ("Alice", "incidents > API down", "Rolled back, errors are gone", 0),
    ]
    assert incident.timezone == "Asia/Tokyo"
    assert incident.evidence[1].edited is not None
    assert [notice.en for source in incident.sources for notice in source.notices] == [
        "zulip: 1 direct messages left alone; --channel 'direct messages' takes them"
    ]


@pytest.mark.parametrize("name", ["incidents", "#incidents", "API down", "incidents > API down"])
def test_a_stream_or_a_topic_can_be_named(name: str) -> None:
    assert len(gather(files=[SAMPLE], channels=[name]).evidence) == 3


def test_one_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(ChannelNotFound, match=r"no stream or topic 'incident' in this export; nearest: incidents"):
        gather(files=[SAMPLE], channels=["incident"])


def test_of_many_topics_some_must_be_named(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "realm.json", tmp_path)
    messages = [
        {"id": n, "sender": 11, "recipient": 1000, "subject": f"t{n}", "content": "x", "date_sent": 1761542580 + n}
        for n in range(11)
    ]
    write_json(tmp_path / "messages-000001.json", {"zerver_message": messages})

    with pytest.raises(InputError, match=r"11 topics; say which .* streams with their topics: incidents \(11\)"):
        gather(files=[tmp_path])
    assert len(gather(files=[tmp_path], channels=["t3", "t4"]).channels) == 2


def test_damage_in_a_file_of_messages_costs_the_message_alone(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "realm.json", tmp_path)
    text = (SAMPLE / "messages-000001.json").read_text(encoding="utf-8")
    (tmp_path / "messages-000001.json").write_text(text.replace('"subject": "lunch",', '"subject: "lunch",'))

    incident = gather(files=[tmp_path])

    assert "noodles?" not in {item.text for item in incident.evidence}
    assert len(incident.evidence) == 3
    assert "damaged in its midst" in incident.sources[0].notices[0].en


def test_a_tar_reads_as_its_folder_does(tmp_path: Path) -> None:
    path = tmp_path / "export.tar.gz"
    with tarfile.open(path, "w:gz") as packed:
        packed.add(SAMPLE, "zulip-export")

    read = gather(files=[path])

    assert [item.text for item in read.evidence] == [item.text for item in gather(files=[SAMPLE]).evidence]


@pytest.mark.parametrize("name", ["../evil.log", "/etc/evil.log"])
def test_a_tar_with_a_name_that_leads_out_is_told(tmp_path: Path, name: str) -> None:
    path, log = tmp_path / "x.tar", tmp_path / "a.log"
    log.write_text(json.dumps("x"))
    with tarfile.open(path, "w") as packed:
        packed.add(log, filter=lambda member: member.replace(name=name, deep=False))

    with pytest.raises(InputError, match=r"x\.tar: the name '.+' leads out of it"):
        gather(files=[path])


def test_a_tar_that_unpacks_to_far_too_much_is_told(tmp_path: Path) -> None:
    path, log = tmp_path / "x.tar.gz", tmp_path / "a.log"
    log.write_bytes(b"0" * 30_000_000)
    with tarfile.open(path, "w:gz") as packed:
        packed.add(log, "a.log")

    with pytest.raises(InputError, match=r"x\.tar\.gz: unpacks to too much"):
        gather(files=[path])
