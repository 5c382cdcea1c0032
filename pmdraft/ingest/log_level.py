"""How grave an entry of a log is: as it says itself, else by its words."""

import re
from enum import IntEnum


class LogLevel(IntEnum):
    """The levels that loggers have in common; a graver one is greater."""

    DEBUG = 10
    INFO = 20
    WARNING = 30
    ERROR = 40
    FATAL = 50


_NAMES = {
    LogLevel.FATAL: "fatal critical crit alert emerg emergency panic dpanic 致命的 重大 緊急",
    LogLevel.ERROR: "severe error err eror fail エラー",
    LogLevel.WARNING: "warning warn wrn 警告",
    LogLevel.INFO: "info information informational inf notice note log system hint 情報",
    LogLevel.DEBUG: "debug dbg trace verbose fine finer finest config default",
}
_LEVELS = {name: level for level, names in _NAMES.items() for name in names.split()}
_WORD = re.compile(rf"(?<![\w/.@-])(?:{'|'.join(sorted(_LEVELS, key=len, reverse=True))})(?![\w/.@-])", re.IGNORECASE)
# Words that are levels even bare, at the very beginning; others begin sentences too: "alert manager started".
_BARE = {"error", "err", "warning", "warn", "info", "debug", "fatal", "crit", "inf", "wrn", "dbg"}
# Words that even in capitals are levels only where they are marked as such: "LOG:", "[Note]".
_MARKED_ONLY = {"fail", "note", "log", "system", "hint", "fine", "config", "default", "alert"}
_OPENS, _CLOSES = set("[(<=|:\"'"), set("])>:|\"'")
# Loggers write the level near the beginning.
_HEAD = 120
# Without a level, these words at least say that something went wrong.
_TROUBLE = re.compile(
    r"\b(?:error|exception|fail(?:ed|ure|ing|s)?|traceback|refused|timed out|time-?out|unreachable|unavailable"
    r"|denied|killed|out of memory|oom|segfault|panic|aborted|crash(?:ed)?|corrupt(?:ed|ion)?|exhausted|exceeded"
    r"|cannot|unable to|is down|not responding|reset by peer|rejected|deadlock)\b"
    r"|失敗|エラー|例外|異常|タイムアウト|拒否|枯渇|停止しました|接続できません",
    re.IGNORECASE,
)


def level_of(text: str) -> LogLevel:
    """The level that a text writes, else a warning if its words say that something went wrong, else information."""
    return level_in(text) or (LogLevel.WARNING if _TROUBLE.search(text) else LogLevel.INFO)


def level_in(text: str) -> LogLevel | None:
    """The level that is written near the beginning of a text: `ERROR x`, `[warn] x`, `level=error`, `err: x`."""
    head = text[:_HEAD]
    for match in _WORD.finditer(head):
        word, start, end = match[0].lower(), match.start(), match.end()
        marked = head[max(start - 1, 0) : start] in _OPENS or head[end : end + 1] in _CLOSES
        in_capitals = match[0].isupper() and word not in _MARKED_ONLY
        if marked or in_capitals or (start == 0 and word in _BARE):
            return _LEVELS[word]
    return None


def level_named(name: object) -> LogLevel | None:
    """The level of that name, such as `WARN`, `Information` or `DEBUG5`; None if it is none."""
    word = str(name).strip().lower()
    return _LEVELS.get(word) or _LEVELS.get(word.rstrip("0123456789"))


def level_of_severity(severity: int) -> LogLevel | None:
    """The level of a severity of syslog, from 0 emergency to 7 debug (RFC 5424, 6.2.1); None if it is none."""
    if severity in range(3):
        return LogLevel.FATAL
    return {3: LogLevel.ERROR, 4: LogLevel.WARNING, 5: LogLevel.INFO, 6: LogLevel.INFO, 7: LogLevel.DEBUG}.get(severity)


def level_of_status(status: int) -> LogLevel:
    """The level of an HTTP status: the server's fault is an error, being turned away for load or time a warning."""
    if status >= 500:
        return LogLevel.ERROR
    return LogLevel.WARNING if status in (408, 429, 499) else LogLevel.INFO
