"""The text of a Slack message as a person saw it: its words, blocks, attachments and files."""

from collections.abc import Iterator

from pmdraft.ingest.slack_blocks import block_lines, items, only_repeats_the_text
from pmdraft.ingest.slack_markup import Names, link, plain
from pmdraft.ingest.slack_message import SlackMessage

# Of a snippet, exports keep its first lines.
_LONGEST_PREVIEW = 2000


def visible_text(message: SlackMessage, names: Names) -> str:
    """What a person saw: blocks, or the text that they stand for; then attachments and files.

    Args:
        message: the message.
        names: what users, user groups and channels are called, by their ids.
    """
    text = plain(message.text, names) if message.text else ""
    # An app's text is for notifications alone where it has blocks, and often says less than they do.
    if message.blocks and not (text and only_repeats_the_text(message.blocks)):
        text = "\n".join(block_lines(message.blocks, names)) or text
    if not (message.attachments or message.files or message.room):
        return text.strip()
    parts = [text]
    for attachment in items(message.attachments):
        parts += _attachment(attachment, names)
    parts += [shown for file in items(message.files) if (shown := _file(file))]
    parts += [_room(message.room, names)]
    return "\n".join(part for part in parts if part.strip()).strip()


def _attachment(attachment: object, names: Names) -> Iterator[str]:
    """A legacy attachment, which is where alert bots put everything, or a message that was quoted."""
    if not isinstance(attachment, dict):
        return
    shown = [
        plain(text, names)
        for key in ("pretext", "author_name", "title", "text")
        if (text := _string(attachment.get(key)))
    ]
    shown += [line for field in items(attachment.get("fields")) if (line := _field(field, names))]
    shown += block_lines(attachment.get("blocks"), names)
    for quoted in items(attachment.get("message_blocks")) if not shown else []:
        match quoted:
            case {"message": {"blocks": blocks}}:
                shown += block_lines(blocks, names)
    if not shown and (fallback := _string(attachment.get("fallback"))):
        shown = [plain(fallback, names)]
    shown += [
        link(url, _string(button.get("text")))
        for button in items(attachment.get("actions"))
        if isinstance(button, dict) and (url := _string(button.get("url")))
    ]
    yield from shown
    address = _string(attachment.get("title_link")) or _string(attachment.get("from_url"))
    if address and not any(address in line for line in shown):
        yield address


def _field(field: object, names: Names) -> str:
    if not isinstance(field, dict):
        return ""
    return plain(f"{_string(field.get('title'))}: {_string(field.get('value'))}".strip(": "), names)


def _file(file: object) -> str:
    if not isinstance(file, dict):
        return ""
    name = _string(file.get("title")) or _string(file.get("name"))
    preview = _string(file.get("preview"))[:_LONGEST_PREVIEW].strip() if file.get("mode") == "snippet" else ""
    shown = f"[file: {name}]" if name else ""
    if name and (address := _string(file.get("permalink"))):
        shown = link(address, f"file: {name}")
    return "\n".join(part for part in (shown, f"```\n{preview}\n```" if preview else "") if part)


def _room(room: object, names: Names) -> str:
    """A huddle that was held in the channel."""
    if not isinstance(room, dict):
        return ""
    people = [f"@{names.get(user, user)}" for user in items(room.get("participant_history")) if isinstance(user, str)]
    return f"[huddle: {', '.join(people)}]" if people else "[huddle]"


def _string(value: object) -> str:
    """A text or number; nothing for any other value."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
