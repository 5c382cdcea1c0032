"""One of several similar things taken for another: the other region, client, version or replica."""

import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import islice

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.figures import same_length_nfkc
from pmdraft.checks.lexicon import groups

_NAME = re.compile(
    r"(?<![\w.-])/?[A-Za-z][A-Za-z0-9]*(?:[-_./][A-Za-z0-9]+)*(?![\w-])|(?<![\w.])v?\d{1,9}(?:\.\d{1,9}){1,9}", re.ASCII
)
_MANY = 2000
_PART = re.compile(r"[A-Za-z]+|\d+")
_TOP_LEVEL = re.compile(r"(?<=[a-z\d])\.(?:com|org|net|io|dev|app|jp|uk|de|eu|internal|local|example|test)$")
# Client A, zone c, 顧客A, A社; in Japanese the thing before the letter is told by its last two letters.
_LETTERED = re.compile(
    r"\b(?P<thing>client|customer|tenant|team|zone|rack|cluster|region|site|shard|group|phase|plan|option|building|account|"
    r"partner|vendor|pool|room|cell|stack|batch|wave|step|track|line|bank|carrier)s? (?P<letter>[A-Z])\b"
    r"|(?P<thing_ja>[ァ-ヶー一-龥]{2})(?P<letter_ja>[A-Z])(?![A-Za-z])|(?<![A-Za-z])(?P<letter_of>[A-Z])(?P<of>社|店|棟|案|系|拠点|チーム)",
    re.IGNORECASE,
)

Pair = tuple[re.Pattern[str], ...]


def sibling_of(word: str, cited: Cited) -> str | None:
    """The name in what is cited that is most like this one, with a part of it at least."""
    parts = _parts(word)
    best, most = None, 0
    for reading in cited.own:
        for match in islice(_NAME.finditer(reading.text), _MANY):
            others = _parts(match[0])
            if len(others) == len(parts) > 1 and len(match[0]) > 1:
                same = sum(a == b for a, b in zip(parts, others, strict=True))
                if most < same < len(parts):
                    best, most = match[0], same
    return best


def _parts(name: str) -> list[str]:
    """The parts that two names can share; that both end in .org makes no two alike."""
    return _PART.findall(_TOP_LEVEL.sub("", name.casefold()))


def find_siblings(cited: Cited) -> Iterator[Fault]:
    """A fault for each thing of a pair, or with a letter, where what is cited has only the other."""
    text = same_length_nfkc(cited.statement.text)
    said = list(_LETTERED.finditer(text))
    letters = (
        {_lettered(found): found[0] for reading in cited.around for found in _LETTERED.finditer(reading.normal)}
        if said
        else {}
    )
    things = {thing: words for (thing, _), words in letters.items()}
    for match in said:
        key = _lettered(match)
        if key not in letters and key[0] in things:
            yield Fault("sibling", match.span(), partial(_has_lettered, key), {"other": things[key[0]]})
    if cited.path.endswith(".lesson"):
        return  # of development, for production
    for group in pairs("pairs"):
        if found := only_the_other(text, group, cited):
            match, other = found
            yield Fault("sibling", match.span(), partial(_has, match.re), {"other": other})


def only_the_other(text: str, group: Pair, cited: Cited) -> tuple[re.Match[str], str] | None:
    """What a text has of a group where what it cites has another only, and that other; None where it does not.

    A text that has both sets one against the other, and may leave one of them unsaid by the evidence.
    """
    said = [match for pattern in group if (match := pattern.search(text))]
    if len(said) != 1:
        return None
    others = (pattern for pattern in group if pattern is not said[0].re)
    there = [found[0] for other in others for reading in cited.own if (found := other.search(reading.normal))]
    if not there or any(said[0].re.search(reading.normal) for reading in cited.around):
        return None
    return said[0], there[0]


def _has(pattern: re.Pattern[str], reading: Reading) -> bool:
    return pattern.search(reading.normal) is not None


def _has_lettered(key: tuple[str, str], reading: Reading) -> bool:
    return any(_lettered(found) == key for found in _LETTERED.finditer(reading.normal))


def _lettered(match: re.Match[str]) -> tuple[str, str]:
    thing = match["thing"] or match["thing_ja"] or match["of"]
    letter = match["letter"] or match["letter_ja"] or match["letter_of"]
    return thing.casefold(), letter.casefold()


@cache
def pairs(name: str) -> tuple[Pair, ...]:
    """The groups of a list in `lexicon.toml`, each of words that exclude one another."""
    return tuple(tuple(_pattern(member) for member in group) for group in groups(name))


def _pattern(member: str) -> re.Pattern[str]:
    """A pattern in which Latin words stand for themselves, and Japanese ones anywhere."""
    words = (rf"(?<![A-Za-z]){word}(?![A-Za-z])" if word.isascii() else word for word in member.split("|"))
    return re.compile("|".join(words), re.IGNORECASE)
