"""Links that people posted and files that were read, sorted into the template's four lists."""

import re
from collections.abc import Iterator

from pmdraft.evidence import Incident, Source
from pmdraft.language import Bilingual, Language
from pmdraft.postmortem import Link, References

_LABELLED = re.compile(r"(?:\[(?P<label>[^\[\]\n]{1,200})\]\()?(?P<url>https?://[!#-&*-;=?-{}~]{4,1000})")
_KINDS = (
    ("logs", re.compile(r"cloudwatch|kibana|splunk|loki|/logs?\b|logs-insights|loggly|papertrail", re.IGNORECASE)),
    ("dashboards", re.compile(r"grafana|datadog|dashboard|newrelic|honeycomb|prometheus", re.IGNORECASE)),
    (
        "documents",
        re.compile(r"wiki|confluence|notion|runbook|docs?\b|/pull/|/issues/|/merge_requests/", re.IGNORECASE),
    ),
)
_FILE = "file: "
"""How the label of a file begins that was shared in a chat."""
_MOST = 8
_READ_LINES = Bilingual("{file}（{lines}件、{first}〜{last}）", "{file} ({lines} entries, {first} to {last})")


def find_references(incident: Incident, language: Language) -> References:
    """The references that the evidence holds; nothing is looked up."""
    found: dict[str, dict[str, Link]] = {"logs": {}, "dashboards": {}, "documents": {}}
    for kind, link in (*_bookmarked(incident), *_posted(incident)):
        known = found[kind]
        if link.url and link.url not in known and len(known) < _MOST:
            known[link.url] = link
    return References(
        dashboards=tuple(found["dashboards"].values()),
        logs=(*found["logs"].values(), *_log_files(incident, language)),
        slack=tuple(Link(title=channel.title, url=channel.permalink, evidence=()) for channel in incident.channels),
        documents=tuple(found["documents"].values()),
    )


def _bookmarked(incident: Incident) -> Iterator[tuple[str, Link]]:
    """The links that the team put into the channel's header; what is neither log nor dashboard is a document."""
    for bookmark in (bookmark for channel in incident.channels for bookmark in channel.bookmarks):
        if _LABELLED.fullmatch(bookmark.url):
            kind = next((kind for kind, pattern in _KINDS if pattern.search(bookmark.url)), "documents")
            yield kind, Link(title=bookmark.title or bookmark.url, url=bookmark.url, evidence=())


def _posted(incident: Incident) -> Iterator[tuple[str, Link]]:
    for item in incident.evidence:
        if item.source is Source.LOG:
            continue
        for match in _LABELLED.finditer(item.text):
            url = match["url"].rstrip(".,;:!?")
            kind = next((kind for kind, pattern in _KINDS if pattern.search(url)), None)
            if kind is None and (match["label"] or "").startswith(_FILE):
                kind = "documents"
            if kind is not None:
                yield kind, Link(title=_title(match["label"], url), url=url, evidence=(item.id,))


def _title(label: str | None, url: str) -> str:
    if label:
        return label.removeprefix(_FILE).strip()
    host, _, path = url.partition("://")[2].partition("/")
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"{host} – {last}" if last else host


def _log_files(incident: Incident, language: Language) -> Iterator[Link]:
    for source in incident.sources:
        items = [item for item in incident.evidence if item.source is Source.LOG and item.raw.file == source.name]
        if source.source is Source.LOG and items:
            first = min(item.at for item in items).astimezone(incident.zone)
            last = max(item.until or item.at for item in items).astimezone(incident.zone)
            title = _READ_LINES.to(
                language, file=source.name, lines=source.read, first=f"{first:%H:%M}", last=f"{last:%H:%M}"
            )
            yield Link(title=title, url=None, evidence=tuple(item.id for item in items[:3]))
