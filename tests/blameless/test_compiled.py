import re
from pathlib import Path

import pytest

from pmdraft.blameless import compiled as module
from pmdraft.blameless.compiled import compiled

LONG = "(?P<who>担当者|[a-z]{2,4})(?:" + "|".join(f"word{number}" for number in range(80)) + r")(?!\d)"
TEXT = "担当者word12 bobword7 aliceword3"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "_folder", lambda: tmp_path)
    return tmp_path


def found(pattern: re.Pattern[str]) -> list[tuple[str, str | None]]:
    return [(match.group(), match.lastgroup) for match in pattern.finditer(TEXT)]


def test_a_kept_pattern_finds_what_the_compiled_one_finds(cache: Path) -> None:
    first, second = compiled(LONG), compiled(LONG)

    assert len(list(cache.iterdir())) == 1
    assert first is not second
    assert found(first) == found(second) == found(re.compile(LONG))
    assert (second.groups, second.groupindex, second.flags) == (first.groups, first.groupindex, first.flags)


@pytest.mark.parametrize(
    "content", [b"", b"{}\n", b"\xff\n1234", b'{"flags": 32, "count": 1, "groups": {"who": 9}}\n1234']
)
def test_a_spoilt_cache_is_no_harm(cache: Path, content: bytes) -> None:
    compiled(LONG)
    (kept,) = cache.iterdir()
    kept.write_bytes(content)

    assert found(compiled(LONG)) == found(re.compile(LONG))


def test_a_cache_that_cannot_be_written_is_no_harm(cache: Path) -> None:
    cache.joinpath("file").write_text("no folder")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_folder", lambda: cache / "file")

        assert found(compiled(LONG)) == found(re.compile(LONG))


def test_a_broken_pattern_is_an_error_of_the_engine(cache: Path) -> None:
    with pytest.raises(re.error, match="missing"):
        compiled(LONG + "(")

    assert not list(cache.iterdir())
