"""What was understood of an incident, on one screen: sources, people, time, what is odd, first and last events."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pmdraft.evidence import Evidence, Incident, Source, SourceCount
from pmdraft.language import Bilingual, Language
from pmdraft.levels import Level
from pmdraft.render.wording import SKIPPED
from pmdraft.shown import one_line, visible

_MOST_EVENTS = 5
_MOST_PEOPLE = 12
_LONGEST = 100

_READ = Bilingual("{read:,} 件中 {used:,} 件を使用", "read {read:,}, used {used:,}")
_EVIDENCE = Bilingual("根拠: {n:,} 件（{kinds}）", "Evidence: {n:,} ({kinds})")
_KINDS = {
    Source.SLACK: Bilingual("Slack {n:,}", "Slack {n:,}"),
    Source.CHAT: Bilingual("チャット {n:,}", "chat {n:,}"),
    Source.ALERT: Bilingual("アラート {n:,}", "alerts {n:,}"),
    Source.LOG: Bilingual("ログ {n:,}", "logs {n:,}"),
    Source.NOTE: Bilingual("文章 {n:,}", "notes {n:,}"),
}
_WINDOW = Bilingual("期間: {first} 〜 {last}（{zone}）", "Window: {first} to {last} ({zone})")
_PEOPLE = Bilingual("発言者: {people}", "People: {people}")
_OTHERS = Bilingual("ほか {n} 人", "{n} more")
_SOURCES = Bilingual("読んだもの", "Sources")
_NOTICES = Bilingual("注意", "Notices")
_MARKS = {
    Level.ERROR: Bilingual("誤り", "error"),
    Level.WARNING: Bilingual("要確認", "check"),
    Level.INFO: Bilingual("参考", "note"),
}
_FIRST = Bilingual("最初の {n} 件", "First {n}")
_LAST = Bilingual("最後の {n} 件", "Last {n}")
_SKIPPED = Bilingual("使わなかったもの", "Skipped")
_UNLISTED = Bilingual("{source}: ほか {n:,} 件は一覧にない", "{source}: {n:,} more are not listed")


def overview(incident: Incident, language: Language, *, verbose: bool = False) -> Iterator[str]:
    """The lines of it.

    Args:
        incident: what was gathered.
        language: language of the words.
        verbose: list what was skipped, item by item.
    """
    yield from _facts(incident, language)
    sources = [f"{source.name}: {counted(source, language)}" for source in incident.sources]
    yield from _section(_SOURCES.to(language), sources)
    notices = [f"{_MARKS[item.wording.level].to(language)}: {item.to(language)}" for _, item in incident.noticed()]
    yield from _section(_NOTICES.to(language), notices)
    first, last = incident.evidence[:_MOST_EVENTS], incident.evidence[_MOST_EVENTS:][-_MOST_EVENTS:]
    for heading, items in ((_FIRST, first), (_LAST, last)):
        yield from _section(heading.to(language, n=len(items)), (_event(item, incident) for item in items))
    if verbose:
        left_out = (line for source in incident.sources for line in skipped(source, language))
        yield from _section(_SKIPPED.to(language), left_out)


def counted(source: SourceCount, language: Language) -> str:
    """How much of a source was read and used, and why the rest was not."""
    reasons = ", ".join(f"{number:,} {SKIPPED[reason].to(language)}" for reason, number in source.skipped.items())
    return _READ.to(language, read=source.read, used=source.used) + (f" ({reasons})" if reasons else "")


def skipped(source: SourceCount, language: Language) -> Iterator[str]:
    """A line for each item of a source that was skipped, with its place."""
    for item in source.left_out:
        times = f" ×{item.count:,}" if item.count > 1 else ""
        yield f"{item.place}: {SKIPPED[item.reason].to(language)}{times}" + (f": {item.text}" if item.text else "")
    unlisted = source.read - source.used - sum(item.count for item in source.left_out)
    if unlisted > 0:
        yield _UNLISTED.to(language, source=source.name, n=unlisted)


def _facts(incident: Incident, language: Language) -> Iterator[str]:
    numbers = Counter(item.source for item in incident.evidence)
    kinds = ", ".join(_KINDS[source].to(language, n=numbers[source]) for source in Source if numbers[source])
    yield _EVIDENCE.to(language, n=len(incident.evidence), kinds=kinds)
    first, last = incident.evidence[0].at, max(item.until or item.at for item in incident.evidence)
    moments = [f"{at.astimezone(incident.zone):%Y-%m-%d %H:%M:%S}" for at in (first, last)]
    yield _WINDOW.to(language, first=moments[0], last=moments[1], zone=incident.timezone)
    authors = Counter(item.author for item in incident.evidence if item.source.is_chat and item.author)
    told = [f"{name} {number}" for name, number in authors.most_common(_MOST_PEOPLE)]
    if len(authors) > _MOST_PEOPLE:
        told.append(_OTHERS.to(language, n=len(authors) - _MOST_PEOPLE))
    if told:
        yield _PEOPLE.to(language, people=", ".join(told))


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and its lines, if there are any."""
    begun = False
    for line in lines:
        if not begun:
            yield ""
            yield heading
            begun = True
        yield f"  {visible(line)}"


def _event(item: Evidence, incident: Incident) -> str:
    at = f"{item.at.astimezone(incident.zone):%m-%d %H:%M:%S}"
    by = f"{item.author}: " if item.source.is_chat and item.author else ""
    return f"{item.id:<5} {at}  {by}{one_line(item.text, _LONGEST)}"
