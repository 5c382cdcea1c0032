"""Figures of a statement that no evidence of it holds."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import combinations

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.days import days_said
from pmdraft.checks.figures import DATE, Figure, as_value, clock_value, figures
from pmdraft.checks.names import is_about, missing_name
from pmdraft.checks.number_words import is_counted
from pmdraft.quoted_time import quotes
from pmdraft.statement import Basis

_ABOUT = re.compile(
    r"(?:約|およそ|ほぼ|ざっと|about|around|roughly|approximately|some|nearly|almost|over|more than|~|≒)\s*$",
    re.IGNORECASE,
)
_OR_SO = re.compile(r"\s*(?:人|件|台|名|%|分|秒|時間)?(?:程度|前後|ほど|くらい|ぐらい|弱|強|余り|超|or so|-ish)")
_RECKONED = re.compile(
    r"合計|総計|計\s*\d|平均|の差(?!分)|合わせて|\b(?:total|sum|altogether|combined|average|mean|difference|in all)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(?:within|under|less than|at most|up to|no more than)\s*$", re.IGNORECASE)
_OR_LESS = re.compile(r"\s*(?:以内|以下|未満|弱|足らず|かからず|経たず|たたず|のうちに|or less|at (?:the )?most)")
_IN_A_ZONE = re.compile(r"\d\s?\(?[A-Z]{2,5}$")
_IN_SECONDS = re.compile(r"秒|\d ?(?:s|secs?|seconds?|ms|milliseconds?)\b")
LEEWAY = 0.06
"""How far a rounded number may be from what it rounds, as a share."""
_MINUTE = 60.0


def find_figures(cited: Cited) -> Iterator[Fault]:
    """A fault for each number, time, date, duration and name with digits that what is cited does not hold."""
    for figure in figures(cited.statement.text):
        if not cited.own and (figure.kind != "duration" or cited.statement.basis is not Basis.STATED):
            continue
        if cited.statement.text[figure.span[1] :].startswith(("…", "...")):
            continue  # cut off
        if figure.kind == "name" and _names_evidence(cited, figure.span):
            continue
        belonging = cited.around if figure.kind == "name" else cited.own
        if any(holds(figure, reading) for reading in belonging):
            continue
        if figure.kind == "number" and any(reading.held.numbers.get(figure.value) for reading in cited.own):
            yield Fault("unit", figure.span, partial(holds, figure))
        elif figure.kind == "name":
            word = cited.statement.text[slice(*figure.span)]
            fault = missing_name(word, figure.span, partial(holds, figure), cited)
            if fault.rule == "sibling" or not _is_what_is_talked_of(figure, cited):
                yield fault
        elif not _follows(figure, cited):
            rule = "time" if figure.kind == "clock" else figure.kind
            yield Fault(rule, figure.span, partial(holds, figure))


def _is_what_is_talked_of(figure: Figure, cited: Cited) -> bool:
    """Whether the channel is about that name, and what is cited has none of its form that it could be taken for.

    A host that is one of many is not told by the talk around it: api-6 beside api-4.
    """
    if _is_one_of_many(figure, cited) or not is_about(partial(holds, figure), cited):
        return False
    said = {one.value for one in figures(cited.statement.text)}
    others = (one.value for reading in cited.own for one in figures(reading.item.text) if one.kind == "name")
    return all(other in said or _form(other) != _form(figure.value) for other in others)


def _is_one_of_many(figure: Figure, cited: Cited) -> bool:
    """Whether the incident has others of that name with another number."""
    stem = re.sub(r"\d+$", "", figure.value)
    other = re.compile(rf"(?<![a-z0-9]){re.escape(stem)}(?!{re.escape(figure.value[len(stem) :])}(?!\d))\d")
    return stem != figure.value and any(other.search(reading.held.letters) for reading in cited.library)


def _form(name: str) -> str:
    """A name's letters and digits as runs: api-1 is like db-12, and unlike 2.31.0."""
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "9", name.casefold()))


def _names_evidence(cited: Cited, span: tuple[int, int]) -> bool:
    """Whether it is the id of a piece of evidence, in brackets or in a question about it; S3 may be a service too."""
    text = cited.statement.text
    in_brackets = text[: span[0]].endswith(("(", "（", "[", ", ", "、"))
    return text[slice(*span)] in cited.library and (in_brackets or cited.path.startswith("open_questions["))


def holds(figure: Figure, reading: Reading) -> bool:
    """Whether a piece of evidence holds a figure, however it is written."""
    held = reading.held
    if figure.kind == "number":
        return held.has_number(figure.value, figure.unit)
    if figure.kind == "date":
        return figure.value in held.dates
    if figure.kind == "clock":
        # A name such as BST stands for several zones: the same words mean the same one.
        if _IN_A_ZONE.search(figure.value) and quotes(reading.item.text, figure.value):
            return True
        value = clock_value(figure.value, reading.first_day, reading.zone)
        return value is None or value in held.clocks
    if figure.kind == "duration":
        return float(figure.value) in held.durations
    return held.has_name(figure.value)


def _follows(figure: Figure, cited: Cited) -> bool:
    """Whether a figure that no evidence holds follows from figures that it does hold."""
    if figure.kind == "number":
        return (
            _is_near(figure, cited)
            or _is_reckoned(figure, cited)
            or _counts_citations(figure, cited)
            or _is_told_by_words(figure, cited)
        )
    if figure.kind == "date":
        return _is_day_in_words(figure, cited)
    return figure.kind == "duration" and (_is_bare(figure, cited) or _is_reckoned_length(figure, cited))


def _is_day_in_words(figure: Figure, cited: Cited) -> bool:
    """Whether the evidence has no date, and names that day in words: 来週の金曜."""
    if any(DATE.search(reading.normal) for reading in cited.own):
        return False
    return any(f"{one:%m-%d}" == figure.value for reading in cited.own for one in days_said(reading))


def _is_told_by_words(figure: Figure, cited: Cited) -> bool:
    """Whether a small count stands in no number: "a slot", "both"."""
    counter = cited.statement.text[figure.span[1] :].lstrip()[:1]
    return any(is_counted(figure.value, counter, reading.item.text) for reading in cited.own)


def _counts_citations(figure: Figure, cited: Cited) -> bool:
    """Whether it counts the messages or alerts that are cited."""
    return bool(figure.unit & {"count", "occasions"}) and figure.value == str(len(cited.own)) != "1"


def _is_near(figure: Figure, cited: Cited) -> bool:
    """Whether it says "about" and some number is about that."""
    text, (start, end) = cited.statement.text, figure.span
    if not (_ABOUT.search(text[:start]) or text[start] in "約~≒" or _OR_SO.match(text, end)):
        return False
    value = float(figure.value)
    return any(
        abs(float(other) - value) <= LEEWAY * value and _is_rounder(figure.value, other)
        for reading in cited.own
        for other in reading.held.numbers
        if other.count(".") <= 1 and reading.held.has_number(other, figure.unit)
    )


def _is_rounder(value: str, other: str) -> bool:
    return len(value.strip("0.")) < len(other.strip("0."))


def _is_reckoned(figure: Figure, cited: Cited) -> bool:
    """Whether it is reckoned from two numbers, and the statement says so: 4 of 380 MB are 1,520 MB in total."""
    if not _RECKONED.search(cited.statement.text):
        return False
    known = {float(value) for reading in cited.own for value in reading.held.numbers if value.count(".") <= 1}
    pairs = combinations(sorted(known)[:60], 2)
    return any(figure.value in (as_value(b - a), as_value(a + b), as_value((a + b) / 2)) for a, b in pairs) or any(
        figure.value == as_value(float(other.value) * times)
        for other in figures(cited.statement.text)
        if other.kind == "number" and float(other.value) in known
        for times in known
    )


def _is_reckoned_length(figure: Figure, cited: Cited) -> bool:
    """Whether the draft computes that length of time, or two of the cited times are that far apart."""
    length = float(figure.value)
    if length < _MINUTE or _IN_SECONDS.search(cited.statement.text[slice(*figure.span)]):
        return False
    if length in cited.computed:
        return True
    times = sorted({at for reading in cited.own for at in reading.held.times})[:60]
    # People count from clock to clock, and leave the seconds away.
    between = {
        apart
        for a, b in combinations(times, 2)
        for apart in ((b - a).total_seconds(), (_to_the_minute(b) - _to_the_minute(a)).total_seconds())
    }
    text, (start, end) = cited.statement.text, figure.span
    if _WITHIN.search(text[:start]) or _OR_LESS.match(text, end):
        return any(length / 2 < apart <= length for apart in between)
    slack = _MINUTE / 2
    if length % (5 * _MINUTE) == 0 and (
        _ABOUT.search(text[:start]) or text[start] in "約~≒" or _OR_SO.match(text, end)
    ):
        slack = max(slack, LEEWAY * length)
    return any(abs(apart - length) <= slack for apart in between)


def _to_the_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _is_bare(figure: Figure, cited: Cited) -> bool:
    """Whether the evidence has its number without any unit."""
    digits = re.match(r"[\d.,]+", cited.statement.text[slice(*figure.span)])
    value = as_value(float(digits[0].replace(",", "").rstrip("."))) if digits else ""
    return any(reading.held.has_bare_number(value) for reading in cited.own)
