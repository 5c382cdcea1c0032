"""A model reads a text for blame after the rules have read it: it points at words, and code decides.

What the rules found stands whatever the model says. What the model adds counts only where its words stand in the
text's own prose word for word, and how grave it is follows from who carries it, as for the rules. A rewrite is shown
only if the rules find no blame in it and it holds the facts of the sentence, all of them and no others.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from pmdraft.blameless import markdown
from pmdraft.blameless.actors import Actor, Roster
from pmdraft.blameless.checking import Blame, check_text
from pmdraft.blameless.folding import fold
from pmdraft.blameless.matching import names_blame_to_reject_it
from pmdraft.blameless.rewriting import facts_of, suggestion
from pmdraft.blameless.rules import CATEGORIES, DEFAULT_LEVELS, Rule, built_in
from pmdraft.blameless.sentences import sentences
from pmdraft.drafting.prompts import document_request
from pmdraft.language import Language, language_of_text
from pmdraft.levels import Level
from pmdraft.llm.answer import ask
from pmdraft.llm.seam import Model
from pmdraft.redact import Redactor
from pmdraft.wire import Wire

# Without anybody who carries it, only these are blame by the noun itself.
_BLAME_BY_ITSELF = frozenset(
    {"human_error_label", "lack_of_label", "culprit_hunt", "person_directed_action", "sarcasm", "self_blame"}
)
_UNKNOWN = re.compile(r"\[(?:confirm|to confirm|要確認)\]", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]{4,}|[一-龥々]{2,}|[ァ-ヶー]{3,}")
_MOST_NEW_WORDS = 2

_PRONOUNS = "he, she, they, you"
Carrier = Literal["named person", "he, she, they, you", "role", "team or vendor", "I", "we", "nobody named", "system"]


class BlamePassage(Wire):
    """One place that blames."""

    words: str
    """The words that blame, copied word for word from the text, no more of the sentence than these."""
    carried_by: Carrier
    """Who is blamed by them."""
    category: Literal[CATEGORIES]  # type: ignore[valid-type]  # one list of categories for rules and model
    rewrite: str | None
    """The whole sentence rewritten; null if that takes facts which the text does not hold."""


class Rewrite(Wire):
    """A way out for one of the findings that are given."""

    finding: int
    rewrite: str | None
    """The whole sentence rewritten; null if that takes facts which the text does not hold."""


class BlameAnswer(Wire):
    """What the model gives for one document."""

    passages: list[BlamePassage]
    rewrites: list[Rewrite]


class Reading(NamedTuple):
    """What two readings found together."""

    found: tuple[Blame, ...]
    """In the order of the text; a rewrite that holds stands in `suggestion`."""
    added: int
    """How many of them only the model saw."""
    dropped: int
    """Passages that are not in the text, or are there as code, quotation or rejected blame."""
    rewritten: int
    refused: int
    """Rewrites that blamed again, lost a fact or brought a new one."""


class _Sentence(NamedTuple):
    start: int
    end: int
    text: str


def read_again(text: str, found: Sequence[Blame], model: Model, *, people: Iterable[str] = ()) -> Reading:
    """Have a model read a Markdown text that the rules have read; one request.

    Args:
        text: the document.
        found: what the rules found in it.
        model: what answers; it sees the text with its secrets replaced.
        people: every way in which the incident's people are written.

    Raises:
        ModelError: there is no usable answer.
    """
    names = tuple(people)
    told = [_Sentence(*span, text[slice(*span)]) for span in _prose(text)]
    around = [_around(told, blame) for blame in found]
    clean = Redactor().clean
    request = document_request(
        "blame",
        BlameAnswer,
        text=clean(text),
        people=[clean(name) for name in names],
        found=[(clean(blame.text), clean(sentence.text)) for blame, sentence in zip(found, around, strict=True)],
        categories=CATEGORIES,
    )
    answer, _ = ask(model, request, BlameAnswer)

    offered = {each.finding - 1: each.rewrite for each in answer.rewrites if each.rewrite}
    kept = [
        _with_rewrite(blame, sentence, offered.get(number), names)
        for number, (blame, sentence) in enumerate(zip(found, around, strict=True))
    ]
    fresh = _fresh(answer.passages, told, found, names)
    new = [_with_rewrite(blame, sentence, rewrite, names) for blame, sentence, rewrite in fresh]
    asked = len([number for number in offered if 0 <= number < len(found)]) + sum(bool(each[2]) for each in fresh)
    rewritten = sum(held for _, held in (*kept, *new))
    everything = sorted((blame for blame, _ in (*kept, *new)), key=lambda blame: (blame.start, blame.end))
    return Reading(tuple(everything), len(new), len(answer.passages) - len(new), rewritten, asked - rewritten)


def _prose(text: str) -> Iterable[tuple[int, int]]:
    """The sentences of the document's own prose: no code, no quotation."""
    masked = markdown.masked(text)
    for passage in markdown.passages(masked):
        if passage.section != "transcript_quote":
            yield from sentences(masked, passage.start, passage.end)


def _around(told: Sequence[_Sentence], blame: Blame) -> _Sentence:
    inside = (each for each in told if each.start <= blame.start < each.end)
    return next(inside, _Sentence(blame.start, blame.end, blame.text))


def _fresh(
    passages: Iterable[BlamePassage], told: Sequence[_Sentence], found: Sequence[Blame], names: tuple[str, ...]
) -> list[tuple[Blame, _Sentence, str | None]]:
    """What the model saw and the rules did not, where it holds."""
    taken = [(blame.start, blame.end) for blame in found]
    fresh: list[tuple[Blame, _Sentence, str | None]] = []
    roster = Roster(names)
    for passage in passages:
        words = passage.words.strip()
        place = next(
            (
                (sentence, start)
                for sentence in told
                if words and passage.carried_by != "system"
                for start in (_place(sentence, words),)
                if start is not None and all(start + len(words) <= a or b <= start for a, b in taken)
            ),
            None,
        )
        if place is None:
            continue
        sentence, start = place
        blame = _blame(passage, sentence, start, len(words), roster)
        if blame is not None:
            taken.append((blame.start, blame.end))
            fresh.append((blame, sentence, passage.rewrite))
    return fresh


def _place(sentence: _Sentence, words: str) -> int | None:
    """Where the words stand in a sentence that does not itself reject them."""
    inside = markdown.masked(sentence.text).find(words)
    language = language_of_text(sentence.text)
    if inside < 0 or names_blame_to_reject_it(sentence.text.lower(), language):
        return None
    return sentence.start + inside


def _blame(passage: BlamePassage, sentence: _Sentence, start: int, length: int, roster: Roster) -> Blame | None:
    language = language_of_text(sentence.text)
    kind = _carrier(sentence.text, start - sentence.start, length, roster, language)
    if kind is Actor.THEY and passage.carried_by != _PRONOUNS:
        kind = None  # "they" may as well be servers
    level = DEFAULT_LEVELS["nobody" if kind is None else kind.name.lower()]
    if kind is None:
        level = Level.WARNING if passage.category in _BLAME_BY_ITSELF else Level.INFO
    if level is None:
        return None
    rule = _rule(passage.category, language)
    words = sentence.text[start - sentence.start :][:length]
    return Blame(
        rule=rule,
        start=start,
        end=start + length,
        level=level,
        category=passage.category,
        text=words,
        why=rule.why.to(language),
        suggestion=suggestion(rule, sentence.text, words, language),
    )


def _carrier(text: str, start: int, length: int, roster: Roster, language: Language) -> Actor | None:
    """The actor within the words, else the last one before them, else the first one after."""
    folded = fold(text)
    if len(folded.text) != len(text):
        return None
    marked = roster.mark(folded.text, language)
    kinds = {kind.value: kind for kind in Actor}
    places = [(place, kinds[letter]) for place, letter in enumerate(marked) if letter in kinds]
    within = [kind for place, kind in places if start <= place < start + length]
    before = [kind for place, kind in places if place < start]
    after = [kind for place, kind in places if place >= start + length]
    return next(iter([*within, *reversed(before), *after]), None)


def _rule(category: str, language: Language) -> Rule:
    """The reason and the question of the category's first rule, under a name that says whose finding it is."""
    of_language = [rule for rule in built_in() if rule.language is language]
    rule = next((rule for rule in of_language if rule.category == category), of_language[0])
    return replace(rule, id=f"model.{category}", category=category)


def _with_rewrite(blame: Blame, sentence: _Sentence, rewrite: str | None, names: tuple[str, ...]) -> tuple[Blame, bool]:
    """The finding with the model's rewrite as its suggestion, if that holds."""
    if rewrite is None or not holds(rewrite, sentence.text, names):
        return blame, False
    return blame._replace(suggestion=rewrite.strip()), True


def holds(rewrite: str, sentence: str, people: Iterable[str]) -> bool:
    """Whether a rewrite blames nobody, keeps every fact of the sentence and brings no new one unmarked."""
    known = tuple(people)
    if not rewrite.strip() or rewrite.strip() == sentence.strip() or "\n" in rewrite.strip():
        return False
    if any(blame.level is not Level.INFO for blame in check_text(rewrite, people=known)):
        return False
    if set(facts_of(_UNKNOWN.sub("", rewrite))) != set(facts_of(sentence)):
        return False
    if any(name in rewrite and name not in sentence for name in known):
        return False
    before = {word.lower() for word in _WORD.findall(sentence)}
    fresh = [word for word in _WORD.findall(rewrite) if word.lower() not in before]
    return len(fresh) <= _MOST_NEW_WORDS or _UNKNOWN.search(rewrite) is not None
