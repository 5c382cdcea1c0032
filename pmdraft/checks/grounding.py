"""What a statement claims in figures occurs in what it cites.

Numbers, times, dates, durations and names with digits are looked up in the cited
evidence, allowing for how people write them: 1万 is 10,000, 14:23 JST is 05:23Z,
full-width is half-width.
"""

import itertools
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from pmdraft.checks.figures import Figure, Held, clock_value, figures, held
from pmdraft.evidence import Evidence, Incident
from pmdraft.findings import Finding, Level, Where
from pmdraft.language import Bilingual, Language
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Basis, Question, Statement
from pmdraft.walk import statements

_MESSAGES = {
    "number": Bilingual("数値「{value}」が引用した根拠 {ids} にない", "the number “{value}” does not occur in {ids}"),
    "clock": Bilingual("時刻「{value}」が引用した根拠 {ids} にない", "the time “{value}” does not occur in {ids}"),
    "date": Bilingual("日付「{value}」が引用した根拠 {ids} にない", "the date “{value}” does not occur in {ids}"),
    "name": Bilingual("「{value}」が引用した根拠 {ids} にない", "“{value}” does not occur in {ids}"),
}
_WHY = Bilingual(
    "根拠にない数値や時刻は、モデルが作った可能性がある", "a figure that the evidence does not hold may be invented"
)
_NEAREST = Bilingual("根拠 {ids} にはある: 引用を直す", "{ids} holds it: mend the citation")
_TODO = Bilingual("根拠と照らし合わせ、直すか削除する", "compare with the evidence; mend it or drop it")


def check_grounding(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each figure in a statement that none of its evidence holds."""
    readings = _Readings(incident)
    found = []
    for path, statement in statements(postmortem):
        if statement.basis in (Basis.COMPUTED, Basis.HUMAN) or not statement.evidence:
            continue
        cited = [readings[name] for name in statement.evidence if name in readings.known]
        if not cited:
            continue  # the check of citations has told
        for figure in figures(statement.text):
            # Durations are compared with the timeline too, by the check of consistency.
            if figure.kind != "duration" and not any(_holds(reading, figure, incident) for reading in cited):
                found.append(_finding(path, statement, figure, readings, incident, language))
    return tuple(found)


class _Readings:
    """The figures of each piece of evidence, read when first asked for: most of a long channel never is."""

    def __init__(self, incident: Incident) -> None:
        self.known = incident.by_id()
        self._zone = incident.zone
        self._channel = "\n".join(channel.name for channel in incident.channels)
        self._read: dict[str, Held] = {}

    def __getitem__(self, name: str) -> Held:
        if name not in self._read:
            item = self.known[name]
            self._read[name] = held(f"{_readable(item)}\n{self._channel}", _moments(item), self._zone)
        return self._read[name]


def holds_duration(statement: Statement, seconds: int, known: Mapping[str, Evidence], zone: ZoneInfo) -> bool:
    """Whether the cited evidence itself states a duration."""
    cited = [known[name] for name in statement.evidence if name in known]
    return any(str(seconds) in held(_readable(item), [item.at], zone).durations for item in cited)


def _readable(item: Evidence) -> str:
    """Everything that the evidence shows a reader, the name of its author included."""
    return "\n".join([item.author or "", item.text, *([str(item.count)] if item.count > 1 else [])])


def _moments(item: Evidence) -> list[datetime]:
    return [item.at, *([item.until] if item.until else [])]


def _holds(reading: Held, figure: Figure, incident: Incident) -> bool:
    if figure.kind == "number":
        return figure.value in reading.numbers
    if figure.kind == "date":
        return figure.value in reading.dates
    if figure.kind == "clock":
        value = clock_value(figure.value, incident.evidence[0].at.astimezone(incident.zone).date(), incident.zone)
        return value is None or value in reading.clocks
    return figure.value in reading.letters


def _finding(
    path: str, statement: Statement, figure: Figure, readings: _Readings, incident: Incident, language: Language
) -> Finding:
    holding = (name for name in readings.known if _holds(readings[name], figure, incident))
    nearest = list(itertools.islice(holding, 3))
    suggestion = _NEAREST.to(language, ids=", ".join(nearest)) if nearest else _TODO.to(language)
    shown = statement.text[slice(*figure.span)]
    return Finding(
        rule=f"grounding.{'time' if figure.kind == 'clock' else figure.kind}",
        level=Level.INFO if isinstance(statement, Question) else Level.WARNING if nearest else Level.ERROR,
        message=_MESSAGES[figure.kind].to(language, value=shown, ids=", ".join(statement.evidence)),
        why=_WHY.to(language),
        where=Where(path=path, span=figure.span),
        evidence=statement.evidence,
        suggestion=suggestion,
    )
