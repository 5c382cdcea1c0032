"""What was edited, deleted or added in the channel since the draft."""

from pmdraft.bundle.changes import Change, ChangeKind, changes
from pmdraft.evidence import Evidence, Incident
from tests.builders import evidence, incident


def said(number: int, text: str = "API is down", *, thread: str | None = None, channel: str = "C1") -> Evidence:
    raw = {"file": "ops/2025-10-27.json", "channel": channel, "ts": f"1761542{number:03}.000100"}
    return evidence(f"S{number}", text, f"2025-10-27T14:{number:02}:00+09:00", raw=raw, thread=thread)


def fired(number: int, text: str = "ApiDown fired") -> Evidence:
    return evidence(f"A{number}", text, f"2025-10-27T14:{number:02}:00+09:00")


def found(before: Incident, after: Incident, *, whole: bool = True) -> list[tuple[ChangeKind, str | None]]:
    return [(change.kind, change.id) for change in changes(before.evidence, after, whole=whole)]


THREE = incident(said(1, "down"), said(2, "rolled back"), said(3, "green"))


def test_nothing_changed_is_no_change() -> None:
    assert changes(THREE.evidence, THREE) == ()


def test_an_edited_message_tells_what_it_said_and_says() -> None:
    now = incident(said(1, "down since 14:00"), said(2, "rolled back"), said(3, "green"))

    (change,) = changes(THREE.evidence, now)

    assert (change.kind, change.id, change.before, change.after) == (
        ChangeKind.EDITED,
        "S1",
        "down",
        "down since 14:00",
    )


def test_a_deleted_message_is_told_although_those_after_it_have_other_ids_now() -> None:
    now = incident(said(1, "down"), said(3, "green").model_copy(update={"id": "S2"}))

    assert found(THREE, now) == [(ChangeKind.DELETED, "S2")]


def test_an_added_message_is_told_and_not_in_a_part_of_the_evidence() -> None:
    now = incident(*THREE.evidence, said(4, "and down again"))

    assert found(THREE, now) == [(ChangeKind.ADDED, None)]
    assert found(THREE, now, whole=False) == []


def test_a_reply_that_was_added_names_the_messages_of_its_thread() -> None:
    before = incident(said(1, "down"), said(2, "looking", thread="S1"), said(3, "green"))
    now = incident(*before.evidence, said(4, "no, still down", thread="S1"))

    (change,) = changes(before.evidence, now)

    assert change.near == ("S1", "S2")


def test_sources_that_were_not_read_again_are_left_alone() -> None:
    before = incident(*THREE.evidence, fired(1))

    assert found(before, THREE) == []
    assert found(before, incident(fired(1))) == []
    assert found(before, incident(said(9, channel="C2"))) == []


def test_alerts_are_told_apart_by_file_time_and_kind() -> None:
    before = incident(fired(1), fired(2))

    assert found(before, incident(fired(1, "ApiDown fired twice"), fired(2))) == [(ChangeKind.EDITED, "A1")]
    assert found(before, incident(fired(1))) == [(ChangeKind.DELETED, "A2")]


def test_a_placeholder_with_another_number_is_no_edit() -> None:
    before = incident(said(1, "key REDACTED_AWS_KEY_ID_1 leaked"))
    now = incident(said(1, "key REDACTED_AWS_KEY_ID_2 leaked"))

    assert found(before, now) == []
    assert found(before, incident(said(1, "key REDACTED_TOKEN_1 leaked"))) == [(ChangeKind.EDITED, "S1")]


def test_changes_come_in_the_order_of_time() -> None:
    now = incident(said(1, "down!"), said(3, "green!"), said(4))

    assert [change.at for change in changes(THREE.evidence, now)] == sorted(
        change.at for change in changes(THREE.evidence, now)
    )
    assert all(isinstance(change, Change) for change in changes(THREE.evidence, now))
