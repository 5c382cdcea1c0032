"""Text files of any compression and encoding, whole and damaged."""

import bz2
import gzip
import lzma
import os
import threading
import tracemalloc
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdraft.errors import InputError
from pmdraft.ingest.compression import CHUNK, Compression
from pmdraft.ingest.textfile import LONGEST_LINE, TextFile, TextReport

COMPRESS: dict[Compression, Callable[[bytes], bytes]] = {
    Compression.NONE: bytes,
    Compression.GZIP: gzip.compress,
    Compression.ZSTD: zstd.compress,
    Compression.BZIP2: bz2.compress,
    Compression.XZ: partial(lzma.compress, preset=0),
}
JAPANESE = "14:23 接続プールが枯渇しました。タイムアウト\n再起動で復旧を確認"


def read(folder: Path, content: bytes) -> tuple[list[str], TextReport]:
    """The lines of a file with this content, and what was met."""
    path = folder / "file"
    path.write_bytes(content)
    with TextFile(path) as text:
        lines = list(text)
    return lines, text.report


@pytest.mark.parametrize("compression", Compression)
def test_compression_is_told_by_content(tmp_path: Path, compression: Compression) -> None:
    lines, report = read(tmp_path, COMPRESS[compression](b"one\ntwo\n"))

    assert lines == ["one", "two"]
    assert (report.compression, report.loss) == (compression, None)


@pytest.mark.parametrize("compression", [c for c in Compression if c is not Compression.NONE])
def test_parts_that_were_compressed_one_after_another_are_all_read(tmp_path: Path, compression: Compression) -> None:
    compress = COMPRESS[compression]

    lines, report = read(tmp_path, compress(b"one\n") + compress(b"two\n"))

    assert lines == ["one", "two"]
    assert report.loss is None


@pytest.mark.parametrize("compression", [c for c in Compression if c is not Compression.NONE])
def test_a_file_that_ends_early_gives_what_it_holds_and_says_so(tmp_path: Path, compression: Compression) -> None:
    content = b"".join(b"%s\n" % sha256(b"%d" % number).hexdigest().encode() for number in range(30_000))
    data = COMPRESS[compression](content)

    lines, report = read(tmp_path, data[: len(data) // 2])

    assert report.loss is not None
    assert report.loss.truncated
    assert 0 < report.loss.salvaged < len(content)
    assert content.startswith("\n".join(lines).encode())
    assert len("\n".join(lines)) >= report.loss.salvaged - 1


@pytest.mark.parametrize("compression", [Compression.GZIP, Compression.ZSTD])
def test_a_file_that_is_damaged_gives_what_comes_before_and_says_how_much_does_not(
    tmp_path: Path, compression: Compression
) -> None:
    lines, report = read(tmp_path, COMPRESS[compression](b"one\ntwo\n") + b"damaged " * 500_000)

    assert lines == ["one", "two"]
    assert report.loss is not None
    assert (report.loss.truncated, report.loss.salvaged) == (False, 8)
    assert 3_800_000 < report.loss.unread <= 4_000_000


@pytest.mark.parametrize("head", [b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ\x00"])
def test_a_compressed_file_of_which_nothing_can_be_read_is_told(tmp_path: Path, head: bytes) -> None:
    with pytest.raises(InputError, match=r"file: \w+ file of which nothing can be read; get it again"):
        read(tmp_path, head + b"\x01garbage garbage garbage")


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp932", "cp932"),
        ("euc_jp", "euc_jp"),
    ],
)
def test_encodings_of_japanese_are_told_apart(tmp_path: Path, encoding: str, expected: str) -> None:
    lines, report = read(tmp_path, JAPANESE.encode(encoding))

    assert "\n".join(lines) == JAPANESE
    assert (report.encoding, report.replaced, report.nuls) == (expected, 0, 0)


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_an_encoding_is_told_by_the_first_text_that_is_not_ascii_however_late(tmp_path: Path, encoding: str) -> None:
    english = "all well\n" * (CHUNK // 9 * 2)

    lines, report = read(tmp_path, (english + JAPANESE).encode(encoding))

    assert "\n".join(lines[-2:]) == JAPANESE
    assert report.encoding == encoding


def test_a_line_in_another_encoding_than_the_rest_is_read_too(tmp_path: Path) -> None:
    lines, report = read(tmp_path, "接続\n".encode() * 3 + "接続が切れました\n".encode("cp932"))

    assert lines == ["接続"] * 3 + ["接続が切れました"]
    assert (report.encoding, report.replaced) == ("utf-8", 0)


def test_bytes_that_are_no_text_are_replaced_and_counted(tmp_path: Path) -> None:
    lines, report = read(tmp_path, b"caf\xe9 \xff\n" + "held \ufffd 枯渇\n".encode() * 3)

    assert lines == ["caf\ufffd \ufffd"] + ["held \ufffd 枯渇"] * 3
    assert report.replaced == 2


def test_nuls_are_dropped_and_counted(tmp_path: Path) -> None:
    lines, report = read(tmp_path, bytes(5_000_000) + b"first\nsec\0ond\n")

    assert lines == ["first", "second"]
    assert (report.nuls, report.cut) == (5_000_001, 0)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(tmp_path: Path, end: str) -> None:
    lines, _ = read(tmp_path, end.join(["one", "", "two", ""]).encode())

    assert lines == ["one", "", "two"]


def test_an_end_of_line_may_be_split_between_chunks(tmp_path: Path) -> None:
    lines, _ = read(tmp_path, b"x" * (CHUNK - 1) + b"\r\ny\r\n")

    assert [len(line) for line in lines] == [CHUNK - 1, 1]


@pytest.mark.parametrize("before", [0, 100, CHUNK - 1])
def test_an_endless_line_is_cut_and_counted(tmp_path: Path, before: int) -> None:
    first = b"f" * before

    lines, report = read(tmp_path, first + b"\n" + b"x" * 10_000_000 + b"\nlast\n")

    assert [len(line) for line in lines] == [before, LONGEST_LINE, 4]
    assert report.cut == 1


def test_a_line_at_the_bound_is_whole(tmp_path: Path) -> None:
    lines, report = read(tmp_path, b"ab\n" + b"x" * LONGEST_LINE + b"\n" + b"y" * LONGEST_LINE)

    assert [len(line) for line in lines] == [2, LONGEST_LINE, LONGEST_LINE]
    assert report.cut == 0


@pytest.mark.parametrize("compression", [c for c in Compression if c is not Compression.NONE])
def test_a_bomb_does_not_fill_the_memory(tmp_path: Path, compression: Compression) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(COMPRESS[compression](b"x" * 50_000_000))

    tracemalloc.start()
    with TextFile(path) as text:
        lengths = [len(line) for line in text]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert lengths == [LONGEST_LINE]
    assert peak < 30_000_000


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    assert read(tmp_path, b"")[0] == []


def test_a_pipe_can_be_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(gzip.compress(b"one\ntwo\n"),))
    writer.start()

    with TextFile(pipe, lambda *_: None) as text:
        lines = list(text)
    writer.join()

    assert lines == ["one", "two"]


def test_progress_is_told_in_bytes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"line\n" * 1_000_000)
    told: list[tuple[int, int]] = []

    with TextFile(path, lambda done, size: told.append((done, size))) as text:
        lines = sum(1 for _ in text)

    assert lines == 1_000_000
    assert told[-1] == (5_000_000, 5_000_000)
    assert len(told) >= 4
    assert told == sorted(told)


@pytest.mark.parametrize(("name", "why"), [("gone", "No such file"), (".", "Is a directory"), ("a\0b", "null byte")])
def test_what_cannot_be_opened_is_told(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(InputError, match=rf"cannot be read \(.*{why}.*\); check the path"):
        TextFile(tmp_path / name)


@settings(deadline=None)
@given(content=st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_lines_without_ends_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    try:
        lines, report = read(tmp_path_factory.getbasetemp(), content)
    except InputError:
        return

    assert not any(mark in line for line in lines for mark in "\r\n\0")
    assert report.cut == 0


@settings(deadline=None)
@given(text=st.text(st.characters(exclude_characters="\r\0\ufffd\ufeff", codec="utf-8"), min_size=1, max_size=200))
def test_any_text_in_utf8_is_read_as_it_is(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    lines, report = read(tmp_path_factory.getbasetemp(), b"\xef\xbb\xbf# log\n" + text.encode())

    assert "\n".join(lines) == "# log\n" + text.removesuffix("\n")
    assert report.replaced == 0
