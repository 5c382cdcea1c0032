"""The rules of the checks as data: one TOML file for each family, every rule with its own proof."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmdraft.errors import UsageError
from pmdraft.language import Bilingual, Language
from pmdraft.levels import Level

if TYPE_CHECKING:
    from pmdraft.findings import Finding, Where

_TOLD_ELSEWHERE = ("blameless", "source", "verification")
"""Families whose rules are data of their own, elsewhere, or a model's judgement."""
_FOLDER = Path(__file__).with_name("rules")
_NEAREST = Bilingual("最も近い根拠: {id}", "nearest evidence: {id}")


class Handling(StrEnum):
    """What becomes of a statement that a rule flags."""

    MARK = "mark"
    """It stays in the draft and is shown marked."""
    MOVE = "move"
    """It goes to the ledger, from where a person can take it back."""
    TELL = "tell"
    """It stays as it is; the finding tells."""


@dataclass(frozen=True, slots=True)
class Example:
    """A small case that proves a rule: a statement with what it cites, or a piece of a draft."""

    text: str | None
    cites: tuple[dict[str, Any], ...]
    """Fields of each piece of cited evidence; `text` at least."""
    others: tuple[dict[str, Any], ...]
    """Evidence of the incident that the statement does not cite."""
    basis: str
    draft: dict[str, Any]
    """Fields of the postmortem, by path, where the rule looks at more than one statement."""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One thing that the checks look for."""

    id: str
    level: Level
    handling: Handling
    title: Bilingual
    message: Bilingual
    """What a finding says; `{fields}` are filled in by the check."""
    why: Bilingual
    suggestion: Bilingual
    limits: Bilingual
    """What the rule does not see, in plain words."""
    flags: tuple[Example, ...]
    passes: tuple[Example, ...]

    @property
    def family(self) -> str:
        """The part of the id that the rules of one file share."""
        return self.id.partition(".")[0]

    def finding(
        self,
        where: "Where",
        language: Language,
        *,
        evidence: Iterable[str] = (),
        nearest: str | None = None,
        **values: object,
    ) -> "Finding":
        """A finding of this rule.

        Args:
            where: the place that it speaks of.
            language: language of its texts.
            evidence: ids of the evidence that bears on it.
            nearest: id of the evidence that comes nearest to what was said, if that was looked for.
            values: what the fields of the rule's texts are filled with.
        """
        from pmdraft.findings import Finding  # noqa: PLC0415 - who needs a rule's texts alone need not load the models

        way_out = self.suggestion.to(language, **values)
        if nearest is not None:
            separator = "。" if language is Language.JA else "; "
            way_out = f"{way_out}{separator}{_NEAREST.to(language, id=nearest)}"
        return Finding(
            rule=self.id,
            level=self.level,
            message=self.message.to(language, **values),
            why=self.why.to(language),
            where=where,
            evidence=tuple(evidence),
            suggestion=way_out,
            nearest=nearest,
        )


@cache
def check_rules() -> Mapping[str, CheckRule]:
    """Every rule by its id, in the order of the files."""
    texts = (file.read_text("utf-8") for file in sorted(_FOLDER.glob("*.toml")))
    rules = [_rule(table) for text in texts for table in tomllib.loads(text)["rule"]]
    return {rule.id: rule for rule in rules}


@cache
def check_rule(name: str) -> CheckRule:
    """One rule by its id, read without the others."""
    tables = _FOLDER.joinpath(f"{name.partition('.')[0]}.toml").read_text("utf-8").split("[[rule]]\n")
    table = next(table for table in tables if table.startswith(f'id = "{name}"\n'))
    # Its proof, which no finding tells of, is the longer part.
    told = table.partition("\n[[rule.")[0]
    return _rule({"flags": (), "passes": (), **tomllib.loads(told)})


def known_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names of rules or families, once it is sure that all of them are.

    Raises:
        UsageError: a name is that of no rule and no family.
    """
    rules = check_rules()
    known = {*rules, *(rule.family for rule in rules.values())}
    kept = tuple(names)
    for name in kept:
        if name not in known and name.partition(".")[0] not in _TOLD_ELSEWHERE:
            raise UsageError(f"no check rule or family {name!r}; `pmdraft check --explain list` names them all")
    return kept


def is_ignored(rule: str, names: Iterable[str]) -> bool:
    """Whether a rule is one of these, or of a family that is."""
    return any(rule == name or rule.startswith(f"{name}.") for name in names)


def _rule(table: dict[str, Any]) -> CheckRule:
    return CheckRule(
        id=table["id"],
        level=Level(table["level"]),
        handling=Handling(table["handling"]),
        title=Bilingual(**table["title"]),
        message=Bilingual(**table["message"]),
        why=Bilingual(**table["why"]),
        suggestion=Bilingual(**table["suggestion"]),
        limits=Bilingual(**table["limits"]),
        flags=tuple(_example(example) for example in table["flags"]),
        passes=tuple(_example(example) for example in table["passes"]),
    )


def _example(table: dict[str, Any]) -> Example:
    return Example(
        text=table.get("text"),
        cites=_evidence(table.get("cites", ())),
        others=_evidence(table.get("others", ())),
        basis=table.get("basis", "stated"),
        draft=table.get("draft", {}),
    )


def _evidence(items: Iterable[str | dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    return tuple({"text": item} if isinstance(item, str) else item for item in items)
