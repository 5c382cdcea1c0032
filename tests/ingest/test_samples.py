"""Files that others wrote, read whole."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from pmdraft.evidence import EvidenceKind, Skipped
from pmdraft.ingest.chat_reading import read_chats
from pmdraft.ingest.logs import read_log
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.window import Window
from tests.ingest.reading import alerts_in

DATA = Path(__file__).parent.parent / "data"
TOKYO = ZoneInfo("Asia/Tokyo")


def test_an_old_export_by_slack_is_read() -> None:
    read = read_chats([SlackExport(DATA / "slack" / "slack-export-viewer.zip", "#enrique")], Window())

    assert (read.sources[0].read, read.sources[0].used, read.sources[0].skipped) == (102, 96, {Skipped.HOUSEKEEPING: 6})
    assert read.evidence[0].text.startswith("@abilinski: Created an issue")
    assert any("New branch" in item.text for item in read.evidence if item.kind is EvidenceKind.BOT_MESSAGE)
    assert all(item.text for item in read.evidence)


def test_an_export_whose_writer_is_in_no_list_is_read() -> None:
    read = read_chats([SlackExport(DATA / "slack" / "langchain.zip", "general")], Window())

    assert [(item.author, item.text) for item in read.evidence] == [
        ("someUser", "Hello, world!"),
        ("someUser", "Example in general"),
    ]
    assert read.evidence[0].at == datetime(2023, 4, 13, 19, 15, 17, 397479, tzinfo=UTC)


def test_a_real_alertmanager_webhook_is_read() -> None:
    items, _ = alerts_in(DATA / "alerts" / "prometheus_alertmanager_v4.json")

    assert [item.kind for item in items] == [EvidenceKind.ALERT_FIRED]
    assert items[0].at == datetime(2017, 8, 3, 15, 17, 37, 804000, tzinfo=timezone(-timedelta(hours=4)))
    assert items[0].text.splitlines()[:2] == [
        "Alertmanager fired: thing_dead (severity: critical)",
        "No things for over 10 minutes",
    ]


def test_a_real_pagerduty_trigger_is_read() -> None:
    items, _ = alerts_in(DATA / "alerts" / "pagerduty_v3_triggered.json")

    assert items[0].text == "PagerDuty fired: Test Incident 3 (service: pig208, severity: high urgency, by: PIG 208)"
    assert items[0].at == datetime(2021, 6, 4, 13, 35, 29, 781000, tzinfo=UTC)
    assert items[0].permalink == "https://pig208.pagerduty.com/incidents/PFQZPSY"


def test_a_real_pagerduty_note_is_read() -> None:
    items, _ = alerts_in(DATA / "alerts" / "pagerduty_v3_annotated.json")

    assert items[0].kind is EvidenceKind.ALERT_NOTE
    assert items[0].text == (
        "PagerDuty note: Critical: Checkout API High Latency (by: Harsh Santwani)\n"
        "Running KILL on long-running queries from the reporting-service."
    )
    assert items[0].permalink == "https://harsh0303.pagerduty.com/incidents/Q3B15VLMF3ASBD"


def test_a_real_java_log_is_read() -> None:
    items, count = read_log(DATA / "logs" / "logfile_java.0", TOKYO, Window())

    assert count.read == 20
    assert count.read == count.used + sum(count.skipped.values())
    assert sum(item.count for item in items) == count.used
    assert items[0].text.endswith("HV000001: Hibernate Validator 8.0.1.Final")


def test_a_real_bunyan_log_is_read() -> None:
    items, count = read_log(DATA / "logs" / "logfile_bunyan.0", None, Window())

    assert [item.text for item in items] == ["INFO [renovate] Dependency extraction complete"]
    assert (count.read, count.used, count.skipped) == (10, 1, {Skipped.ROUTINE: 9})
