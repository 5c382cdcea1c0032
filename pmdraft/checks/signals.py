"""What of the evidence a draft should not pass over, with the reason; and what is noise whatever it says."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pmdraft.evidence import Evidence, EvidenceKind, Incident
from pmdraft.ingest.log_level import LogLevel, level_of
from pmdraft.language import Bilingual, Language
from pmdraft.outline.alert_lines import is_alert
from pmdraft.outline.cues import speaks_of
from pmdraft.severity import severities_in
from pmdraft.talk import is_hedged, is_question
from pmdraft.trend import Trend
from pmdraft.untrusted import gives_instructions


class Signal(StrEnum):
    """Why a piece of evidence counts; the most telling first."""

    ALERT = "alert"
    LOG = "log"
    """Errors of a form that the log had hardly or not at all before the incident."""
    STATUS = "status"
    DECISION = "decision"
    IMPACT = "impact"
    COMMAND = "command"
    MESSAGE = "message"
    """It speaks of the cause, of what was done, or of recovery."""
    MARKED = "marked"
    """Somebody pinned it, or several people reacted to it."""


_MANY_REACTIONS = 3
# Errors that are so many times as frequent as before are part of what happened.
_MANY_TIMES = 3
# Where more messages than this have so many reactions, they mark nothing.
_MOST_MARKED = 25

_ALERT = Bilingual("アラートが発火した", "an alert fired")
_ERRORS = Bilingual("エラーが急に増えた（{n}件、{trend}）", "errors rose suddenly ({n}, {trend})")
_STATUS = Bilingual("状況か重要度の変化を告げている", "tells of a change of status or severity")
_DECISION = Bilingual("何かを決めている", "decides something")
_IMPACT = Bilingual("影響を数字で述べている", "gives a figure of the impact")
_COMMAND = Bilingual("コマンドの実行を示している", "shows a command that was run")
_TOPICS = {
    "cause_found": Bilingual("原因に触れている", "speaks of the cause"),
    "mitigation": Bilingual("対処に触れている", "speaks of what was done about it"),
    "recovery": Bilingual("復旧に触れている", "speaks of recovery"),
    "data_loss": Bilingual("データの損失に触れている", "speaks of data loss"),
}
_PINNED = Bilingual("ピン留めされている", "somebody pinned it")
_REACTIONS = Bilingual("{n}人がリアクションした", "{n} people reacted to it")

_EMOJI = re.compile(r":[a-z0-9_+-]{2,40}:|<?[@#][\w.-]+>?|[^\w]|_", re.IGNORECASE)


def signals_of(item: Evidence, incident: Incident, many: int) -> tuple[tuple[Signal, Bilingual], ...]:
    """Each reason for which a piece of evidence counts, with what to say of it; nothing for noise.

    Args:
        item: the evidence.
        incident: what it is of.
        many: how many people have to react before a message counts for that alone.
    """
    found = tuple(_reasons(item, incident, many))
    # Most of a long channel gives no reason, so that few messages have to be looked at for noise.
    return () if found and item.source.is_chat and is_noise(item) else found


def _reasons(item: Evidence, incident: Incident, many: int) -> Iterator[tuple[Signal, Bilingual]]:
    is_bot = item.kind is EvidenceKind.BOT_MESSAGE
    if item.kind is EvidenceKind.ALERT_FIRED or (is_bot and is_alert(item)):
        yield Signal.ALERT, _ALERT
    if item.trend is not None and _has_risen(item.trend) and level_of(item.text) >= LogLevel.ERROR:
        yield Signal.LOG, _rise(item.count, item.trend)
    if is_bot and _tells("status", item):
        yield Signal.STATUS, _STATUS
    if is_bot or not item.source.is_chat:
        return
    yield from _said(item)
    if item.id in incident.pinned:
        yield Signal.MARKED, _PINNED
    if item.reactions >= many:
        yield Signal.MARKED, Bilingual(*(text.format(n=item.reactions) for text in _REACTIONS))


def _has_risen(trend: Trend) -> bool:
    return bool(trend.during) and (trend.factor is None or trend.factor >= _MANY_TIMES)


def _rise(count: int, trend: Trend) -> Bilingual:
    return Bilingual(
        _ERRORS.to(Language.JA, n=count, trend=trend.to(Language.JA)),
        _ERRORS.to(Language.EN, n=count, trend=trend.to(Language.EN)),
    )


def _said(item: Evidence) -> Iterator[tuple[Signal, Bilingual]]:
    """The reasons that lie in what a person says."""
    told = not is_hedged(item)
    if not is_question(item):
        if _tells("status", item) or (told and severities_in(item.text)):
            yield Signal.STATUS, _STATUS
        if _tells("decision", item):
            yield Signal.DECISION, _DECISION
        if speaks_of(item, "impact_figures"):
            yield Signal.IMPACT, _IMPACT
    if _tells("command", item):
        yield Signal.COMMAND, _COMMAND
    if told:
        yield from ((Signal.MESSAGE, why) for topic, why in _TOPICS.items() if speaks_of(item, topic))


def many_reactions(incident: Incident) -> int:
    """How many reactions are many in this channel: three, or more where people react to everything."""
    reactions = sorted((item.reactions for item in incident.evidence), reverse=True)
    return max(_MANY_REACTIONS, reactions[_MOST_MARKED] + 1 if len(reactions) > _MOST_MARKED else 0)


def is_noise(item: Evidence) -> bool:
    """Whether a message tells nothing of the incident: thanks, emoji, joins, how to use a bot, orders to a model."""
    bare = _EMOJI.sub("", unicodedata.normalize("NFKC", item.text)).casefold()
    if not bare or bare.isdigit() or gives_instructions(item):
        return True
    noise = _patterns()["noise"]
    return bool(noise["thanks_whole"].fullmatch(bare)) or any(
        noise[name].search(item.text) for name in ("housekeeping", "usage")
    )


def _tells(topic: str, item: Evidence) -> bool:
    return _patterns()[topic].search(unicodedata.normalize("NFKC", item.text)) is not None


@cache
def _patterns() -> Mapping[str, Any]:
    topics = tomllib.loads(files(__package__).joinpath("signals.toml").read_text(encoding="utf-8"))
    noise = {name: _joined(lists) for name, lists in topics.pop("noise").items()}
    return {"noise": noise, **{name: _joined(lists) for name, lists in topics.items()}}


def _joined(lists: Mapping[str, list[str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in (*lists["ja"], *lists["en"])), re.IGNORECASE)
