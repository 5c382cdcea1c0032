"""Denials: what a statement denies and what it cites says, or the other way."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pmdraft.checks.cited import Cited, Fault, nowhere
from pmdraft.checks.clauses import clauses, parts
from pmdraft.checks.lexicon import pattern as lexicon
from pmdraft.checks.turned import turned_round
from pmdraft.checks.undenied import idle_in, overlaps
from pmdraft.language import language_of_text
from pmdraft.likeness import terms_of
from pmdraft.statement import Basis

_NO_JA = r"(?:な(?:し|い|かった|く(?:て|、|$)|さそう)|無(?:し|い|かった|く)|ません|(?<=[らかせけめれきえべ])ず(?![っつれかみ])|ぬまま|不可|ゼロ)"
# The word that is denied stands right before: 欠損なし, 再現しなかった, 効いていない.
_DENIED_JA = re.compile(
    rf"(?P<word>[一-龥々]{{2,6}}|[ァ-ヶー]{{2,12}}|[A-Za-z][A-Za-z_]{{1,20}})\s?[ぁ-ん]{{0,5}}?(?<!か)(?<!じゃ)(?<!しれ){_NO_JA}(?!か|です?か|すか|でしょ)"
)
_NEGATED_JA = re.compile(rf"{_NO_JA}|(?<![\d.,:])0(?![\d.,:])|ずに|ず、|未|不")
_NO_EN = (
    r"(?:no|not|never|without|none|neither|nor|cannot|can't|nothing|nobody|[a-z]+n['’]t"
    r"|(?:ca|wo|do|does|did|is|was|are|were|could|would|should|have|has|had)nt)"
)
_DENIED_EN = re.compile(
    rf"\b{_NO_EN}\s+(?:(?:a|an|the|any|been|be|being|yet|really|actually|fully|have|has|had|to|of|it)\s+){{0,3}}(?P<word>[A-Za-z][a-z_]{{2,20}})",
    re.IGNORECASE,
)
_NEGATED_EN = re.compile(
    rf"\b(?:{_NO_EN}|zero|(?<![\d.,:])0(?![\d.,:])|fail[a-z]*|unable|only|hardly|barely|still|yet|until|instead|rather|un[a-z]{{4,}})\b",
    re.IGNORECASE,
)
_ROOTS = {
    "lost": "los", "lose": "los", "losing": "los", "loss": "los", "ran": "run", "went": "go", "took": "take", "found": "find",
    "saw": "see", "broke": "break", "began": "begin", "rose": "rise", "fell": "fall", "came": "come", "sent": "send",
}  # fmt: skip
# "The databases have it. The load balancers have none" denies in another clause than the one with the word.
_NONE_OF_IT = re.compile(r"\b(?:none|neither|nothing|nobody)\b|そうではな|違い(?:ます|まし)", re.IGNORECASE)
# "Lost finality" says what "no finality" does.
_GONE = re.compile(
    r"\b(?:loss of|lost|losing|lack(?:s|ed|ing)?(?: of)?|missing|absence of)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_HEDGE = re.compile(r"疑|ではないか|かどうか|説|whether|suspect|theory|idea|question", re.IGNORECASE)
_OF_THEIR_OWN = re.compile(r"open_questions\b.*|lessons\.\w+\[\d+\]\.lesson")
# "Add an alert" answers that there was none, and "Logins on the web site" names what did not work.
_NAMING = re.compile(r"action_items\b.*|impact\.(?:services|users|scope)|title|.*\.event")
# That somebody did not say what is cited is said of no message that denies nothing.
_SAYING = frozenset(
    {
        "報告",
        "掲載",
        "発報",
        "宣言",
        "投稿",
        "指摘",
        "承認",
        "提案",
        "report",
        "declar",
        "post",
        "approv",
        "announc",
        "stat",
    }
)
_SAYS_LITTLE = frozenset(
    {"be", "it", "what", "that", "there", "this", "get", "do", "hav", "help", "case", "way", "thing", "look"}
)
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")


class Said(NamedTuple):
    """A word of a clause."""

    word: str
    denied: bool
    """Whether it is what the clause denies."""
    in_denial: bool
    """Whether the clause denies anything."""
    span: tuple[int, int]
    beside: frozenset[str]
    """The content words of its part of the sentence."""
    is_open: bool
    """Whether that part says what is to be, or may be."""


def find_denials(cited: Cited) -> Iterator[Fault]:
    """A fault for a word that is denied on one side where the other, which has it, denies nothing.

    Only of what is stated: hypotheses and plans deny in words of their own.
    """
    text = cited.statement.text
    texts = [reading.item.text for reading in cited.own]
    if cited.statement.basis is Basis.PROPOSED or _OF_THEIR_OWN.fullmatch(cited.path) or not texts:
        return
    if any(language_of_text(other) is not language_of_text(text) for other in texts):
        return
    is_naming = _NAMING.fullmatch(cited.path) is not None
    if span := turned_round(text, texts, language_of_text(text), added_only=is_naming):
        yield Fault("denial", span, nowhere)
        return
    there: dict[str, list[Said]] = {}
    for said in (said for other in texts for said in _said(other)):
        there.setdefault(said.word, []).append(said)
    mine = list(_said(text))
    denied_here = {said.word for said in mine if said.in_denial or said.denied}
    leaves_open = any(_NONE_OF_IT.search(other) for other in texts)
    for said in mine:
        others = there.get(said.word, ())
        if said.denied and said.word in _SAYING and not any(map(_denies, texts)):
            yield Fault("denial", said.span, nowhere)
            return
        is_added = said.denied and not leaves_open and not any(other.in_denial or other.is_open for other in others)
        is_lost = (
            not is_naming
            and said.word not in denied_here
            and not _HEDGE.search(text)
            and all(other.denied for other in others)
        )
        is_lost = is_lost and not said.is_open and any(len(said.beside & other.beside) > 1 for other in others)
        is_lost = is_lost and not _GONE.search(text, 0, said.span[0])
        if others and (is_added or is_lost):
            yield Fault("denial", said.span, nowhere)
            return


def _denies(text: str) -> bool:
    return _NEGATED_JA.search(text) is not None or _NEGATED_EN.search(text) is not None


def _said(text: str) -> Iterator[Said]:
    start = 0
    for clause in clauses(text):
        at = text.index(clause, start)
        start = at + len(clause)
        # Who asks whether it is not this denies nothing.
        if not clause.rstrip().endswith(("?", "？")):
            is_open = any(lexicon(name).search(clause) for name in ("open", "remedy"))
            for first, last in parts(clause):
                yield from _said_in(clause[first:last], at + first, is_open=is_open)


def _said_in(part: str, at: int, *, is_open: bool) -> Iterator[Said]:
    is_japanese = _JAPANESE.search(part) is not None
    pattern = _DENIED_JA if is_japanese else _DENIED_EN
    beside = terms_of(part)
    idle = idle_in(part, "idle_denial")
    found = (match for match in pattern.finditer(part) if not overlaps(match.span(), idle))
    denied = {word for match in found for word in _roots(match["word"])}
    for match in re.finditer(r"[一-龥々]{2,}|[ァ-ヶー]{2,}|[A-Za-z][A-Za-z_]+", part):
        others = part[: match.start()] + " " + part[match.end() :]
        for word in _roots(match[0]):
            yield Said(word, word in denied, _denies(others), (at + match.start(), at + match.end()), beside, is_open)


def _roots(word: str) -> Iterator[str]:
    """The forms by which a word is compared; of kanji the last two, which the ending belongs to."""
    if not word[0].isascii():
        yield word[-2:] if "一" <= word[0] <= "龥" else word
        return
    root = _ROOTS.get(word.casefold()) or next(iter(terms_of(word)), "")
    if root and root not in _SAYS_LITTLE:
        yield root
