"""Figures of a statement that no evidence of it holds."""

import re
from collections.abc import Iterator
from functools import partial

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.figures import Figure, clock_value, figures
from pmdraft.checks.following import follows
from pmdraft.checks.names import is_about, missing_name
from pmdraft.quoted_time import quotes
from pmdraft.statement import Basis

_IN_A_ZONE = re.compile(r"\d\s?\(?[A-Z]{2,5}$")


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
        elif not follows(figure, cited):
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
        return _is_then(figure, reading)
    if figure.kind == "duration":
        return float(figure.value) in held.durations
    return held.has_name(figure.value)


def _is_then(figure: Figure, reading: Reading) -> bool:
    # A name such as BST stands for several zones: the same words mean the same one.
    if _IN_A_ZONE.search(figure.value) and quotes(reading.item.text, figure.value):
        return True
    value = clock_value(figure.value, reading.first_day, reading.zone)
    if value is None:
        return "時" not in figure.value  # there is no 13時82分
    return value in reading.held.clocks
