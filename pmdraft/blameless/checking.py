"""Text in, blame out: the checker's two ways in."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pmdraft.blameless import markdown
from pmdraft.blameless.actors import Roster
from pmdraft.blameless.folding import DROPPED, Folded, fold, lowered, without
from pmdraft.blameless.index import Index
from pmdraft.blameless.matching import Match, match_sentence, with_their_clauses
from pmdraft.blameless.patience import patient
from pmdraft.blameless.rewriting import suggestion
from pmdraft.blameless.rules import Rule, built_in
from pmdraft.blameless.sentences import language_of, sentences
from pmdraft.language import Bilingual, Language
from pmdraft.levels import Level

if TYPE_CHECKING:
    from pmdraft.findings import Finding

# Each alternative begins with a letter of its own, which lets the search run past all others.
_MARKUP = re.compile(rf"{DROPPED}|\*|~~|_(?<![\w`]_)_*|__*(?![\w`])|\[|\]|\\(?=[|*_`])")
_MARKS = re.compile(rf"[{DROPPED}*~_\[\]\\\n]")
# 10:02, v2.1 and 4,200 end no clause, which is what rules take these marks for.
_INSIDE_A_WORD = re.compile(r"[.:](?<=\w.)(?=\w)|,(?<=\d,)(?=\d)", re.ASCII)
# 「PR が」 and 「PRが」 are written for each other; rules know the second. A space after an actor means something.
_BESIDE_LATIN = re.compile(
    " (?:(?<=[ぁ-んァ-ヶー一-龥々、。」] )(?=[a-z0-9\ue0f0])|(?<=[a-z0-9%\ue0f0] )(?=[ぁ-んァ-ヶ一-龥々「]))"
)
_NEWLINE = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\n[ \t]*(?=[^\x00-\x7f])")

_READS_AS = Bilingual("「{text}」は人を責める書き方と読める（{category}）", "“{text}” reads as blame ({category})")

_SHORT_LINE = 200
"""A line of so many code points is an entry that one rewrites whole."""

Passages = Callable[[str], Iterable[markdown.Passage]]


class Blame(NamedTuple):
    """One place in a text that blames somebody, in code points of that text."""

    rule: Rule
    start: int
    end: int
    level: Level
    category: str
    text: str
    """The words themselves."""
    why: str
    suggestion: str
    """The question to ask, and the facts that a rewrite must keep."""

    def as_finding(self, path: str, *, offset: int = 0, language: Language = Language.EN) -> "Finding":
        """The same as the record that every check of pmdraft gives."""
        from pmdraft.findings import Finding, Where  # noqa: PLC0415 - pydantic takes as long as checking a file

        span = (self.start + offset, self.end + offset)
        return Finding(
            rule=f"blameless.{self.rule.id}",
            level=self.level,
            message=_READS_AS.to(language, text=self.text, category=self.category.replace("_", " ")),
            why=self.why,
            where=Where(path=path, span=span),
            suggestion=self.suggestion,
        )

    def as_data(self) -> dict[str, str | int]:
        """The same as plain data, for other tools."""
        return {
            "rule": self.rule.id,
            "category": self.category,
            "level": self.level.value,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "why": self.why,
            "suggestion": self.suggestion,
        }


def check_text(
    text: str,
    *,
    people: Iterable[str] = (),
    context: str | None = None,
    language: Language | None = None,
    rules: Iterable[Rule] | None = None,
) -> tuple[Blame, ...]:
    """Find blame in plain text.

    Args:
        text: one statement or many.
        people: every way in which the incident's people are written.
        context: the section that the text stands in.
        language: language of the reasons and questions; that of the sentence by default.
        rules: the rules to use instead of the built-in ones.
    """
    if context == "transcript_quote":
        return ()
    chosen = tuple(rules) if rules is not None else _of_statements()

    def whole(masked: str) -> Iterable[markdown.Passage]:
        return (markdown.Passage(0, len(masked), context),)

    return tuple(_check(text, whole, Roster(people), language, chosen))


@cache
def _of_statements() -> tuple[Rule, ...]:
    """The built-in rules that are for statements of a draft: of an act that stands as a cause, its own checks tell."""
    return tuple(rule for rule in built_in() if not rule.sections)


def check_markdown(
    text: str,
    *,
    people: Iterable[str] = (),
    context: str | None = None,
    language: Language | None = None,
    rules: Iterable[Rule] | None = None,
) -> tuple[Blame, ...]:
    """Find blame in Markdown, leaving out code, quotes, addresses, comments and front matter.

    Args:
        text: a document or a part of one.
        people: every way in which the incident's people are written.
        context: the section that the text opens in; headings say the rest.
        language: language of the reasons and questions; that of the sentence by default.
        rules: the rules to use instead of the built-in ones.
    """

    def prose(masked: str) -> Iterable[markdown.Passage]:
        return markdown.passages(masked, context)

    chosen = tuple(rules) if rules is not None else built_in()
    return tuple(_check(text, prose, Roster(people), language, chosen, to_clause_end=True))


def _check(
    text: str,
    passages: Passages,
    roster: Roster,
    language: Language | None,
    rules: tuple[Rule, ...],
    *,
    to_clause_end: bool = False,
) -> Iterator[Blame]:
    indexes = _indexes(rules)
    folded = fold(text)
    masked = markdown.masked(folded.text)
    for passage in passages(masked):
        if passage.section == "transcript_quote":
            continue
        for start, end in sentences(masked, passage.start, passage.end):
            raw = masked[start:end]
            spoken = language_of(raw)
            for match, first, last in _in_sentence(
                raw, passage.section, roster, spoken, indexes[spoken], to_clause_end=to_clause_end
            ):
                explained = match.rule.explained
                with patient(match.rule):
                    if explained and explained.match(masked, end, passage.end):
                        continue
                span = folded.original(start + first, start + last)
                yield _blame(match, text, span, _told(text, *folded.original(start, end)), language or spoken)


def _told(text: str, start: int, end: int) -> str:
    """What a rewrite must leave true: the line with its time or its other cells; of a long paragraph, the sentence."""
    start += len(text[start:end]) - len(text[start:end].lstrip())  # its line is not the one that it follows
    row = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    line = text[row : stop if stop >= 0 else len(text)]
    return line if line.startswith("|") or len(line) <= _SHORT_LINE else text[start:end]


def _in_sentence(
    raw: str,
    section: str | None,
    roster: Roster,
    spoken: Language,
    index: Index,
    *,
    to_clause_end: bool,
) -> list[tuple[Match, int, int]]:
    unbroken = _NEWLINE.sub(lambda found: DROPPED * len(found.group()), raw) if "\n" in raw else raw
    line = _MARKUP.sub("", unbroken).replace("\n", " ") if _MARKS.search(raw) else raw
    marked = roster.mark(line, spoken)
    closed = _BESIDE_LATIN.sub("", marked) if spoken is Language.JA else marked
    candidates = [each for each in index.candidates(closed) if each[0].counts_in(section)]
    if not candidates:
        return []
    sentence = _INSIDE_A_WORD.sub("·", closed)
    lower = lowered(line)
    bare = _BESIDE_LATIN.sub("", lower) if spoken is Language.JA else lower
    matches = match_sentence(sentence, bare, candidates, spoken)
    if not matches:
        return []
    if to_clause_end and spoken is Language.EN:
        matches = with_their_clauses(sentence, matches)
    # Where each letter came from is worked out for the few sentences that have a match.
    of_line = without(unbroken, _MARKUP)
    of_closed = without(marked, _BESIDE_LATIN) if spoken is Language.JA else Folded(marked)
    spans = [of_line.original(*of_closed.original(match.start, match.end)) for match in matches]
    return [
        (match, last - len(raw[first:last].lstrip()), first + len(raw[first:last].rstrip(f"{DROPPED}*_ ]")))
        for match, (first, last) in zip(matches, spans, strict=True)
    ]


def _blame(match: Match, text: str, span: tuple[int, int], sentence: str, language: Language) -> Blame:
    start, end = span
    return Blame(
        rule=match.rule,
        start=start,
        end=end,
        level=match.level,
        category=match.category,
        text=text[start:end],
        why=match.rule.why.to(language),
        suggestion=suggestion(match.rule, sentence, text[start:end], language),
    )


@cache
def _indexes(rules: tuple[Rule, ...]) -> dict[Language, Index]:
    return {language: Index(rule for rule in rules if rule.language is language) for language in Language}
