"""A postmortem as people wrote it, in Markdown: lengths and times against its own timeline, and its action items."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdraft.blameless.markdown import section_of
from pmdraft.checks.action_wording import vague_words
from pmdraft.checks.told_words import kind_of_event
from pmdraft.event_kind import EventKind
from pmdraft.language import Language, language_of_text

_HEADING = re.compile(r" {0,3}#{1,6}\s+(?P<words>.*)")
# From here on a draft quotes the evidence, lists links or tells how to use the template.
_END = re.compile(
    r"review notes|レビュー用メモ|references|参考資料|template|テンプレート|related guides|関連ガイド", re.IGNORECASE
)
_ROW = re.compile(
    r"\s*\|\s*(?:\d{4}-)?(?:\d{1,2}[-/]\d{1,2}\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})[^|]*\|(?P<event>[^|]*)"
)
_ROLE = re.compile(r"[（(](?P<role>[^（()）]{2,20})[)）]\s*$")
_ITEM = re.compile(r"[-*+]\s+(?:\[(?P<box>[ xX])\]\s+)?(?P<words>[^\n]+)")
_FIELD = re.compile(r"\W*\w{1,12}\W{0,3}[:：]")
_ACTION_COLUMN = re.compile(r"アクション|対策|内容|施策|タスク|action|task|item|what|description", re.IGNORECASE)
_CITED = re.compile(r"\s*(?:\[[A-Z]\d+\](?:\([^)]*\))?|[（(](?:提案|proposal|仮説|hypothesis)[)）])")
_VERIFIED = re.compile(r"\s*[—-]+\s*(?:確認方法|verified by)\s*[:：]", re.IGNORECASE)
_DONE = re.compile(r"\|[\s*]*(?:完了|done|completed?|closed)[\s*]*(?:\||$)", re.IGNORECASE)
_SENTENCES_IN = frozenset(
    ("summary", "impact", "detection", "root_cause", "contributing", "what_went_well", "what_went_wrong", "lessons")
)
# Rows name a clock and no day; any day does, as long as the rows after midnight come later.
_ANY_DAY = date(2000, 1, 1)
_DIGIT = re.compile("[0-9０-９]")


class Line(NamedTuple):
    """A line of the text, with where it begins and the section that it stands in."""

    start: int
    text: str
    section: str | None


class Written(NamedTuple):
    """One thing to look at in a text."""

    rule: str
    span: tuple[int, int]
    """Start and end in the text, in code points."""
    language: Language
    """Language to tell it in."""
    values: Mapping[str, str]
    """What the fields of the rule's texts are filled with."""


def check_written(text: str, language: Language | None = None) -> tuple[Written, ...]:
    """What a postmortem in Markdown says against itself, and actions that cannot be carried out.

    Args:
        text: the whole file.
        language: language of the findings; that of each line by default.
    """
    lines = list(_lines(text))
    return (*_against_the_timeline(lines, language), *_actions(lines, language))


def _lines(text: str) -> Iterator[Line]:
    section, start, fenced = None, 0, False
    for line in text.splitlines(keepends=True):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if not fenced and (heading := _HEADING.match(line)):
            section = "end" if _END.search(heading["words"]) else section_of(heading["words"], section)
        elif not fenced and not line.lstrip().startswith(">"):
            yield Line(start, line.rstrip("\r\n"), section)
        start += len(line)


def _timeline(lines: list[Line]) -> list[tuple[datetime, EventKind]]:
    rows = [match for line in lines if line.section == "timeline" and (match := _ROW.match(line.text))]
    # Where rows say in brackets what they were for, as pmdraft's own drafts do, their words need no guess.
    marked = [match for match in rows if _role(match) is not EventKind.OTHER]
    entries, at = [], datetime.combine(_ANY_DAY, datetime.min.time(), tzinfo=UTC)
    for match in rows:
        hour, minute = int(match["hour"]), int(match["minute"])
        if hour > 23 or minute > 59:
            continue
        then = at.replace(hour=hour, minute=minute)
        at = then if then >= at else then + timedelta(days=1)
        entries.append((at, _role(match) if marked else kind_of_event(match["event"])))
    # As `drafting.timeline.in_order`, which loads all that is asked of a model.
    order = list(EventKind)
    return sorted(entries, key=lambda entry: (entry[0], order.index(entry[1])))


def _role(row: re.Match[str]) -> EventKind:
    bracket = _ROLE.search(row["event"])
    return kind_of_event(bracket["role"]) if bracket else EventKind.OTHER


def _against_the_timeline(lines: list[Line], language: Language | None) -> Iterator[Written]:
    compared = [line for line in lines if line.section in _SENTENCES_IN and _DIGIT.search(line.text)]
    timeline = _timeline(lines) if compared else []
    if all(kind is EventKind.OTHER for _, kind in timeline):
        return
    from pmdraft.checks.told import Milestone, milestones, told_otherwise  # noqa: PLC0415 - only what has both needs it

    known = milestones((Milestone(*entry) for entry in timeline), _ANY_DAY, ZoneInfo("UTC"))
    for line in compared:
        # Bold type and the bars of a table stand between a label and its value.
        plain = re.sub(r"[*|_]", " ", line.text)
        told_in = language or language_of_text(line.text)
        for told in told_otherwise(plain, known, told_in):
            yield Written(told.rule, (told.span[0] + line.start, told.span[1] + line.start), told_in, told.values)


def _actions(lines: list[Line], language: Language | None) -> Iterator[Written]:
    column = 0
    for before, line in pairwise([Line(0, "", None), *lines]):
        if line.section != "action_items":
            continue
        if line.text.lstrip().startswith("|") and not before.text.lstrip().startswith("|"):
            column = _column_of_actions(line.text)
            continue
        found = _action_in(line.text, column)
        if found is None:
            continue
        words, verified, _ = _VERIFIED.sub("\0", f"{found}\0").partition("\0")
        words = _CITED.sub("", words).strip(" 　*")
        said = vague_words(words, verified=len(verified) > 0 and bool(_VERIFIED.search(found)), taken_on=False)
        if said is None or said[0] == "action.verb":
            continue
        vague = words[slice(*said[1])].strip(" 　。.*")
        start = line.start + line.text.index(found) + max(0, found.find(vague))
        told_in = language or language_of_text(line.text)
        yield Written(said[0], (start, start + len(vague)), told_in, {"words": vague})


def _column_of_actions(header: str) -> int:
    """Which column of a table tells what is to be done."""
    cells = _cells(header)
    return next((number for number, cell in enumerate(cells) if _ACTION_COLUMN.search(cell)), 0)


def _action_in(line: str, column: int) -> str | None:
    """What is yet to be done by a list item or a row; None for a field below an item, and for what is done."""
    if line.lstrip().startswith("|"):
        cells = _cells(line)
        found = cells[column] if column < len(cells) and not _DONE.search(line) else ""
    else:
        item = _ITEM.match(line)
        found = item["words"] if item and (item["box"] or " ") == " " and not _FIELD.match(item["words"]) else ""
    return found.strip() if re.search(r"[^\W_]", found) else None


def _cells(row: str) -> list[str]:
    return row.strip().strip("|").split("|")
