"""Figures, times and names that occur nowhere in the whole evidence.

The same generous measure for every system: a number counts as supported wherever in the incident it stands.
What says more than its evidence in words alone, no rule sees; `judgements` counts that.
"""

import re
from collections.abc import Iterator

from evals.case import Case
from evals.score import Score, named
from evals.subject import Said, Subject
from evals.terms import folded

# A number with what belongs to it: 3,600, 14:23, 0.4, 100/100; not the 1 of "one by one" lists.
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[:.,/]\d+)*")
_HANDLE = re.compile(r"@[a-z0-9][\w.-]{1,40}")


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Share of statements with a number or handle that the evidence holds nowhere, unless computed or marked."""
    del case
    incident = subject.incident
    evidence = folded(" ".join([item.text for item in incident.evidence]))
    numbers = set(_NUMBER.findall(evidence)) | {str(int(n)) for n in re.findall(r"\d{1,15}", evidence)}
    for item in incident.evidence:
        at = item.at.astimezone(incident.zone)
        numbers |= {f"{at:%H:%M}", f"{at:%H:%M:%S}", f"{at:%Y-%m-%d}", str(at.month), str(at.day), str(at.year)}
        numbers.add(str(item.count))
    names = {folded(item.author).lstrip("@") for item in incident.evidence if item.author}
    names |= {name.casefold().lstrip("@") for person in incident.people for name in (person.handle, *person.names)}
    judged = [said for said in subject.statements if said.basis not in ("computed", "human") and not said.marked]
    invented = [
        f"{what} in {said.path}"
        for said in judged
        if (what := next(iter(_foreign(said, numbers, evidence, names)), None)) is not None
    ]
    yield Score("invented figures or names", len(invented), len(judged), named(invented, 4), good=False)


def _foreign(said: Said, numbers: set[str], evidence: str, names: set[str]) -> Iterator[str]:
    text = folded(said.text)
    for number in _NUMBER.findall(text):
        parts = re.findall(r"\d+", number)
        if number not in numbers and not all(str(int(part)) in numbers for part in parts):
            yield number
    for handle in _HANDLE.findall(text):
        if handle.lstrip("@") not in evidence and handle.lstrip("@") not in names:
            yield handle
