"""What the documentation names is there."""

import re
from pathlib import Path

from pmdraft.notices import NoticeKind

ROOT = Path(__file__).parent.parent
SOURCES = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


def test_every_sample_that_the_table_of_sources_names_is_there() -> None:
    table = SOURCES.partition("## Samples")[2].partition("\n## ")[0]
    named = [name for name in re.findall(r"`([\w./-]+/[\w./-]+)`", table) if not name.startswith("tests/")]

    assert len(named) >= 10
    assert not [name for name in named if not (ROOT / "tests" / "data" / name).exists()]


def test_every_notice_about_sources_is_told() -> None:
    told = set(re.findall(r"`source\.([\w-]+)`", SOURCES))

    assert told == {kind.value.replace("_", "-") for kind in NoticeKind}
