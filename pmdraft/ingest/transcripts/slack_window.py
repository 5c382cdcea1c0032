"""Text that was selected in Slack's own window and pasted, in English or Japanese."""

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import NamedTuple

from pmdraft.errors import InputError
from pmdraft.evidence import ChatService, Skipped
from pmdraft.ingest.chat import ChatOptions, Conversation
from pmdraft.ingest.transcripts.days import CLOCK, Days, clock, day_of
from pmdraft.ingest.transcripts.head import Head
from pmdraft.ingest.transcripts.text import Speech, channel_of, conversation, read_lines

NAME = "text pasted from Slack"

_GAP = r"[ \t\u00a0\u202f\u3000]"
_BADGE = r"(?P<badge>APP|アプリ|WORKFLOW|ワークフロー)"
_STATUS = r":[\w+'-]{1,60}:"
# `alice  2:23 PM`, `PagerDuty APP  14:23`, `alice [14:23]`.
_HEADER = re.compile(
    rf"(?!#{{1,6}} )(?P<name>[^\s:=|/][^:=|/]{{0,79}}?)(?:{_GAP}{{0,3}}{_BADGE})?(?:{_GAP}{{0,3}}{_STATUS})?"
    rf"(?P<gap>{_GAP}{{1,4}})(?P<box>\[)?(?P<clock>{CLOCK})\]?"
)
# The time on a line of its own, below the name.
_BELOW = re.compile(rf"(?:{_BADGE}|{_STATUS})?{_GAP}{{1,4}}(?P<clock>{CLOCK}){_GAP}{{0,4}}")
_ALONE = re.compile(rf"\[?(?P<clock>{CLOCK})\]?")
_HALF_DAY = re.compile(r"午前|午後|[aApP]\.?[mM]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIVIDER = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?"
    r"(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}) "
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:, (?P<y>\d{4}))?"
    r"|(?:(?P<jy>\d{4})年 ?)?(?P<jm>\d{1,2})月 ?(?P<jd>\d{1,2})日(?: ?[（(]?[月火水木金土日](?:曜日)?[)）]?)?"
    r"|(?P<today>Today|今日)|(?P<yesterday>Yesterday|昨日)"
)
# What the window shows beside the messages.
_FURNITURE = re.compile(
    r"New|\d+ new messages?|\d+ repl(?:y|ies)|Last reply .*|View (?:thread|newer replies)|Also sent to the channel"
    r"|[Rr]eplied to a thread:?.*|Pinned by .*|Saved for later.*|(?:Show|See) (?:more|less)|Add reaction\b.*|\d+ files?"
    r"|新規|新着(?:メッセージ)?|\d+ ?件の(?:返信|新着メッセージ)|最終返信.*|スレッドを表示(?:する)?"
    r"|チャンネルにも(?:投稿|送信).*|スレッドに返信(?:しました)?[:：]?.*|.*さんがピン留め.*|もっと(?:見る|表示(?:する)?)"
    r"|\d+ ?(?:個の|件の)?ファイル|リアクションを追加.*"
)
_JOINED = re.compile(
    r"(?:joined|left|was added to|was removed from) #\S+.*"
    r"|.*#\S+ ?(?:に参加しました|から退出しました|に追加されました)。?"
)
_EMOJI = re.compile(
    rf"{_STATUS}(?:{_STATUS})?|[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\u3030-\u3299\U0001f000-\U0001faff\u200d\ufe0f]{{1,8}}"
)
_LONGEST_NAME = 80
_HALF_A_YEAR = timedelta(days=183)
_COUNT = re.compile(r"\d{1,4}")


class _Header(NamedTuple):
    name: str
    clock: str
    is_bot: bool
    length: int
    """How many lines it takes."""


def recognises(head: Head) -> bool:
    """Whether names with a time behind them stand above other lines."""
    lines = [line.rstrip() for line in head.lines if line.strip()]
    headers = [number for number in range(len(lines)) if _header(lines, number)]
    return len(headers) >= 2 or (len(headers) == 1 and headers[0] < 4 and len(lines) > headers[0] + 1)


def read(path: Path, options: ChatOptions) -> tuple[Conversation, ...]:
    """What was said.

    Raises:
        InputError: it cannot be read, or leaves the day or the zone open.
    """
    lines, notices = read_lines(path)
    reader = _Reader(path, [line.rstrip() for line in lines], options)
    speeches = reader.speeches()
    channel = channel_of(path, ChatService.SLACK)
    return (
        conversation(path, channel, speeches, assumed_date=reader.days.assumed, unread=reader.unread, notices=notices),
    )


class _Reader:
    def __init__(self, path: Path, lines: Sequence[str], options: ChatOptions) -> None:
        self._path = path
        self._lines = lines
        self.days = Days(path, options)
        self.unread = 0
        self._speeches: list[Speech] = []
        self._today: date | None = None
        self._divided = False
        self._twelve_hours = False
        self._last = time()

    def speeches(self) -> list[Speech]:
        """All messages."""
        number = 0
        while number < len(self._lines):
            number += self._take(number)
        for speech in self._speeches:
            if _JOINED.fullmatch(" ".join(speech.lines).strip()):
                speech.skip = Skipped.HOUSEKEEPING
        return self._speeches

    def _take(self, number: int) -> int:
        """Take in what stands at a line; how many lines that is."""
        line = self._lines[number]
        if not line.strip() or _FURNITURE.fullmatch(line.strip()):
            return 1
        if divider := _DIVIDER.fullmatch(line.strip()):
            self._begin(divider, number + 1)
            return 1
        if header := _header(self._lines, number):
            self._speak(number + 1, header.clock, header.name, is_bot=header.is_bot)
            return header.length
        last = self._speeches[-1] if self._speeches else None
        if last and (alone := _ALONE.fullmatch(line.strip())) and clock(alone["clock"]):
            self._speak(number + 1, alone["clock"], last.author, is_bot=last.is_bot)
            return 1
        following = self._lines[number + 1].strip() if number + 1 < len(self._lines) else ""
        if last and _EMOJI.fullmatch(line.strip()) and _COUNT.fullmatch(following):
            last.reactions += int(following)
            return 2
        if last:
            last.lines.append(line)
        else:
            self.unread += 1
        return 1

    def _speak(self, line: int, written: str, author: str | None, *, is_bot: bool) -> None:
        at = clock(written) or time()
        if _HALF_DAY.search(written):
            self._twelve_hours = True
        elif self._twelve_hours and at.hour <= 12:
            # Beside what somebody goes on to say, the window leaves out whether it is before or after noon.
            halves = (at.replace(hour=at.hour % 12), at.replace(hour=at.hour % 12 + 12))
            at = next((half for half in halves if half >= self._last), halves[0])
        self._last = at
        self._speeches.append(Speech(line, self.days.at(at, line), author, is_bot=is_bot))

    def _begin(self, divider: re.Match[str], line: int) -> None:
        """A day begins."""
        self._last = time()
        if divider["today"] or divider["yesterday"]:
            first = self._today is None and not self._divided
            if first and self.days.day:
                self._today = self.days.day + timedelta(days=1 if divider["yesterday"] else 0)
            if self._today is None:
                raise InputError(
                    f"{self._path}:{line}: {divider[0]!r} is no date; write it in its place, or say on which day the "
                    "transcript begins: --date 2025-10-27"
                )
            day = self._today - timedelta(days=1 if divider["yesterday"] else 0)
        else:
            day = self._dated(divider, line)
        self._divided = True
        self.days.begin(day)

    def _dated(self, divider: re.Match[str], line: int) -> date:
        month = int(divider["jm"] or 0) or _month(divider["month"])
        year = int(divider["y"] or divider["jy"] or (self.days.day.year if self.days.day else 0))
        if not year:
            raise InputError(
                f"{self._path}:{line}: {divider[0]!r} has no year; say on which day the transcript begins: "
                "--date 2025-10-27"
            )
        day = day_of(year, month, int(divider["d"] or divider["jd"]))
        if day is None:
            raise InputError(f"{self._path}:{line}: there is no day {divider[0]!r}; mend it")
        if not (divider["y"] or divider["jy"]) and self.days.day and self.days.day - day > _HALF_A_YEAR:
            day = day_of(year + 1, day.month, day.day) or day  # over the turn of the year
        return day


def _header(lines: Sequence[str], number: int) -> _Header | None:
    """The name and time above a message, if they stand there."""
    line = lines[number]
    match = _HEADER.fullmatch(line)
    if match and clock(match["clock"]) and (len(match["gap"]) > 1 or match["box"] or _HALF_DAY.search(match["clock"])):
        return _Header(match["name"].strip(), match["clock"], match["badge"] is not None, 1)
    name = line.strip()
    below = _BELOW.fullmatch(lines[number + 1]) if number + 1 < len(lines) else None
    if below and clock(below["clock"]) and 0 < len(name) <= _LONGEST_NAME and not _is_no_name(name):
        return _Header(name, below["clock"], below["badge"] is not None, 2)
    return None


def _is_no_name(line: str) -> bool:
    return bool(_FURNITURE.fullmatch(line) or _DIVIDER.fullmatch(line) or _ALONE.fullmatch(line))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1
