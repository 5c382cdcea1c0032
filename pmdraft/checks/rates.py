"""Numbers by the second, the minute, the hour or the day: 14 a second are not 14 a minute."""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.figures import number, same_length_nfkc

_PERIODS = {"秒": "s", "分": "m", "時": "h", "日": "d"}
_BY = r"秒|分|時間?|日|s(?:ec(?:ond)?)?\b|m(?:in(?:ute)?)?\b|h(?:(?:ou)?r)?\b|d(?:ay)?\b"
_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)\s?(?P<scale>[万千億]|[kKM](?![A-Za-z]))?"
# Between a number and what it is counted by stands what is counted, and no other number.
_AFTER = re.compile(
    rf"(?<![\d.,:A-Za-z_-]){_NUMBER}[^\d\s。、,.:/]{{0,8}}(?: [a-z]{{2,12}}){{0,2}}\s?"
    rf"(?:(?:/|per |an? |each |every |毎)\s?1?\s?(?P<by>{_BY})|(?P<short>[rqt]p[smh])\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:毎(?P<by>[秒分時日])|(?:(?<!\d)1 ?)?(?P<each>[秒分時日])間?(?:あたり|当たり)|(?<!\d)(?P<in>秒)間)"
    rf"[^\d。、,.:]{{0,12}}{_NUMBER}"
)


def find_rates(cited: Cited) -> Iterator[Fault]:
    """A fault for each number by a span of time that the evidence has by another one only."""
    mine = _rates(same_length_nfkc(cited.statement.text))
    for value, told in mine.items() if cited.own else ():
        there = {by for reading in cited.own for by in _rates(reading.normal).get(value, {})}
        for by, span in told.items():
            if there and by not in there:
                yield Fault("unit", span, partial(_has, value, by))


def _rates(text: str) -> Mapping[str, Mapping[str, tuple[int, int]]]:
    """By each number the spans of time that it is told by, each with the number's place."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            by = groups["by"] or groups.get("each") or groups.get("in") or groups.get("short") or ""
            period = by[-1] if groups.get("short") else by[0]
            value = number(match["n"], match["scale"])
            found.setdefault(value, {})[_PERIODS.get(period, period.casefold())] = match.span("n")
    return found


def _has(value: str, by: str, reading: Reading) -> bool:
    return by in _rates(reading.normal).get(value, {})
