"""English predicates and whether they are denied: is not healthy, had no alert, without a unit."""

import re
from collections.abc import Iterator

from pmdraft.checks.clauses import parts
from pmdraft.checks.lexicon import pattern
from pmdraft.checks.predicate import Predicate
from pmdraft.likeness import terms_of

_SMALL = (
    r"(?:(?:a|an|the|any|been|be|being|yet|really|actually|fully|just|on|in|at|of|to|from|by|its|our|their|my|no)"
    r"\s+){0,3}"
)
_WORD = "[a-z][a-z_-]{2,20}"
# What something is or was, and what it is not: "is not healthy", "was on the list".
_IS = re.compile(
    r"(?:\b(?:is|are|was|were|am|be|been)|(?<=\w)['’](?:s|re|m))(?P<no>\s+(?:not|never|no)\b|n['’]?t\b)?"
    rf"\s+{_SMALL}(?P<word>{_WORD})",
    re.IGNORECASE,
)
# What there is, and what there is not: "no alert", "without a unit", "some news", "has an owner".
_HAS = re.compile(
    r"\b(?:(?P<no>(?:(?:has|have|had|is|are|was|were|with)\s+)?(?:no|zero)|without|lacks?|lacked"
    r"|(?:[a-z]+n['’]?t|not|never|nobody)\s+(?:to\s+)?(?:yet\s+)?(?:have|has|had))"
    r"|some|with|there (?:is|are|was|were)|has|have|had)"
    rf"\s+(?:(?:a|an|the|any|some)\s+)?(?P<word>{_WORD})(?:\s+(?P<more>{_WORD}))?",
    re.IGNORECASE,
)
# What is so of none: "none lost", "none of them were lost", "no orders were lost", "nobody was charged".
_OF_NONE = re.compile(
    r"\b(?:(?:nobody|no one|nothing|neither|none(?:\s+of(?:\s+[\w,-]+){1,4}?)?"
    r"|no(?!\s+one\b)(?:\s+[a-z-]+){1,2})\s+(?:is|are|was|were|ha[sd] been|have been)(?P<not>\s+not)?|none)"
    rf"\s+(?P<word>{_WORD})",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"(?P<word>[a-z][a-z_-]{2,20})(?::|\s+(?:is|was|are|were|has|have|had))?\s+(?:(?P<no>none|nil|zero)|some)\b(?!\s+\w)",
    re.IGNORECASE,
)


def english_predicates(text: str) -> Iterator[Predicate]:
    """The predicates of an English text, part by part."""
    for start, end in parts(text):
        if pattern("open").search(text, start, end):
            continue
        beside = terms_of(text[start:end])
        of_none = list(_OF_NONE.finditer(text, start, end))
        for match in of_none:
            yield from (
                Predicate("=" + stem, match["not"] is None, beside, match.span(), (start, end))
                for stem in terms_of(match["word"])
            )
        for sign, form in (("=", _IS), ("+", _HAS), ("+", _NONE)):
            for match in form.finditer(text, start, end):
                if form is _IS and any(none.start() < match.start() < none.end() for none in of_none):
                    continue
                for stem in terms_of(f"{match['word']} {match['more'] or ''}" if form is _HAS else match["word"]):
                    yield Predicate(sign + stem, match["no"] is not None, beside, match.span(), (start, end))
