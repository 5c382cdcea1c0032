"""Whether a dictionary tokenizer would better the Japanese rules: people by part of speech, verbs by lemma.

    pip install sudachipy sudachidict_small
    python -m evals.tokenizer

Nothing of it is in the checker; the figures are the reason, and docs/check.md tells them.
"""

import importlib
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pmdraft.blameless
from evals.blameless import REPORTS, SETS, Share
from evals.ending import ended
from pmdraft.blameless import check_markdown
from pmdraft.blameless.actors import Actor, Roster
from pmdraft.language import Language
from pmdraft.levels import Level

_LONGEST = 16_000
"""Code points; the tokenizer takes at most 49,149 bytes a call."""
_FAULTS = ("fault", "motive", "violation")
_POSITIVE = frozenset({"blame", "counterfactual"})
_KINDS = "".join(kind.value for kind in Actor)

Judge = Callable[[str, tuple[str, ...], str | None], bool]
"""Whether a text, with its roster and section, is flagged at warning or above."""


class Token(NamedTuple):
    """A word as the dictionary has it."""

    surface: str
    lemma: str
    is_person: bool


def variants() -> dict[str, Judge]:
    """Ways of judging to compare, by name.

    Raises:
        ImportError: sudachipy and its dictionary are not installed.
    """
    return {
        "rules alone": _by_rules,
        "rules, people by part of speech as well": _with_people,
        "rules, no roster": _without_roster(_by_rules),
        "rules, people by part of speech, no roster": _without_roster(_with_people),
        "rules, or an actor and the lemma of a fault": _or_lemma,
        "an actor and the lemma of a fault, no rules": _lemma,
    }


def people_in(text: str) -> tuple[str, ...]:
    """What the dictionary takes for names of people."""
    return tuple(dict.fromkeys(token.surface for token in tokens(text) if token.is_person))


def tokens(text: str) -> Iterator[Token]:
    """The words of a text."""
    for start in range(0, len(text), _LONGEST):
        for word in _tokenizer().tokenize(text[start : start + _LONGEST]):
            yield Token(word.surface(), word.dictionary_form(), word.part_of_speech()[2] == "人名")


def _by_rules(text: str, people: Iterable[str], context: str | None) -> bool:
    return any(blame.level is not Level.INFO for blame in check_markdown(text, people=people, context=context))


def _with_people(text: str, people: tuple[str, ...], context: str | None) -> bool:
    return _by_rules(text, (*people, *people_in(text)), context)


def _without_roster(judge: Judge) -> Judge:
    return lambda text, _, context: judge(text, (), context)


def _or_lemma(text: str, people: tuple[str, ...], context: str | None) -> bool:
    return _by_rules(text, people, context) or _lemma(text, people, context)


def _lemma(text: str, people: tuple[str, ...], _: str | None) -> bool:
    marked = Roster(people).mark(text, Language.JA)
    return any(kind in marked for kind in _KINDS) and any(token.lemma in _faults() for token in tokens(text))


@cache
def _faults() -> frozenset[str]:
    """The verbs of fault as the dictionary writes them; a noun with する counts by its noun."""
    lexicon = Path(pmdraft.blameless.__file__).parent / "lexicon" / "ja.toml"
    verbs = tomllib.loads(lexicon.read_text(encoding="utf-8"))["verbs"]
    return frozenset(entry.partition("/")[0] for name in _FAULTS for entry in verbs[name])


@cache
def _tokenizer() -> Any:
    return importlib.import_module("sudachipy").Dictionary(dict="small").tokenizer()


def main() -> None:
    """Print precision and recall of each way on the Japanese sentences of every set, and warnings in the reports."""
    rows = {each.path.name: cases for each in SETS if (cases := _japanese(each.path))}
    texts = [path.read_text(encoding="utf-8") for name in ("alt", "mulukhiya") for path in REPORTS.glob(f"{name}/*.md")]
    for name, judge in variants().items():
        print(f"\n{name}")
        for file, cases in rows.items():
            flagged = [judge(row["text"], tuple(row["people"]), row.get("context")) for row in cases]
            print(f"  {file:24} precision {_precision(cases, flagged)}  recall {_recall(cases, flagged)}")
    for name, people in (("rules alone", lambda _: ()), ("people by part of speech", people_in)):
        warnings = sum(
            blame.level is not Level.INFO for text in texts for blame in check_markdown(text, people=people(text))
        )
        print(f"\nwarnings in {len(texts)} real reports, {name}: {warnings}")


def _japanese(path: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if row["lang"] == "ja"]


def _precision(cases: list[dict[str, Any]], flagged: list[bool]) -> Share:
    labels = [row["label"] for row, hit in zip(cases, flagged, strict=True) if hit]
    right = sum(label in _POSITIVE for label in labels)
    return Share(right, right + labels.count("neutral"))


def _recall(cases: list[dict[str, Any]], flagged: list[bool]) -> Share:
    hits = [hit for row, hit in zip(cases, flagged, strict=True) if row["label"] in _POSITIVE]
    return Share(sum(hits), len(hits))


if __name__ == "__main__":
    sys.exit(ended(main))
