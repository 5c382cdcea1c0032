"""Plain text in which each message is a line: `14:23 alice: API is down`, with or without a date."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pmdraft.errors import InputError
from pmdraft.evidence import ChatService
from pmdraft.ingest.chat import ChatOptions, Conversation
from pmdraft.ingest.transcripts.days import CLOCK, Days, clock, day_of, zone_of
from pmdraft.ingest.transcripts.head import Head
from pmdraft.ingest.transcripts.text import Speech, channel_of, conversation, read_lines

NAME = "lines of time, name and text"

# Year first as in ISO and Japan; or figures whose order has to be found out: 10/27/2025, 27.10.2025.
_DATE = (
    r"(?P<y>\d{4})[-/.年](?P<mo>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
    r"|(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?P<year>\d{4}|\d\d)"
)
_WEEKDAY = r"(?:[ ]?[(（][月火水木金土日A-Za-z]{1,3}[)）])?"
_ZONE = r"(?:[ ]?(?P<zone>Z|UTC|GMT|JST|[+-]\d\d:?\d\d))?"
_SPEAKER = r"(?P<name>[^\s:：<>\[\](){}=|\"\\/*#][^:：\t<>\[\]{}=|\"\\]{0,59}?)"
_LINE = re.compile(
    rf"[\[［(]?(?:(?:{_DATE}){_WEEKDAY}(?:,? |T|　))?(?P<clock>{CLOCK}){_ZONE}[\])］]?"
    rf"(?: [-–—] |[,]?[ \t　]+|(?<=[\])］]))"
    rf"(?:{_SPEAKER}(?:[:：][ \t　]?|\t)|<(?P<angled>[^<>\n]{{1,60}})>[:：]? )(?P<text>.*)"
)
_DAY_LINE = re.compile(rf"[-=―—# ]{{0,8}}(?:{_DATE}){_WEEKDAY}[-=―—# ]{{0,8}}")
# Programs are told from people by what they call their levels, and by the care that they take with times and names.
_LEVEL = re.compile(
    r"(?:trace|debug|info|notice|warn(?:ing)?|err(?:or)?|fatal|crit(?:ical)?|alert|emerg|panic|severe|stderr|stdout)",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"[a-z0-9_. -]+")
_SHARE = 0.5
# A program says many lines in a row; people seldom talk to nobody.
_MONOLOGUE = 4


def recognises(head: Head) -> bool:
    """Whether most lines begin with a time and the name of a person."""
    lines = [line for line in head.lines if line.strip()]
    matches = [match for line in lines if (match := _LINE.fullmatch(line))]
    names = {_name(match) for match in matches}
    levels = sum(any(_LEVEL.fullmatch(word) for word in _name(match).split()) for match in matches)
    return (
        len(matches) > 0
        and len(matches) >= _SHARE * len(lines)
        and levels <= len(matches) // 4
        and len(names) >= min(2, len(matches) // _MONOLOGUE + 1)
        and not all(_is_of_a_program(match) for match in matches)
    )


def read(path: Path, options: ChatOptions) -> tuple[Conversation, ...]:
    """What was said, line by line.

    Raises:
        InputError: it cannot be read, or leaves the day, the zone or the order of its dates open.
    """
    lines, notices = read_lines(path)
    order = _Order(path, lines)
    days = Days(path, options)
    speeches: list[Speech] = []
    unread = 0
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match and (at := clock(match["clock"])):
            if (day := order.day(match, number)) is not None:
                days.begin(day)
            speech = Speech(number, days.at(at.replace(tzinfo=zone_of(match["zone"])), number), _name(match))
            speech.lines.append(match["text"])
            speeches.append(speech)
        elif day_line := _DAY_LINE.fullmatch(line):
            if (day := order.day(day_line, number)) is not None:
                days.begin(day)
        elif line.strip():
            if speeches:
                speeches[-1].lines.append(line)
            else:
                unread += 1
    channel = channel_of(path, ChatService.TRANSCRIPT)
    return (conversation(path, channel, speeches, assumed_date=days.assumed, unread=unread, notices=notices),)


class _Order:
    """Finds out what 10/11/2025 means from the other dates of the transcript."""

    def __init__(self, path: Path, lines: Sequence[str]) -> None:
        self._path = path
        dates = [
            match for line in lines if (match := _LINE.fullmatch(line) or _DAY_LINE.fullmatch(line)) and match["one"]
        ]
        firsts, seconds = ([int(match[name]) for match in dates] for name in ("one", "two"))
        dotted = any(f"{match['one']}." in match[0] for match in dates)
        self._day_first = dotted or any(number > 12 for number in firsts)
        self._month_first = not dotted and any(number > 12 for number in seconds)

    def day(self, match: re.Match[str], line: int) -> date | None:
        """The date in a line; None if it has none.

        Raises:
            InputError: it may be one day or another.
        """
        if match["y"]:
            return day_of(int(match["y"]), int(match["mo"]), int(match["d"]))
        if not match["one"]:
            return None
        one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
        if self._day_first == self._month_first and one != two:
            raise InputError(
                f"{self._path}:{line}: {one}/{two} may be a day of month {one} or of month {two}; "
                "write the dates as 2025-10-27"
            )
        return day_of(year + 2000 * (year < 100), *((two, one) if self._day_first else (one, two)))


def _name(match: re.Match[str]) -> str:
    return (match["name"] or match["angled"]).strip()


def _is_of_a_program(match: re.Match[str]) -> bool:
    in_full = bool(match["y"] or match["one"]) and re.fullmatch(r"[\d:.,]{8,}", match["clock"]) is not None
    return in_full and ("." in match["clock"] or _PROGRAM.fullmatch(_name(match)) is not None)
