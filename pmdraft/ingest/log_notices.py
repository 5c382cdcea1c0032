"""What a reader should know about how a log was read."""

from collections import Counter
from collections.abc import Iterator

from pmdraft.evidence import Assumed
from pmdraft.ingest.compression import Loss
from pmdraft.ingest.log_clock import Written
from pmdraft.ingest.log_documents import UnreadJson
from pmdraft.ingest.textfile import LONGEST_LINE, TextReport
from pmdraft.language import Bilingual
from pmdraft.notices import Notice, NoticeKind, notice

_BREAKS_OFF = Bilingual(
    "{source}: 圧縮ファイルが途中で切れている。{salvaged:,} バイト分は読めたが、その後は失われた",
    "{source}: the compressed file breaks off; {salvaged:,} bytes of content were read, what came after is lost",
)
_DAMAGED = Bilingual(
    "{source}: 圧縮ファイルが壊れている。{salvaged:,} バイト分は読めたが、ファイルの残り {unread:,} バイトは読めない",
    "{source}: the compressed file is damaged; {salvaged:,} bytes of content were read, and not the remaining"
    " {unread:,} bytes of the file",
)
_DOCUMENT = Bilingual(
    "{source}: {line:,} 行目から JSON として読めない。それより後は失われた",
    "{source}: is no JSON from line {line:,} on; what comes after is lost",
)
_PLACES = Bilingual(
    "{source}: JSON の {count:,} か所が壊れていて、{size:,} 文字が失われた",
    "{source}: its JSON is damaged in {count:,} places; {size:,} characters are lost",
)
_LONG_LINES = Bilingual(
    "{source}: 長すぎる {count:,} 行は、先頭の {kept:,} バイトだけを読んだ",
    "{source}: of {count:,} lines that are too long only the first {kept:,} bytes were read",
)


def notices_of(
    source: str, report: TextReport, unread: UnreadJson, writings: Counter[Written], years: set[int]
) -> Iterator[Notice]:
    """What is odd about a log.

    Args:
        source: its name.
        report: what was met in the text of its file.
        unread: what of a JSON document could not be read.
        writings: how its times are written, and how often each.
        years: the years that were taken for times without one.
    """
    if report.loss:
        yield _lost(source, report.loss)
    if unread.places:
        yield notice(NoticeKind.DAMAGED, _PLACES, source=source, count=unread.places, size=unread.size)
    if unread.line is not None:
        yield notice(NoticeKind.TRUNCATED, _DOCUMENT, source=source, line=unread.line)
    if report.cut:
        yield notice(NoticeKind.TRUNCATED, _LONG_LINES, source=source, count=report.cut, kept=LONGEST_LINE)
    if report.replaced:
        yield notice(NoticeKind.ILLEGIBLE, source=source, count=report.replaced)
    for written, count in writings.items():
        if Assumed.ZONE in written.assumed:
            yield notice(NoticeKind.ASSUMED_ZONE, source=source, count=count, zone=written.zone)
    if without_year := sum(count for written, count in writings.items() if Assumed.YEAR in written.assumed):
        shown = "–".join(str(year) for year in sorted({min(years), max(years)}))
        yield notice(NoticeKind.ASSUMED_YEAR, source=source, count=without_year, year=shown)


def _lost(source: str, loss: Loss) -> Notice:
    message = _BREAKS_OFF if loss.truncated else _DAMAGED
    return notice(NoticeKind.TRUNCATED, message, source=source, salvaged=loss.salvaged, unread=loss.unread)
