"""Transcripts that machines make of calls: WebVTT and SubRip, of Zoom, Teams or Meet."""

import html
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from pmdraft.evidence import ChatService
from pmdraft.ingest.chat import ChatOptions, Conversation
from pmdraft.ingest.transcripts.days import start_of_call
from pmdraft.ingest.transcripts.head import Head
from pmdraft.ingest.transcripts.text import Speech, channel_of, conversation, read_lines

NAME = "transcript of a call (WebVTT)"

# WebVTT, W3C, section 4: a cue's timings, then its text up to an empty line. SubRip writes a comma.
_TIMES = re.compile(
    r"(?:(?P<h>\d{1,4}):)?(?P<m>[0-5]\d):(?P<s>[0-5]\d)[.,](?P<f>\d{3})[ \t]+-->[ \t]+(?:\d{1,4}:)?\d\d:\d\d[.,]\d{3}.*"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,80})?[ \t]+(?P<name>[^>\n]{1,80})>")
_SPEAKER = re.compile(r"(?P<name>[^\s:][^:]{0,59}): (?P<text>.*)")
_TAG = re.compile(r"</?[a-z0-9.:]{1,40}[^<>\n]{0,200}>")
# A machine cuts a sentence wherever somebody breathes; what one person says in a row is one speech.
_LONGEST = 600
_MOST_HEAD = 50


class _Cue(NamedTuple):
    line: int
    offset: timedelta
    name: str | None
    text: str


def recognises(head: Head) -> bool:
    """Whether it says that it is WebVTT, or begins with the timings of a cue."""
    lines = [line.strip() for line in head.lines if line.strip()][:3]
    return bool(lines) and (lines[0].startswith("WEBVTT") or any(_TIMES.fullmatch(line) for line in lines[:2]))


def read(path: Path, options: ChatOptions) -> tuple[Conversation, ...]:
    """What was said, one speech for what somebody says in a row.

    Raises:
        InputError: it cannot be read, or nobody tells when the call began.
    """
    lines, notices = read_lines(path)
    head = "\n".join(takewhile(lambda line: not _TIMES.fullmatch(line.strip()), lines[:_MOST_HEAD]))
    start = start_of_call(path, options, head)
    speeches: list[Speech] = []
    for cue in _cues(lines):
        last = speeches[-1] if speeches else None
        if last and last.author == cue.name and sum(map(len, last.lines)) + len(cue.text) <= _LONGEST:
            last.lines.append(cue.text)
        else:
            speeches.append(Speech(cue.line, start + cue.offset, cue.name, [cue.text]))
    channel = channel_of(path, ChatService.TRANSCRIPT)
    return (conversation(path, channel, speeches, assumed_date=True, notices=notices),)


def _cues(lines: Sequence[str]) -> Iterator[_Cue]:
    number = 0
    speaker: str | None = None
    while number < len(lines):
        match = _TIMES.fullmatch(lines[number].strip())
        number += 1
        if match is None:
            continue
        begin, text = number, []
        while number < len(lines) and lines[number].strip() and not _TIMES.fullmatch(lines[number].strip()):
            text.append(lines[number].strip())
            number += 1
        name, said = _said(" ".join(text))
        speaker = name or speaker
        if said:
            hours, minutes, seconds, micros = (int(match[part] or 0) for part in ("h", "m", "s", "f"))
            offset = timedelta(hours=hours, minutes=minutes, seconds=seconds, milliseconds=micros)
            yield _Cue(begin, offset, speaker, said)


def _said(text: str) -> tuple[str | None, str]:
    """Who speaks in a cue, if it says so, and what."""
    voice = _VOICE.search(text)
    plain = html.unescape(_TAG.sub("", _VOICE.sub("", text))).strip()
    if voice:
        return html.unescape(voice["name"]).strip(), plain
    if match := _SPEAKER.fullmatch(plain):
        return match["name"].strip(), match["text"].strip()
    return None, plain
