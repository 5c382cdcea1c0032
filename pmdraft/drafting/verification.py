"""The verification of a draft: each statement read once more, with only what it cites.

The model that reads did not write, and sees a statement with its own evidence alone.
What it says can weaken a statement, take words from it or mark it, and never adds
anything. Blame in the draft's own words is reworded in the same request; words quoted
from the channel stay as they were said.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pmdraft.blameless.roster import names_of
from pmdraft.checks.blame import check_blame, find_blame, section_of
from pmdraft.drafting.asking import OUTLINE, SKIPPED, Asker, PartRun, together
from pmdraft.drafting.explanation import chained
from pmdraft.drafting.prompts import Task, plain_ids
from pmdraft.drafting.quoting import is_quoted_from, spoken
from pmdraft.drafting.reading_list import Item, is_to_be_verified, items_of
from pmdraft.drafting.rewording import has_same_facts, is_weaker
from pmdraft.errors import BadAnswer, CutOff, ModelUnavailable, PromptTooLong
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Level, Where
from pmdraft.language import Bilingual, Language
from pmdraft.ledger import Rejected
from pmdraft.postmortem import Postmortem
from pmdraft.shown import one_line
from pmdraft.statement import Basis, Statement
from pmdraft.walk import statements, with_statements
from pmdraft.wire import Verdict, VerificationAnswer

_BEYOND = Bilingual(
    "引用した根拠にない言葉「{words}」を除いて書き直した", "reworded without what its evidence does not say: “{words}”"
)
_BLAME = Bilingual("人を責める書き方（{words}）を書き直した", "reworded: it reads as blame ({words})")
_SAYS_MORE = Bilingual("「{words}」は引用した根拠にない", "its evidence does not say “{words}”")
_CONTRADICTED = Bilingual("「{words}」は引用した根拠と食い違う", "its evidence says otherwise than “{words}”")
_WHY = Bilingual(
    "モデルが根拠だけを見て読み直した結果であり、人の確認が要る",
    "a model read it again with its evidence alone; a person should look",
)
_TODO = Bilingual("根拠を読み、直すか削除する", "read the evidence; mend it or drop it")


class Verified(NamedTuple):
    """A postmortem after its verification."""

    postmortem: Postmortem
    findings: tuple[Finding, ...]
    """For each statement that says more than its evidence and could not be reworded."""
    rejected: tuple[Rejected, ...]
    """The statements as they were, where they were reworded."""
    run: PartRun | None
    """How it went; None if there was nothing to read, or nobody to read it."""


def verify_draft(
    postmortem: Postmortem,
    incident: Incident,
    asker: Asker | None,
    *,
    language: Language,
    drafted: Sequence[PartRun],
    verify: bool = True,
) -> Verified:
    """Read what a model wrote once more, in one request.

    Args:
        postmortem: the draft, not checked yet.
        incident: the redacted incident.
        asker: whose model reads; None reads nothing.
        language: language of findings and reasons.
        drafted: what drafted each part; only a model's words are read.
        verify: whether all that it stated is read, or only what reads as blame.
    """
    postmortem = with_marked_quotations(postmortem, incident, language)
    blame = _blame(postmortem, incident, language)
    written = items_of(postmortem, {run.part: run.drafted_by for run in drafted}, OUTLINE)
    items = [item for item in written if item.path in blame or (verify and is_to_be_verified(item))]
    if asker is None or not items:
        return Verified(postmortem, (), (), None)
    try:
        answers = _answers(list(enumerate(items, 1)), blame, incident, asker)
    except (BadAnswer, ModelUnavailable) as error:
        run = PartRun(part="verification", drafted_by=SKIPPED, failure=str(error))
        return Verified(postmortem, (), (), run)
    verdicts = [verdict for answer, _ in answers for verdict in answer.verdicts]
    run = together("verification", [run for _, run in answers])
    return _Applied(items, blame, incident, language).to(postmortem, verdicts, run)


def _answers(
    items: Sequence[tuple[int, Item]], blame: Mapping[str, str], incident: Incident, asker: Asker
) -> list[tuple[VerificationAnswer, PartRun]]:
    """The verdicts on the numbered items; in halves where they are too many for the model."""
    cited = {name for _, item in items for name in item.statement.evidence}
    evidence = [item for item in incident.evidence if item.id in cited]
    try:
        return [asker.whole(_task(items, blame), evidence)]
    except (CutOff, PromptTooLong):
        if len(items) == 1:
            raise
        middle = len(items) // 2
        return [*_answers(items[:middle], blame, incident, asker), *_answers(items[middle:], blame, incident, asker)]


def _blame(postmortem: Postmortem, incident: Incident, language: Language) -> dict[str, str]:
    """The words that read as blame, by the path of their statement."""
    found: dict[str, list[str]] = {}
    texts = dict(statements(postmortem))
    for finding in check_blame(postmortem, incident, language):
        path, span = finding.where.path, finding.where.span
        if finding.level.at_least(Level.WARNING) and span is not None:
            found.setdefault(path, []).append(texts[path].text[slice(*span)])
    return {path: ", ".join(dict.fromkeys(words)) for path, words in found.items()}


def _task(items: Sequence[tuple[int, Item]], blame: Mapping[str, str]) -> Task[VerificationAnswer]:
    told = [
        {
            "number": number,
            "role": item.role,
            "evidence": plain_ids(item.statement.evidence),
            "text": item.statement.text,
            "blame": blame.get(item.path),
        }
        for number, item in items
    ]
    values = {"items": told, "flagged": any(item.path in blame for _, item in items)}
    return Task("verification", VerificationAnswer, "verification", values)


class _Applied:
    """What becomes of the statements by the verdicts on them."""

    def __init__(self, items: Sequence[Item], blame: Mapping[str, str], incident: Incident, language: Language) -> None:
        self._items = items
        self._blame = blame
        self._people = names_of(incident.people)
        self._language = language
        self._findings: list[Finding] = []
        self._rejected: list[Rejected] = []

    def to(self, postmortem: Postmortem, given: Sequence[Verdict], run: PartRun) -> Verified:
        """The postmortem with the statements as they are now."""
        # One verdict for each; what the model says twice, or of no statement, does not count.
        verdicts = {verdict.number: verdict for verdict in reversed(given)}
        new = {
            item.path: self._read(item, verdicts[number])
            for number, item in enumerate(self._items, 1)
            if number in verdicts
        }
        changed = with_statements(postmortem, new.get)
        whys = chained(changed.five_whys, self._language)
        summary = changed.summary
        if summary.root_cause is not None:
            summary = summary.model_copy(update={"root_cause": whys.root_cause})
        changed = changed.model_copy(update={"five_whys": whys, "summary": summary})
        return Verified(changed, tuple(self._findings), tuple(self._rejected), run)

    def _read(self, item: Item, verdict: Verdict) -> Statement:
        statement, wording = item.statement, (verdict.wording or "").strip()
        if verdict.verdict in ("says_more", "contradicted") and is_to_be_verified(item):
            if self._may_stand(wording, item) and is_weaker(wording, statement.text):
                return self._reworded(item, wording, _BEYOND.to(self._language, words=verdict.beyond))
            self._find(item, verdict)
        elif (
            item.path in self._blame
            and self._may_stand(wording, item)
            and has_same_facts(wording, statement.text, self._people)
        ):
            statement = self._reworded(item, wording, _BLAME.to(self._language, words=self._blame[item.path]))
        if verdict.verdict == "inferred" and is_to_be_verified(item):
            return statement.model_copy(update={"basis": Basis.HYPOTHESIS})
        return statement

    def _may_stand(self, wording: str, item: Item) -> bool:
        """Whether the rules find no blame in another wording."""
        found = find_blame([(item.path, wording, section_of(item.path))], self._people, self._language)
        return not any(finding.level.at_least(Level.WARNING) for finding in found)

    def _reworded(self, item: Item, wording: str, reason: str) -> Statement:
        was = item.statement
        part = re.split(r"[.\[]", item.path)[0]
        self._rejected.append(Rejected(part=part, text=was.text, reason=reason, evidence=was.evidence))
        return was.model_copy(update={"text": wording})

    def _find(self, item: Item, verdict: Verdict) -> None:
        message = _CONTRADICTED if verdict.verdict == "contradicted" else _SAYS_MORE
        words = one_line(verdict.beyond, 120) or item.statement.text
        self._findings.append(
            Finding(
                rule=f"verification.{verdict.verdict}",
                level=Level.WARNING,
                message=message.to(self._language, words=words),
                why=_WHY.to(self._language),
                where=Where(path=item.path),
                evidence=item.statement.evidence,
                suggestion=_TODO.to(self._language),
            )
        )


def with_marked_quotations(postmortem: Postmortem, incident: Incident, language: Language) -> Postmortem:
    """Statements that quote blame from the channel say so; the words stay as they were said."""
    known = incident.by_id()
    people = names_of(incident.people)

    def marked(path: str, statement: Statement) -> Statement:
        cited = [known[name] for name in statement.evidence if name in known]
        passages = [words for words in spoken(statement.text) if is_quoted_from(words, cited)]
        if not passages or statement.basis is Basis.COMPUTED:
            return statement
        found = find_blame(((path, words, section_of(path)) for words in passages), people, language)
        blames = any(finding.level.at_least(Level.WARNING) for finding in found)
        return statement.model_copy(update={"as_said": True}) if blames else statement

    return with_statements(postmortem, marked)
