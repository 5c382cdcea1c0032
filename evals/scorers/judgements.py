"""Statements that say more than their evidence, as a reader judged them; see `judgements.jsonl` of a case."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from evals.case import Case, Table
from evals.score import Score, named
from evals.subject import Subject
from pmdraft.errors import InputError

_STANDS_ALONE = ("hypothesis", "proposed", "human", "computed")


class Judgement(Table):
    """One line of `judgements.jsonl`: what a reader who saw the evidence and no system's name said of a statement."""

    text: str
    verdict: Literal["supported", "more", "wrong"]
    """more: something in it is not in the evidence. wrong: the evidence says otherwise."""
    why: str = ""


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Share of what is told as fact that says more than the evidence, or otherwise; and how much is told as fact.

    A hypothesis or a proposal that says so, what a person wrote, what code worked out, and what the draft itself marks
    as doubtful, are no facts told.
    """
    verdicts = _read(case.folder / "judgements.jsonl")
    facts = [said for said in subject.statements if said.basis not in _STANDS_ALONE and not said.marked]
    judged = [(said, verdicts[said.text]) for said in facts if said.text in verdicts]
    over = [f"{said.path}: {verdict.why}" for said, verdict in judged if verdict.verdict != "supported"]
    if 2 * len(judged) >= len(facts):  # a few that happen to be in words of another draft tell nothing
        yield Score("judged beyond the evidence", len(over), len(judged), named(over, 3), good=False)
    yield Score("facts judged", len(judged), len(facts))
    yield Score("statements told as fact", len(facts), len(subject.statements))


@cache
def _read(path: Path) -> dict[str, Judgement]:
    if not path.exists():
        return {}
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            judgement = Judgement(**json.loads(line))
        except (ValueError, TypeError, ValidationError) as error:
            raise InputError(f"{path}:{number}: no judgement ({error}); see cases/README.md") from error
        found[judgement.text] = judgement
    return found
