"""Slack's own mark-up as the text that a person saw."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

Names = Mapping[str, str]
"""What people call a user, user group or channel, by its id."""

_ENTITY = re.compile(r"<([@#!]?)([^<>|\n]{1,4000})(?:\|([^<>\n]{0,4000}))?>")
# Slack takes a star for bold only at the start of a word; in code it is a star.
_BOLD = re.compile(
    r"(?P<code>```[\s\S]*?```|`[^`\n]*`)|(?:(?<=\s)|^)\*(?P<bold>[^*\s](?:[^*\n]{0,300}[^*\s])?)\*(?![\w*])",
    re.MULTILINE,
)
_ESCAPED = re.compile(r"&(?:lt|gt|amp);")
_UNESCAPED = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def plain(text: str, names: Names) -> str:
    """Slack's mark-up resolved: mentions to names, links to label and address, entities undone."""
    if "<" in text:
        text = _ENTITY.sub(lambda match: _shown(match[1], match[2], match[3], names), text)
    if "*" in text:
        text = _BOLD.sub(lambda match: match["code"] or match["bold"], text)
    return _ESCAPED.sub(lambda match: _UNESCAPED[match[0]], text) if "&" in text else text


def link(url: str, label: str) -> str:
    """An address and what it was called, as Markdown has it; the address alone where that says as much."""
    if not label or label == url or url.endswith(f"/{label}"):
        return url
    return f"[{label}]({url})"


def day_and_time(seconds: float) -> str:
    """A date that Slack writes for each reader in their own zone; here in UTC, and said so.

    Raises:
        ValueError: it lies outside the years that Python knows.
    """
    try:
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError as error:
        raise ValueError(str(seconds)) from error
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _shown(sigil: str, target: str, label: str | None, names: Names) -> str:
    if sigil == "@":
        return f"@{names.get(target) or label or target}"
    if sigil == "#":
        return f"#{label or names.get(target) or target}"
    if sigil == "!":
        return _special(target, label, names)
    if "://" in target:
        return link(target, label or "")
    return label or target.removeprefix("mailto:")


def _special(target: str, label: str | None, names: Names) -> str:
    """`<!here>`, `<!subteam^S1|@sre>`, `<!date^1392734382^{date}|Feb 18, 2014>`."""
    name, _, rest = target.partition("^")
    if name in ("here", "channel", "everyone"):
        return f"@{name}"
    if label:
        return label
    if name == "subteam":
        return f"@{names.get(rest, rest)}"
    seconds = rest.partition("^")[0]
    if name == "date" and re.fullmatch(r"[0-9]{1,11}", seconds):
        return day_and_time(int(seconds))
    return name
