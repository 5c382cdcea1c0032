"""Words that must occur for a pattern to match, found from the pattern itself.

Most sentences hold none of a pattern's needles, so most patterns are never tried and many never compiled.
"""

import importlib
from collections.abc import Iterable
from typing import Any

# The standard library's own reading of a regular expression; it has no public name.
_parser = importlib.import_module("re._parser")

SOMEBODY = "\ue000"
"""The letter that stands for an actor, whoever it is, in needles and in the texts that they are looked for in."""

_PRIVATE = range(0xE001, 0xF900)
_COMMON = frozenset(
    """the and was were had has have did not for that this with who one too but then when just they been his her of to
    in on at by from is it if or an a as be so ot re ed en er ve ing ion
    this all と に が は を の で も た て な い し か ら こ そ から まで より には では とは
    ため ので こと もの です ます した して いた fix work call code edit hand move test idea down
    out change deploy release review response 確認 対応 作業 変更""".split()  # noqa: SIM905  a list of ninety strings is unreadable
)
Needles = tuple[frozenset[str], ...]
"""Sets of strings, of each of which at least one must occur; the rarest set first."""

MOST_SETS = 3
_MOST_STARTS = 60
_WORTH_LOOKING_FOR = 2
"""What weighs less is in nearly every sentence."""
_HEAVIEST = 6
_TELLING = 4
"""A string of that weight is rare enough."""
_ENDLESS = 1 + _HEAVIEST
"""No string has that weight."""
_BESIDE_SOMEBODY = 2
_FEW = 8
_AHEAD = 1
"""The parser's word for the direction of a lookahead."""


def needles(pattern: str) -> Needles:
    """What each match of `pattern` must hold; nothing when there is nothing that it must."""
    found = sorted(_sets_of(list(_parser.parse(pattern))), key=_rarity, reverse=True)
    telling: list[frozenset[str]] = []
    for each in dict.fromkeys(found):
        if _rarity(each)[0] >= _WORTH_LOOKING_FOR and not any(_tells_of(chosen, each) for chosen in telling):
            telling.append(each)
    some = [each for each in found if all(len(string.strip()) > 1 or not string.isascii() for string in each)]
    return tuple(map(shortest, telling[:MOST_SETS] or some[:1]))


def openings(pattern: str) -> frozenset[str]:
    """Every way in which a match of `pattern` can begin, as far as that is plain letters."""
    return frozenset(start for start, _ in _beginnings(list(_parser.parse(pattern)), telling=_ENDLESS))


def shortest(strings: Iterable[str]) -> frozenset[str]:
    """The strings less those that hold another of them: where one of those is, the other is too."""
    found: list[str] = []
    for string in sorted(strings, key=len):
        if not any(shorter in string for shorter in found):
            found.append(string)
    return frozenset(found)


def _tells_of(strings: frozenset[str], others: frozenset[str]) -> bool:
    """Whether where one of the strings is, one of the others is too."""
    return all(any(other in string for other in others) for string in strings)


def _sets_of(items: list[Any]) -> list[frozenset[str]]:
    """The sets that a sequence asks for, each of them in its own right."""
    found: list[frozenset[str]] = []
    begun = False
    for place, (name, value) in enumerate((str(op), value) for op, value in items):
        literal = name == "LITERAL" and value not in _PRIVATE
        if not begun and (literal or name in {"BRANCH", "SUBPATTERN"}):
            starts = frozenset(_starts(items[place:]))
            found += [starts] if all(start.strip() for start in starts) else []
        if not literal:
            found += _sets_of_item(name, value)
        begun = literal
    return found


def _starts(items: list[Any]) -> list[str]:
    """Every way in which what a sequence matches can begin, as far as that is plain letters and few."""
    return [start for start, _ in _beginnings(items)]


def _beginnings(items: list[Any], telling: int = _TELLING) -> list[tuple[str, bool]]:
    """Beginnings, and of each whether it is all that a sequence matches there, so that what follows can be added.

    Args:
        items: the sequence, as it was parsed.
        telling: the weight from which on a beginning is not made longer.
    """
    ways = [("", True)]
    for name, value in [(str(op), value) for op, value in items]:
        if name == "LITERAL" and value not in _PRIVATE:
            ways = [(start + chr(value) if is_whole else start, is_whole) for start, is_whole in ways]
            continue
        if name in {"BRANCH", "SUBPATTERN"}:
            branches = value[1] if name == "BRANCH" else [value[3]]
            following = [way for branch in branches for way in _beginnings(list(branch), telling)]
        elif name in {"MAX_REPEAT", "MIN_REPEAT"} and (value[0], value[1]) == (0, 1):
            following = [("", True), *_beginnings(list(value[2]), telling)]
        elif name == "IN" and _is_few_letters(value):
            following = [(chr(letter), True) for _, letter in value]
        elif name == "ASSERT" and value[0] == _AHEAD:
            # It stands where what comes after it does, so that is nothing to add.
            following = [(start, False) for start, _ in _beginnings(list(value[1]), telling)]
        elif name in {"AT", "ASSERT", "ASSERT_NOT"}:
            continue
        else:
            following = [("", False)]
        ways = _gone_on(ways, following, telling)
        if not any(whole for _, whole in ways):
            break
    return ways


def _is_few_letters(alternatives: list[Any]) -> bool:
    return len(alternatives) <= _FEW and all(
        str(name) == "LITERAL" and value not in _PRIVATE for name, value in alternatives
    )


def _gone_on(ways: list[tuple[str, bool]], following: list[tuple[str, bool]], telling: int) -> list[tuple[str, bool]]:
    """Beginnings made longer, as far as that tells more; left as they are where it would make too many."""
    longer: dict[tuple[str, bool], None] = {}
    for start, is_whole in ways:
        if not is_whole or _weight(start) >= telling:
            longer[start, False] = None
        else:
            longer |= dict.fromkeys((start + more, whole) for more, whole in following)
    return list(longer) if len(longer) <= max(_MOST_STARTS, len(ways)) else [(start, False) for start, _ in ways]


def _sets_of_item(name: str, value: Any) -> list[frozenset[str]]:
    if name == "SUBPATTERN":
        return _sets_of(list(value[3]))
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        return _sets_of(list(value[2])) if value[0] else []
    if name == "ASSERT" and value[0] == _AHEAD:
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
    bare = string.replace(SOMEBODY, "").strip()
    if not bare:
        return 0
    # Beside somebody even a common word is rare.
    weight = _BESIDE_SOMEBODY if SOMEBODY in string else 0
    if bare not in _COMMON:
        weight += sum(map(_weight_of, bare))
    return min(_HEAVIEST, weight)


def _weight_of(char: str) -> int:
    if char > "\u4e00" or char in '"?':
        return 3
    return 2 if char > "\u3000" else 1
