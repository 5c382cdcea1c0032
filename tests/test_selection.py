"""What goes into which request, where not all of the evidence fits into one."""

from datetime import datetime, timedelta

import pytest

from pmdraft.drafting.selection import most_telling, slices
from pmdraft.evidence import Evidence
from tests.builders import evidence, incident

START = datetime.fromisoformat("2025-10-27T14:00:00+09:00")


def messages(*sizes: int) -> list[Evidence]:
    """Messages of so many letters, a minute apart."""
    return [
        evidence(f"S{number}", "x" * size, f"2025-10-27T14:{number:02}:00+09:00")
        for number, size in enumerate(sizes, 1)
    ]


def letters(item: Evidence) -> int:
    return len(item.text)


def ids(items: tuple[Evidence, ...]) -> list[str]:
    return [item.id for item in items]


def test_what_fits_is_one_slice() -> None:
    assert [ids(part) for part in slices(messages(10, 20, 30), 60, letters)] == [["S1", "S2", "S3"]]


def test_slices_are_of_about_equal_size() -> None:
    parts = slices(messages(*[10] * 10), 60, letters)

    assert [len(part) for part in parts] == [5, 5]


@pytest.mark.parametrize("limit", [1, 7, 10, 25, 99, 1000])
def test_slices_hold_everything_in_order_and_none_is_above_the_limit(limit: int) -> None:
    items = messages(5, 1, 9, 3, 7, 7, 2, 10, 1, 1, 8)

    parts = slices(items, limit, letters)

    assert [item for part in parts for item in part] == items
    assert all(len(part) == 1 or sum(map(letters, part)) <= limit for part in parts)


def test_what_is_too_large_alone_makes_a_slice_alone() -> None:
    assert [ids(part) for part in slices(messages(5, 500, 5), 20, letters)] == [["S1"], ["S2"], ["S3"]]


def test_nothing_makes_no_slices() -> None:
    assert slices([], 100, letters) == []


def test_a_limit_of_nothing_still_drops_nothing() -> None:
    assert [ids(part) for part in slices(messages(1, 1), 0, letters)] == [["S1"], ["S2"]]


def kept(items: list[Evidence], limit: int, *cited: str) -> list[str]:
    return ids(most_telling(incident(*items), limit, letters, cited))


def many(count: int, text: str = "xxxxxxxxxx") -> list[Evidence]:
    return [
        evidence(f"S{number}", text, (START + timedelta(minutes=number)).isoformat()) for number in range(1, count + 1)
    ]


def test_all_that_fits_is_kept() -> None:
    items = messages(10, 10, 10)

    assert kept(items, 30) == ids(tuple(items))


def test_what_the_timeline_cites_and_what_was_pinned_is_kept_first() -> None:
    whole = incident(*messages(10, 10, 10), evidence("A1", "x" * 10)).model_copy(update={"pinned": ("S3",)})

    assert ids(most_telling(whole, 20, letters, ["S2"])) == ["S2", "S3"]


def test_how_a_channel_begins_and_how_it_ends_is_kept_before_its_middle() -> None:
    found = kept(many(100), 350)

    assert found == [f"S{number}" for number in (*range(1, 11), *range(76, 101))]


def test_if_not_even_what_the_timeline_cites_fits_both_ends_of_it_stay() -> None:
    items = many(100)

    assert kept(items, 40, *(item.id for item in items)) == ["S1", "S2", "S99", "S100"]


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (evidence("A1", "alert fired"), evidence("S203", "data loss !")),
        (evidence("S203", "data loss !"), evidence("L1", "ERROR a b c")),
        (evidence("S204", "much liked!", reactions=3), evidence("L1", "ERROR a b c")),
        (evidence("L1", "ERROR a b c"), evidence("S202", "99 percent!")),
        (evidence("S202", "99 percent!"), evidence("S201", "ab cd ef gh")),
    ],
    ids=lambda item: item.id,
)
def test_of_the_middle_what_tells_more_is_kept(more: Evidence, less: Evidence) -> None:
    middle = [item.model_copy(update={"at": START + timedelta(minutes=30)}) for item in (less, more)]
    ends = [item.model_copy(update={"text": "-"}) for item in many(60)]

    assert [name for name in kept([*ends, *middle], 35 + 11) if name in (more.id, less.id)] == [more.id]


def test_the_answers_to_what_is_cited_come_before_other_talk() -> None:
    at = (START + timedelta(minutes=30)).isoformat()
    items = [*many(60, "xx"), evidence("S99", "an answer", at, thread="S20"), evidence("S98", "yyyyyyyyy", at)]

    assert "S99" in kept(items, 2 + 35 * 2 + 9, "S20")
    assert "S98" not in kept(items, 2 + 35 * 2 + 9, "S20")


def test_what_does_not_fit_leaves_room_for_what_does() -> None:
    assert kept(messages(50, 5), 20, "S1") == ["S2"]
