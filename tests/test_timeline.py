"""Times are copied from the evidence, or read from a time quoted in it."""

from pmdraft.drafting.timeline import settle
from pmdraft.evidence import Assumed, Origin
from pmdraft.language import Language
from pmdraft.postmortem import EventKind
from pmdraft.wire import TimelineAnswer, TimelineEvent
from tests.builders import evidence, incident

REPORT = evidence("S1", "14:23くらいから出てますね", at="2025-10-27T14:28:04+09:00")


def event(timed_by: str = "S1", quoted_time: str | None = None, **more: object) -> TimelineEvent:
    fields = {
        "evidence": [timed_by],
        "timed_by": timed_by,
        "quoted_time": quoted_time,
        "kind": "impact_start",
        "event": "エラー発生",
        "action": None,
    }
    return TimelineEvent.model_validate(fields | more)


def answer(*events: TimelineEvent) -> TimelineAnswer:
    return TimelineAnswer(events=list(events))


def test_an_event_happened_when_its_evidence_says() -> None:
    settled = settle(answer(event()), incident(REPORT), Language.JA)

    assert settled.entries[0].at.isoformat() == "2025-10-27T14:28:04+09:00"


def test_a_time_quoted_word_for_word_wins() -> None:
    settled = settle(answer(event(quoted_time="14:23")), incident(REPORT), Language.JA)

    assert settled.entries[0].at.isoformat() == "2025-10-27T14:23:00+09:00"
    assert settled.entries[0].quoted_time == "14:23"


def test_a_quoted_time_that_nobody_wrote_is_not_used_and_told() -> None:
    settled = settle(answer(event(quoted_time="14:20")), incident(REPORT), Language.EN)

    assert settled.entries[0].at.isoformat() == "2025-10-27T14:28:04+09:00"
    assert settled.entries[0].quoted_time is None
    assert [item.text for item in settled.rejected] == ["14:20"]
    assert "is not in S1" in settled.rejected[0].reason


def test_a_quotation_that_is_no_time_is_told() -> None:
    settled = settle(answer(event(quoted_time="くらい")), incident(REPORT), Language.EN)

    assert settled.entries[0].at.isoformat() == "2025-10-27T14:28:04+09:00"
    assert "cannot be read as a time" in settled.rejected[0].reason


def test_an_event_timed_by_evidence_that_does_not_exist_goes_to_the_ledger() -> None:
    settled = settle(answer(event(timed_by="S99")), incident(REPORT), Language.EN)

    assert settled.entries == ()
    assert settled.rejected[0].text == "エラー発生"
    assert "S99" in settled.rejected[0].reason


def test_events_come_in_the_order_of_time_whatever_the_order_of_the_answer() -> None:
    later = evidence("S2", "復旧", at="2025-10-27T15:30:00+09:00")

    settled = settle(answer(event("S2", kind="recovery"), event("S1")), incident(REPORT, later), Language.JA)

    assert [entry.kind for entry in settled.entries] == [EventKind.IMPACT_START, EventKind.RECOVERY]


def test_the_same_event_from_two_slices_is_one() -> None:
    settled = settle(answer(event(), event(event="エラーの発生")), incident(REPORT), Language.JA)

    assert len(settled.entries) == 1


def test_the_evidence_that_gives_the_time_is_always_cited() -> None:
    settled = settle(answer(event(evidence=[])), incident(REPORT), Language.JA)

    assert settled.entries[0].evidence == ("S1",)


def test_a_note_that_names_no_time_gives_no_event_its_time() -> None:
    note = evidence("N1", "Pool was full.", raw=Origin(file="notes.txt", assumed=(Assumed.TIME,)))

    settled = settle(answer(event("N1")), incident(REPORT, note), Language.EN)

    assert not settled.entries
    assert [item.reason for item in settled.rejected] == ["N1 is text that names no time"]
