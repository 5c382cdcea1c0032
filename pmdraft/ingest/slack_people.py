"""The people of a workspace, kept for a day: names and time zones, nothing else that Slack tells of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from pmdraft.errors import SlackError
from pmdraft.ingest.slack_source import SlackUser
from pmdraft.ingest.slack_store import append
from pmdraft.ingest.slack_workspace import Workspace
from pmdraft.records import Record

_KEPT_FOR = timedelta(days=1)


class _Page(Record):
    """One line of the file."""

    at: AwareDatetime
    users: tuple[SlackUser, ...]
    cursor: str | None = None
    """Where the next page begins; None after the last one."""


class People:
    """The people of a workspace.

    Args:
        workspace: where they are.
        path: the file that they are kept in.
        now: the time.
        anew: forget whom we know.

    Raises:
        SlackError: Slack refuses, or cannot be reached.
        InputError: the file cannot be read or written.
    """

    def __init__(self, workspace: Workspace, path: Path, now: datetime, *, anew: bool = False) -> None:
        self._workspace = workspace
        self._path = path
        self._now = now
        self._users: dict[str, SlackUser] = {}
        kept = [] if anew else _kept(path, now)
        for page in kept:
            self._users |= {user.id: user for user in page.users}
        cursor = kept[-1].cursor if kept else None
        if not kept:
            append(path, b"", anew=True)
        if cursor is not None or not kept:
            try:
                self._read(cursor)
            except SlackError as error:
                if error.code != "invalid_cursor":  # cursors do not live for ever
                    raise
                self._read(None)

    def everybody(self, authors: Iterable[str]) -> tuple[SlackUser, ...]:
        """All people, with those authors whom the workspace's list lacks: guests of other workspaces.

        Raises:
            SlackError: Slack refuses, or cannot be reached.
            InputError: they cannot be kept.
        """
        for author in dict.fromkeys(authors):
            if author not in self._users and (guest := self._workspace.user(author)):
                self._keep((guest,), None)
        return tuple(self._users.values())

    def _read(self, cursor: str | None) -> None:
        for users, following in self._workspace.users(cursor):
            self._keep(tuple(users), following)

    def _keep(self, users: tuple[SlackUser, ...], cursor: str | None) -> None:
        page = _Page(at=self._now, users=users, cursor=cursor)
        append(self._path, page.model_dump_json(exclude_defaults=True).encode() + b"\n")
        self._users |= {user.id: user for user in users}


def _kept(path: Path, now: datetime) -> list[_Page]:
    """The kept pages, unless they are old or one of them cannot be read."""
    try:
        pages = [_Page.model_validate_json(line) for line in path.read_bytes().splitlines()]
    except (OSError, ValidationError):
        return []
    return pages if pages and timedelta() <= now - pages[0].at < _KEPT_FOR else []
