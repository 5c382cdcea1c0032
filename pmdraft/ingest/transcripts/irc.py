"""IRC logs: irssi, WeeChat, ZNC, HexChat, and what bots such as the Raku community's write."""

import re
from datetime import date, time
from pathlib import Path

from pmdraft.evidence import ChatService, Skipped
from pmdraft.ingest.chat import ChatOptions, Conversation
from pmdraft.ingest.transcripts.days import Days, clock, day_of, zone_of
from pmdraft.ingest.transcripts.head import Head
from pmdraft.ingest.transcripts.text import Speech, channel_of, conversation, read_lines

NAME = "IRC log"

_LINE = re.compile(
    r"\[?(?:(?P<y>\d{4})-(?P<mo>\d\d)-(?P<d>\d\d)[ T]|[A-Z][a-z]{2} \d\d )?"
    r"(?P<clock>\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?P<zone>Z|[+-]\d\d:?\d\d)?\]?(?:\t|  ?)(?P<rest>.*)"
)
# `<nick>`, with what marks operators before it; WeeChat has the nick and a tab.
_SAID = re.compile(
    r"<[@+%&~! ]?(?P<nick>[^<>\s]{1,64})> ?(?P<text>.*)|(?P<tabbed>[@+%&~]?[^\s<>*-][^\s<>]{0,63})\t(?P<words>.*)"
)
_ACTION = re.compile(r" ?\*(?:\t| {1,2})(?P<nick>[^\s*]{1,64}) (?P<text>.*)")
_NOTICE = re.compile(r"-(?P<nick>[^\s-][^\s]{0,63}?)(?::[#&][^\s]{1,64})?- (?P<text>.*)")
_SERVER = re.compile(r"(?:\*\*\*|-!-|-->|<--|---|--|=!=|[*]\t)(?:\s|$)")
_TOPIC = re.compile(r"(?:changed|changes|set|sets|has changed) (?:the )?topic|\*\*\* topic", re.IGNORECASE)
# irssi, and HexChat: the day that begins.
_DAY = re.compile(
    r"(?:--- (?:Log opened|Day changed)|\*\*\*\* BEGIN LOGGING AT) [A-Z][a-z]{2} "
    r"(?P<month>[A-Z][a-z]{2}) +(?P<d>\d{1,2})(?: \d\d:\d\d:\d\d)? (?P<y>\d{4})"
)
_CLOSED = re.compile(r"--- Log closed|\*\*\*\* ENDING LOGGING")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHARE = 0.6


def recognises(head: Head) -> bool:
    """Whether most lines are IRC's, and somebody says something."""
    lines = [line for line in head.lines if line.strip()]
    matches = [match for line in lines if (match := _LINE.fullmatch(line))]
    said = sum(_SAID.fullmatch(match["rest"]) is not None for match in matches)
    like = sum(_is_irc(match["rest"]) for match in matches) + sum(_day(line) is not None for line in lines)
    return said > 0 and like >= _SHARE * len(lines)


def read(path: Path, options: ChatOptions) -> tuple[Conversation, ...]:
    """The log of a channel.

    Raises:
        InputError: it cannot be read, or neither it nor the options tell the day and zone.
    """
    lines, notices = read_lines(path)
    days = Days(path, options)
    speeches: list[Speech] = []
    unread = 0
    for number, line in enumerate(lines, 1):
        if (match := _LINE.fullmatch(line)) and (at := clock(match["clock"])):
            speeches.append(_speech(match, at, days, number))
        elif (day := _day(line)) is not None:
            days.begin(day)
        elif line.strip() and not _CLOSED.match(line):
            if speeches:  # a message of several lines
                speeches[-1].lines.append(line)
            else:
                unread += 1
    channel = channel_of(path, ChatService.IRC)
    told = conversation(path, channel, speeches, assumed_date=days.assumed, unread=unread, notices=notices)
    return (told,)


def _speech(match: re.Match[str], at: time, days: Days, line: int) -> Speech:
    if match["y"] and (day := day_of(int(match["y"]), int(match["mo"]), int(match["d"]))):
        days.begin(day)
    speech = Speech(line, days.at(at.replace(tzinfo=zone_of(match["zone"])), line), None)
    rest = match["rest"]
    if said := _SAID.fullmatch(rest):
        speech.author = said["nick"] or said["tabbed"].lstrip("@+%&~")
        speech.lines.append(said["text"] if said["nick"] else said["words"])
    elif _SERVER.match(rest):
        speech.lines.append(rest)
        speech.skip = None if _TOPIC.search(rest) else Skipped.HOUSEKEEPING
    elif acted := _ACTION.fullmatch(rest):
        speech.author = acted["nick"]
        speech.lines.append(f"{acted['nick']} {acted['text']}")
    elif noticed := _NOTICE.fullmatch(rest):
        speech.author, speech.is_bot = noticed["nick"], True
        speech.lines.append(noticed["text"])
    else:
        speech.lines.append(rest)
    return speech


def _is_irc(rest: str) -> bool:
    return any(form.fullmatch(rest) for form in (_SAID, _ACTION, _NOTICE)) or _SERVER.match(rest) is not None


def _day(line: str) -> date | None:
    match = _DAY.match(line)
    if match is None or match["month"] not in _MONTHS:
        return None
    return day_of(int(match["y"]), _MONTHS.index(match["month"]) + 1, int(match["d"]))
