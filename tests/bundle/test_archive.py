"""A zip of which every byte counts, and strangers' zips that do no harm."""

import hashlib
import random
import subprocess
import warnings
import zipfile
from pathlib import Path

import pytest

from pmdraft.bundle.archive import SUMS, Archive, pack
from pmdraft.errors import InputError
from tests.bundle.kept import zipped

SMALL = {"bundle.json": b"{}\n", "prompts/timeline/task.md.j2": "時系列\n".encode(), "empty.json": b""}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "run.zip"
    path.write_bytes(pack(SMALL))
    return path


def test_the_same_content_is_the_same_bytes_whatever_its_order() -> None:
    assert pack(SMALL) == pack(dict(reversed(SMALL.items())))


def test_the_bytes_are_the_same_on_every_python() -> None:
    digest = hashlib.sha256(pack({"a": b"1", "b/c": b"2"})).hexdigest()

    assert digest == "72b0f6602d8c84b89cd3a1f7587a8a6b20ccced58e80d97c5b4e556c86d95650"


def test_what_was_packed_is_read(file: Path) -> None:
    archive = Archive(file)

    assert {name: data for name, data in archive.members.items() if name != SUMS} == SMALL
    assert list(archive.changed()) == []
    assert archive.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_hashes_are_in_the_form_that_sha256sum_checks(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "out")

    command = ["sha256sum", "--check", "--strict", SUMS]
    done = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, check=False)

    assert done.returncode == 0


@pytest.mark.parametrize("bit", [0, 5])
def test_any_byte_that_was_changed_is_told_with_its_place(file: Path, bit: int) -> None:
    whole = file.read_bytes()
    silent = []
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :])
        try:
            told = list(Archive(file).changed())
        except InputError as error:
            told = [("zip", str(error))]
        if not told or not all(where and what for where, what in told):
            silent.append(place)

    assert silent == []


def test_a_byte_that_was_changed_in_a_member_names_the_member(file: Path) -> None:
    whole = file.read_bytes()
    place = whole.index("時系列".encode())
    file.write_bytes(whole[:place] + b"\xe7" + whole[place + 1 :])

    assert [where for where, _ in Archive(file).changed()] == ["prompts/timeline/task.md.j2"]


@pytest.mark.parametrize("length", [0, 1, 50, 300])
def test_a_zip_that_was_cut_is_one_line(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])

    with pytest.raises(InputError, match=r"run\.zip: (?:a broken zip|no bundle)") as raised:
        Archive(file)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("more", [b"x", b"PK\x05\x06"])
def test_bytes_behind_or_before_it_are_told(file: Path, more: bytes) -> None:
    whole = file.read_bytes()

    for content in (whole + more, more + whole):
        file.write_bytes(content)
        try:
            told = list(Archive(file).changed())
        except InputError:
            continue
        assert told


def test_members_that_are_missing_or_added_are_told(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries.pop("empty.json")
    file.write_bytes(zipped({**entries, "more.txt": b"x"}))

    told = dict(Archive(file).changed())

    assert told["empty.json"] == "is missing; SHA256SUMS has it"
    assert told["more.txt"] == "was added"


def test_a_bundle_without_hashes_says_so(file: Path) -> None:
    file.write_bytes(zipped(SMALL))

    assert dict(Archive(file).changed()) == {SUMS: "is missing, and with it the hashes of everything else"}


# Strangers' zips.


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/passwd", "a/../../b", "a//b", "C:\\x", "a\\b", "x" * 300, "./a", "a/.", "名", "a b", "\n"]
)
def test_names_that_lead_elsewhere_are_refused(file: Path, name: str) -> None:
    file.write_bytes(zipped({name: b"x"}))

    with pytest.raises(InputError, match="has no business in a bundle"):
        Archive(file)


def test_a_bomb_is_refused_before_it_goes_off(file: Path) -> None:
    file.write_bytes(zipped({"a": bytes(50_000_000)}, zipfile.ZIP_DEFLATED))

    with pytest.raises(InputError, match="holds more than its size allows"):
        Archive(file)


def test_what_is_compressed_is_no_bundle(file: Path) -> None:
    file.write_bytes(zipped({"a": random.Random(1).randbytes(1000)}, zipfile.ZIP_DEFLATED))  # noqa: S311 - no secret

    with pytest.raises(InputError, match=r"is compressed or encrypted|holds more"):
        Archive(file)


def test_a_name_that_stands_twice_is_refused(file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a", b"1")
            archive.writestr("a", b"2")

    with pytest.raises(InputError, match="has no business"):
        Archive(file)


def test_thousands_of_members_are_refused(file: Path) -> None:
    file.write_bytes(zipped({f"m{number}": b"" for number in range(3000)}))

    with pytest.raises(InputError, match="holds more than"):
        Archive(file)


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.zip: cannot be read \(No such file or directory\); check the path"):
        Archive(tmp_path / "no.zip")
