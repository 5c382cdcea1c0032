"""Files that are read whole are read up to a size, as a path may lead to something without an end."""

import errno
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from pmdraft.blameless.roster import names_from_option
from pmdraft.blameless.rules import from_files
from pmdraft.errors import InputError
from pmdraft.ingest.alert_mapping import read_mapping
from pmdraft.llm.prices import read_prices
from pmdraft.project_file import project_table
from pmdraft.reading import read_bytes, read_stream, read_text
from pmdraft.sections import read_sections


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


def test_a_mark_of_the_byte_order_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "names.json"
    path.write_bytes(b'\xef\xbb\xbf["dana"]')

    assert names_from_option(str(path)) == ("dana",)


@pytest.mark.parametrize("content", ["x = " + "[" * 20_000, "x = " + "9" * 5_000, 'x = "\ud800"'])
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("rules.toml", lambda path: from_files([path])),
        ("prices.toml", read_prices),
        ("mapping.toml", read_mapping),
        ("sections.toml", lambda path: read_sections(path.parent)),
        (".pmdraft.toml", lambda path: project_table(path.parent, "check")),
    ],
)
def test_toml_that_cannot_be_read_is_one_clear_error(
    tmp_path: Path, name: str, read: Callable[[Path], object], content: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", errors="surrogatepass")

    with pytest.raises(InputError, match=name):
        read(path)


def test_names_in_json_that_cannot_be_read_are_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "names.json"
    path.write_text(f'["dana", {"9" * 5_000}]', encoding="utf-8")

    with pytest.raises(InputError, match="not JSON"):
        names_from_option(str(path))
