"""Rules as data: what they hold, and how a file of them is read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pmdraft.blameless.actors import Actor
from pmdraft.blameless.compiled import compiled
from pmdraft.blameless.kept import analysis, tables
from pmdraft.blameless.lexicon import expand, needs_actor, simplified
from pmdraft.blameless.needles import needles
from pmdraft.errors import InputError
from pmdraft.language import Bilingual, Language
from pmdraft.levels import Level
from pmdraft.reading import parse_toml, read_text

CATEGORIES = (
    "hindsight",
    "counterfactual",
    "sarcasm",
    "person_directed_action",
    "culprit_hunt",
    "procedure_violation",
    "skill_judgement",
    "motive",
    "loaded_language",
    "team_blame",
    "self_blame",
    "agentive_cause",
    "human_error_label",
    "lack_of_label",
    "person_fault",
    "collective_self",
    "accident_slip",
    "exhortation",
    "artifact_mistake",
)
"""Every category, the more telling first: of two findings in one place the first is kept."""

DEFAULT_LEVELS: dict[str, Level | None] = {
    "named": Level.ERROR,
    "pronoun": Level.ERROR,
    "they": Level.ERROR,
    "role": Level.WARNING,
    "team": Level.WARNING,
    "self": Level.WARNING,
    "someone": Level.WARNING,
    "we": Level.INFO,
    "nobody": None,
}
"""How grave blame is by who carries it, where a rule says nothing else."""

_KNOWN = frozenset(
    {
        "id",
        "language",
        "category",
        "patterns",
        "except",
        "except_next",
        "levels",
        "cap",
        "sentence_actor",
        "fix",
        "sections",
    }
    | {"why", "ask", "source", "flags", "passes"}
)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a rule must flag, and how hard."""

    text: str
    level: Level
    people: tuple[str, ...] = ()
    context: str | None = None
    """The section that it stands in."""


@dataclass(frozen=True, eq=False)
class Matcher:
    """One pattern of a rule, compiled when it is first tried."""

    pattern: str
    language: Language
    needs_actor: bool
    needles: tuple[tuple[str, ...], ...]
    """Sets of strings; each match holds one of each."""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern itself, over a marked sentence."""
        return compiled(expand(self.pattern, self.language))


@dataclass(frozen=True, eq=False)
class Rule:
    """One way of blaming, as its TOML table tells it."""

    id: str
    language: Language
    category: str
    patterns: tuple[str, ...]
    exceptions: tuple[str, ...]
    next_exception: str | None
    levels: dict[str, Level | None]
    why: Bilingual
    ask: Bilingual
    fix: str | None
    cap: Level | None
    sentence_actor: bool
    flags: tuple[Example, ...]
    passes: tuple[str, ...]
    is_built_in: bool = False
    sections: frozenset[str] = frozenset()
    """Where alone it counts; everywhere if empty."""

    def counts_in(self, section: str | None) -> bool:
        """Whether the rule says anything of a sentence that stands there."""
        return not self.sections or section in self.sections

    def level_for(self, kind: Actor | None) -> Level | None:
        """How grave this is when that kind of actor carries it; None when it is nothing."""
        level = self.levels["nobody" if kind is None else kind.name.lower()]
        return self.cap if level and self.cap else level

    @cached_property
    def matchers(self) -> tuple["Matcher", ...]:
        """Each pattern with what must be there before it is tried."""
        known = analysis(self.language)["patterns"].get(self.id) if self.is_built_in else None
        found = known if known and len(known) == len(self.patterns) else self.analysed()
        return tuple(
            Matcher(pattern, self.language, of_actor, tuple(map(tuple, sets)))
            for pattern, (of_actor, sets) in zip(self.patterns, found, strict=True)
        )

    def analysed(self) -> list[tuple[bool, list[list[str]]]]:
        """Of each pattern, whether it matches only where an actor stands, and what its matches must hold."""
        return [
            (needs_actor(pattern), [sorted(each) for each in needles(simplified(pattern, self.language))])
            for pattern in self.patterns
        ]

    @cached_property
    def exemptions(self) -> tuple[re.Pattern[str], ...]:
        """What takes a sentence out of the rule's reach, compiled."""
        return tuple(
            compiled(expand(text.replace("$match", "\ue0f9"), self.language, capture=False)) for text in self.exceptions
        )

    @cached_property
    def explained(self) -> re.Pattern[str] | None:
        """What takes a sentence out of the rule's reach when the next one begins so."""
        return compiled(expand(self.next_exception, self.language)) if self.next_exception else None

    @cached_property
    def droppable(self) -> re.Pattern[str] | None:
        """The verdict that can be taken out with the fact left standing."""
        return compiled(expand(self.fix, self.language, capture=False)) if self.fix else None


@cache
def built_in() -> tuple[Rule, ...]:
    """The rules that come with pmdraft."""
    return tuple(
        replace(_rule(table, f"{name}: rule {number}"), is_built_in=True)
        for name, found in tables()["rules"].items()
        for number, table in enumerate(found, 1)
    )


def from_files(paths: Iterable[Path]) -> tuple[Rule, ...]:
    """A user's own rules.

    Raises:
        InputError: a file cannot be read, is not TOML, or a rule in it is not whole.
    """
    rules: list[Rule] = []
    for path in paths:
        try:
            text = read_text(path)
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: cannot be read ({error}); give a TOML file of rules") from error
        rules += parse(text, origin=str(path))
    return tuple(rules)


def parse(text: str, *, origin: str) -> tuple[Rule, ...]:
    """The rules of one TOML text.

    Raises:
        InputError: the text is not TOML, or a rule in it is not whole.
    """
    try:
        tables = parse_toml(text).get("rule")
    except ValueError as error:
        raise InputError(f"{origin}: not TOML ({error}); see docs/rules for the format") from error
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise InputError(f"{origin}: no [[rule]] table; see docs/rules for the format")
    rules = tuple(_rule(table, f"{origin}: rule {number}") for number, table in enumerate(tables, 1))
    for number, rule in enumerate(rules, 1):
        _compile(rule, f"{origin}: rule {number} ({rule.id})")
    return rules


def _rule(table: dict[str, Any], where: str) -> Rule:
    name = table.get("id")
    where = f"{where} ({name})" if name else where
    if unknown := sorted(set(table) - _KNOWN):
        raise InputError(f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(_KNOWN))}")
    missing = [key for key in ("id", "category", "patterns", "why") if not table.get(key)]
    if missing:
        raise InputError(f"{where}: no {missing[0]!r}; every rule needs id, category, patterns and why")
    if table["category"] not in CATEGORIES:
        raise InputError(f"{where}: unknown category {table['category']!r}; known are {', '.join(CATEGORIES)}")
    try:
        return _from_table(table)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{where}: cannot be used ({error}); see docs/rules for the format") from error


def _compile(rule: Rule, where: str) -> None:
    try:
        _ = [matcher.regex for matcher in rule.matchers], rule.exemptions, rule.explained, rule.droppable
    except (re.error, KeyError, OverflowError, RecursionError) as error:
        raise InputError(f"{where}: a pattern cannot be used ({error}); see docs/rules for the format") from error


def _from_table(table: dict[str, Any]) -> Rule:
    language = Language(table.get("language") or str(table["id"]).partition(".")[0])
    ask = table.get("ask") or table["why"]
    return Rule(
        id=str(table["id"]),
        language=language,
        category=table["category"],
        patterns=_strings(table["patterns"]),
        exceptions=_strings(table.get("except", [])),
        next_exception=_string(table.get("except_next")),
        levels=DEFAULT_LEVELS | {kind: _level(level) for kind, level in table.get("levels", {}).items()},
        why=_bilingual(table["why"]),
        ask=_bilingual(ask),
        fix=_string(table.get("fix")),
        cap=_level(table.get("cap", "none")),
        sentence_actor=bool(table.get("sentence_actor", False)),
        sections=frozenset(_strings(table.get("sections", []))),
        flags=tuple(
            Example(each["text"], Level(each["level"]), tuple(each.get("people", ())), each.get("context"))
            for each in table.get("flags", ())
        ),
        passes=_strings(table.get("passes", [])),
    )


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"{value!r} is no list of strings")
    return tuple(value)


def _string(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{value!r} is no string")
    return value


def _level(name: str) -> Level | None:
    return None if name == "none" else Level(name)


def _bilingual(text: str | dict[str, str]) -> Bilingual:
    if isinstance(text, str):
        return Bilingual(ja=text, en=text)
    either = text.get("en") or text.get("ja") or ""
    return Bilingual(ja=text.get("ja", either), en=text.get("en", either))
