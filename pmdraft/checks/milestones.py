"""What sentences say of lengths and times, against what the timeline gives."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.checks.figures import Figure, clock_value, figures
from pmdraft.checks.rules import check_rules
from pmdraft.durations import METRICS, spell
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Bilingual, Language
from pmdraft.postmortem import EventKind, Postmortem, TimelineEntry
from pmdraft.statement import Basis
from pmdraft.walk import statements

_ROUND = (
    r"(?:(?:約|およそ|わずか|ほぼ|about|around|roughly|approximately|nearly|almost|just|only|some|over|under"
    r"|less than|more than|at least|at most|~|〜) ?){0,2}"
)
_UNIT = r"(?:日間?|時間|分間?|秒間?|(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![A-Za-z]))"
_LENGTH = (
    rf"{_ROUND}(?P<told>[0-9０-９])[0-9０-９,.]{{0,8}}[ -]?{_UNIT}(?:(?: |と|and )*[0-9０-９]{{1,4}}[ -]?{_UNIT})?"
)
_DAYS = re.compile(r"(?P<n>[0-9０-９]{1,3}) ?(?:日|days?|d)(?: |と|,|and)*$", re.IGNORECASE)
_CLOCK = (
    rf"{_ROUND}(?P<told>[0-9０-９])[0-9０-９]?(?:[:：][0-9０-９]{{2}}(?:[:：][0-9０-９]{{2}})?"
    r"|時(?!間)(?:[0-9０-９]{1,2}分|半)?)(?: ?(?:[ap]\.?m\.?|JST|UTC)(?![A-Za-z]))?"
)
_SENTENCE = re.compile(r"[^。\n;；]+?(?:[。\n;；]|(?<=[^A-Z0-9])\. |$)")
_NAMES = {
    "downtime": Bilingual("ダウンタイム", "downtime"),
    "time_to_detect": Bilingual("検知までの時間", "time to detect"),
    "time_to_acknowledge": Bilingual("応答までの時間", "time to acknowledge"),
    "time_to_mitigate": Bilingual("緩和までの時間", "time to mitigate"),
    "time_to_recover": Bilingual("復旧までの時間", "time to recover"),
    "incident_length": Bilingual("クローズまでの時間", "time to close"),
}
_EVENTS = {
    "impact_start": Bilingual("発生", "start of impact"),
    "detection": Bilingual("検知", "detection"),
    "recovery": Bilingual("復旧", "recovery"),
    "closed": Bilingual("クローズ", "close"),
}


class Ends(NamedTuple):
    """The events between which people count a length; there is more than one way to count."""

    starts: tuple[EventKind, ...]
    ends: tuple[EventKind, ...]


_START, _DETECTED = EventKind.IMPACT_START, EventKind.DETECTION
_COUNTED = {
    "downtime": Ends((_START,), (EventKind.RECOVERY,)),
    "time_to_detect": Ends((_START,), (_DETECTED,)),
    "time_to_acknowledge": Ends((_START, _DETECTED), (EventKind.ACKNOWLEDGEMENT,)),
    "time_to_mitigate": Ends((_START, _DETECTED), (EventKind.MITIGATION,)),
    "time_to_recover": Ends((_START, _DETECTED), (EventKind.RECOVERY,)),
    "incident_length": Ends((_START, _DETECTED), (EventKind.CLOSED,)),
}
# Rows of the timeline and views that people held tell what was said at the time; what is to be done is yet to come.
_OF_THEIR_OWN = ("timeline[", "open_questions[", "action_items[", "alternatives[", "disagreements[", "review.")
# Clocks are read to the minute at both ends.
_SLACK = 60
_ROUGHLY = 0.15
_ROUGHLY_AT_LEAST = 300


class Milestones(NamedTuple):
    """What sentences are compared with."""

    timeline: Sequence[TimelineEntry]
    day: date
    """Day of the incident, which clock times without a date belong to."""
    zone: ZoneInfo


def check_milestones(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each length or time in words that the timeline does not give."""
    day = incident.evidence[0].at.astimezone(incident.zone).date()
    known = Milestones(postmortem.timeline, day, incident.zone)
    return tuple(
        finding
        for path, statement in statements(postmortem)
        if statement.basis is not Basis.COMPUTED and not path.startswith(_OF_THEIR_OWN)
        for finding in told_otherwise(path, statement.text, known, language)
    )


def told_otherwise(path: str, text: str, known: Milestones, language: Language) -> Iterator[Finding]:
    """A finding for each length or time in a text that the timeline does not give.

    Args:
        path: where the text stands.
        text: one sentence or many.
        known: what the timeline gives.
        language: language of the findings.
    """
    for match in _SENTENCE.finditer(text):
        if not _has("partial", match[0]) and not _names_a_part(match[0]):
            yield from _lengths(path, match, known, language)
            yield from _clocks(path, match, known, language)


def kind_of_event(words: str) -> EventKind:
    """What an event was for the incident, by the words of somebody's own timeline."""
    rows = _patterns()["row"].items()
    return next((EventKind(name) for name, told in rows if any(p.search(words) for p in told)), EventKind.OTHER)


def _lengths(path: str, sentence: re.Match[str], known: Milestones, language: Language) -> Iterator[Finding]:
    text = sentence[0]
    for figure in (_with_days(each, text) for each in figures(text) if each.kind == "duration"):
        metric = _metric_of(figure, text)
        possible = _possible(metric, known.timeline) if metric else []
        if metric and possible and not any(_fits(int(figure.value), seconds, text, figure) for seconds in possible):
            yield check_rules()["consistency.told-duration"].finding(
                _where(path, sentence, figure),
                language,
                name=_NAMES[metric].to(language),
                told=text[slice(*figure.span)].strip(),
                computed=" / ".join(spell(seconds, language) for seconds in possible),
                definition=_definition(metric, language),
            )


def _with_days(figure: Figure, text: str) -> Figure:
    """A length with the days that stand before it: 2日4時間, 1 d 3 h."""
    days = _DAYS.search(text[: figure.span[0]])
    if days is None:
        return figure
    seconds = int(figure.value) + int(unicodedata.normalize("NFKC", days["n"])) * 86_400
    return Figure(figure.kind, str(seconds), (days.start(), figure.span[1]))


def _metric_of(figure: Figure, text: str) -> str | None:
    """Which of the lengths a figure is said to be, if it is one."""
    if _has("another_length", text[: figure.span[0]]):
        return None
    lengths = _patterns()["length"].items()
    return next((metric for metric, patterns in lengths if _stands_in(patterns, text, figure)), None)


def _clocks(path: str, sentence: re.Match[str], known: Milestones, language: Language) -> Iterator[Finding]:
    text = sentence[0]
    for kind, patterns in _patterns()["clock"].items():
        clocks = [f"{entry.at.astimezone(known.zone):%H:%M}" for entry in known.timeline if entry.kind == kind]
        for figure in figures(text) if clocks else ():
            value = clock_value(figure.value, known.day, known.zone) if figure.kind == "clock" else None
            if value is None or not _stands_in(patterns, text, figure):
                continue
            if not any(_minutes_apart(value, clock) <= (5 if _has("hedge", text) else 1) for clock in clocks):
                yield check_rules()["consistency.told-time"].finding(
                    _where(path, sentence, figure),
                    language,
                    name=_EVENTS[kind].to(language),
                    told=text[slice(*figure.span)],
                    timeline=", ".join(dict.fromkeys(clocks)),
                )


def _where(path: str, sentence: re.Match[str], figure: Figure) -> Where:
    return Where(path=path, span=(sentence.start() + figure.span[0], sentence.start() + figure.span[1]))


def _possible(metric: str, timeline: Sequence[TimelineEntry]) -> list[int]:
    """Every length that the timeline gives for it, however one counts; none where an end is missing or comes first."""
    counted = _COUNTED[metric]
    starts = [first.at for kind in counted.starts if (first := next((e for e in timeline if e.kind is kind), None))]
    ends = [entry.at for entry in timeline if entry.kind in counted.ends]
    minutes = {
        int((end.replace(second=0, microsecond=0) - start.replace(second=0, microsecond=0)).total_seconds())
        for start in starts
        for end in ends
        if end >= start
    }
    return sorted(minutes)


def _fits(told: int, computed: int, sentence: str, figure: Figure) -> bool:
    near = sentence[max(0, figure.span[0] - 12) : figure.span[1] + 6]
    if _has("at_most", near):
        return computed <= told + _SLACK
    if _has("at_least", near):
        return computed >= told - _SLACK
    slack = max(_ROUGHLY * computed, _ROUGHLY_AT_LEAST) if _has("hedge", near) else _SLACK
    # A length in whole hours is rounded.
    if told % 3600 == 0 and told >= 7200:
        slack = max(slack, 1800)
    return abs(told - computed) <= slack


def _definition(metric: str, language: Language) -> str:
    known = METRICS.get("downtime" if metric == "time_to_recover" else metric)
    return known.definition.to(language) if known else ""


def _names_a_part(sentence: str) -> bool:
    """Whether it speaks of one host, version or job, which has times of its own."""
    return any(figure.kind == "name" and not figure.value.startswith("sev") for figure in figures(sentence))


def _minutes_apart(one: str, other: str) -> int:
    first, second = (int(clock[:2]) * 60 + int(clock[3:5]) for clock in (one, other))
    return min((first - second) % 1440, (second - first) % 1440)


def _stands_in(patterns: Sequence[re.Pattern[str]], sentence: str, figure: Figure) -> bool:
    """Whether one of the patterns has this very figure in its place."""
    return any(match.start("told") == figure.span[0] for pattern in patterns for match in pattern.finditer(sentence))


def _has(topic: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in _patterns()[topic])


@cache
def _patterns() -> Mapping[str, Any]:
    told = tomllib.loads(files(__package__).joinpath("told_times.toml").read_text(encoding="utf-8"))
    return {
        "length": {name: _compiled(lists) for name, lists in told.pop("length").items()},
        "clock": {name: _compiled(lists) for name, lists in told.pop("clock").items()},
        "row": {name: _compiled(lists) for name, lists in told.pop("row").items()},
        **{name: _compiled(lists) for name, lists in told.items()},
    }


def _compiled(lists: Mapping[str, list[str]]) -> tuple[re.Pattern[str], ...]:
    texts = (*lists["ja"], *lists["en"])
    return tuple(re.compile(text.replace("{d}", _LENGTH).replace("{t}", _CLOCK), re.IGNORECASE) for text in texts)
