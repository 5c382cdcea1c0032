"""What a statement claims in figures occurs in what it cites.

Numbers, times, dates, durations and names with digits are looked up in the cited
evidence, allowing for how people write them: 1万 is 10,000, 14:23 JST is 05:23Z,
full-width is half-width.
"""

from datetime import datetime

from pmdraft.checks.figures import Figure, Held, clock_value, figures, held
from pmdraft.checks.rules import check_rules
from pmdraft.durations import spell
from pmdraft.evidence import Evidence, Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Bilingual, Language
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Basis, Statement
from pmdraft.walk import statements

_NONE = Bilingual("なし", "none")


def check_grounding(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each figure in a statement that none of its evidence holds."""
    readings = _Readings(incident)
    computed = {duration.seconds for duration in postmortem.durations.values()}
    found = []
    for path, statement in statements(postmortem):
        if statement.basis in (Basis.COMPUTED, Basis.HUMAN):
            continue
        cited = [readings[name] for name in statement.evidence if name in readings.known]
        for figure in figures(statement.text):
            if figure.kind == "duration" and int(figure.value) in computed:
                continue
            if not any(_holds(reading, figure, incident) for reading in cited) and (cited or figure.kind == "duration"):
                found.append(_finding(path, statement, figure, readings, computed, language))
    return tuple(found)


class _Readings:
    """The figures of each piece of evidence, read when first asked for: most of a long channel never is."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        self.known = incident.by_id()
        self._zone = incident.zone
        self._channel = "\n".join(channel.name for channel in incident.channels)
        self._read: dict[str, Held] = {}

    def __getitem__(self, name: str) -> Held:
        if name not in self._read:
            item = self.known[name]
            self._read[name] = held(f"{_readable(item)}\n{self._channel}", _moments(item), self._zone)
        return self._read[name]


def _readable(item: Evidence) -> str:
    """Everything that the evidence shows a reader, the name of its author included."""
    counted = [str(item.count)] if item.count > 1 else []
    trend = [item.trend.to(language) for language in Language] if item.trend else []
    return "\n".join([item.author or "", item.text, *counted, *trend])


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
    if figure.kind == "duration":
        return figure.value in reading.durations
    return figure.value in reading.letters


def _finding(
    path: str, statement: Statement, figure: Figure, readings: _Readings, computed: set[int], language: Language
) -> Finding:
    kind = "time" if figure.kind == "clock" else figure.kind
    return check_rules()[f"grounding.{kind}"].finding(
        Where(path=path, span=figure.span),
        language,
        evidence=statement.evidence,
        nearest=next((name for name in readings.known if _holds(readings[name], figure, readings.incident)), None),
        value=statement.text[slice(*figure.span)],
        ids=", ".join(statement.evidence),
        known=", ".join(spell(seconds, language) for seconds in sorted(computed)) or _NONE.to(language),
    )
