"""What of a Markdown file is its author's own prose, and in which section it stands."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pmdraft.blameless.folding import DROPPED

CODE = "\ue0f0"
"""Stands for each character of inline code: a thing, whatever it says."""
QUOTED = "\ue0f1"
"""Stands for each character of somebody's quoted words."""


_HEADINGS = {"heading": 0, "=": 2, "-": 3, "bold": 8}
"""Kinds of headings with their depth: one for each number sign and the space; 0 where the line itself tells it."""
_UNDERLINED = ("=", "-")


class Passage(NamedTuple):
    """A stretch of prose: a paragraph, a list item, a table cell."""

    start: int
    end: int
    section: str | None


# Each alternative begins with a letter of its own, which lets the search run past all others.
_INLINE = re.compile(
    r"`(?P<ticks>`{0,2})(?!`)[^\n]{1,400}?(?<!`)`(?P=ticks)(?!`)"  # code
    r"|https?://[^\s)>\]|\u3000-\u9fff]{1,2000}"
    r"|\](?:\([^()\n]{0,400}(?:\([^()\n]{0,100}\)[^()\n]{0,100})?\)|\[[^\]\n]{0,100}\])"  # where a link leads
    r"|!\["
    r"|<(?:(?P<tag>code|pre|kbd|samp|blockquote)(?: [^<>\n]{0,300})?>[^<]{0,5000}</(?P=tag)>"
    r"|/?[a-zA-Z!][^<>\n]{0,300}>)"
    r"|&[a-z]{2,8};"
)
_THINGS = ("`", "http", "<code", "<kbd", "<samp")
"""What code and addresses begin with."""
_LONG_QUOTE = re.compile(r'"[^"\n]{1,200}"')
_KANA = re.compile("[ぁ-ん]")
_JA_QUOTE = re.compile(
    r"[「『](?P<said>[^「」『』\n]{0,200})[」』](?P<after>(?:な|等|など|のよう|といった|と(?!し)|って|ではな|でな|じゃな|を避|の代わり|で(?:終|済|片|括)|は使|という|か[、ら])?)"
)
_SPOKEN = re.compile("(?:ました|ません|です|ます|ました[がけ].*|すみません|ごめん|でした|てた|てる|たよ|だよ|かも)$")
_FENCE = re.compile(r" {0,12}(?:[-*+] +)?(`{3,}|~{3,})")
_ITEM = re.compile(r"\s*(?:(?:[-*+•・]|\d{1,3}[.)])\s+)+(?:\[[ xX]\]\s+)?")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+")
_UNDERLINE = re.compile(r" {0,3}(?:={2,}|-{2,})\s*$")
_BOLD = re.compile(r"(?:\*\*[^*\n]{1,40}\*\*|__[^_\n]{1,40}__)[:：]?\s*$")
_INDENTED = "    "
_OF_ITS_PARAGRAPHS = ("[^", "!!!", "???", ":")
"""What begins a footnote, a note or a definition: like a list's item it goes on in indented paragraphs."""
_DELIMITER_ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_OF_DELIMITERS = "|-: \t\r\n\f\v"
_CELL = re.compile(r"(?:\\.|[^|\\])+")

# In lower case, which is searched far faster than letters of either case.
SECTIONS: tuple[tuple[str, str], ...] = (
    ("action_items", r"action|follow.?ups?\b|next steps|アクション|再発防止|対策|今後の対応|是正"),
    ("timeline", r"time\s?line|chronolog|タイムライン|時系列|経緯|経過"),
    ("what_went_well", r"went well|worked well|うまくいった|良かった"),
    (
        "what_went_wrong",
        r"went (?:wrong|badly)|didn.t go well|could have gone better|改善できる|うまくいかな|問題点|悪かった",
    ),
    ("contributing", r"contribut\w+ (?:factors?|causes?|conditions?|circumstances)|寄与|背景"),
    ("root_cause", r"\bcauses?\b|\b(?:5|five) ?whys?\b|\bwhys\b|\bwhy (?:did|was|were|it|this)\b|why\?|原因|なぜ"),
    ("detection", r"detect|検知|検出"),
    ("lessons", r"lesson|learn|学び|教訓|反省"),
    ("impact", r"impact|影響"),
    ("summary", r"summary|tl;?dr|overview|概要|要約|サマリ"),
)


# Two of these headings make a postmortem; one alone stands in many a document.
_TELLING = re.compile(
    r"^ {0,3}#{1,6}\s.*(?:time\s?line|タイムライン|時系列|5 ?whys|root cause|根本原因|action items?|アクションアイテム"
    r"|再発防止|what went (?:well|wrong|badly)|うまくいった|lessons learned|学び|contributing factors|寄与要因)",
    re.IGNORECASE | re.MULTILINE,
)
_AS_MANY = 2


def is_postmortem(text: str) -> bool:
    """Whether a text has the headings of a postmortem."""
    return len(_TELLING.findall(text)) >= _AS_MANY


def section_of(heading: str, default: str | None) -> str | None:
    """The section that a heading opens; `default` when its words say nothing."""
    lower = heading.lower().replace("_", " ")  # which marks what is bold, and begins no word
    return next((name for name, words in _sections() if words.search(lower)), default)


@cache
def _sections() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(words)) for name, words in SECTIONS]


def masked(text: str) -> str:
    """Text of the same length in which code, addresses, tags and quoted speech say nothing."""
    if "<!--" in text:
        text = _without_comments(text)
    if any(mark in text for mark in ("`", "](", "][", "http", "<", "&", "![")):
        text = _INLINE.sub(_inert, text)
    if '"' in text:
        text = _LONG_QUOTE.sub(_unless_short, text)
    if "「" in text or "『" in text:
        text = _JA_QUOTE.sub(_speech, text)
    return text


def passages(text: str, section: str | None = None) -> Iterator[Passage]:
    """The prose of a masked Markdown text, in order; quotes, fences, front matter and table headers left out."""
    opened: Passage | None = None
    outside, opened_at = section, 0
    for start, line, kind in _lines(text):
        end = start + len(line.rstrip())
        if kind == "text" and opened:
            opened = Passage(opened.start, end, opened.section)
            continue
        if opened:
            yield opened
            opened = None
        if kind == "row":
            yield from _cells(line, start, section)
        elif kind in _HEADINGS:
            depth = _HEADINGS[kind] or len(line) - len(line.lstrip(" #"))
            known = section_of(line, None)
            # A heading that says nothing ends a section, unless it stands below the one that opened it.
            if known or depth <= opened_at:
                section, opened_at = known or outside, depth
            yield Passage(start + _marker(line), end, section)
        elif kind != "skip":
            opened = Passage(start + _marker(line), end, section)
    if opened:
        yield opened


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Each line with its start and kind: text, item, row, skip or one of a heading's."""
    position = _front_matter_end(text)
    lines = text[position:].splitlines(keepends=True)
    fence = previous = ""
    in_list = False
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        mark = _FENCE.match(line) if "```" in line or "~~~" in line else None
        kind = "skip" if fence or mark else _kind(line, following)
        if kind == "text" and previous not in {"text", "item"}:
            kind = _kind_of_first(line, following, previous, in_list=in_list)
        if mark:
            fence = _fence_after(fence, mark)
        if kind == "item" or not line.startswith((_INDENTED, "\n", "\r")):
            in_list = kind == "item" or line.startswith(_OF_ITS_PARAGRAPHS)
        yield position, line, kind
        position += len(line)
        previous = kind


def _fence_after(fence: str, mark: re.Match[str]) -> str:
    """The fence that is open after a line with a mark: one as long closes it, if nothing stands behind."""
    if not fence:
        return mark[1]
    return "" if mark[1].startswith(fence) and not mark.string[mark.end() :].strip() else fence


def _kind_of_first(line: str, following: str, previous: str, *, in_list: bool) -> str:
    """The kind of a line of text that goes on with no other."""
    if previous in _UNDERLINED and _UNDERLINE.match(line):
        return "skip"
    if line.startswith(_INDENTED):
        return "text" if in_list else "skip"  # code, unless it belongs to a list's item
    if _UNDERLINE.match(following):
        return "=" if following.lstrip().startswith("=") else "-"
    if _BOLD.match(line) and (not following.strip() or _kind(following, "") != "text"):
        return "bold"
    return "text"


def _kind(line: str, following: str) -> str:
    bare = line.lstrip()
    first = bare[:1]
    if not first or first == ">":
        return "skip"
    if first == "#" and _HEADING.match(line):
        return "heading"
    if first == "|" or ("|" in line and line.rstrip().endswith("|")):
        return "skip" if _is_delimiter(line) or _is_delimiter(following) else "row"
    if first in "-*+•・0123456789" and _ITEM.match(line):
        return "item"
    return "text"


def _is_delimiter(line: str) -> bool:
    """Whether a line parts a table's header from its rows."""
    return not line.strip(_OF_DELIMITERS) and _DELIMITER_ROW.match(line[:400]) is not None


def _marker(line: str) -> int:
    match = _ITEM.match(line) or _HEADING.match(line)
    return match.end() if match else len(line) - len(line.lstrip())


def _cells(line: str, start: int, section: str | None) -> Iterator[Passage]:
    for cell in _CELL.finditer(line.rstrip()):
        if cell.group().strip():
            yield Passage(start + cell.start(), start + cell.end(), section)


def _front_matter_end(text: str) -> int:
    if not text.startswith(("---\n", "---\r\n")):
        return 0
    end = re.compile(r"^(?:---|\.\.\.)\s*$", re.MULTILINE).search(text, 4)
    return end.end() if end else 0


def _without_comments(text: str) -> str:
    pieces: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start)
        end = len(text) if end < 0 else end + 3
        comment = text[start:end]
        pieces += [text[position:start], re.sub(r"[^\n]", DROPPED, comment)]
        position = end
    return "".join([*pieces, text[position:]])


def _inert(match: re.Match[str]) -> str:
    inert = CODE if match.group().startswith(_THINGS) else DROPPED
    return re.sub(r"[^\n]", inert, match.group()) if match["tag"] else inert * len(match.group())


def _unless_short(match: re.Match[str]) -> str:
    said = match.group()[1:-1]
    if len(said) <= 10 if _KANA.search(said) else len(said.split()) < 3:
        return match.group()
    return '"' + QUOTED * (len(match.group()) - 2) + '"'


def _speech(match: re.Match[str]) -> str:
    said = match["said"]
    if len(said) <= 10 and not match["after"] and "。" not in said and not (len(said) > 4 and _SPOKEN.search(said)):
        return match.group()
    return f"「{QUOTED * len(said)}」{match['after']}"
