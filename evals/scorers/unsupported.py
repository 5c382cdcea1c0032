"""Figures, times and names that occur nowhere in the whole evidence.

The same generous measure for every system: a number counts as supported wherever in the incident it stands, and a
length of time also where it lies between two events of the draft's own timeline.
What says more than its evidence in words alone, no rule sees; `judgements` counts that.
"""

import re
from collections.abc import Iterator

from evals.case import Case
from evals.score import Score, named
from evals.subject import Event, Said, Subject
from evals.terms import folded

# A number with what belongs to it: 3,600, 14:23, 0.4, 100/100; not the 1 of "one by one" lists.
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[:.,/]\d+)*")
_HANDLE = re.compile(r"@[a-z0-9][\w.-]{0,40}\w")
_LENGTH = re.compile(
    r"(?:(\d+)\s*(?:h\b|hours?|時間)\s*(?:and\s*)?)?(\d+)\s*(?:min|分)|(\d+)\s*(?:h\b|hours?|時間)|(\d+)\s*(?:s\b|sec|秒)"
)


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Share of statements with a number or handle that the evidence holds nowhere, unless computed or marked."""
    del case
    incident = subject.incident
    channels = [each.name for each in (incident.channel, *incident.other_channels) if each]
    evidence = folded(" ".join([*(item.text for item in incident.evidence), *channels]))
    numbers = set(_NUMBER.findall(evidence)) | {str(int(n)) for n in re.findall(r"\d{1,15}", evidence)}
    for item in incident.evidence:
        for moment in (item.at, item.until or item.at):
            at = moment.astimezone(incident.zone)
            numbers |= {f"{at:%H:%M}", f"{at:%H:%M:%S}", f"{at:%Y-%m-%d}", str(at.month), str(at.day), str(at.year)}
        numbers |= {str(item.count), f"{at:%z}"[1:], f"{at:%z}"[1:3] + ":" + f"{at:%z}"[3:]}
    names = {folded(item.author).lstrip("@") for item in incident.evidence if item.author}
    names |= {name.casefold().lstrip("@") for person in incident.people for name in (person.handle, *person.names)}
    between = _between(subject.events)
    judged = [said for said in subject.statements if said.basis not in ("computed", "human") and not said.marked]
    invented = [
        f"{what} in {said.path}"
        for said in judged
        if (what := next(iter(_foreign(said, numbers, evidence, names, between)), None)) is not None
    ]
    yield Score("invented figures or names", len(invented), len(judged), named(invented, 4), good=False)


def _between(events: tuple[Event, ...]) -> set[int]:
    """Seconds from each event to each later one, as they are and in whole minutes, rounded down and up."""
    times = sorted(event.at for event in events if event.at is not None)
    exact = {int((later - at).total_seconds()) for number, at in enumerate(times) for later in times[number + 1 :]}
    return exact | {each // 60 * 60 for each in exact} | {-(-each // 60) * 60 for each in exact}


def _seconds(length: re.Match[str]) -> set[int]:
    """What a length may stand for, in seconds: hours alone are round."""
    hours, minutes, round_hours, seconds = (int(part or 0) for part in length.groups())
    if round_hours:
        return set(range(round_hours * 3600 - 1800, round_hours * 3600 + 1800))
    return {seconds or hours * 3600 + minutes * 60}


def _foreign(said: Said, numbers: set[str], evidence: str, names: set[str], between: set[int]) -> Iterator[str]:
    text = _LENGTH.sub(lambda length: "" if _seconds(length) & between else length[0], folded(said.text))
    for number in _NUMBER.findall(text):
        parts = re.findall(r"\d+", number)
        if number not in numbers and not all(str(int(part)) in numbers for part in parts):
            yield number
    for handle in _HANDLE.findall(text):
        if handle.lstrip("@") not in evidence and handle.lstrip("@") not in names:
            yield handle
