"""The names by which people and logs call time zones.

Abbreviations are those of the tz database (<https://www.iana.org/time-zones>) and what Americans write for short. Which
half of the year it is, people who write PST in summer ignore too, so such a name is an offset; PT and ET are places.
"""

from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

FIXED = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "HKT": 8,
    "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Hours ahead of UTC, of abbreviations that mean one offset wherever they are used."""
_PLACES = {
    "PT": ("America/Los_Angeles",), "MT": ("America/Denver",), "CT": ("America/Chicago",), "ET": ("America/New_York",),
    "SGT": ("Asia/Singapore",), "WIB": ("Asia/Jakarta",), "SAST": ("Africa/Johannesburg",),
    "BRT": ("America/Sao_Paulo",), "日本時間": ("Asia/Tokyo",),
    "Tokyo time": ("Asia/Tokyo",), "東京時間": ("Asia/Tokyo",), "London time": ("Europe/London",),
    "New York time": ("America/New_York",), "Berlin time": ("Europe/Berlin",), "Singapore time": ("Asia/Singapore",),
    "Eastern time": ("America/New_York",), "Pacific time": ("America/Los_Angeles",),
    # Those of the incident are told by when somebody wrote them.
    "CST": ("Etc/GMT+6", "Asia/Shanghai"), "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "BST": ("Etc/GMT-1", "Asia/Dhaka"),
}  # fmt: skip
NAMES = "|".join(sorted((*FIXED, *_PLACES), key=len, reverse=True))
"""All of them, as alternatives of a regular expression."""
UNKNOWN = (
    r"(?!(?:POST|HOST|TEST|LAST|MUST|JUST|LIST|COST|REST|EAST|FAST|NOT|GET|PUT|BUT|SET|LET|NAT|OUT|AT|IT)(?![A-Z]))"
    "[A-Z]{1,3}T"
)
"""What looks like such a name and is none of these, as a regular expression."""


@cache
def zones_named(name: str) -> tuple[tzinfo, ...]:
    """Each zone that a name or an offset such as `+09:00` or `+0900` may mean; none if it is no such name."""
    if name in FIXED:
        return (timezone(timedelta(hours=FIXED[name])) if FIXED[name] else UTC,)
    if name in _PLACES:
        return tuple(ZoneInfo(place) for place in _PLACES[name])
    if name[:1] not in {"+", "-"}:
        return ()
    digits = name[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return (timezone(-offset if name[0] == "-" else offset),) if offset < timedelta(hours=24) else ()
