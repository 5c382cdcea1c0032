"""Links and files, sorted into the template's lists."""

import pytest

from pmdraft.evidence import Channel, Incident, Source, SourceCount
from pmdraft.language import Language
from pmdraft.postmortem import Link, References
from pmdraft.references import find_references
from tests.builders import evidence, incident


def posted(*texts: str) -> References:
    """The references of messages with these texts."""
    items = [evidence(f"S{number}", text) for number, text in enumerate(texts, 1)]
    return find_references(incident(*items), Language.EN)


def logged(found: Incident) -> Incident:
    """The incident with one log named as its source."""
    source = SourceCount(name="app.log", source=Source.LOG, read=3000, used=5, skipped={})
    return found.model_copy(update={"sources": (source,)})


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://grafana.example.com/d/abc", "dashboards"),
        ("https://app.datadoghq.com/dashboard/x", "dashboards"),
        ("https://kibana.example.com/app/discover", "logs"),
        ("https://grafana.example.com/explore?ds=loki", "logs"),
        ("https://ci.example.com/builds/7/logs", "logs"),
        ("https://wiki.example.com/runbooks/db", "documents"),
        ("https://github.com/acme/api/pull/123", "documents"),
        ("https://docs.example.com/x", "documents"),
        ("https://www.notion.so/acme/x", "documents"),
    ],
)
def test_a_link_stands_in_the_list_of_its_kind(url: str, kind: str) -> None:
    found = posted(f"see {url}")

    lists = {"dashboards": found.dashboards, "logs": found.logs, "documents": found.documents}
    assert {name for name, links in lists.items() if links} == {kind}
    assert (lists[kind][0].url, lists[kind][0].evidence) == (url, ("S1",))


@pytest.mark.parametrize(
    "text", ["https://example.com/cat.gif", "grafana.example.com/d/abc", "the wiki", "ftp://wiki.example.com/x"]
)
def test_other_links_and_words_are_no_references(text: str) -> None:
    found = posted(text)

    assert (found.dashboards, found.logs, found.slack, found.documents) == ((), (), (), ())


def test_a_label_is_the_title() -> None:
    assert posted("see [pool board](https://grafana.example.com/d/abc)").dashboards[0].title == "pool board"


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://grafana.example.com/d/abc/pool?from=1", "grafana.example.com – pool"),
        ("https://grafana.example.com/d/abc/", "grafana.example.com – abc"),
        ("https://grafana.example.com", "grafana.example.com"),
    ],
)
def test_without_a_label_the_title_is_host_and_last_part(url: str, title: str) -> None:
    assert posted(url).dashboards[0].title == title


@pytest.mark.parametrize("after", [".", ",", "!", "?", ")", "、", "。", "」", " 見て", "|"])
def test_punctuation_after_a_link_is_not_part_of_it(after: str) -> None:
    assert posted(f"https://wiki.example.com/x{after}").documents[0].url == "https://wiki.example.com/x"


def test_japanese_after_a_link_is_not_part_of_it() -> None:
    assert posted("https://wiki.example.com/xを見て").documents[0].url == "https://wiki.example.com/x"


def test_a_link_posted_twice_stands_once_as_first_posted() -> None:
    found = posted("[first](https://wiki.example.com/x)", "[again](https://wiki.example.com/x)")

    assert found.documents == (Link(title="first", url="https://wiki.example.com/x", evidence=("S1",)),)


def test_a_list_has_eight_links_at_most() -> None:
    assert len(posted(*(f"https://wiki.example.com/{number}" for number in range(12))).documents) == 8


def test_links_in_logs_are_no_references() -> None:
    found = find_references(incident(evidence("L1", "GET https://wiki.example.com/x")), Language.EN)

    assert found.documents == ()


def test_the_channel_is_a_reference() -> None:
    channel = Channel(id="C1", name="ops", permalink="https://acme.slack.com/archives/C1")

    found = find_references(incident().model_copy(update={"channel": channel}), Language.EN)

    assert found.slack == (Link(title="#ops", url="https://acme.slack.com/archives/C1", evidence=()),)


@pytest.mark.parametrize(
    ("language", "title"),
    [(Language.JA, "app.log（3000件、14:23〜15:30）"), (Language.EN, "app.log (3000 entries, 14:23 to 15:30)")],
)
def test_a_log_that_was_read_is_told_with_its_times_in_the_incidents_zone(language: Language, title: str) -> None:
    items = [
        evidence("L1", "ERROR x", "2025-10-27T05:23:00Z", until="2025-10-27T06:30:00Z", count=4),
        evidence("L2", "ERROR y", "2025-10-27T06:00:00Z"),
    ]

    found = find_references(logged(incident(*items)), language)

    assert found.logs == (Link(title=title, url=None, evidence=("L1", "L2")),)


def test_a_log_that_told_nothing_is_no_reference() -> None:
    assert find_references(logged(incident()), Language.EN).logs == ()


def test_a_file_that_was_shared_is_a_document_under_its_name() -> None:
    found = posted("[file: Pool size.png](https://acme.slack.com/files/U1/F1/pool.png) and https://example.com/x.png")

    assert [(link.title, link.url) for link in found.documents] == [
        ("Pool size.png", "https://acme.slack.com/files/U1/F1/pool.png")
    ]
