"""Whether a text is a log, told by how it begins."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from pmdraft.ingest.log_clock import LogClock, Reference
from pmdraft.ingest.log_documents import DamagedDocument, is_json_document, json_records, separator_of
from pmdraft.ingest.log_formats import entries_in
from pmdraft.ingest.log_reader import without_sender
from pmdraft.shown import visible

# Among the lines of traces and of messages of several lines few have a time; in prose, fewer.
_SHARE = 0.2
_ENOUGH = 20
# What only logs have: fields of Elasticsearch and CloudWatch, of Google Cloud, and a logger's level.
_FIELDS_OF_LOGS = {
    "@timestamp", "@message", "ingestionTime", "textPayload", "jsonPayload", "logName", "level", "levelname", "lvl",
    "log.level", "stream",
}  # fmt: skip


_WORDS = {"msg", "message", "event", "log"}


def is_log_document(head: str) -> bool:
    """Whether a text that begins so holds a log's records in one JSON document or table."""
    if separator_of(head.lstrip("\n").partition("\n")[0]):
        return True
    if not is_json_document(head):
        return False
    records = []
    try:
        for record in islice(json_records([head]), _ENOUGH):
            if not record.lost:
                records.append(record.fields)
    except DamagedDocument:  # only its beginning is looked at
        pass
    return bool(records) and all(_FIELDS_OF_LOGS & fields.keys() for fields in records)


def is_log_record(fields: Mapping[str, object]) -> bool:
    """Whether an object is what a logger writes: a level or the like, and words."""
    return bool(_FIELDS_OF_LOGS & fields.keys() and _WORDS & fields.keys())


def are_log_lines(lines: Sequence[str]) -> bool:
    """Whether enough of these lines begin an entry of a log."""
    clock = LogClock(ZoneInfo("UTC"), Reference(datetime(2000, 1, 1)))  # noqa: DTZ001 - only the form of times counts
    entries = entries_in([without_sender(visible(line)) for line in lines], clock)
    own = [line for line in lines if not line[:1].isspace()]  # the others belong to the entry before, as traces do
    return entries > 0 and entries >= _SHARE * len(own)
