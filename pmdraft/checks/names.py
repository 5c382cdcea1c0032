"""Names of services, hosts, products and settings that what is cited does not hold.

Names with digits are figures; here are those of letters alone. What is written like code
is a name for sure. A hyphen makes one only where the incident knows such a name, because
"start-up" has one too, and so does a capital only within a sentence.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from pmdraft.checks.cited import Cited, Fault, Library, Reading
from pmdraft.checks.content import units_of
from pmdraft.checks.figures import same_length_nfkc
from pmdraft.checks.lexicon import words
from pmdraft.checks.siblings import sibling_of
from pmdraft.language import language_of_text
from pmdraft.statement import Basis

_CODE = re.compile(
    r"(?<![\w/.-])(?:/[a-z][\w-]*(?:/[\w{}:.-]*\w)*|[A-Za-z]\w*_\w+|[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]+)+|[A-Z]?[a-z]+(?:[A-Z][a-z0-9]+)+)(?![\w/])",
    re.ASCII,
)
_HYPHENED = re.compile(r"(?<![\w/.-])[A-Za-z]+(?:-[A-Za-z]+)+(?![\w/-])", re.ASCII)
_CAPITAL = re.compile(r"(?<![\w/.`@#-])[A-Z][A-Za-z]{2,}(?![\w/-]|\.\w)", re.ASCII)
_WORD = re.compile(r"(?<![\w/.`@#-])[A-Za-z]{3,}(?![\w/-]|\.\w)", re.ASCII)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;。：；「『（(\[\"“'‘`|]|[-–—•*]|\n)\s*$")
# MiB is what a number is counted in.
_OF_DATA = re.compile(r"[KMGTPkmgtp]i?(?:[Bb]|bit|bps|Bps)|[kMG]Hz")
_SHORT = 4
_REST = 0.4
"""The share of a statement's words that what is cited must have for a name to be left to the talk around it."""
_PLANS = ("action_items[", "lessons.", "title")
"""What is to be done or learnt, and a title, is said in words of its own, and of what the incident is about."""
_OFTEN = 5
"""In how much of the evidence a name stands that the incident is about, or in a hundredth if that is more."""
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")


def find_names(cited: Cited) -> Iterator[Fault]:
    """A fault for each name that the statement has and what it cites has not."""
    if not cited.own:
        return
    text = same_length_nfkc(cited.statement.text)
    seen: set[str] = set()
    for start, end, word in _candidates(text, cited.library):
        if _OF_DATA.fullmatch(word):
            continue
        belonging = cited.library if cited.statement.basis is Basis.PROPOSED else cited.around
        if word.casefold() in seen or any(_has(word, reading) for reading in belonging):
            continue
        seen.add(word.casefold())
        if any(_has(word, reading) for reading in cited.threads) or _is_what_is_talked_of(word, text, cited):
            continue
        yield missing_name(word, (start, end), partial(_has, word), cited)


def _is_what_is_talked_of(word: str, text: str, cited: Cited) -> bool:
    """Whether the channel is about it, and what is cited names nothing else that it could be taken for.

    "All nodes are down" is of OpenEthereum where the channel is talking of it; "Besu nodes are down" is not.
    """
    if is_initialled(word, cited):
        return True
    if not is_about(partial(_has, word), cited):
        return False
    if cited.path.startswith(_PLANS):
        return True
    said = {_plain(name) for *_, name in _candidates(text, cited.library)}
    return all(
        _plain(name) in said or _is_code(name) != _is_code(word) or _is_person(name, cited.library)
        for reading in cited.own
        for *_, name in _candidates(same_length_nfkc(reading.item.text), cited.library)
    )


def is_about(holds: Callable[[Reading], bool], cited: Cited) -> bool:
    """Whether a thing was spoken of just before what is cited, or again and again in the incident.

    Only where what is cited tells the rest: it is the thing alone that may be left to the talk around it.
    """
    if not _tells_the_rest(cited):
        return False
    if any(holds(reading) for reading in cited.before):
        return True
    enough = max(_OFTEN, cited.library.size // 100)
    return next(islice((True for reading in cited.library if holds(reading)), enough - 1, None), False)


def _tells_the_rest(cited: Cited) -> bool:
    text = cited.statement.text
    is_foreign = any(language_of_text(text) is not language_of_text(reading.item.text) for reading in cited.own)
    units = units_of(text, cited.library.vocabulary, is_foreign=is_foreign)
    words = frozenset[str]().union(*(cited.library.vocabulary.of(reading.item) for reading in cited.own))
    held = sum(bool(unit & words) for unit in units)
    return held >= _REST * len(units) and held > 0


def is_initialled(word: str, cited: Cited) -> bool:
    """Whether what is cited has its initials: PDB of PodDisruptionBudget."""
    initials = "".join(letter for letter in word if letter.isupper())
    return 1 < len(initials) < len(word) and any(
        re.search(rf"(?<![A-Za-z]){initials}(?![A-Za-z])", reading.item.text) for reading in cited.own
    )


def _is_code(name: str) -> bool:
    return _CODE.fullmatch(name) is not None or "-" in name


def _is_person(name: str, library: Library) -> bool:
    return any(known.anywhere.fullmatch(name) for known in library.people)


def missing_name(word: str, span: tuple[int, int], holds: Callable[[Reading], bool], cited: Cited) -> Fault:
    """The fault for a name that is not there: its sibling is, or nothing like it."""
    other = sibling_of(word, cited)
    return Fault("sibling", span, holds, {"other": other}) if other else Fault("name", span, holds)


def _candidates(text: str, library: Library) -> Iterator[tuple[int, int, str]]:
    for match in _CODE.finditer(text):
        if not any(letter.isdigit() for letter in match[0]):
            yield *match.span(), match[0]
    for match in _HYPHENED.finditer(text):
        if _is_known_kind(match[0], library):
            yield *match.span(), match[0]
    for match in _WORD.finditer(text):
        if match[0].casefold() in words("products"):
            yield *match.span(), match[0]
    is_japanese = _JAPANESE.search(text) is not None
    for match in _CAPITAL.finditer(text):
        if text.startswith(" time", match.end()):
            continue  # Tokyo time is a zone
        at_start = _SENTENCE_START.search(text[: match.start()]) is not None
        if match[0].casefold() in words("capitals") or (at_start and not is_japanese):
            continue
        yield *match.span(), match[0]


def _is_known_kind(word: str, library: Library) -> bool:
    """Whether the incident has that name, or one that shares a part with it: db-replica beside db-primary."""
    plain = word.casefold()
    parts = plain.split("-")
    if words("joined").intersection(parts):
        return False
    return (
        plain in library.hyphened
        or parts[-1] in words("parts_of_names")
        or any(
            len(known) == len(parts) and (known[0] == parts[0] or known[-1] == parts[-1])
            for known in library.hyphened.values()
        )
    )


def _has(word: str, reading: Reading) -> bool:
    plain = _plain(word)
    if plain in reading.plain or (plain.endswith("s") and len(plain) > 4 and plain[:-1] in reading.plain):
        return True
    # Prsym is Prysm, typed in haste.
    return len(plain) > _SHORT and plain.isalpha() and (plain[0], "".join(sorted(plain))) in reading.scrambled


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]", "", text.casefold())
