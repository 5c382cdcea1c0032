"""Who did or said it: the one whose message it is, not another who is cited or named beside."""

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.roster import AS_SUBJECT, Known
from pmdraft.language import language_of_text
from pmdraft.likeness import terms_of

_SURE = 0.5
"""The share of a clause's words that the other one's message must have."""
_HARDLY = 0.2
_FEW = 2
_ASKED = re.compile(
    r"\b(?:asked|told|assigned|requested|paged|named|thanked|handed|agreed|approved|accepted|seconded|joined)\b|依頼|お願い|頼ま|任さ|指名|呼|渡さ|承認|同意|了承|賛成|受け",
    re.IGNORECASE,
)


class _Deed(NamedTuple):
    """What a statement says of one person."""

    who: Known
    span: tuple[int, int]
    words: frozenset[str]


def find_agents(cited: Cited) -> Iterator[Fault]:
    """A fault for each person who is said to have done what the message of another tells."""
    if not cited.own or cited.path.endswith((".owner", ".explanation")):
        return
    text = cited.statement.text
    if any(
        language_of_text(reading.item.text) is not language_of_text(text)
        for reading in cited.own
        if reading.item.source.is_chat
    ):
        return
    for deed in _deeds(cited):
        if len(deed.words) < _FEW:
            continue
        best = max(
            ((_share(deed, reading), reading) for reading in cited.own if reading.item.author),
            key=lambda pair: pair[0],
            default=None,
        )
        if best is None or best[0] < _SURE or deed.who.wrote(best[1].item.author) or _speaks_of(deed.who, best[1]):
            continue
        mine = max((_share(deed, reading) for reading in cited.own if _is_of(deed.who, reading)), default=0.0)
        writer = next((known for known in cited.library.people if known.wrote(best[1].item.author)), None)
        if mine <= _HARDLY and writer is not None:
            yield Fault(
                "agent",
                deed.span,
                partial(_wrote, deed.who),
                {"writer": best[1].item.author or "", "id": best[1].item.id},
            )


def _deeds(cited: Cited) -> Iterator[_Deed]:
    """Each person who is the subject of a clause, with the words up to the next one."""
    text = cited.statement.text
    subjects = sorted(
        (match.start(), match.end(), known)
        for known in cited.library.people
        for match in known.named.finditer(text)
        if AS_SUBJECT.match(text, match.end())
    )
    names = frozenset(
        term
        for known in cited.library.people
        for name in (known.person.handle, *known.person.names)
        for term in terms_of(name)
    )
    for place, (start, end, known) in enumerate(subjects):
        until = subjects[place + 1][0] if place + 1 < len(subjects) else len(text)
        clause = re.split(r"。|\.\s|; ", text[end:until])[0]
        if not _ASKED.search(text[:end] + clause):
            yield _Deed(known, (start, end), terms_of(clause) - names - _SPEECH)


_SPEECH = terms_of("said reported asked noted wrote stated confirmed concluded 報告 指摘 提案 投稿 確認 宣言 判断")


def _share(deed: _Deed, reading: Reading) -> float:
    return len(deed.words & terms_of(reading.item.text)) / len(deed.words)


def _is_of(who: Known, reading: Reading) -> bool:
    return who.wrote(reading.item.author) or _speaks_of(who, reading)


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
