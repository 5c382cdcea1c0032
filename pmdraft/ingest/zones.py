"""How a source wrote the zone of a time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pmdraft.evidence import Assumed


def written_zone(at: datetime) -> str:
    """The zone of an aware time as readers give it: `UTC`, `+09:00`, or the name of the one that was assumed."""
    if isinstance(at.tzinfo, ZoneInfo):
        return at.tzinfo.key
    offset = at.utcoffset() or timedelta()
    if not offset:
        return "UTC"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


def assumed_of(at: datetime) -> tuple[Assumed, ...]:
    """What was assumed of it: only a zone that the source did not write is one with a name."""
    return (Assumed.ZONE,) if isinstance(at.tzinfo, ZoneInfo) else ()
