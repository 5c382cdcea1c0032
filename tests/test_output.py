"""Files are written whole or not at all, and replaced only when that was asked for."""

import os
import threading
from pathlib import Path

import pytest

from pmdraft.errors import InputError, OutputExists
from pmdraft.output import check_free, write_whole


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_is_written_as_utf_8_with_plain_newlines(tmp_path: Path) -> None:
    write_whole(tmp_path / "draft.md", "# 障害\n本文\n", force=False)

    assert (tmp_path / "draft.md").read_bytes() == "# 障害\n本文\n".encode()
    assert names(tmp_path) == ["draft.md"]


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(
        OutputExists, match=r"draft\.md: is there already; name another file, or replace it with --force"
    ):
        write_whole(path, "new", force=False)
    assert path.read_text(encoding="utf-8") == "mine"


def test_force_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text("mine, and longer", encoding="utf-8")

    write_whole(path, "new", force=True)

    assert path.read_text(encoding="utf-8") == "new"


def test_a_reader_of_the_old_file_never_sees_half_of_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text("old", encoding="utf-8")

    with path.open(encoding="utf-8") as reader:
        write_whole(path, "new", force=True)

        assert reader.read() == "old"


def test_a_new_file_has_the_rights_of_any_other(tmp_path: Path) -> None:
    usual = tmp_path / "usual.md"
    usual.write_text("", encoding="utf-8")

    write_whole(tmp_path / "draft.md", "", force=False)

    assert (tmp_path / "draft.md").stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_is_told(tmp_path: Path, force: bool) -> None:
    with pytest.raises(InputError, match=r": is a folder; name a file"):
        write_whole(tmp_path, "x", force=force)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"draft\.md: there is no folder .*reports; make it first"):
        write_whole(tmp_path / "reports" / "draft.md", "x", force=True)


def test_a_name_as_long_as_the_disk_takes_is_written(tmp_path: Path) -> None:
    write_whole(tmp_path / ("x" * 250), "x", force=False)

    assert names(tmp_path) == ["x" * 250]


def test_a_private_file_stays_private_and_a_link_a_link(tmp_path: Path) -> None:
    private, link = tmp_path / "private.md", tmp_path / "link.md"
    private.write_text("old", encoding="utf-8")
    private.chmod(0o600)
    link.symlink_to(private)

    write_whole(link, "new", force=True)

    assert link.is_symlink()
    assert private.read_text(encoding="utf-8") == "new"
    assert private.stat().st_mode & 0o777 == 0o600


def test_a_link_that_leads_nowhere_is_not_replaced_unasked(tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(tmp_path / "gone.md")

    with pytest.raises(OutputExists, match="--force"):
        write_whole(link, "new", force=False)


def test_a_name_too_long_to_look_for_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="File name too long"):
        check_free([tmp_path / ("x" * 300)], force=False)


def test_text_that_cannot_be_encoded_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises((InputError, UnicodeEncodeError), match=r"."):
        write_whole(tmp_path / "draft.md", "fire \ud83d", force=False)
    assert names(tmp_path) == []


def test_files_are_checked_before_a_run_and_none_is_made(tmp_path: Path) -> None:
    check_free([tmp_path / "draft.md", tmp_path / "draft.json"], force=False)

    assert names(tmp_path) == []


def test_one_file_in_the_way_is_enough(tmp_path: Path) -> None:
    (tmp_path / "draft.json").write_text("{}", encoding="utf-8")

    with pytest.raises(OutputExists, match=r"draft\.json: is there already"):
        check_free([tmp_path / "draft.md", tmp_path / "draft.json"], force=False)


def test_with_force_a_file_in_the_way_is_none(tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("mine", encoding="utf-8")

    check_free([tmp_path / "draft.md"], force=True)

    assert (tmp_path / "draft.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_written_into_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()

    write_whole(pipe, "draft", force=True)
    reader.join(10)

    assert pipe.is_fifo()
    assert read == ["draft"]
