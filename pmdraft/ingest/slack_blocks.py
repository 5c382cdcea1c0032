"""Block Kit and rich text as the text that a person saw.

Blocks come as plain JSON: there are dozens of kinds, bots invent more, and one
that is odd should cost no other its text. What is not known is searched for text.
"""

from collections.abc import Iterator, Mapping

from pmdraft.ingest.slack_markup import Names, day_and_time, link, plain

_INDENT = "    "


def block_lines(blocks: object, names: Names) -> Iterator[str]:
    """The text of each block that has one.

    Args:
        blocks: the list, as JSON has it.
        names: what users, groups and channels are called, by their ids.
    """
    for block in items(blocks):
        if shown := _block(block, names).strip("\n"):
            yield shown


def only_repeats_the_text(blocks: object) -> bool:
    """Whether the blocks are what Slack makes of a text that somebody typed."""
    return all(isinstance(block, dict) and block.get("type") == "rich_text" for block in items(blocks))


def items(value: object) -> list[object]:
    """A JSON list; nothing for any other value."""
    return value if isinstance(value, list) else []


def _block(block: object, names: Names) -> str:  # noqa: PLR0911 - a kind a line
    match block:
        case {"type": "rich_text", "elements": list(parts)}:
            return "\n".join(_rich(part, names) for part in parts)
        case {"type": "table", "rows": list(rows)}:
            return "\n".join(" | ".join(_block(cell, names) for cell in items(row)) for row in rows)
        case {"type": "context" | "actions" | "context_actions", "elements": list(parts)}:
            return " ".join(text for part in parts if (text := _block(part, names)))
        case {"type": "button" | "workflow_button", "text": label, **more}:
            return _button(_text(label, names), more.get("url"))
        case {"type": "image", **more}:
            title = _text(more.get("title"), names) or _text(more.get("alt_text"), names)
            return f"[image: {title}]" if title else ""
        case {"type": "raw_text" | "markdown" | "plain_text" | "mrkdwn", "text": str()}:
            return _text(block, names)
        case {"type": str(kind)} if kind in _INLINE or kind.startswith("rich_text_"):
            return _rich(block, names)
        case dict():
            return "\n".join(_parts(block, names))
    return ""


def _parts(block: dict[str, object], names: Names) -> Iterator[str]:
    """Wherever text can stand in a block: title, text, fields, elements."""
    for key in ("title", "label", "text"):
        if shown := _text(block.get(key), names):
            yield shown
    for key in ("fields", "elements"):
        for part in items(block.get(key)):
            if shown := _block(part, names):
                yield shown
    if (accessory := block.get("accessory")) and (shown := _block(accessory, names)):
        yield shown


def _text(value: object, names: Names) -> str:
    match value:
        case str():
            return value
        case {"type": "mrkdwn", "text": str(text)}:
            return plain(text, names)
        case {"text": str(text)}:
            return text
    return ""


def _button(label: str, url: object) -> str:
    if isinstance(url, str) and url:
        return link(url, label)
    return f"[{label}]" if label else ""


def _rich(part: object, names: Names) -> str:
    match part:
        case {"type": "rich_text_list", "elements": list(entries), **more}:
            return _list(entries, more, names)
        case {"type": "rich_text_quote", "elements": list(pieces)}:
            return "\n".join(f"> {line}" for line in _inline(pieces, names).split("\n"))
        case {"type": "rich_text_preformatted", "elements": list(pieces)}:
            return f"```\n{_inline(pieces, names)}\n```"
        case {"elements": list(pieces)}:
            return _inline(pieces, names).removesuffix("\n")
        case dict():
            return _piece(part, names)
    return ""


def _list(entries: list[object], more: Mapping[object, object], names: Names) -> str:
    indent, offset = more.get("indent"), more.get("offset")
    margin = _INDENT * min(indent, 8) if isinstance(indent, int) else ""
    first = 1 + (offset if isinstance(offset, int) else 0)
    ordered = more.get("style") == "ordered"
    return "\n".join(
        f"{margin}{f'{number}.' if ordered else '•'} {_rich(entry, names)}"
        for number, entry in enumerate(entries, first)
    )


def _inline(pieces: list[object], names: Names) -> str:
    return "".join(_rich(piece, names) for piece in pieces)


_INLINE = frozenset({"text", "link", "user", "usergroup", "channel", "emoji", "broadcast", "date", "color", "team"})


def _piece(piece: dict[str, object], names: Names) -> str:  # noqa: PLR0911 - a kind a line
    match piece:
        case {"type": "text", "text": str(text), "style": {"code": True}}:
            return f"`{text}`"
        case {"type": "link", "url": str(url), **more}:
            return link(url, _text(more.get("text"), names))
        case {"type": "user", "user_id": str(id)} | {"type": "usergroup", "usergroup_id": str(id)}:
            return f"@{names.get(id, id)}"
        case {"type": "channel", "channel_id": str(id)}:
            return f"#{names.get(id, id)}"
        case {"type": "emoji", "name": str(name)}:
            return f":{name}:"
        case {"type": "broadcast", "range": str(whom)}:
            return f"@{whom}"
        case {"type": "date", **more}:
            return _date(more)
        case {"type": "color", "value": str(value)}:
            return value
    return _text(piece.get("text"), names)


def _date(more: dict[str, object]) -> str:
    match more:
        case {"fallback": str(fallback)} if fallback:
            return fallback
        case {"timestamp": int(seconds)}:
            try:
                return day_and_time(seconds)
            except ValueError:
                return ""
    return ""
