"""Text of no kind that pmdraft knows, kept as it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pmdraft.evidence import Assumed, Evidence, EvidenceKind, Origin, Source, SourceCount
from pmdraft.ingest.tally import Named, Tally
from pmdraft.ingest.textfile import TextFile
from pmdraft.language import Bilingual
from pmdraft.notices import NoticeKind, notice
from pmdraft.shown import visible

_LONGEST = 20_000
"""Characters of one text that are kept; a runbook fits, a book does not."""
_WHY = Bilingual("チャットでもアラートでもログでもない", "neither chat nor alerts nor a log")
_CUT = Bilingual(
    "{source}: 長いので先頭の {kept:,} 文字だけを残した",
    "{source}: is long; only its first {kept:,} characters are kept",
)


class KeptText(NamedTuple):
    """A text that is kept.

    Attributes:
        file: name of the file that it is from.
        text: what it says.
    """

    file: str
    text: str


def read_text(file: Named) -> tuple[KeptText, SourceCount]:
    """A file that is kept as it is, as far as it is not too long.

    Raises:
        InputError: it cannot be read.
    """
    tally = Tally(file.name, Source.NOTE)
    lines: list[str] = []
    left = _LONGEST
    with TextFile(file.path) as content:
        for line in content:
            lines.append(line[:left])
            left -= len(line) + 1
            if left <= 0:
                break
    tally.use()
    tally.notices.append(notice(NoticeKind.KEPT_AS_TEXT, source=file.name, why=_WHY))
    if left <= 0:
        tally.notices.append(notice(NoticeKind.TRUNCATED, _CUT, source=file.name, kept=_LONGEST))
    return KeptText(file.name, "\n".join(lines)), tally.count()


def noted(texts: Sequence[KeptText], at: datetime) -> list[Evidence]:
    """The texts as evidence, N1, N2, ...; no time was read from them, so they all stand at `at`."""
    return [
        Evidence(
            id=f"N{number}",
            source=Source.NOTE,
            kind=EvidenceKind.NOTE,
            at=at,
            author=kept.file,
            text=visible(kept.text[:_LONGEST]).strip(),
            raw=Origin(file=kept.file, assumed=(Assumed.TIME,)),
        )
        for number, kept in enumerate(texts, 1)
    ]
