"""The rewrites that are safe: a verdict is taken out and the fact is left standing."""

import re
from collections.abc import Iterable

from pmdraft.blameless.checking import Blame, check_markdown
from pmdraft.blameless.folding import lowered
from pmdraft.blameless.linting import Problem, lint
from pmdraft.blameless.patience import patient
from pmdraft.blameless.rewriting import facts_of
from pmdraft.blameless.rules import Rule

_AROUND = 3
"""Code points beside a finding that a verdict's comma or space may take."""
_MOST_IN_A_LINE = 10


def fixed(text: str, *, people: Iterable[str], rules: tuple[Rule, ...]) -> tuple[str, int]:
    """`text` with each safe rewrite made, and how many were made; what is ignored stays as it is."""
    names = tuple(people)
    lines = text.split("\n")
    made = 0
    for number in sorted({problem.line for problem in lint(text, "", people=names, rules=rules)}):
        lines[number - 1], count = fixed_line(lines[number - 1], names, rules)
        made += count
    return "\n".join(lines), made


def fixed_line(line: str, names: tuple[str, ...], rules: tuple[Rule, ...]) -> tuple[str, int]:
    """One line with each safe rewrite made, and how many were made."""
    for made in range(_MOST_IN_A_LINE):
        found = check_markdown(line, people=names, rules=rules)
        better = next((each for blame in found if (each := without_verdict(line, blame)) is not None), None)
        if better is None or facts_of(better) != facts_of(line):
            return line, made
        if len(check_markdown(better, people=names, rules=rules)) > len(found):
            return line, made
        line = better
    return line, _MOST_IN_A_LINE


def way_out(problem: Problem, rules: tuple[Rule, ...]) -> str:
    """The line without the verdict, if the fact stays and less blame is left; otherwise the question to ask."""
    line, start = problem.excerpt, problem.column - 1
    better = without_verdict(line, problem.blame._replace(start=start, end=start + len(problem.blame.text)))
    if better is None or facts_of(better) != facts_of(line):
        return problem.blame.suggestion
    left, before = (len(check_markdown(text, people=problem.people, rules=rules)) for text in (better, line))
    return better.strip() if left < before else problem.blame.suggestion


def without_verdict(text: str, blame: Blame) -> str | None:
    """`text` without the verdict of one finding; None when there is none that can be taken out."""
    if blame.rule.droppable is None:
        return None
    first, last = max(0, blame.start - _AROUND), min(len(text), blame.end + _AROUND)
    with patient(blame.rule):
        verdict = blame.rule.droppable.search(lowered(text), first, last)
    if verdict is None or "\n" in verdict.group():
        return None
    before, after = text[: verdict.start()], text[verdict.end() :]
    if not before.strip() or re.search(r"(?:[.!?:|]\s+|\n\s*|[-*]\s+)$", before):
        after = after[:1].upper() + after[1:]
    return before + after
