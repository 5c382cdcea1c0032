"""What sentences say of lengths and times, against what the timeline gives."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from pmdraft.checks.figures import Figure, clock_value, figures
from pmdraft.checks.rules import check_rules
from pmdraft.durations import METRICS, spell
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Bilingual, Language
from pmdraft.postmortem import EventKind, Postmortem, TimelineEntry
from pmdraft.statement import Basis, Statement
from pmdraft.walk import statements

_ROUND = (
    r"(?:(?:約|およそ|わずか|ほぼ|about|around|roughly|approximately|nearly|almost|just|only|some|over|under"
    r"|less than|more than|at least|at most|~|〜) ?){0,2}"
)
_UNIT = r"(?:日間?|時間|分間?|秒間?|(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![A-Za-z]))"
_LENGTH = (
    rf"{_ROUND}(?P<told>[0-9０-９])[0-9０-９,.]{{0,8}}[ -]?{_UNIT}(?:(?: |と|and )*[0-9０-９]{{1,4}}[ -]?{_UNIT})?"
)
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


def check_milestones(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each length or time in words that the timeline does not give."""
    found: list[Finding] = []
    for path, statement in statements(postmortem):
        if statement.basis is Basis.COMPUTED or path.startswith(_OF_THEIR_OWN):
            continue
        for start, sentence in _sentences(statement):
            found += _lengths(path, start, sentence, postmortem.timeline, language)
            found += _clocks(path, start, sentence, postmortem.timeline, incident, language)
    return tuple(found)


def _sentences(statement: Statement) -> Iterator[tuple[int, str]]:
    for match in _SENTENCE.finditer(statement.text):
        yield match.start(), match[0]


def _lengths(
    path: str, start: int, sentence: str, timeline: Sequence[TimelineEntry], language: Language
) -> Iterator[Finding]:
    told = [figure for figure in figures(sentence) if figure.kind == "duration"]
    if not told or _has("partial", sentence) or _names_a_part(sentence):
        return
    for metric, patterns in _patterns()["length"].items():
        for figure in told:
            if not _stands_in(patterns, sentence, figure) or _has("another_length", sentence[: figure.span[0]]):
                continue
            possible = _possible(metric, timeline)
            if possible and not any(
                _fits(round(float(figure.value)), seconds, sentence, figure) for seconds in possible
            ):
                yield check_rules()["consistency.told-duration"].finding(
                    Where(path=path, span=(start + figure.span[0], start + figure.span[1])),
                    language,
                    evidence=(),
                    name=_NAMES[metric].to(language),
                    told=sentence[slice(*figure.span)].strip(),
                    computed=" / ".join(spell(seconds, language) for seconds in possible),
                    definition=_definition(metric, language),
                )
                return


def _clocks(
    path: str, start: int, sentence: str, timeline: Sequence[TimelineEntry], incident: Incident, language: Language
) -> Iterator[Finding]:
    told = [figure for figure in figures(sentence) if figure.kind == "clock"]
    if not told or _has("partial", sentence) or _names_a_part(sentence):
        return
    day = incident.evidence[0].at.astimezone(incident.zone).date()
    for kind, patterns in _patterns()["clock"].items():
        clocks = [f"{entry.at.astimezone(incident.zone):%H:%M}" for entry in timeline if entry.kind == kind]
        for figure in told:
            value = clock_value(figure.value, day, incident.zone)
            if value is None or not clocks or not _stands_in(patterns, sentence, figure):
                continue
            if not any(_minutes_apart(value, clock) <= (5 if _has("hedge", sentence) else 1) for clock in clocks):
                yield check_rules()["consistency.told-time"].finding(
                    Where(path=path, span=(start + figure.span[0], start + figure.span[1])),
                    language,
                    name=_EVENTS[kind].to(language),
                    told=sentence[slice(*figure.span)],
                    timeline=", ".join(dict.fromkeys(clocks)),
                )


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
        **{name: _compiled(lists) for name, lists in told.items()},
    }


def _compiled(lists: Mapping[str, list[str]]) -> tuple[re.Pattern[str], ...]:
    texts = (*lists["ja"], *lists["en"])
    return tuple(re.compile(text.replace("{d}", _LENGTH).replace("{t}", _CLOCK), re.IGNORECASE) for text in texts)
