"""Which words of a message say by when something is due, and which issue it is tracked in."""

import re
from datetime import date

from pmdraft.due_date import MONTH_NAMES, read_due

_MONTH = rf"(?:{MONTH_NAMES})\.?"
_DAY = (
    r"(?:\d{4}(?:[-/.]| ?年 ?)\d{1,2}(?:[-/.]| ?月 ?)\d{1,2}(?: ?日)?"
    r"|(?<![\d/.-])\d{1,2}(?:(?:/| ?月 ?)\d{1,2}(?: ?日)?|-\d{1,2})(?![\d/-])"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?![a-z])"
    r"|(?:(?:今週|来週|再来週)の?)?[月火水木金土日]曜日?"
    r"|(?:\b(?:this|next) )?\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|今日|本日|明日|明後日|\btoday\b|\btomorrow\b)"
)
# A day is a due date where a word says so, or where it stands by itself: on any other day something happened.
_MARKED = (
    re.compile(
        rf"\b(?:by|until|due(?: on)?|on|eta:?) (?:the )?(?:end of )?(?P<due>(?:\w+day,? )?{_DAY})", re.IGNORECASE
    ),
    re.compile(rf"(?P<due>{_DAY})[^。\n]{{0,16}}(?:まで|中に|期限)", re.IGNORECASE),
    re.compile(rf"(?:期限|〆切|締め?切り?)\s?(?:は|[:：])?\s?(?P<due>{_DAY})", re.IGNORECASE),
    re.compile(
        rf"(?:^|[.。,、;；:：(（\n]|[#＃]\d{{1,6}}|[A-Z]-\d{{1,6}})\s*(?P<due>{_DAY}(?:, {_DAY})?)"
        r"\s*(?=$|[.。,、;；)）\n#＃]|[A-Z]{2,}-)",
        re.IGNORECASE,
    ),
)
_ISSUE = re.compile(
    r"(?<![\w/&#-])(?!(?:SEV|UTF|SHA|ISO|RFC|HTTP|TLS|CVE|P)-)[A-Z][A-Z0-9]{1,9}-\d{1,6}(?![\w-])|(?<![\w&/#])#\d{1,6}(?!\w)"
)


def due_in(text: str, said_on: date) -> tuple[str, date] | None:
    """The words that name a due date and the day they mean; None if none do, or if they mean several days."""
    found: dict[date, str] = {}
    for pattern in _MARKED:
        for match in pattern.finditer(text):
            on = read_due(match["due"], text, said_on)
            if on is not None and on >= said_on:
                found.setdefault(on, match["due"])
    return next(((words, on) for on, words in found.items()), None) if len(found) == 1 else None


def issue_in(text: str) -> str | None:
    """The one issue that a text names; None if it names none, or several."""
    issues = set(_ISSUE.findall(text))
    return issues.pop() if len(issues) == 1 else None
