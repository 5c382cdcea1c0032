"""The chat beside a call, as Zoom saves it."""

import re
from datetime import timedelta
from pathlib import Path

from pmdraft.evidence import ChatService, Skipped
from pmdraft.ingest.chat import ChatOptions, Conversation
from pmdraft.ingest.transcripts.days import Days, clock, start_of_call
from pmdraft.ingest.transcripts.head import Head
from pmdraft.ingest.transcripts.text import Speech, channel_of, conversation, read_lines

NAME = "chat of a call (Zoom)"

# In the cloud's file times count from the start of the call; the one that a person saves has the clock's.
_CLOUD = re.compile(r"(?P<h>\d\d):(?P<m>[0-5]\d):(?P<s>[0-5]\d)\t(?P<name>[^\t\n]{1,100}?):\t(?P<text>.*)")
_SAVED = re.compile(
    r"(?P<clock>\d\d:\d\d:\d\d)[ \t]+(?:From|開始)[ \t]+(?P<name>[^\n]{1,100}?)"
    r"(?:[ \t]+(?:to|宛先|に)[ \t]+(?P<to>[^:\n]{1,100}?))?[ \t]*[:：][ \t]*(?P<text>.*)"
)
_REACTION = re.compile(r'(?:Reacted to|Removed a .{1,20} reaction from) ".*|.{0,200}にリアクション.*')
_SHARE = 0.3


def recognises(head: Head) -> bool:
    """Whether its first line is a message of such a chat, and many others are."""
    lines = [line for line in head.lines if line.strip()]
    found = [_CLOUD.fullmatch(line) or _SAVED.fullmatch(line) for line in lines]
    return bool(found) and found[0] is not None and sum(map(bool, found)) >= _SHARE * len(lines)


def read(path: Path, options: ChatOptions) -> tuple[Conversation, ...]:
    """What was written, reactions counted as housekeeping.

    Raises:
        InputError: it cannot be read, or nobody tells when the call began, or on which day.
    """
    lines, notices = read_lines(path)
    days = Days(path, options)
    speeches: list[Speech] = []
    unread = 0
    for number, line in enumerate(lines, 1):
        if match := _CLOUD.fullmatch(line):
            offset = timedelta(hours=int(match["h"]), minutes=int(match["m"]), seconds=int(match["s"]))
            speeches.append(Speech(number, start_of_call(path, options) + offset, match["name"], [match["text"]]))
        elif (match := _SAVED.fullmatch(line)) and (at := clock(match["clock"])):
            speeches.append(Speech(number, days.at(at, number), match["name"], [match["text"]]))
        elif line.strip():
            if speeches:
                speeches[-1].lines.append(line.strip())
            else:
                unread += 1
    for speech in speeches:
        if _REACTION.fullmatch(speech.lines[0].strip()):
            speech.skip = Skipped.HOUSEKEEPING
    channel = channel_of(path, ChatService.TRANSCRIPT)
    return (conversation(path, channel, speeches, assumed_date=True, unread=unread, notices=notices),)
