"""Slack exports as files: where things lie in them, and what is wrong with those that are none."""

import zipfile
from pathlib import Path

import pytest

from pmdraft.errors import ChannelNotFound, InputError
from pmdraft.evidence import EvidenceKind
from pmdraft.ingest import gather
from pmdraft.ingest.slack_export import SlackArchive
from tests.builders import message, slack_export, write_json

DATA = Path(__file__).parent.parent / "data" / "slack"


def packed(folder: Path, prefix: str = "") -> Path:
    """The export in `folder` as a zip file beside it."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*.json")):
            archive.write(file, f"{prefix}{file.relative_to(folder).as_posix()}")
    return path


def texts(archive: SlackArchive, channel: str) -> list[str | None]:
    return [message.text for _, messages in archive.messages(archive.channel(channel)) for message in messages]


@pytest.mark.parametrize("asked", ["ops", "#ops", "C1"])
def test_a_channel_is_found_by_name_and_by_id(tmp_path: Path, asked: str) -> None:
    archive = SlackArchive(slack_export(tmp_path, {"ops": [], "general": []}))

    assert archive.channel(asked).id == "C1"


def test_a_zip_reads_as_its_folder_does(tmp_path: Path) -> None:
    folder = slack_export(tmp_path / "export", {"ops": [message("API is down")]})

    assert texts(SlackArchive(packed(folder)), "ops") == texts(SlackArchive(folder), "ops") == ["API is down"]


def test_a_folder_packed_around_the_export_does_not_matter(tmp_path: Path) -> None:
    folder = slack_export(tmp_path / "export", {"ops": [message("API is down")]})

    assert texts(SlackArchive(packed(folder, "Acme export/")), "ops") == ["API is down"]


def test_what_a_mac_adds_to_a_zip_is_left_alone(tmp_path: Path) -> None:
    path = packed(slack_export(tmp_path / "export", {"ops": [message("API is down")]}))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/channels.json", "\x00\x05\x16\x07")

    assert texts(SlackArchive(path), "ops") == ["API is down"]


def test_the_days_of_a_channel_come_in_order(tmp_path: Path) -> None:
    folder = slack_export(tmp_path, {"ops": [message("first day")]})
    write_json(folder / "ops" / "2025-10-28.json", [message("second day")])
    write_json(folder / "ops" / "2025-10-26.json", [message("day before")])

    assert texts(SlackArchive(folder), "ops") == ["day before", "first day", "second day"]


def test_a_channel_whose_name_begins_alike_is_another_channel(tmp_path: Path) -> None:
    folder = slack_export(tmp_path, {"ops": [message("ours")], "ops-random": [message("theirs")]})

    assert texts(SlackArchive(folder), "ops") == ["ours"]


def test_files_in_a_folder_of_a_channel_are_not_its_messages(tmp_path: Path) -> None:
    folder = slack_export(tmp_path, {"ops": [message("ours")]})
    write_json(folder / "ops" / "attachments" / "config.json", {"not": "messages"})

    assert texts(SlackArchive(folder), "ops") == ["ours"]


@pytest.mark.parametrize("listed_in", ["groups.json", "mpims.json", "dms.json"])
def test_private_channels_and_direct_messages_are_channels_too(tmp_path: Path, listed_in: str) -> None:
    folder = slack_export(tmp_path, {"ops": []})
    write_json(folder / listed_in, [{"id": "G7", "name": "war-room"}])

    assert SlackArchive(folder).channel("war-room").id == "G7"


def test_a_direct_message_has_no_name_and_lies_under_its_id(tmp_path: Path) -> None:
    folder = slack_export(tmp_path, {"ops": []})
    write_json(folder / "dms.json", [{"id": "D9", "name": None}])
    write_json(folder / "D9" / "2025-10-27.json", [message("between us")])

    assert texts(SlackArchive(folder), "D9") == ["between us"]


def test_the_users_of_a_grid_are_users(tmp_path: Path) -> None:
    folder = slack_export(tmp_path, {"ops": []})
    write_json(folder / "org_users.json", [{"id": "W5", "name": "grid.user"}])

    assert [user.id for user in SlackArchive(folder).users] == ["U1", "W5"]


@pytest.mark.parametrize(
    ("user", "handle"),
    [
        ({"name": "kt", "real_name": "Ken Tanaka", "profile": {"display_name": "ken"}}, "ken"),
        ({"name": "kt", "real_name": "Ken Tanaka", "profile": {"display_name": ""}}, "kt"),
        ({"real_name": "Ken Tanaka"}, "Ken Tanaka"),
        ({}, "U9"),
    ],
)
def test_the_handle_is_what_slack_shows_after_an_at_sign(tmp_path: Path, user: dict[str, object], handle: str) -> None:
    archive = SlackArchive(slack_export(tmp_path, {}, users=[{"id": "U9", **user}]))

    assert archive.users[0].handle == handle


@pytest.mark.parametrize("field", ["profile", "is_bot"])
def test_a_null_field_of_a_user_is_as_good_as_none(tmp_path: Path, field: str) -> None:
    archive = SlackArchive(slack_export(tmp_path, {}, users=[{"id": "U9", "name": "kt", field: None}]))

    assert archive.users[0].handle == "kt"


def test_a_missing_channel_is_answered_with_the_nearest_ones(tmp_path: Path) -> None:
    archive = SlackArchive(slack_export(tmp_path, {"inc-db-pool": [], "inc-api": [], "cats": []}))

    with pytest.raises(
        ChannelNotFound, match=r"no channel '#inc-db-pol' .*nearest: inc-db-pool.*\(3 channels in all\)"
    ):
        archive.channel("#inc-db-pol")


def test_a_channel_like_none_is_answered_with_some_that_there_are(tmp_path: Path) -> None:
    archive = SlackArchive(slack_export(tmp_path, {"d": [], "a": [], "c": [], "b": []}))

    with pytest.raises(ChannelNotFound, match=r"nearest: a, b, c \(4 channels in all\)"):
        archive.channel("障害対応")


def test_an_export_without_channels_says_so(tmp_path: Path) -> None:
    archive = SlackArchive(slack_export(tmp_path, {}))

    with pytest.raises(ChannelNotFound, match=r"nearest: none \(0 channels in all\)"):
        archive.channel("ops")


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.zip: no such file or folder; name the Slack export"):
        SlackArchive(tmp_path / "nowhere.zip")


def test_a_folder_that_is_no_export_is_told(tmp_path: Path) -> None:
    write_json(tmp_path / "package.json", {})

    with pytest.raises(InputError, match=r"no channels\.json or users\.json in it; is this a Slack export\?"):
        SlackArchive(tmp_path)


def test_a_zip_that_is_no_export_is_told(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("cat.txt", "meow")

    with pytest.raises(InputError, match=r"photos\.zip: no channels\.json or users\.json in it"):
        SlackArchive(path)


def test_a_file_that_is_no_zip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_text("<html>Sign in to Slack</html>", encoding="utf-8")

    with pytest.raises(InputError, match=r"export\.zip: broken zip file \(.+\); download the export again"):
        SlackArchive(path)


@pytest.mark.parametrize(
    ("name", "channel", "count"),
    [
        ("slack-export-viewer.zip", "enrique", 102),
        ("langchain.zip", "general", 2),
        ("slack-status-2019-08-23", "CCB7416E866", 9),
    ],
)
def test_every_message_of_a_real_export_is_read(name: str, channel: str, count: int) -> None:
    assert len(texts(SlackArchive(DATA / name), channel)) == count


def test_an_integration_that_is_named_only_where_it_was_added_is_known_by_that_name() -> None:
    incident = gather(files=[DATA / "slack-export-viewer.zip"])

    bots = {item.author for item in incident.evidence if item.kind is EvidenceKind.BOT_MESSAGE}
    assert bots == {"github"}
    assert {person.handle for person in incident.people if person.is_bot} == {"github"}


def test_an_export_without_any_messages_costs_nothing_of_the_rest(tmp_path: Path) -> None:
    empty = slack_export(tmp_path / "empty", {})
    write_json(empty / "channels.json", [{"id": f"C{number}", "name": f"team-{number}"} for number in range(20)])
    full = slack_export(tmp_path / "full", {"ops": [message("API is down")]})

    incident = gather(files=[empty, full])

    assert [item.text for item in incident.evidence] == ["API is down"]
    assert "no messages" in incident.sources[0].notices[0].en
