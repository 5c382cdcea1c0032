"""What lines of one form have in common: their words, without what varies from line to line."""

import re
from typing import NamedTuple

from pmdraft.ingest.log_level import LogLevel, level_of_status

# Values that vary, but whose every variant says something else.
_STATES = {
    "true", "false", "yes", "no", "on", "off", "none", "null", "up", "down", "ok", "fail", "failed", "failure", "error",
    "success", "succeeded", "passed", "open", "closed", "half_open", "healthy", "unhealthy", "ready", "notready",
    "available", "unavailable", "enabled", "disabled", "active", "inactive", "running", "stopped", "started",
    "starting", "stopping", "connected", "disconnected", "primary", "replica", "leader", "follower", "standby",
    "timeout", "denied", "allowed", "accepted", "rejected", "warning", "warn", "info", "debug", "fatal", "critical",
}  # fmt: skip
# A quoted message is what the line says, not a value in it.
_QUOTED = re.compile(
    r"(?<!msg=)(?<!message=)(?<!error=)(?<!err=)(?<!reason=)(?<![A-Za-z0-9])"
    r"(?:\"[^\"\\]*(?:\\.[^\"\\]*)*\"|'[^'\\]*(?:\\.[^'\\]*)*'(?![A-Za-z0-9]))"
)
_PART = re.compile(r"(?P<value>(?<==)[^\s&,;)\]}]+)|[^\s=:,;()\[\]{}<>/|&?\"']+")
_DIGIT = re.compile(r"\d")
_HEX = re.compile(r"[0-9a-fA-F]{16,}")
_PATH = re.compile(r"/[\w#%{$.-]|[a-z][a-z0-9+]{1,10}://")
_VERSION = re.compile(r"v\d{1,2}")
_LIST = re.compile(r"#(?:[,; ]{1,2}#)+")
_MOST_WORDS = 50_000
_METHODS = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS"
# Numbers that are told apart: what an HTTP request came to, a status that is spoken of, and why a process ended.
_ANSWERED = re.compile(rf"\b(?:{_METHODS}) \S{{1,500}}(?: HTTP/[\d.]{{1,3}})?\"? ([1-5]\d\d)\b")
_STATUS = re.compile(r"\b(?:status|HTTP)(?:[ _-]?code)?[\"']?(?: ?[=:] ?|/[\d.]{1,3} | )[\"']?([1-5]\d\d)\b")
_ENDED = re.compile(
    r"\b(?:exit(?:ed)?|code|errno|signal)(?: with)?(?:[ _-]?(?:code|status))?[\"']?(?: ?[=:] ?| )[\"']?(-?\d{1,3})\b"
)


class Masking:
    """Masks what varies; the words that it has met are kept, up to a bound."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def masked(self, text: str) -> str:
        """The text with numbers, ids, addresses, quoted and assigned values as `#`."""
        if '"' in text or "'" in text:
            text = _QUOTED.sub('"#"', text)
        known = self._known
        return " ".join([known.get(word) or self._mask(word) for word in text.split(" ")])

    def _mask(self, word: str) -> str:
        masked = _mask_of_plain(word) or _PART.sub(_mask, word)
        if len(self._known) >= _MOST_WORDS:
            self._known.clear()
        self._known[word] = masked
        return masked


class Form(NamedTuple):
    """What lines have in common.

    Attributes:
        words: their text with what varies, paths and addresses included, as `#`.
        path: the first path or address, with what varies in it as `#`; empty if there is none.
    """

    words: str
    path: str


def form_in(masked: str) -> Form:
    """The form of a masked text: an error that strikes every path has one form, as have lists of any length."""
    path = ""
    if "/" in masked:
        words = masked.split(" ")
        path = next((word for word in words if _PATH.match(word)), "")
        masked = " ".join("#" if _PATH.match(word) else word for word in words)
    return Form(_LIST.sub("#", masked), path)


class Outcome:
    """Finds what lines of one form say that a request or a process came to: an HTTP status, an exit code.

    Args:
        match: where one such line says it.
    """

    def __init__(self, match: re.Match[str]) -> None:
        self._pattern = match.re
        # In other lines of the form it is the same word, and looking there first is much faster.
        self._word = match.string.count(" ", 0, match.start(1))

    def number(self, text: str) -> str:
        """The number in a line of the form; empty if it has none."""
        words = text.split(" ", self._word + 1)
        if len(words) > self._word and len(word := words[self._word]) == 3 and word.isdecimal():
            return word
        match = self._pattern.search(text)
        return match[1] if match else ""

    def level(self, number: str) -> LogLevel:
        """The least level that the number means."""
        if self._pattern is _ENDED or not number:
            return LogLevel.DEBUG
        level = level_of_status(int(number))
        # A request that was answered so is an error; a mere mention of the status may be of a retry.
        return min(level, LogLevel.WARNING) if self._pattern is _STATUS else level


def outcome_in(text: str) -> Outcome | None:
    """What finds the outcome in lines like this text, if they tell one."""
    match = _ANSWERED.search(text) or _STATUS.search(text) or _ENDED.search(text)
    return Outcome(match) if match else None


def _mask_of_plain(word: str) -> str:
    """The mask of the usual kinds of words, found without a search; empty for others."""
    if word.isalpha():
        return "#" if _HEX.fullmatch(word) else word
    name, assigned, value = word.partition("=")
    if assigned and name.isidentifier() and value.isalnum():
        return word if value.lower() in _STATES else f"{name}=#"
    return "#" if word.isalnum() and not _VERSION.fullmatch(word) else ""


def _mask(match: re.Match[str]) -> str:
    part = match[0]
    if match["value"]:
        return part if part.lower() in _STATES else "#"
    varies = _DIGIT.search(part) and not _VERSION.fullmatch(part)
    return "#" if varies or _HEX.fullmatch(part) else part
