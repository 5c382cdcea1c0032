"""The history and the threads of a live channel, read into the store, a page at a time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pmdraft.errors import SlackError
from pmdraft.ingest.slack_api import Method, SlackApi, next_cursor, shaped
from pmdraft.ingest.slack_message import SlackMessage, instant, is_timestamp, timestamp
from pmdraft.ingest.slack_store import EPOCH, MESSAGES, SETTLED, ChannelStore, Span
from pmdraft.ingest.window import Window

# Slack's advice; more makes slow answers, and less is what some apps get whatever they ask for.
_PAGE = 200
# Threads that were begun this long before the window may have replies in it.
_LOOKBACK = timedelta(days=1)
# The latest message by Slack's clock, should ours be slow.
_CLOCKS_DIFFER = timedelta(hours=1)
_GONE = ("thread_not_found", "message_not_found")
_TICK = timedelta(microseconds=1)


class _Page(NamedTuple):
    raw: Sequence[dict[str, object]]
    messages: tuple[SlackMessage, ...]
    more: bool
    cursor: str | None


class ChannelReader:
    """Brings the store up to date with the channel.

    Args:
        api: the workspace.
        channel: id of the channel.
        store: what is known already.
        now: tells the time.
        tell: takes a line of progress.
    """

    def __init__(
        self,
        api: SlackApi,
        channel: str,
        store: ChannelStore,
        now: Callable[[], datetime],
        tell: Callable[[str], None],
    ) -> None:
        self._api = api
        self._channel = channel
        self._store = store
        self._now = now
        self._tell = tell

    def read(self, window: Window) -> list[SlackMessage]:
        """All messages that bear on a window, in the order of time, each once.

        Raises:
            SlackError: Slack refuses, or cannot be reached; what was read is kept.
            InputError: what was read cannot be kept.
        """
        wanted = self._wanted(window)
        for gap in self._store.gaps(wanted):
            self._read_gap(gap, topmost=gap.high == wanted.high)
        history = [message for ts, message in self._store.messages.items() if wanted.low < instant(ts) <= wanted.high]
        parents = self._parents(history, window)
        due = [parent for parent in parents if self._is_due(parent)]
        for number, parent in enumerate(due, 1):
            self._read_thread(parent)
            if number % 10 == 0 or number == len(due):
                self._tell(f"slack    {number} of {len(due)} threads")
        self._store.end(self._now())
        threads = [self._store.threads[parent] for parent in parents if parent in self._store.threads]
        return _in_order([message for thread in threads for message in thread.messages.values()], history)

    def read_thread(self, parent: str) -> list[SlackMessage]:
        """The messages of one thread, in the order of time.

        Raises:
            SlackError: Slack refuses, or cannot be reached.
            InputError: what was read cannot be kept.
        """
        self._read_thread(parent)
        self._store.end(self._now())
        return _in_order(list(self._store.threads[parent].messages.values()), [])

    def _wanted(self, window: Window) -> Span:
        before = _LOOKBACK + _TICK
        low = max(window.since, EPOCH + before) - before if window.since else EPOCH
        latest = self._now() + _CLOCKS_DIFFER
        return Span(low, min(window.until, latest) if window.until else latest)

    def _read_gap(self, gap: Span, *, topmost: bool) -> None:
        high: datetime | None = gap.high
        if topmost and self._now() - gap.high < SETTLED:
            high = None  # the end is still open: only what is there is known
        latest, cursor = timestamp(gap.high + _TICK), None
        while True:
            page = self._page(
                "conversations.history",
                limit=_PAGE,
                cursor=cursor,
                oldest=timestamp(gap.low) if gap.low > EPOCH else None,
                latest=latest,
            )
            moments = [instant(message.ts) for message in page.messages]
            low = gap.low if not page.more else min(moments) - _TICK if moments else None
            high = high or max(moments, default=None)
            span = Span(low, high) if low is not None and high is not None and low < high else None
            if page.raw:
                self._store.add_history(page.raw, span, self._now())
                self._tell(f"slack    {len(self._store.messages)} messages, back to {min(moments):%Y-%m-%d %H:%M} UTC")
            elif span is not None:
                self._store.add_history((), span, self._now())
            if low is not None and moments:
                high = low
                latest = timestamp(low + _TICK) if not page.cursor else latest
            cursor = page.cursor
            if not page.more or (not cursor and not moments):
                return

    def _parents(self, history: Sequence[SlackMessage], window: Window) -> list[str]:
        """The threads with messages in the window, as far as the history tells; `ts` of their first messages."""
        parents: dict[str, None] = {}
        for message in history:
            if message.thread_ts and message.thread_ts != message.ts:
                if is_timestamp(message.thread_ts):
                    parents[message.thread_ts] = None  # a reply that is shown in the channel too
            elif message.reply_count or message.latest_reply or message.thread_ts:
                over = _is_over(message, window.since) and message.ts in self._store.fresh
                if not over:
                    parents[message.ts] = None
        return list(parents)

    def _is_due(self, parent: str) -> bool:
        """Whether a thread may hold more than what is known of it."""
        thread = self._store.threads.get(parent)
        if thread is None or thread.read is None:
            return True
        if thread.fresh:
            return False
        replies = thread.replies(parent)
        if parent in self._store.fresh:
            told = self._store.messages[parent]
            newest = replies[-1] if replies else None
            return told.reply_count != len(replies) or (told.latest_reply or newest) != newest
        return thread.read - instant(replies[-1] if replies else parent) < SETTLED

    def _read_thread(self, parent: str) -> None:
        after, cursor = self._goes_on_after(parent), None
        oldest = after
        while True:
            try:
                page = self._page("conversations.replies", ts=parent, limit=_PAGE, cursor=cursor, oldest=oldest)
            except SlackError as error:
                if error.code not in _GONE:
                    raise
                page = _Page((), (), more=False, cursor=None)
            replies = [message.ts for message in page.messages if message.ts != parent]
            more = page.more and (page.cursor is not None or bool(replies))
            self._store.add_thread(parent, page.raw, after=after, whole=not more, now=self._now())
            if not more:
                return
            after, cursor = max([*replies, after or parent], key=instant), page.cursor
            oldest = oldest if cursor else after

    def _goes_on_after(self, parent: str) -> str | None:
        """The last reply that need not be read again."""
        thread = self._store.threads.get(parent)
        replies = thread.replies(parent) if thread else []
        told = self._store.messages.get(parent) if parent in self._store.fresh else None
        if told is not None and thread is not None and thread.read is not None:
            grew = told.latest_reply is not None and (not replies or instant(told.latest_reply) > instant(replies[-1]))
            if not grew:
                return None  # replies were deleted: only the whole thread tells which
        return replies[-1] if replies else None

    def _page(self, method: Method, **parameters: str | int | None) -> _Page:
        answer = self._api.call(method, channel=self._channel, **parameters)
        raw, cursor = answer.get("messages"), next_cursor(answer)
        return _Page(
            messages=shaped(method, raw, MESSAGES),
            raw=[item for item in raw if isinstance(item, dict)] if isinstance(raw, list) else [],
            more=bool(answer.get("has_more")) or cursor is not None,
            cursor=cursor,
        )


def _is_over(message: SlackMessage, since: datetime | None) -> bool:
    return since is not None and message.latest_reply is not None and instant(message.latest_reply) < since


def _in_order(replies: Sequence[SlackMessage], history: Sequence[SlackMessage]) -> list[SlackMessage]:
    """Each message once: a reply that is shown in the channel too comes with both."""
    by_ts = {message.ts: message for message in (*replies, *history)}
    return [by_ts[ts] for ts in sorted(by_ts, key=instant)]
