"""What a statement claims occurs in what it cites, allowing for how people write it.

Each kind of thing has a module with a finder; each finder sees one statement with its
evidence and gives its faults, which become findings here.
"""

import re
from collections.abc import Iterator

from pmdraft.checks.agents import find_agents
from pmdraft.checks.amounts import find_figures
from pmdraft.checks.apart import find_apart
from pmdraft.checks.belonging import find_belonging
from pmdraft.checks.certainty import find_certainty
from pmdraft.checks.cited import Cited, Fault, Finder, Library, RuledOut, Whole
from pmdraft.checks.content import find_content
from pmdraft.checks.contraries import find_contraries
from pmdraft.checks.corrected import find_corrected
from pmdraft.checks.days import find_days
from pmdraft.checks.members import find_members
from pmdraft.checks.misplaced import find_misplaced
from pmdraft.checks.names import find_names
from pmdraft.checks.people import find_people
from pmdraft.checks.polarity import find_denials
from pmdraft.checks.quotes import find_quotes
from pmdraft.checks.ranges import find_ranges
from pmdraft.checks.rates import find_rates
from pmdraft.checks.refuted import find_refuted
from pmdraft.checks.rules import check_rules
from pmdraft.checks.siblings import find_siblings
from pmdraft.checks.undenied import find_undenied
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Bilingual, Language
from pmdraft.lengths import spell
from pmdraft.postmortem import AlternativeStatus, Lesson, Postmortem
from pmdraft.statement import Basis, Statement
from pmdraft.walk import statements

_NONE = Bilingual("なし", "none")
_LONGEST = 3000
"""Letters of a statement that are read; a sentence has some hundreds."""
_ROW = re.compile(r"timeline\[(\d+)\]\.(?:event|action)")
_ITEM = re.compile(r"action_items\[(\d+)\]\.(?:owner|due|issue)")
_LESSON = re.compile(r"lessons\.(technical|process)\[(\d+)\]\.lesson")
_SAYING_LESS = ("range", "place")
"""Each says less than those before it, and than all that are not named."""
_FINDERS: tuple[Finder, ...] = (
    find_figures,
    find_rates,
    find_days,
    find_misplaced,
    find_ranges,
    find_corrected,
    find_names,
    find_people,
    find_siblings,
    find_members,
    find_belonging,
    find_content,
    find_apart,
    find_denials,
    find_contraries,
    find_undenied,
    find_certainty,
    find_refuted,
    find_quotes,
    find_agents,
)


def check_grounding(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each thing in a statement that its evidence does not bear out."""
    grounding = Grounding(postmortem, incident, language)
    return tuple(
        finding for path, statement in statements(postmortem) for finding in grounding.findings(path, statement)
    )


def _telling(faults: list[Fault]) -> list[Fault]:
    """The faults without those that say less than another: which figure is wrong, before what is wrong about it."""
    kept = [fault for fault in faults if fault.rule not in (*_SAYING_LESS, "content")]
    for rule in _SAYING_LESS:
        kept += [fault for fault in faults if fault.rule == rule and not any(_overlap(fault, other) for other in kept)]
    # That the words are not there says less than which figure or name is not.
    return kept or faults[:1]


def _overlap(one: Fault, other: Fault) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


class Grounding:
    """Checks the statements of one draft, one at a time.

    Args:
        postmortem: the draft; lengths of time that it computes itself are known.
        incident: the redacted incident.
        language: language of the findings.
    """

    def __init__(self, postmortem: Postmortem, incident: Incident, language: Language) -> None:
        self._postmortem = postmortem
        self._library = Library(incident)
        self._language = language
        self._ruled_out = tuple(
            RuledOut(
                other.explanation.text, other.explanation.evidence, other.outcome.evidence if other.outcome else ()
            )
            for other in postmortem.alternatives
            if other.status is AlternativeStatus.RULED_OUT
        )
        self._computed = frozenset(float(duration.seconds) for duration in postmortem.durations.values())

    def findings(self, path: str, statement: Statement) -> Iterator[Finding]:
        """What is the matter with one statement of the draft; nothing if code or a person wrote it."""
        if statement.basis in (Basis.COMPUTED, Basis.HUMAN):
            return
        if len(statement.text) > _LONGEST:
            statement = statement.model_copy(update={"text": statement.text[:_LONGEST]})
        own = tuple(self._library[name] for name in statement.evidence if name in self._library)
        cited = Cited(
            path, statement, own, self._computed, self._library, self._beside(path), self._ruled_out, self._whole(path)
        )
        faults = [fault for find in _FINDERS for fault in find(cited)]
        yield from (self._finding(cited, fault) for fault in _telling(faults))

    def _whole(self, path: str) -> Whole | None:
        """What a statement is a part of."""
        if row := _ROW.fullmatch(path):
            entry = self._postmortem.timeline[int(row[1])]
            return Whole((entry.timed_by,), f"{entry.at.astimezone(self._library.incident.zone):%H:%M}")
        if item := _ITEM.fullmatch(path):
            one = self._postmortem.action_items[int(item[1])]
            others = (other.issue for other in self._postmortem.action_items if other is not one)
            issues = frozenset(issue.text for issue in others if issue)
            return Whole(one.action.evidence, issues=issues) if one.action.evidence else None
        return None

    def _beside(self, path: str) -> str:
        """The words that say in full what a heading says in short."""
        if (row := _ROW.fullmatch(path)) and path.endswith(".event"):
            action = self._postmortem.timeline[int(row[1])].action
            return action.text if action else ""
        if (item := _ITEM.fullmatch(path)) and path.endswith(".owner"):
            return self._postmortem.action_items[int(item[1])].action.text
        if lesson := _LESSON.fullmatch(path):
            lessons: tuple[Lesson, ...] = getattr(self._postmortem.lessons, lesson[1])
            return " ".join(point.text for point in lessons[int(lesson[2])].points)
        return ""

    def _finding(self, cited: Cited, fault: Fault) -> Finding:
        statement = cited.statement
        return check_rules()[f"grounding.{fault.rule}"].finding(
            Where(path=cited.path, span=fault.span),
            self._language,
            evidence=statement.evidence,
            nearest=next((reading.item.id for reading in self._library if fault.holds(reading)), None),
            value=statement.text[slice(*fault.span)],
            ids=", ".join(statement.evidence),
            known=", ".join(spell(round(seconds), self._language) for seconds in sorted(self._computed))
            or _NONE.to(self._language),
            **fault.more,
        )
