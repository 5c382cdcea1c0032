"""A file's findings with line and column, less what the file or the project has said to leave alone."""

import hashlib
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from pmdraft.blameless.checking import Blame, check_markdown
from pmdraft.blameless.ignoring import ignored
from pmdraft.blameless.roster import names_from_front_matter
from pmdraft.blameless.rules import Rule
from pmdraft.errors import InputError
from pmdraft.language import Language
from pmdraft.reading import read_text


class Problem(NamedTuple):
    """One finding in one file."""

    path: str
    line: int
    """From 1."""
    column: int
    """From 1, in code points."""
    end_line: int
    end_column: int
    blame: Blame
    excerpt: str
    """The line that it begins on."""
    people: tuple[str, ...] = ()
    """The roster that it was found with."""

    @property
    def fingerprint(self) -> str:
        """What stays the same when lines above are added or removed."""
        parts = (Path(self.path).as_posix(), self.blame.rule.id, self.blame.text, self.excerpt.strip())
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


Again = Callable[[str, tuple[Blame, ...], tuple[str, ...]], tuple[Blame, ...]]
"""A second reader of a text: it is given what the rules found, and the people, and gives back all there is."""


Also = Callable[[str, tuple[Blame, ...]], tuple[Blame, ...]]
"""Something else that a text is looked through for: it is given what was found, and gives back all there is."""


def lint(  # noqa: PLR0913 - who is meant, which rules, and what else there is to look for
    text: str,
    path: str,
    *,
    people: Iterable[str],
    rules: tuple[Rule, ...],
    language: Language | None = None,
    again: Again | None = None,
    also: Also | None = None,
) -> tuple[Problem, ...]:
    """The findings of one Markdown text, ignore comments obeyed."""
    text = text.removeprefix("\ufeff")  # which no editor counts as a column
    roster = (*people, *names_from_front_matter(text))
    silenced = ignored(text)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    blames = check_markdown(text, people=roster, rules=rules, language=language)
    if again is not None:
        blames = again(text, blames, roster)
    if also is not None:
        blames = also(text, blames)
    found = []
    lines: dict[int, str] = {}
    for blame in blames:
        line = bisect_right(starts, blame.start)
        silent = silenced.get(0, set()) | silenced.get(line, set())
        if silent & {"*", blame.rule.id, blame.category, blame.rule.category}:
            continue
        last = bisect_right(starts, max(blame.start, blame.end - 1))
        # Findings of one line share its text: a line of a megabyte may have thousands.
        excerpt = lines[line] if line in lines else lines.setdefault(line, _line(text, starts, line))
        found.append(
            Problem(
                path,
                line,
                blame.start - starts[line - 1] + 1,
                last,
                blame.end - starts[last - 1] + 1,
                blame,
                excerpt,
                roster,
            )
        )
    return tuple(found)


def read_baseline(path: Path) -> Counter[str]:
    """The findings that a project has accepted, by fingerprint.

    Raises:
        InputError: the file cannot be read or is no baseline.
    """
    try:
        found = json.loads(read_text(path))["findings"]
        return Counter({str(key): int(count) for key, count in found.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise InputError(f"{path}: no baseline ({error}); write one with --write-baseline") from error


def as_baseline(problems: Iterable[Problem]) -> str:
    """The text of a baseline file that accepts these findings."""
    counts = Counter(problem.fingerprint for problem in problems)
    return json.dumps({"version": 1, "findings": dict(sorted(counts.items()))}, indent=1) + "\n"


def less_baseline(problems: Iterable[Problem], accepted: Counter[str]) -> tuple[Problem, ...]:
    """The findings that the baseline does not hold, each accepted one counted once."""
    left = Counter(accepted)
    new = []
    for problem in problems:
        if left[problem.fingerprint] > 0:
            left[problem.fingerprint] -= 1
        else:
            new.append(problem)
    return tuple(new)


def _line(text: str, starts: list[int], line: int) -> str:
    end = starts[line] - 1 if line < len(starts) else len(text)
    return text[starts[line - 1] : end].rstrip("\r")
