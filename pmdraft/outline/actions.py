"""Action items by rules: what somebody took on for after the incident, in their own words.

Told by the words in `actions.toml`. A step of the response is none: a commitment counts with a due date or an
issue, or, in the closing phase, if its object is of lasting work. That phase begins when the recovery is told, or
with the first thing taken on by a date.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pmdraft.evidence import Evidence, EvidenceKind, Incident
from pmdraft.language import Language
from pmdraft.outline.due_phrase import due_in, issue_in
from pmdraft.outline.excerpt import cut
from pmdraft.outline.kinds import kind_of
from pmdraft.postmortem import EventKind, Horizon, Status
from pmdraft.wire import ActionClaim, Quoted

_LONGEST = 160
_WORDS = 80
_SENTENCES = re.compile(r"[。\n;；!！?？]|(?<=[^0-9])\.(?=\s|$)|(?<=[0-9])\.(?=\s+[A-Z]|$)")
# What is in code or quoted from elsewhere is not said by who writes.
_NOT_SAID = re.compile(r"```.*?(?:```|\Z)|https?://\S+|^(?:>|&gt;).*$", re.DOTALL | re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-*•・]|\d{1,2}[.)])\s*(?:\[[ x]\]\s*)?(?:\S.{2,})")
_MENTION = re.compile(r"(?<![\w.])@([\w.-]*\w)")
_NAMED = re.compile(r"(?:\bowner|担当(?:者)?)\s?[:：]\s?@?([\w.-]*\w)", re.IGNORECASE)
# A request is answered within as many messages of people.
_NEAR = 3
# A task without a date is one of a round of them if one with a date was taken on so few messages before.
_ROUND = 5
_LEAST = 8
_OVER = (EventKind.RECOVERY, EventKind.CLOSED)


class _Part(NamedTuple):
    """A line of a message, or all of it, that takes something on."""

    text: str
    is_explicit: bool


def outline_actions(incident: Incident, language: Language) -> list[ActionClaim]:
    """What was taken on and not told as done since, in the order of time."""
    said = [item for item in incident.evidence if item.kind is EvidenceKind.MESSAGE and item.source.is_chat]
    closing = next((n for n, item in enumerate(said) if kind_of(item) in _OVER), len(said))
    found: dict[str, ActionClaim] = {}
    round_until = 0
    for place, item in enumerate(said):
        is_late = place >= closing or place < round_until
        made = [_claim(part, item, incident, language, is_late=is_late) for part in _parts(item)]
        if not any(made):
            made = [_agreed(said, place, incident, language, is_late=is_late)]
        if any(claim.due_quote for claim in made if claim):
            round_until = place + 1 + _ROUND
        for claim in made:
            if claim is not None and not _is_done(claim.issue, said[place + 1 :]):
                found.setdefault(claim.text, claim)
    return list(found.values())


def _parts(item: Evidence) -> Iterator[_Part]:
    """Each line that calls itself an action or takes one on; all of the message where at most one line does."""
    text = _NOT_SAID.sub(lambda match: " " * len(match[0]), item.text)
    lines = [line for line in text.splitlines() if line.strip()]
    explicit, under_heading = set(), False
    for line in lines:
        under_heading = _has("heading", line) or (under_heading and _BULLET.match(line) is not None)
        if _has("explicit", line) or (under_heading and _BULLET.match(line)):
            explicit.add(line)
    taking = [line for line in lines if line not in explicit and any(map(_commits, _sentences(line)))]
    for line in lines:
        if line in explicit:
            yield _Part(line.strip(), is_explicit=True)
        elif line in taking and (explicit or len(taking) > 1):
            yield _Part(line.strip(), is_explicit=False)
    if not explicit and len(taking) == 1:
        yield _Part(text.strip() if len(text.strip()) <= _LONGEST else taking[0].strip(), is_explicit=False)


def _claim(part: _Part, item: Evidence, incident: Incident, language: Language, *, is_late: bool) -> ActionClaim | None:
    day = item.at.astimezone(incident.zone).date()
    due, issue = due_in(part.text, day), issue_in(part.text)
    sentences = [sentence for sentence in _sentences(part.text) if _commits(sentence)]
    if part.is_explicit:
        if _has("done", part.text):
            return None
        owner = item.author if sentences else _named(part.text)
        return _made([(item, part.text)], owner, due[0] if due else None, issue, language)
    is_own = any(not _has("plain", sentence) for sentence in sentences) or _has("self", part.text)
    if not _names_a_task(part.text, sentences):
        return None
    is_ahead = due is not None and (is_late or due[1] > day)
    has_issue = issue is not None and (_has("lasting", part.text) or (is_late and not issue.startswith("#")))
    is_taking = all(_has("taking", sentence) for sentence in sentences)
    lasts = _has("lasting", part.text) and (is_taking or any(_has("making", sentence) for sentence in sentences))
    takes_a_duty = is_taking and _has("duty", part.text)
    if not (is_ahead or has_issue or (is_late and is_own and (lasts or takes_a_duty))):
        return None
    return _made([(item, part.text)], item.author if is_own else None, due[0] if due else None, issue, language)


def _agreed(
    said: Sequence[Evidence], place: int, incident: Incident, language: Language, *, is_late: bool
) -> ActionClaim | None:
    """What somebody was asked for and agreed to, with a date or an issue: both messages together."""
    answer = said[place]
    if not _has("agreement", answer.text):
        return None
    for before in range(place - 1, max(-1, place - 1 - _NEAR), -1):
        asked = said[before]
        called = _MENTION.findall(asked.text)
        if asked.author == answer.author or not _has("request", asked.text):
            continue
        if answer.author not in called and (called or before != place - 1):
            continue
        parts = [(item, _NOT_SAID.sub(" ", item.text).strip()) for item in (asked, answer)]
        days = {item.id: item.at.astimezone(incident.zone).date() for item, _ in parts}
        # The answer has the last word on the date.
        due = due_in(parts[1][1], days[answer.id]) or due_in(parts[0][1], days[asked.id])
        issue = issue_in(parts[1][1])
        if issue is None and (due is None or (due[1] == days[answer.id] and not is_late)):
            return None
        return _made(parts, answer.author, due[0] if due else None, issue, language)
    return None


def _made(
    parts: Sequence[tuple[Evidence, str]], owner: str | None, due: str | None, issue: str | None, language: Language
) -> ActionClaim:
    mark = "「{}」" if language is Language.JA else "“{}”"
    return ActionClaim(
        evidence=[Quoted(id=item.id, words=text[:_WORDS]) for item, text in parts],
        text=" ".join(mark.format(cut(text, _LONGEST)) for _, text in parts),
        owner=owner,
        due_quote=due,
        status=Status.NOT_STARTED,
        issue=issue,
        # Where a date was said, the horizon is that of the date.
        horizon=Horizon.MEDIUM,
        verification=None,
    )


def _named(text: str) -> str | None:
    """The one person whom a line gives itself to."""
    names = set(_NAMED.findall(text)) or set(_MENTION.findall(text))
    return names.pop() if len(names) == 1 else None


def _names_a_task(text: str, sentences: Sequence[str]) -> bool:
    """Whether a text says what will be done, and not only that it will."""
    if any(not _has("taking", sentence) for sentence in sentences):
        return True
    rest = [sentence for sentence in _sentences(text) if not _has("taking", sentence)]
    before = text.partition(sentences[0])[0] if sentences else ""
    return max(map(len, (*rest, before, *_before_taking(sentences))), default=0) >= _LEAST


def _before_taking(sentences: Sequence[str]) -> list[str]:
    return [sentence[: match.start()] for sentence in sentences if (match := _cues()["taking"].search(sentence))]


def _commits(sentence: str) -> bool:
    if _has("unless", sentence):
        return False
    return any(_has(cue, sentence) for cue in ("commitment", "plain", "taking"))


def _is_done(issue: str | None, later: Sequence[Evidence]) -> bool:
    """Whether somebody told later that what the issue is for was done."""
    return issue is not None and any(issue_in(item.text) == issue and _has("done", item.text) for item in later)


def _sentences(text: str) -> list[str]:
    """Its sentences; one that asks commits nobody."""
    ends = [*_SENTENCES.finditer(text)]
    starts = [0, *(match.end() for match in ends)]
    stops = [*((match.start(), match[0]) for match in ends), (len(text), "")]
    whole = [(text[start:stop].strip(), mark) for start, (stop, mark) in zip(starts, stops, strict=True)]
    return [sentence for sentence, mark in whole if sentence and mark not in ("?", "？")]


def _has(cue: str, text: str) -> bool:
    return _cues()[cue].search(text) is not None


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    cues = tomllib.loads(files(__package__).joinpath("actions.toml").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join(f"(?:{cue})" for cue in (*lists["en"], *lists["ja"])), re.IGNORECASE)
        for name, lists in cues.items()
    }
