"""Who did or said it: the one whose messages tell it, not another who is cited or named beside."""

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from pmdraft.checks.amounts import holds
from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.figures import Figure, figures
from pmdraft.checks.roster import AS_SUBJECT, Known
from pmdraft.checks.vocabulary import Unit, units_of
from pmdraft.language import language_of_text
from pmdraft.likeness import terms_of

_MOST = 0.5
"""The share of a deed that the messages of another must tell."""
_MORE = 0.35
"""By how much more of it than those of the one who is named."""
_MORE_OF_A_SPEAKER = 0.5
"""The same where a message of that one is cited too: who drops a theory need not name it again."""
_FEW = 2
_SPEECH = terms_of("said reported asked noted wrote stated confirmed concluded 報告 指摘 提案 投稿 確認 宣言 判断")

# Where a clause ends, and a reason or a turn may be in the words of somebody else.
_END = re.compile(
    r"。|[;；]\s?|\.\s|(?<=[たるいだすんくう])(?:が|けど|けれど)、?|(?:ため|ので|のに(?!は)|ものの)、?"
    r"|, (?:as|while|but|because|since|which|who|and)\b|\b(?:because|after|since)\b"
)
_TOLD_BY = re.compile(
    r"\s?(?:さん|氏)?に(?:よると|よれば)|\s?(?:さん|氏)?の(?:報告|指摘|話|発言|見方|計算)(?:では|によ)"
)
_AFTERWARDS = re.compile(r"\s?(?:さん|氏)?[)）]")
_OPENING = re.compile(r"[:：]")
# "sre-lead asked bob to look" tells what sre-lead did.
_IS_TOLD = re.compile(
    r"\b(?:ask(?:ed|ing|s)?|t(?:old|ell|elling)|request(?:ed|ing)?|assign(?:ed|ing)?|paged?|paging|thank(?:ed|ing)?|"
    r"handed|let|had|made|for|with|of|to)\s$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"(?:さん|氏)?(?:\s?(?:、|と|や|・|,|&|/)\s?|,? (?:and|or) )$")
# Who agrees or takes on has little to say: the words are those of whoever proposed or asked.
_ANSWERS = re.compile(
    r"\b(?:(?:was|were|been|being) \w+ed|agree[ds]?|approved?|accept(?:ed)?|second(?:ed)?|join(?:ed)?|thank(?:ed)?"
    r"|acknowledged?|took (?:\w+ )?on|went along)\b"
    r"|依頼|頼ま|任さ|認め|応じ|従[いっ]|指名|渡さ|承認|同意|了承|賛成|受け|引き受|引き継|担当|納得|され",
    re.IGNORECASE,
)
_TAKES_NOTHING_ON = re.compile(
    r"[?？]|お願い|ください|下さい|頼む|ほしい|欲しい|\b(?:please|pls|could|can|would you|someone|anyone)\b|誰か",
    re.IGNORECASE,
)


class _Deed(NamedTuple):
    """What a statement says of one person."""

    who: Known
    span: tuple[int, int]
    """Where it names them."""
    text: str
    """What they did or said."""


class _Telling(NamedTuple):
    """The words and figures of a deed."""

    units: frozenset[Unit]
    figures: tuple[Figure, ...]

    def __len__(self) -> int:
        return len(self.units) + len(self.figures)

    def share(self, readings: list[Reading]) -> float:
        """How much of it some messages tell together."""
        words = frozenset[str]().union(*(terms_of(reading.item.text) for reading in readings))
        told = sum(bool(unit & words) for unit in self.units)
        told += sum(any(holds(figure, reading) for reading in readings) for figure in self.figures)
        return told / len(self)


def find_agents(cited: Cited) -> Iterator[Fault]:
    """A fault for each person who is said to have done what the messages of another tell."""
    if not cited.own:
        return
    if cited.path.endswith(".owner"):
        yield from _another_took_it_on(cited)
        return
    for deed in _deeds(cited):
        if not any(_names(deed.who, reading) for reading in cited.own) and (other := _one_who_wrote(cited)):
            yield _fault(deed.who, deed.span, *other)
            continue
        telling = _telling(deed, cited)
        if len(telling) < _FEW:
            continue
        others = _by_others(deed.who, cited)
        writer = max(others, key=lambda name: telling.share(others[name]), default=None)
        if writer is None:
            continue
        most = telling.share(others[writer])
        own = telling.share([reading for reading in cited.around if _is_of(deed.who, reading)])
        more = _MORE_OF_A_SPEAKER if any(deed.who.wrote(reading.item.author) for reading in cited.own) else _MORE
        if most >= _MOST and most - own >= more:
            item = max(others[writer], key=lambda reading: telling.share([reading])).item
            yield _fault(deed.who, deed.span, item.author or "", item.id)


def _one_who_wrote(cited: Cited) -> tuple[str, str] | None:
    """Author and id of a message of the roster that is cited, if any is."""
    return next(((author, reading.item.id) for author, reading in _written(cited)), None)


def _written(cited: Cited) -> Iterator[tuple[str, Reading]]:
    """What is cited of the messages of the roster, each with its author."""
    for reading in cited.own:
        author = reading.item.author
        if author and any(known.wrote(author) for known in cited.library.people):
            yield author, reading


def _another_took_it_on(cited: Cited) -> Iterator[Fault]:
    """A fault for an owner whom nothing cited names, where somebody else says that they will do it."""
    for known in cited.library.people:
        match = known.anywhere.search(cited.statement.text)
        if match is None or any(_names(known, reading) for reading in cited.own):
            continue
        for reading in cited.own:
            if reading.item.author and not _TAKES_NOTHING_ON.search(reading.item.text):
                yield _fault(known, match.span(), reading.item.author, reading.item.id)
                return


def _fault(who: Known, span: tuple[int, int], writer: str, name: str) -> Fault:
    return Fault("agent", span, partial(_wrote, who), {"writer": writer, "id": name})


def _deeds(cited: Cited) -> Iterator[_Deed]:
    """What the statement says that each person did or said, a clause each."""
    text = cited.statement.text
    named = sorted(
        (match.start(), match.end(), known) for known in cited.library.people for match in known.named.finditer(text)
    )
    starts = [start for start, *_ in named]
    ends = {end for _, end, _ in named}
    for start, end, known in named:
        before = text[:start].removesuffix("@")
        beside = _BESIDE.search(before)
        # Of "alice and bob" either may have written it.
        if _IS_TOLD.search(before) or (beside and beside.start() in ends):
            continue
        following = next((other for other in starts if other > end), len(text))
        if AS_SUBJECT.match(text, end) or (start <= 1 and _OPENING.match(text, end)):
            clause = _clause_after(text[end:following])
            if _ANSWERS.search(clause):
                continue
        elif told := _TOLD_BY.match(text, end):
            clause = _clause_after(text[told.end() : following])
        elif _AFTERWARDS.match(text, end) and text[start - 1 : start] in ("(", "（"):
            clause = _clause_before(text[: start - 1])
        else:
            continue
        yield _Deed(known, (start, end), clause)


def _clause_after(text: str) -> str:
    # A name's own particle が ends no clause.
    begins = re.match(r"\s?(?:さん|氏)?\s?[がは]、?|[:：]", text)
    body = text[begins.end() :] if begins else text
    return _END.split(body, maxsplit=1)[0]


def _clause_before(text: str) -> str:
    return _END.split(text.rstrip(" 。."))[-1]


def _telling(deed: _Deed, cited: Cited) -> _Telling:
    is_foreign = any(
        language_of_text(reading.item.text) is not language_of_text(cited.statement.text)
        for reading in cited.own
        if reading.item.source.is_chat
    )
    units = units_of(deed.text, cited.library.vocabulary, is_foreign=is_foreign)
    names = cited.library.named | _SPEECH
    counted = tuple(figure for figure in figures(deed.text) if figure.is_telling)
    return _Telling(frozenset(unit for unit in units if not unit & names), counted)


def _by_others(who: Known, cited: Cited) -> dict[str, list[Reading]]:
    """What is cited of the messages of other people that do not speak of `who`, by author."""
    messages: dict[str, list[Reading]] = {}
    for author, reading in _written(cited):
        if not _is_of(who, reading):
            messages.setdefault(author, []).append(reading)
    return messages


def _is_of(who: Known, reading: Reading) -> bool:
    return who.wrote(reading.item.author) or _speaks_of(who, reading)


def _names(who: Known, reading: Reading) -> bool:
    return who.wrote(reading.item.author) or who.anywhere.search(reading.item.text) is not None


def _speaks_of(who: Known, reading: Reading) -> bool:
    """Whether a message tells of somebody, and does not only speak to them."""
    text = reading.item.text
    for match in who.anywhere.finditer(text):
        is_called = text[: match.start()].endswith("@") or re.match(
            r"(?:さん)?[、,!！]|(?:さん)?\s*$", text[match.end() :]
        )
        if not is_called:
            return True
    return False


def _wrote(who: Known, reading: Reading) -> bool:
    return who.wrote(reading.item.author)
