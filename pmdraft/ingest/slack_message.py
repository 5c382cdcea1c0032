"""A Slack message as exports, the Web API and slackdump have it, as far as it is used."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, field_validator, model_validator

_TS = re.compile(r"(\d{1,11})(?:\.(\d{1,6}))?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Lenient(BaseModel):
    """Slack writes null where other exporters leave a field out; both mean the default."""

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, value: object) -> object:
        return {key: item for key, item in value.items() if item is not None} if isinstance(value, dict) else value


# A channel has a hundred thousand of these, so they are validated without a line of Python: `| None`
# for the nulls, and what is seldom shown stays as JSON until somebody asks for the text.


class Edited(BaseModel):
    """The last edit of a message."""

    ts: str | None = None


class Reaction(BaseModel):
    """An emoji and how many people put it there."""

    count: int = 0


class Writer(BaseModel):
    """What a message itself says of the person or bot that wrote it."""

    name: str | None = None
    real_name: str | None = None
    display_name: str | None = None

    @property
    def handle(self) -> str | None:
        """The name that Slack shows."""
        return self.display_name or self.name or self.real_name


class SlackMessage(BaseModel):
    """One message; unknown fields are let by."""

    ts: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,11}(\.[0-9]{1,6})?$")]
    subtype: str | None = None
    user: str | None = None
    bot_id: str | None = None
    username: str | None = None
    user_profile: Writer | None = None
    bot_profile: Writer | None = None
    text: str | None = None
    thread_ts: str | None = None
    latest_reply: str | None = None
    reply_count: Annotated[int, Field(ge=0)] = 0
    pinned_to: tuple[str, ...] | None = None
    edited: Edited | None = None
    reactions: tuple[Reaction, ...] | None = None
    attachments: object = None
    blocks: object = None
    files: object = None
    room: object = None

    @field_validator("latest_reply")
    @classmethod
    def _is_one_or_absent(cls, ts: str | None) -> str | None:
        return ts if ts and is_timestamp(ts) else None


def is_timestamp(text: str) -> bool:
    """Whether a text is a Slack `ts`."""
    return _TS.fullmatch(text) is not None


def instant(ts: str) -> datetime:
    """The moment of a Slack `ts`, exact to the microsecond.

    Raises:
        ValueError: it is not `seconds.microseconds`.
    """
    match = _TS.fullmatch(ts)
    if not match:
        raise ValueError(f"ts {ts!r} is not seconds.microseconds")
    seconds, micros = match.groups()
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int(micros.ljust(6, "0")) if micros else 0)


def timestamp(at: datetime) -> str:
    """The Slack `ts` of a moment, exact to the microsecond."""
    seconds, micros = divmod((at - _EPOCH) // timedelta(microseconds=1), 1_000_000)
    return f"{seconds}.{micros:06}"
