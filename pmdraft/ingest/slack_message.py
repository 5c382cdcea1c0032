"""A Slack message as exports and the Web API have it, and its text as a person saw it."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ConfigDict, field_validator, model_validator


class Lenient(BaseModel):
    """Slack writes null where other exporters leave a field out; both mean the default."""

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, value: object) -> object:
        return {key: item for key, item in value.items() if item is not None} if isinstance(value, dict) else value


class Block(Lenient):
    """Any Block Kit block or element: only where text can stand is of interest."""

    type: str | None = None
    text: "str | Block | None" = None
    name: str | None = None
    url: str | None = None
    user_id: str | None = None
    channel_id: str | None = None
    usergroup_id: str | None = None
    range: str | None = None
    elements: list["Block"] = []
    fields: list["Block"] = []

    @field_validator("elements", "fields", mode="before")
    @classmethod
    def _only_objects(cls, value: object) -> object:
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


class AttachmentField(Lenient):
    """A titled value in an attachment."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    title: str | None = None
    value: str | None = None


class Attachment(Lenient):
    """A legacy attachment, which is where alert bots put everything."""

    pretext: str | None = None
    title: str | None = None
    title_link: str | None = None
    text: str | None = None
    fallback: str | None = None
    fields: list[AttachmentField] = []
    blocks: list[Block] = []
    footer: str | None = None


class File(Lenient):
    """A file that was shared."""

    name: str | None = None
    title: str | None = None


class Edited(Lenient):
    """The last edit of a message."""

    ts: str | None = None


class Reaction(Lenient):
    """An emoji and how many people put it there."""

    name: str
    count: int = 0


class SlackMessage(Lenient):
    """One message, as far as it is used; unknown fields are let by."""

    ts: str
    type: str | None = None
    subtype: str | None = None
    user: str | None = None
    bot_id: str | None = None
    username: str | None = None
    text: str | None = None
    thread_ts: str | None = None
    latest_reply: str | None = None
    reply_count: int = 0
    pinned_to: list[str] = []
    edited: Edited | None = None
    reactions: list[Reaction] = []
    attachments: list[Attachment] = []
    blocks: list[Block] = []
    files: list[File] = []

    @field_validator("ts")
    @classmethod
    def _is_a_timestamp(cls, ts: str) -> str:
        instant(ts)
        return ts

    @field_validator("latest_reply")
    @classmethod
    def _is_one_or_absent(cls, ts: str | None) -> str | None:
        return ts if ts and is_timestamp(ts) else None


def is_timestamp(text: str) -> bool:
    """Whether a text is a Slack `ts`."""
    try:
        instant(text)
    except ValueError:
        return False
    return True


def instant(ts: str) -> datetime:
    """The moment of a Slack `ts`, exact to the microsecond.

    Raises:
        ValueError: it is not `seconds.microseconds`.
    """
    match = re.fullmatch(r"(\d{1,11})(?:\.(\d{1,6}))?", ts)
    if not match:
        raise ValueError(f"ts {ts!r} is not seconds.microseconds")
    micros = int((match[2] or "").ljust(6, "0"))
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(match[1]), microseconds=micros)


def timestamp(at: datetime) -> str:
    """The Slack `ts` of a moment, exact to the microsecond."""
    seconds, micros = divmod((at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1), 1_000_000)
    return f"{seconds}.{micros:06}"


def visible_text(message: SlackMessage, handles: Mapping[str, str]) -> str:
    """What a person saw: text, else blocks; then attachments and the names of files.

    Args:
        message: the message.
        handles: handle by id of user or user group.
    """
    parts = [plain(message.text, handles)] if message.text else list(_block_lines(message.blocks, handles))
    for attachment in message.attachments:
        parts += _attachment_lines(attachment, handles)
    parts += [f"[file: {file.title or file.name}]" for file in message.files if file.title or file.name]
    return "\n".join(part for part in parts if part.strip()).strip()


_ENTITY = re.compile(r"<([@#!]?)([^<>|\n]{1,4000})(?:\|([^<>\n]{0,4000}))?>")
# Slack takes a star for bold only at the start of a word; in code it is a star.
_BOLD = re.compile(
    r"(?P<code>```[\s\S]*?```|`[^`\n]*`)|(?:(?<=\s)|^)\*(?P<bold>[^*\s](?:[^*\n]{0,300}[^*\s])?)\*(?![\w*])",
    re.MULTILINE,
)
_UNESCAPED = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def plain(text: str, handles: Mapping[str, str]) -> str:
    """Slack's mark-up resolved: mentions to handles, links to label and address, entities undone."""

    def shown(match: re.Match[str]) -> str:
        sigil, target, label = match.groups()
        if sigil == "@":
            return f"@{handles.get(target) or label or target}"
        if sigil == "#":
            return f"#{label or target}"
        if sigil == "!":
            return _special(target, label, handles)
        if label and label != target and not target.endswith(f"/{label}"):
            return f"[{label}]({target})" if "://" in target else label
        return target.removeprefix("mailto:")

    resolved = _BOLD.sub(lambda match: match["code"] or match["bold"], _ENTITY.sub(shown, text))
    return re.sub(r"&(?:lt|gt|amp);", lambda match: _UNESCAPED[match[0]], resolved)


def _special(target: str, label: str | None, handles: Mapping[str, str]) -> str:
    """`<!here>`, `<!subteam^S1|@sre>`, `<!date^1392734382^{date}|Feb 18, 2014>`."""
    name, _, rest = target.partition("^")
    if name in ("here", "channel", "everyone"):
        return f"@{name}"
    if name == "subteam" and not label and rest in handles:
        return f"@{handles[rest]}"
    return label or name


def _attachment_lines(attachment: Attachment, handles: Mapping[str, str]) -> Iterator[str]:
    lines = [attachment.pretext, attachment.title, attachment.text]
    shown = [plain(line, handles) for line in lines if line]
    shown += [plain(f"{field.title or ''}: {field.value or ''}".strip(": "), handles) for field in attachment.fields]
    shown += _block_lines(attachment.blocks, handles)
    if not shown and attachment.fallback:
        shown = [plain(attachment.fallback, handles)]
    if attachment.title_link:
        shown.append(attachment.title_link)
    yield from shown


def _block_lines(blocks: list[Block], handles: Mapping[str, str]) -> Iterator[str]:
    for block in blocks:
        line = "".join(_pieces(block, handles)).strip()
        if line:
            yield line


def _pieces(block: Block, handles: Mapping[str, str]) -> Iterator[str]:
    """The text of a block and of all that it holds, in reading order."""
    if isinstance(block.text, Block):
        yield from _pieces(block.text, handles)
    else:
        yield _own_text(block, handles)
    for inner in (*block.elements, *block.fields):
        yield from _pieces(inner, handles)
        if inner.type in ("rich_text_section", "rich_text_preformatted", "mrkdwn", "plain_text"):
            yield "\n"


def _own_text(block: Block, handles: Mapping[str, str]) -> str:
    """What a block shows by itself: a mention, an emoji, a link or text."""
    if mentioned := block.user_id or block.usergroup_id:
        return f"@{handles.get(mentioned, mentioned)}"
    if block.channel_id:
        return f"#{block.channel_id}"
    if block.type == "emoji" and block.name:
        return f":{block.name}:"
    if block.type == "broadcast" and block.range:
        return f"@{block.range}"
    text = block.text if isinstance(block.text, str) else ""
    shown = plain(text, handles) if block.type == "mrkdwn" else text
    if block.url and block.url != text:
        return f"{shown} ({block.url})" if shown else block.url
    return shown
