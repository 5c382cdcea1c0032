"""Figures of a statement that no evidence of it holds."""

from collections.abc import Iterator
from functools import partial

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.figures import Figure, clock_value, figures


def find_figures(cited: Cited) -> Iterator[Fault]:
    """A fault for each number, time, date, duration and name with digits that what is cited does not hold."""
    for figure in figures(cited.statement.text):
        if figure.kind == "duration" and int(figure.value) in cited.computed:
            continue
        if any(_holds(figure, reading) for reading in cited.own) or not (cited.own or figure.kind == "duration"):
            continue
        rule = "time" if figure.kind == "clock" else figure.kind
        yield Fault(rule, figure.span, partial(_holds, figure))


def _holds(figure: Figure, reading: Reading) -> bool:
    if figure.kind == "number":
        return figure.value in reading.held.numbers
    if figure.kind == "date":
        return figure.value in reading.held.dates
    if figure.kind == "clock":
        value = clock_value(figure.value, reading.first_day, reading.zone)
        return value is None or value in reading.held.clocks
    if figure.kind == "duration":
        return figure.value in reading.held.durations
    return figure.value in reading.held.letters
