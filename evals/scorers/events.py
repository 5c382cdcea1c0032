"""The timeline: are the key events there, at the right minute, and not much else?"""

from collections.abc import Iterator
from datetime import timedelta

from evals.case import Case, KeyEvent, minutes
from evals.score import Score, named
from evals.subject import Event, Subject
from evals.terms import held

_NEAR = timedelta(minutes=30)


def score(case: Case, subject: Subject) -> Iterator[Score]:
    """Recall of key events, share of the timeline that is one, and times that are right among those found."""
    found = matched(case.expected.events, subject.events)
    missed = [event.id for event in case.expected.events if event.id not in found]
    late = [
        f"{event.id} by {off:.0f} min"
        for event in case.expected.events
        if event.id in found and (off := _off(event, found[event.id])) > event.within
    ]
    yield Score("event recall", len(found), len(case.expected.events), f"missing: {named(missed)}" if missed else "")
    yield Score("event precision", len(found), len(subject.events))
    yield Score("event minutes", len(found) - len(late), len(found), f"off: {named(late)}" if late else "")


def matched(expected: list[KeyEvent], events: tuple[Event, ...]) -> dict[str, Event]:
    """Expected events with the draft's event for each; the closest pairs first, each event once."""
    pairs = sorted(
        (
            (-held(event.text, wanted.terms), minutes(event.at - wanted.at), number, wanted.id)
            for wanted in expected
            for number, event in enumerate(events)
            if event.at is not None and abs(event.at - wanted.at) <= _NEAR and held(event.text, wanted.terms)
        ),
    )
    found: dict[str, Event] = {}
    taken: set[int] = set()
    for _, _, number, name in pairs:
        if name not in found and number not in taken:
            found[name] = events[number]
            taken.add(number)
    return found


def _off(wanted: KeyEvent, event: Event) -> float:
    """Minutes between what was and what the draft says."""
    return minutes(event.at - wanted.at) if event.at is not None else float("inf")
