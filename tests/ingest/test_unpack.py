"""Zip files that would do harm."""

import zipfile
from pathlib import Path

import pytest

from pmdraft.errors import InputError
from pmdraft.ingest import gather
from pmdraft.ingest.unpack import FreePaths

LINE = "2025-10-27T05:23:30Z ERROR pool\n"


def packed(path: Path, files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["../evil.log", "/etc/evil.log", "a/../../evil.log", "C:/evil.log", "..\\evil.log"])
def test_a_name_that_leads_out_is_told_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "x.zip", {"a.log": LINE, name: LINE})

    with pytest.raises(InputError, match=r"x\.zip: the name '.+' leads out of it"):
        gather(files=[path])
    assert not list(tmp_path.rglob("evil.log"))


def test_a_bomb_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"a.log": b"0" * 30_000_000})

    with pytest.raises(InputError, match=r"x\.zip: unpacks to 30,000,000 bytes in 1 files"):
        gather(files=[path])


def test_a_bomb_of_zips_in_a_zip_is_told(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"a.log": LINE * 300_000}).read_bytes()
    path = packed(tmp_path / "x.zip", {f"{number}.zip": inner for number in range(50)})

    with pytest.raises(InputError, match=r"x\.zip/\d+\.zip: unpacks to 9,600,000 bytes in 1 files"):
        gather(files=[path])


def test_too_many_files_are_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {f"{number}.log": "" for number in range(10_001)}, zipfile.ZIP_STORED)

    with pytest.raises(InputError, match=r"x\.zip: unpacks to 0 bytes in 10,001 files"):
        gather(files=[path])


def test_a_broken_zip_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"a.log": LINE * 1000}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[200:300] = b"x" * 100
    path.write_bytes(content)

    with pytest.raises(InputError, match=r"x\.zip: zip file that cannot be unpacked \(Bad CRC-32"):
        gather(files=[path])


def test_a_zip_in_a_zip_is_unpacked_too(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"a.log": LINE}).read_bytes()
    path = packed(tmp_path / "outer.zip", {"logs/inner.zip": inner})

    incident = gather(files=[path])

    assert [item.raw.file for item in incident.evidence] == ["outer.zip/logs/inner.zip/a.log"]


def test_names_from_japanese_windows_are_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"xx.log": LINE})
    path.write_bytes(path.read_bytes().replace(b"xx.log", "障".encode("cp932") + b".log"))

    assert [item.raw.file for item in gather(files=[path]).evidence] == ["x.zip/障.log"]


def test_an_error_about_a_file_in_a_zip_names_the_zip(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"web/a.log": "2025-10-27 14:23:30 ERROR pool\n"})

    with pytest.raises(InputError, match=rf"^{tmp_path}/x\.zip/web/a\.log:1: the time .* names no zone"):
        gather(files=[path])


def test_a_name_that_stands_a_thousand_times_is_looked_for_once_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []

    def exists(path: Path) -> bool:
        looks.append(path)
        return path in looks[:-1]

    monkeypatch.setattr(Path, "exists", exists)
    free = FreePaths()

    found = [free.for_path(tmp_path / "a.log") for _ in range(1000)]

    assert found[-1].name == "a-1000.log"
    assert len(set(found)) == 1000
    assert len(looks) < 3000


def test_links_that_lead_nowhere_cost_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(LINE, encoding="utf-8")
    (tmp_path / "dead.log").symlink_to("gone")
    (tmp_path / "round").symlink_to("round")

    assert len(gather(files=[tmp_path]).evidence) == 1
