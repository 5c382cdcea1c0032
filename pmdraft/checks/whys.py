"""The chain of whys: each answer is the next question, none turns back or ends at a person, and the cause is one."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from pmdraft.blameless.roster import names_of
from pmdraft.checks.rules import check_rules
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Language
from pmdraft.likeness import likeness, terms_of
from pmdraft.postmortem import FiveWhys, Postmortem
from pmdraft.statement import Statement

# How much two sentences must share to speak of one thing, and from what on they are one sentence.
_SAME_SUBJECT = 0.3
_SAME_CAUSE = 0.5
_SAME_SENTENCE = 0.95
_CAUSE_OF_LAST = 0.2


def check_whys(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each link of the chain that does not hold."""
    whys = postmortem.five_whys
    return (
        *_links(whys, language),
        *_circles(whys, language),
        *_cause(postmortem, language),
        *_people(whys, incident, language),
    )


def _links(whys: FiveWhys, language: Language) -> Iterator[Finding]:
    """A question that does not ask after the answer before it."""
    # The first question may be a step below the problem, as people write it; those after it may not skip one.
    before = None
    for number, why in enumerate(whys.whys):
        # "Why?" alone asks after whatever stands before it.
        if before and terms_of(why.question.text) and likeness(before.text, why.question.text) < _SAME_SUBJECT:
            yield check_rules()["whys.link"].finding(
                Where(path=f"five_whys.whys[{number}].question"), language, before=_brief(before), number=number + 1
            )
        before = why.answer


def _circles(whys: FiveWhys, language: Language) -> Iterator[Finding]:
    """An answer that says again what stood before."""
    earlier = [whys.problem] if whys.problem else []
    for number, why in enumerate(whys.whys):
        if any(_says_the_same(why.answer, said) for said in earlier):
            yield check_rules()["whys.circle"].finding(
                Where(path=f"five_whys.whys[{number}].answer"), language, number=number + 1
            )
        earlier.append(why.answer)


def _says_the_same(one: Statement, other: Statement) -> bool:
    first, second = terms_of(one.text), terms_of(other.text)
    return bool(first and second) and len(first & second) / len(first | second) >= _SAME_SENTENCE


def _cause(postmortem: Postmortem, language: Language) -> Iterator[Finding]:
    whys, told = postmortem.five_whys, postmortem.summary.root_cause
    cause = whys.root_cause
    if cause and told and likeness(cause.text, told.text) < _SAME_CAUSE:
        yield check_rules()["whys.root-cause"].finding(
            Where(path="summary.root_cause"), language, told=_brief(told), cause=_brief(cause)
        )
    last = whys.whys[-1].answer if whys.whys else None
    if cause and last and likeness(cause.text, last.text) < _CAUSE_OF_LAST:
        yield check_rules()["whys.root-cause"].finding(
            Where(path="five_whys.root_cause"), language, told=_brief(cause), cause=_brief(last)
        )


def _people(whys: FiveWhys, incident: Incident, language: Language) -> Iterator[Finding]:
    """An end of the chain that is a person, by name or role, or what people are like."""
    ends = {"five_whys.root_cause": whys.root_cause}
    if whys.whys:
        ends[f"five_whys.whys[{len(whys.whys) - 1}].answer"] = whys.whys[-1].answer
    names = sorted(names_of(person for person in incident.people if not person.is_bot), key=len, reverse=True)
    for path, statement in ends.items():
        if statement is None:
            continue
        match = _person_in(statement.text, names)
        if match is not None:
            yield check_rules()["whys.person"].finding(
                Where(path=path, span=match.span()), language, words=match[0].strip()
            )


def _person_in(text: str, names: list[str]) -> re.Match[str] | None:
    named = "|".join(re.escape(name) for name in names if len(name) > 1) or r"(?!)"
    for pattern in _patterns():
        match = re.search(pattern.replace("<name>", named), text, re.IGNORECASE)
        if match:
            return match
    return None


def _brief(statement: Statement) -> str:
    text = " ".join(statement.text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


@cache
def _patterns() -> tuple[str, ...]:
    lists: Mapping[str, list[str]] = tomllib.loads(
        files(__package__).joinpath("people_at_fault.toml").read_text(encoding="utf-8")
    )
    return (*lists["ja"], *lists["en"])
