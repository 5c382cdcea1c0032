"""What the draft left out of the telling part of the evidence, and how much of each source it cites."""

from collections import Counter
from collections.abc import Callable, Iterable

from pmdraft.checks.figures import figures
from pmdraft.checks.rules import check_rules, is_ignored
from pmdraft.checks.signals import Signal, many_reactions, signals_of
from pmdraft.evidence import Evidence, EvidenceKind, Incident, Source
from pmdraft.findings import Finding, Where
from pmdraft.language import Bilingual, Language
from pmdraft.likeness import terms_of
from pmdraft.outline.alert_lines import is_alert, names_of_alert, same_alert
from pmdraft.postmortem import Postmortem
from pmdraft.records import Line, Record
from pmdraft.walk import cited_ids, statements

MOST_LISTED = 8
"""How many omissions of one kind a reader is shown; the rest is counted."""
_MORE = Bilingual("、ほか {n} 件", " and {n} more")
# In a channel with more messages than this people speak of much else. A word is one of the incident's where the cited
# evidence has it several times, and has a good part of all that there is of it.
_BUSY = 300
_OFTEN = 2
_SHARE = 0.2
# A message that repeats what another said, word for word, from so many characters on.
_SHORTEST_REPEAT = 12


# What tells of the incident whatever the channel speaks of.
_BY_THEMSELVES = (Signal.ALERT, Signal.LOG)


class Omission(Record):
    """A piece of evidence that counts, and that no statement cites."""

    id: str
    kind: Signal
    why: Line
    """Every reason for which it counts."""


class Coverage(Record):
    """How much of one source the statements cite."""

    source: Source
    pieces: int
    """Pieces of evidence."""
    cited: int
    omitted: int
    """How many of the others count."""


def omissions(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Omission, ...]:
    """Everything that counts and that nothing cites, in the order of time."""
    cited = cited_ids(postmortem)
    told = _Told(postmortem, [item for item in incident.evidence if item.id in cited])
    many = many_reactions(incident)
    is_about_it = _of_the_incident(incident, cited)
    separator = "、" if language is Language.JA else "; "
    found = []
    for item in incident.evidence:
        if item.id in cited:
            continue
        reasons = [(kind, why) for kind, why in signals_of(item, incident, many) if not told.has(item, kind)]
        if reasons and not told.repeats(item) and (reasons[0][0] in _BY_THEMSELVES or is_about_it(item)):
            told.remember(item)
            why = separator.join(dict.fromkeys(why.to(language) for _, why in reasons))
            found.append(Omission(id=item.id, kind=reasons[0][0], why=why))
    return tuple(found)


def _of_the_incident(incident: Incident, cited: set[str]) -> Callable[[Evidence], bool]:
    """Whether a message has to do with what the draft cites; in a channel with little else, every one of them has."""
    said = [item for item in incident.evidence if item.source.is_chat]
    if len(said) <= _BUSY:
        return lambda _: True
    there = Counter(term for item in said for term in terms_of(item.text))
    here = Counter(term for item in incident.evidence if item.id in cited for term in terms_of(item.text))
    of_it = {term for term, number in here.items() if number >= _OFTEN and number >= _SHARE * there[term]}
    pinned = set(incident.pinned)
    return lambda item: item.id in pinned or not of_it.isdisjoint(terms_of(item.text))


def coverage(postmortem: Postmortem, incident: Incident, omitted: Iterable[Omission]) -> tuple[Coverage, ...]:
    """A row for each source that there is evidence from."""
    source_of = {item.id: item.source for item in incident.evidence}
    pieces = Counter(source_of.values())
    cited = Counter(source_of[name] for name in cited_ids(postmortem) if name in source_of)
    missed = Counter(source_of[item.id] for item in omitted)
    return tuple(
        Coverage(source=source, pieces=pieces[source], cited=cited[source], omitted=missed[source])
        for source in Source
        if pieces[source]
    )


def told_omissions(omitted: Iterable[Omission], language: Language) -> tuple[Finding, ...]:
    """At most one finding for each kind of omission, with the ids of the first ones."""
    by_kind: dict[Signal, list[str]] = {}
    for item in omitted:
        by_kind.setdefault(item.kind, []).append(item.id)
    return tuple(
        check_rules()[f"omission.{kind.value}"].finding(
            Where(path="timeline"), language, evidence=ids[:MOST_LISTED], ids=_listed(ids, language)
        )
        for kind in Signal
        if (ids := by_kind.get(kind))
    )


def not_ignored(omitted: Iterable[Omission], names: Iterable[str]) -> tuple[Omission, ...]:
    """The omissions of the kinds whose rules are on."""
    off = tuple(names)
    return tuple(item for item in omitted if not is_ignored(f"omission.{item.kind.value}", off))


def _listed(ids: list[str], language: Language) -> str:
    rest = len(ids) - MOST_LISTED
    return ", ".join(ids[:MOST_LISTED]) + (_MORE.to(language, n=rest) if rest > 0 else "")


class _Told:
    """What the draft tells already, though another piece of evidence is what it cites for it."""

    def __init__(self, postmortem: Postmortem, cited: Iterable[Evidence]) -> None:
        self._alerts: list[frozenset[str]] = []
        self._texts: set[str] = set()
        said = (figure for _, statement in statements(postmortem) for figure in figures(statement.text))
        self._numbers = {figure.value for figure in said if figure.kind == "number"}
        for item in cited:
            self.remember(item)

    def remember(self, item: Evidence) -> None:
        """Take an item for told."""
        self._texts.add(_bare(item))
        if is_alert(item) and (names := names_of_alert(item)):
            self._alerts.append(names)

    def has(self, item: Evidence, kind: Signal) -> bool:
        """Whether what an item tells of that kind is told: the same alert, the same figures."""
        if kind is Signal.ALERT or (kind is Signal.STATUS and item.kind is EvidenceKind.BOT_MESSAGE):
            names = names_of_alert(item)
            return any(same_alert(names, other) for other in self._alerts)
        if kind is Signal.IMPACT:
            numbers = {figure.value for figure in figures(item.text) if figure.kind == "number"}
            return numbers <= self._numbers
        return False

    def repeats(self, item: Evidence) -> bool:
        """Whether it says what another says, word for word."""
        text = _bare(item)
        return len(text) >= _SHORTEST_REPEAT and text in self._texts


def _bare(item: Evidence) -> str:
    return "".join(item.text.split()).casefold()
