"""Words that must occur for a pattern to match, found from the pattern itself.

Most sentences hold none of a pattern's needles, so most patterns are never tried and many never compiled.
`python -m pmdraft.blameless.needles` writes those of the built-in rules to `lexicon/needles.json`.
"""

import importlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

# The standard library's own reading of a regular expression; it has no public name.
_parser = importlib.import_module("re._parser")

_PRIVATE = range(0xE000, 0xF900)
_COMMON = frozenset(
    """the and was were had has have did not for that this with who one too but then when just they been his her of to
    in on at by from is it if or an a と に が は を の で も た て な い し か ら こ そ から まで より には では とは
    ため ので こと もの です ます した して いた fix work call code edit hand move test idea down
    out change deploy release review response 確認 対応 作業 変更""".split()  # noqa: SIM905  a list of ninety strings is unreadable
)
Needles = tuple[frozenset[str], ...]
"""Sets of strings, of each of which at least one must occur; the rarest set first."""

_MOST_SETS = 3
_MOST_STARTS = 60


def needles(pattern: str) -> Needles:
    """What each match of `pattern` must hold; nothing when there is nothing that it must."""
    found = sorted(_sets_of(list(_parser.parse(pattern))), key=_rarity, reverse=True)
    telling = [each for each in dict.fromkeys(found) if _rarity(each)[0] > 0]
    return tuple((telling or found)[:_MOST_SETS])


@cache
def of_built_in() -> dict[str, list[list[list[str]]]]:
    """The needles of the built-in rules' patterns by rule, as they were last written down."""
    found: dict[str, list[list[list[str]]]] = json.loads(_file().read_text(encoding="utf-8"))
    return found


def as_written() -> str:
    """The needles of the built-in rules as the file should hold them."""
    rules = importlib.import_module("pmdraft.blameless.rules").built_in()
    table = {rule.id: [[sorted(each) for each in sets] for sets in rule.computed_needles()] for rule in rules}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace(']],"', ']],\n"') + "\n"


def _file() -> Path:
    return Path(str(files("pmdraft.blameless") / "lexicon" / "needles.json"))


def _sets_of(items: list[Any]) -> list[frozenset[str]]:
    """The sets that a sequence asks for, each of them in its own right."""
    found: list[frozenset[str]] = []
    begun = False
    for place, (name, value) in enumerate((str(op), value) for op, value in items):
        literal = name == "LITERAL" and value not in _PRIVATE
        if literal and not begun:
            starts = frozenset(_starts(items[place:]))
            found += [starts] if all(start.strip() for start in starts) else []
        elif not literal:
            found += _sets_of_item(name, value)
        begun = literal
    return found


def _starts(items: list[Any]) -> list[str]:
    """Every way in which what a sequence matches can begin, as far as that is plain letters."""
    starts = [""]
    for name, value in [(str(op), value) for op, value in items]:
        if name == "LITERAL" and value not in _PRIVATE:
            starts = [start + chr(value) for start in starts]
        elif name in {"BRANCH", "SUBPATTERN"}:
            branches = value[1] if name == "BRANCH" else [value[3]]
            following = [start for branch in branches for start in _starts(list(branch))]
            # How far a branch was read is not known here, so what follows it cannot be added.
            few = len(following) <= _MOST_STARTS
            return [start + each for start in starts for each in following] if few else starts
        else:
            break
    return starts


def _sets_of_item(name: str, value: Any) -> list[frozenset[str]]:
    if name == "SUBPATTERN":
        return _sets_of(list(value[3]))
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        return _sets_of(list(value[2])) if value[0] else []
    if name == "ASSERT" and value[0] == 1:
        return _sets_of(list(value[1]))
    if name == "BRANCH":
        branches = [max(_sets_of(list(branch)), key=_rarity, default=None) for branch in value[1]]
        if all(branch is not None for branch in branches):
            return [frozenset().union(*(branch for branch in branches if branch is not None))]
    return []


def _rarity(strings: frozenset[str]) -> tuple[int, int]:
    weakest = min(_weight(string) for string in strings)
    return weakest, -len(strings)


def _weight(string: str) -> int:
    bare = string.strip()
    if not bare or bare in _COMMON:
        return 0
    return min(6, sum(3 if char > "\u4e00" else 2 if char > "\u3000" else 1 for char in bare))


if __name__ == "__main__":
    _file().write_text(as_written(), encoding="utf-8")
