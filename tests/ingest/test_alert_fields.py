"""Whatever happens to one field of a payload, the file is read or is told in one line."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdraft.errors import InputError
from pmdraft.ingest.alerts import read_alerts
from pmdraft.ingest.tally import Named
from pmdraft.ingest.window import Window
from tests.ingest.reading import alerts_in

DATA = Path(__file__).parent.parent / "data" / "alerts"
SAMPLES = sorted(path for path in DATA.rglob("*.json"))
_DELETED = object()
_OTHERS = [
    _DELETED, None, True, 0, -1, 1761542589, 10**40, -(10**40), 1.5, float("nan"), float("inf"), "", "x", " \n", "%",
    "\ud800", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2025-10-27", "2025-13-45T00:00:00Z",
    "Mon, 99 Xyz", [], {}, [None], [[]], [{}], {"": None}, {"id": {}}, "{", "{}", '{"TopicArn": 1}', "AAAA",
]  # fmt: skip


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every field and item within a payload."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


def changed(payload: object, place: tuple[str | int, ...], other: object) -> object:
    """The payload with another value at a place, or with nothing there."""
    copied = copy.deepcopy(payload)
    inner: object = copied
    for key in place[:-1]:
        inner = inner[key]  # type: ignore[index]  # the path comes from the payload
    if other is _DELETED:
        del inner[place[-1]]  # type: ignore[attr-defined]  # likewise
    else:
        inner[place[-1]] = other  # type: ignore[index]  # likewise
    return copied


def read(payload: object, path: Path) -> None:
    """Read the payload; only an `InputError` may come of it."""
    path.write_text(json.dumps(payload), encoding="utf-8")
    try:
        reading = read_alerts([Named(path, path.name)], ZoneInfo("Asia/Tokyo"), Window())
    except InputError:
        return
    count = reading.sources[0]
    assert count.read == count.used + sum(count.skipped.values())
    assert len(reading.evidence) + len(reading.texts) == count.used


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@settings(max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_field_that_is_gone_or_is_something_else_breaks_nothing(
    sample: Path, tmp_path: Path, data: st.DataObject
) -> None:
    payload = json.loads(sample.read_bytes())
    place = data.draw(st.sampled_from(list(places(payload))))
    other = data.draw(st.sampled_from(_OTHERS))

    read(changed(payload, place, other), tmp_path / "alerts.json")


# A payload of an unknown tool is kept with all its fields.
KNOWN = [path for path in SAMPLES if path.stem not in ("unknown_tool", "sns_to_sqs_event")]


@pytest.mark.parametrize("sample", KNOWN, ids=lambda path: path.stem)
def test_a_field_that_nobody_knows_changes_nothing(sample: Path, tmp_path: Path) -> None:
    payload = json.loads(sample.read_bytes())
    for place in [(), *places(payload)]:
        inner = payload
        for key in place:
            inner = inner[key]
        if isinstance(inner, dict):
            # Labels and annotations hold texts and nothing else.
            texts = bool({"labels", "annotations"} & set(place))
            inner["x_unheard_of"] = "new" if texts else {"a": [1]}
    path = tmp_path / sample.name
    path.write_text(json.dumps(payload), encoding="utf-8")

    zone = ZoneInfo("Asia/Tokyo")
    before, after = (alerts_in(file, zone) for file in (sample, path))

    assert [item.text for item in after[0]] == [item.text for item in before[0]]
    assert after[1] == before[1]
