"""Events of several slices become one timeline, in which each event stands once."""

from datetime import datetime, timedelta

from pmdraft.drafting.merging import chosen, merged, needs_a_model
from pmdraft.drafting.timeline import Settled
from pmdraft.language import Language
from pmdraft.postmortem import EventKind, TimelineEntry
from pmdraft.statement import Statement
from pmdraft.wire import KeptEvent, MergeAnswer

START = datetime.fromisoformat("2025-10-27T14:00:00+09:00")


def entry(minute: float, kind: str, event: str, *ids: str, action: str | None = None) -> TimelineEntry:
    cited = ids or (f"S{int(minute)}",)
    return TimelineEntry(
        at=START + timedelta(minutes=minute),
        event=Statement(text=event, evidence=cited),
        action=Statement(text=action, evidence=cited) if action else None,
        kind=EventKind(kind),
        evidence=cited,
        timed_by=cited[0],
    )


def slice_of(*entries: TimelineEntry) -> Settled:
    return Settled(entries, ())


def keep(*numbers: int, kind: str) -> KeptEvent:
    return KeptEvent(events=list(numbers), kind=EventKind(kind))


def told(timeline: Settled) -> list[tuple[str, str]]:
    return [(item.event.text, item.kind.value) for item in timeline.entries]


# By code.


def test_the_same_event_from_the_same_evidence_is_one() -> None:
    one = slice_of(entry(59, "mitigation", "Rolled back to v41", "S59"))
    other = slice_of(entry(59, "mitigation", "The rollback", "S59", "S60"))

    (whole,) = merged([one, other]).entries

    assert whole.event.text == "Rolled back to v41"
    assert whole.evidence == whole.event.evidence == ("S59", "S60")


def test_like_words_within_minutes_are_one_event() -> None:
    one = slice_of(entry(59, "recovery", "Recovery confirmed by sre-lead", "S59"))
    other = slice_of(entry(61, "recovery", "Recovery confirmed (sre-lead)", "A9"))

    assert [item.evidence for item in merged([one, other]).entries] == [("S59", "A9")]


def test_two_of_several_like_things_stay_two_events() -> None:
    one = slice_of(entry(59, "mitigation", "Restarted api-1", "S59"))
    other = slice_of(entry(60, "mitigation", "Restarted api-2", "S60"))

    assert len(merged([one, other]).entries) == 2


def test_what_differs_in_kind_words_or_time_stays_apart() -> None:
    one = slice_of(entry(59, "mitigation", "Rolled back to v41", "S59"))
    others = [
        slice_of(entry(60, "decision", "Rolled back to v41", "S60")),
        slice_of(entry(60, "mitigation", "Raised the limit of the pool", "S61")),
        slice_of(entry(70, "mitigation", "Rolled back to v41", "S62")),
    ]

    assert len(merged([one, *others]).entries) == 4


def test_what_one_slice_tells_as_two_events_stays_two() -> None:
    both = slice_of(entry(59, "mitigation", "Rolled back", "S59"), entry(60, "mitigation", "Rolled back", "S60"))

    assert len(merged([both]).entries) == 2


def test_the_same_event_in_three_slices_is_one() -> None:
    three = [slice_of(entry(59 + n, "recovery", "Recovery confirmed", f"S{n}")) for n in range(3)]

    (whole,) = merged(three).entries

    assert whole.evidence == ("S0", "S1", "S2")


# By a model.


def test_a_model_chooses_where_there_are_too_many_events_or_two_beginnings() -> None:
    few = slice_of(entry(1, "impact_start", "first errors"), entry(9, "recovery", "recovered"))
    two = slice_of(*few.entries, entry(5, "impact_start", "logins fail"))
    many = slice_of(*(entry(n, "investigation", f"look {n}") for n in range(31)))

    assert [needs_a_model(timeline) for timeline in (few, two, many)] == [False, True, True]


FOUND = slice_of(
    entry(1, "impact_start", "first errors"),
    entry(5, "impact_start", "logins fail too"),
    entry(6, "detection", "alert"),
    entry(7, "investigation", "looked at a graph"),
    entry(8, "recovery", "recovered for a while"),
    entry(9, "mitigation", "rolled back"),
    entry(30, "recovery", "recovered"),
    entry(40, "closed", "closed"),
)


def test_chosen_events_have_the_kind_that_they_were_for_the_whole() -> None:
    answer = MergeAnswer(
        keep=[
            keep(1, kind="impact_start"),
            keep(2, kind="other"),
            keep(3, kind="detection"),
            keep(5, kind="partial_recovery"),
            keep(6, kind="mitigation"),
            keep(7, kind="recovery"),
            keep(8, kind="closed"),
        ]
    )

    timeline = chosen(FOUND, answer, Language.EN)

    assert told(timeline) == [
        ("first errors", "impact_start"),
        ("logins fail too", "other"),
        ("alert", "detection"),
        ("recovered for a while", "partial_recovery"),
        ("rolled back", "mitigation"),
        ("recovered", "recovery"),
        ("closed", "closed"),
    ]
    assert [rejected.text for rejected in timeline.rejected] == ["looked at a graph"]
    assert timeline.rejected[0].evidence == ("S7",)


def test_the_course_of_the_incident_cannot_be_lost_by_a_choice() -> None:
    timeline = chosen(FOUND, MergeAnswer(keep=[]), Language.JA)

    assert told(timeline) == [
        ("first errors", "impact_start"),
        ("alert", "detection"),
        ("rolled back", "mitigation"),
        ("recovered", "recovery"),
        ("closed", "closed"),
    ]
    assert len(timeline.rejected) == 3


def test_events_that_are_put_together_have_the_words_of_the_first_and_the_evidence_of_all() -> None:
    answer = MergeAnswer(keep=[keep(2, 1, kind="impact_start")])

    first = chosen(FOUND, answer, Language.EN).entries[0]

    assert first.event.text == "logins fail too"
    assert first.evidence == ("S5", "S1")


def test_numbers_of_no_event_and_numbers_twice_count_for_nothing() -> None:
    answer = MergeAnswer(keep=[keep(4, kind="investigation"), keep(4, 0, 99, kind="dead_end"), keep(kind="other")])

    timeline = chosen(FOUND, answer, Language.EN)

    assert ("looked at a graph", "investigation") in told(timeline)
    assert len(timeline.entries) == 6
