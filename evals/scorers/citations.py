"""Citations: do they exist, and does what they cite speak of the same thing?"""

import re
from collections.abc import Iterator

from evals.case import Case
from evals.score import Score, named
from evals.subject import Said, Subject
from evals.terms import words


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Statements that cite, citations that exist, and citations that share a word or figure with the statement."""
    del case
    if not subject.cites:
        return
    known = {item.id: item for item in subject.incident.evidence}
    owing = [said for said in subject.statements if said.basis == "stated"]
    bare = [said.path for said in owing if not said.evidence]
    yield Score("statements that cite", len(owing) - len(bare), len(owing), f"bare: {named(bare)}" if bare else "")
    cited = [(said, name) for said in subject.statements for name in said.evidence]
    unknown = [f"{name} in {said.path}" for said, name in cited if name not in known]
    yield Score("citations that exist", len(cited) - len(unknown), len(cited), named(unknown))
    alike = [(said, name) for said, name in cited if name in known and said.basis != "computed"]
    apart = [f"{name} in {said.path}" for said, name in alike if not _shares(said, known[name].text)]
    yield Score("citations on the subject", len(alike) - len(apart), len(alike), named(apart, 4))


def _shares(said: Said, text: str) -> bool:
    if words(said.text) & words(text):
        return True
    # A draft in the other language than its evidence has no words in common with it; nobody can tell by rule.
    japanese = [re.search("[ぁ-ん]", each) is not None for each in (said.text, text)]
    return japanese[0] != japanese[1]
