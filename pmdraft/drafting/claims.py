"""From a model's claims to statements: words are looked up, and nothing is surer than they make it."""

from collections.abc import Iterable, Sequence

from pmdraft.drafting.quoting import LookedUp, Miss, Quotations
from pmdraft.evidence import Incident
from pmdraft.language import Bilingual, Language
from pmdraft.ledger import Rejected
from pmdraft.shown import one_line
from pmdraft.statement import Basis, Statement
from pmdraft.wire import Claim, Quoted

_VOID = Bilingual(
    "引用した言葉がどの根拠にもない（{words}）。採用しなかった",
    "left out: the words that it quotes are in no evidence ({words})",
)
_DROPPED = Bilingual(
    "引用した言葉が根拠にない（{words}）。その引用だけを外した",
    "some words that it quotes are in no evidence ({words}); that citation was dropped",
)
_MOVED = Bilingual(
    "引用した言葉「{words}」は {id} ではなく {holder} にある。引用先を直した",
    "the words that it quotes, “{words}”, are in {holder}, not in {id}; the citation was put right",
)


class Claims:
    """Makes the statements of one draft, and keeps the ledger of what was not taken as it was given."""

    def __init__(self, incident: Incident, language: Language) -> None:
        self._quotations = Quotations(incident)
        self._language = language
        self.rejected: list[Rejected] = []

    def statement(self, part: str, claim: Claim | None) -> Statement | None:
        """The statement of a claim; None if it says nothing or quotes only what is not there."""
        return self.of(part, claim.text, claim.evidence, Basis(claim.basis)) if claim else None

    def statements(self, part: str, claims: Iterable[Claim]) -> tuple[Statement, ...]:
        """The statements of those claims that hold."""
        return tuple(made for claim in claims if (made := self.statement(part, claim)))

    def of(self, part: str, text: str, quoted: Sequence[Quoted], basis: Basis) -> Statement | None:
        """A statement of that basis, with the citations that hold."""
        text = text.strip()
        if not text:
            return None
        found = self._quotations.look_up(quoted)
        self._account(part, text, found)
        if quoted and not found.quotes:
            return None
        return Statement(text=text, evidence=found.evidence, basis=basis, quotes=found.quotes)

    def concluded(self, part: str, text: str, facts: Sequence[Quoted], said_so: Sequence[Quoted]) -> Statement | None:
        """What follows from facts: stated only if somebody said that it does, else a hypothesis."""
        somebody_said = bool(self._quotations.look_up(said_so).quotes)
        return self.of(part, text, [*facts, *said_so], Basis.STATED if somebody_said else Basis.HYPOTHESIS)

    def _account(self, part: str, text: str, found: LookedUp) -> None:
        cited = tuple(dict.fromkeys(miss.quoted.id for miss in found.misses if miss.holder is None))
        nowhere = [miss for miss in found.misses if miss.holder is None]
        if nowhere:
            reason = (_DROPPED if found.quotes else _VOID).to(self._language, words=", ".join(map(_told, nowhere)))
            self.rejected.append(Rejected(part=part, text=text, reason=reason, evidence=cited))
        for miss in found.misses:
            if miss.holder is not None:
                words = one_line(miss.quoted.words, 80)
                reason = _MOVED.to(self._language, words=words, id=miss.quoted.id, holder=miss.holder)
                self.rejected.append(Rejected(part=part, text=text, reason=reason, evidence=(miss.holder,)))


def _told(miss: Miss) -> str:
    return f"{miss.quoted.id}: {one_line(miss.quoted.words, 80)}"
