"""Files that are read whole are read up to a size, as a path may lead to something without an end."""

import errno
from io import BytesIO
from pathlib import Path

import pytest

from pmdraft.reading import read_bytes, read_stream, read_text


class Endless(BytesIO):
    """A stream that never ends, and counts what was taken of it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size > 0, "all of it was asked for"
        self.taken += size
        return bytes(size)


def test_what_has_no_end_is_given_up_at_the_limit() -> None:
    stream = Endless()

    with pytest.raises(OSError, match="more than 3 MB") as raised:
        read_stream(stream, 3 * 1024**2)
    assert raised.value.errno == errno.EFBIG
    assert stream.taken <= 4 * 1024**2


def test_a_file_of_just_that_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "whole"
    path.write_bytes(b"x" * 2_000_000)

    assert len(read_bytes(path, 2_000_000)) == 2_000_000
    with pytest.raises(OSError, match="more than 1 MB"):
        read_bytes(path, 1_999_999)


def test_text_has_one_kind_of_line_end(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes("一\r\n二\r三\n".encode())

    assert read_text(path) == "一\n二\n三\n"
