"""Every vendor's sample, read whole: what each says, of what, when and by whom."""

import re
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pmdraft.evidence import Evidence, EvidenceKind, Skipped, SourceCount
from tests.ingest.reading import alerts_in

DATA = Path(__file__).parent.parent / "data" / "alerts"
TOKYO = ZoneInfo("Asia/Tokyo")


def read(name: str, zone: ZoneInfo | None = None) -> tuple[list[Evidence], SourceCount]:
    return alerts_in(DATA / name, zone)


def heads(name: str, zone: ZoneInfo | None = None) -> list[str]:
    """Time in UTC and first line of each piece of evidence."""
    items, _ = read(name, zone)
    return [f"{item.at.astimezone(ZoneInfo('UTC')):%H:%M:%S} {item.text.splitlines()[0]}" for item in items]


CHECKOUT = "Checkout latency above 2 s"

SAMPLES = {
    "pagerduty_v1.json": [
        "20:25:44 PagerDuty acknowledged: 45645 (service: service)",
        "20:25:45 PagerDuty resolved: 45645 (service: service, by: Alan Kay)",
    ],
    "own/pagerduty_v3_course.json": [
        f"05:23:09 PagerDuty fired: {CHECKOUT} (service: checkout, severity: P1, by: checkout)",
        f"05:27:00 PagerDuty acknowledged: {CHECKOUT} (service: checkout, severity: P1, by: Alice Example)",
        f"05:31:00 PagerDuty note: {CHECKOUT} (service: checkout, by: Alice Example)",
        f"05:35:00 PagerDuty note: {CHECKOUT} (service: checkout, by: Alice Example)",
        f"05:40:00 PagerDuty note: {CHECKOUT} (service: checkout, by: Alice Example)",
        f"06:30:01 PagerDuty resolved: {CHECKOUT} (service: checkout, severity: P1, by: Alice Example)",
    ],
    "own/pagerduty_v2.json": [
        f"05:23:09 PagerDuty fired: {CHECKOUT} (service: checkout, severity: P1, by: checkout)",
        f"05:27:00 PagerDuty acknowledged: {CHECKOUT} (service: checkout, severity: P1, by: Alice Example)",
        f"06:30:01 PagerDuty resolved: {CHECKOUT} (service: checkout, severity: P1, by: Alice Example)",
    ],
    "own/pagerduty_api_incidents.json": [
        f"05:23:09 PagerDuty fired: {CHECKOUT} (service: checkout, severity: high urgency)",
        f"05:27:00 PagerDuty acknowledged: {CHECKOUT} (service: checkout, severity: high urgency, by: Alice Example)",
        f"06:30:00 PagerDuty resolved: {CHECKOUT} (service: checkout, severity: high urgency, by: Alice Example)",
    ],
    "own/pagerduty_api_log_entries.json": [
        f"05:23:09 PagerDuty fired: {CHECKOUT} (service: checkout, by: checkout)",
        f"05:27:00 PagerDuty acknowledged: {CHECKOUT} (service: checkout, by: Alice Example)",
        f"05:40:00 PagerDuty note: {CHECKOUT} (service: checkout, by: Alice Example)",
        f"06:30:00 PagerDuty resolved: {CHECKOUT} (service: checkout, by: Alice Example)",
    ],
    "own/alertmanager_api.json": [
        "05:23:09 Alertmanager fired: CheckoutLatency (service: checkout, severity: critical)"
    ],
    "own/prometheus_alerts.json": [
        "05:22:09 Alertmanager fired: CheckoutLatency (service: checkout, severity: critical)"
    ],
    "own/alertmanager_webhook.yaml": [
        "05:23:09 Alertmanager fired: CheckoutLatency (service: checkout, severity: critical)",
        "06:30:00 Alertmanager resolved: CheckoutLatency (service: checkout, severity: critical)",
    ],
    "opsgenie_create.json": ["11:25:56 Opsgenie fired: another alert (service: Server, severity: P3)"],
    "own/opsgenie_webhooks.json": [
        f"05:23:09 Opsgenie fired: {CHECKOUT} (service: checkout, severity: P1)",
        f"05:27:00 Opsgenie acknowledged: {CHECKOUT} (service: checkout, severity: P1, by: alice@example.com)",
        f"05:40:00 Opsgenie note: {CHECKOUT} (service: checkout, severity: P1, by: alice@example.com)",
        f"06:30:00 Opsgenie resolved: {CHECKOUT} (service: checkout, severity: P1, by: alice@example.com)",
    ],
    "own/opsgenie_api.json": [
        f"05:23:09 Opsgenie fired: {CHECKOUT} (service: checkout, severity: P1)",
        f"05:27:00 Opsgenie acknowledged: {CHECKOUT} (service: checkout, severity: P1, by: alice@example.com)",
        f"06:30:00 Opsgenie resolved: {CHECKOUT} (service: checkout, severity: P1, by: alice@example.com)",
    ],
    "own/mackerel_webhooks.json": [
        "05:23:09 Mackerel fired: 決済のレイテンシ (service: pay-02, severity: warning)",
        "05:27:09 Mackerel note: 決済のレイテンシ (service: pay-02, severity: critical)",
        "06:30:01 Mackerel resolved: 決済のレイテンシ (service: pay-02)",
    ],
    "own/mackerel_api.json": [
        "05:23:09 Mackerel fired: HTTP 503 from https://shop.example/",
        "06:30:01 Mackerel resolved: HTTP 503 from https://shop.example/",
    ],
    "own/grafana_unified.json": [
        f"05:23:09 Grafana fired: {CHECKOUT} (service: checkout, severity: critical)",
        f"05:23:09 Grafana fired: {CHECKOUT} (service: checkout, severity: critical)",
        f"06:30:00 Grafana resolved: {CHECKOUT} (service: checkout, severity: critical)",
    ],
    "own/captured_request.json": ["05:23:09 Grafana fired: Zeta CPU alert"],
    "cloudwatch_sns_alarm.json": [
        "23:53:45 CloudWatch fired: bucketbytesAlarm (service: StandardStorage, try.alerta.io)"
    ],
    "own/sns_in_sqs_alarm.json": ["05:23:09 CloudWatch fired: checkout latency (service: app/checkout/1)"],
    "cloudwatch_eventbridge_single_metric.json": ["11:53:08 CloudWatch fired: Test alert (service: AWS/Lambda)"],
    "own/cloudwatch_eventbridge.json": [
        "05:23:09 CloudWatch fired: checkout latency (service: app/checkout/1)",
        "06:30:00 CloudWatch resolved: checkout latency (service: app/checkout/1)",
    ],
    "lambda_cloudwatch_logs_event.json": [
        "19:03:07 CloudWatch Logs note: testLogGroup (service: testLogStream)",
        "19:03:07 CloudWatch Logs note: testLogGroup (service: testLogStream)",
    ],
    "lambda_sns_event.json": ["12:45:07 Amazon SNS note: TestInvoke (service: sns-lambda)"],
    "sns_to_sqs_event.json": ["10:07:07 Unknown tool note: hello world"],
    "azure_monitor_classic_0.json": ["22:26:41 Azure Monitor fired: ruleName1 (service: mysite1)"],
    "azure_monitor_classic_1.json": ["01:02:35 Azure Monitor fired: Alert_1_runscope12 (service: helixtest1)"],
    "own/azure_monitor_common.json": [
        "05:23:09 Azure Monitor fired: Checkout latency (service: checkout, severity: Sev1)",
        "06:30:00 Azure Monitor resolved: Checkout latency (service: checkout, severity: Sev1)",
    ],
    "stackdriver_open.json": [
        "19:10:14 Google Cloud Monitoring fired: Webserver Health: CPU usage (service: webserver-85)"
    ],
    "own/google_cloud_closed.json": [
        "05:23:09 Google Cloud Monitoring fired: Checkout: Latency above 2 s (service: checkout, severity: Critical)",
        "06:30:00 Google Cloud Monitoring resolved: Checkout: Latency above 2 s (service: checkout, severity: Critical)",
    ],
    "sentry.json": ["08:07:10 Sentry fired: This is an example Python exception (service: alerta5, severity: error)"],
    "own/sentry_integration.json": [
        "05:23:09 Sentry fired: TimeoutError: pool is empty (service: checkout, severity: error)",
        "05:24:00 Sentry fired: TimeoutError: pool is empty (service: checkout, severity: error)",
        "05:25:00 Sentry fired: Error rate of checkout (service: checkout, severity: critical)",
        "06:30:00 Sentry resolved: Error rate of checkout (service: checkout)",
    ],
    "own/new_relic_workflow.json": [
        f"05:23:09 New Relic fired: {CHECKOUT} (service: checkout, payments, severity: CRITICAL)",
        f"05:27:00 New Relic acknowledged: {CHECKOUT} (service: checkout, payments, severity: CRITICAL, by: Alice Example)",
        f"06:30:00 New Relic resolved: {CHECKOUT} (service: checkout, payments, severity: CRITICAL)",
    ],
    "own/new_relic_channel.json": [
        "05:23:09 New Relic fired: Latency (service: checkout, severity: CRITICAL)",
        "05:27:00 New Relic acknowledged: Latency (service: checkout, severity: CRITICAL, by: Alice Example)",
        "06:30:00 New Relic resolved: Latency (service: checkout, severity: CRITICAL)",
    ],
    "own/zabbix_macros.json": [
        f"05:23:09 Zabbix fired: {CHECKOUT} (service: checkout-1, severity: High)",
        f"06:30:00 Zabbix resolved: {CHECKOUT} (service: checkout-1, severity: High)",
    ],
    "own/zabbix_problem_get.json": [
        f"05:23:09 Zabbix fired: {CHECKOUT} (service: Checkout 1, severity: High)",
        f"05:27:00 Zabbix acknowledged: {CHECKOUT} (service: Checkout 1, severity: High, by: alice)",
        f"06:30:00 Zabbix resolved: {CHECKOUT} (service: Checkout 1, severity: High)",
    ],
    "own/splunk_on_call.json": [
        f"05:23:09 Splunk On-Call fired: {CHECKOUT} (service: checkout, severity: CRITICAL)",
        f"05:27:00 Splunk On-Call acknowledged: {CHECKOUT} (service: checkout, by: alice)",
        f"06:30:00 Splunk On-Call resolved: {CHECKOUT} (service: checkout)",
    ],
    "own/splunk_on_call_api.json": [
        f"05:23:09 Splunk On-Call fired: {CHECKOUT} (service: checkout)",
        f"05:27:00 Splunk On-Call acknowledged: {CHECKOUT} (service: checkout, by: alice)",
        f"06:30:00 Splunk On-Call resolved: {CHECKOUT} (service: checkout, by: alice)",
    ],
    "statuspage_incident_update.json": [
        "07:32:00 Statuspage fired: Database query delays (service: Management Portal (example))",
        "07:37:20 Statuspage resolved: Database query delays (service: Management Portal (example))",
    ],
    "own/better_stack_webhook.json": [
        "05:23:09 Better Stack fired: Checkout (service: https://shop.example.com/checkout)",
        "05:27:00 Better Stack acknowledged: Checkout (service: https://shop.example.com/checkout, by: Alice Example)",
    ],
    "own/better_stack_api.json": [
        "05:23:09 Better Stack fired: Checkout (service: https://shop.example.com/checkout)",
        "05:27:00 Better Stack acknowledged: Checkout (service: https://shop.example.com/checkout, by: Alice Example)",
        "06:30:00 Better Stack resolved: Checkout (service: https://shop.example.com/checkout, by: Better Stack)",
    ],
    "own/better_stack_status_page.json": [
        "05:30:00 Better Stack fired: Checkout fails",
        "05:45:00 Better Stack note: Checkout fails",
    ],
    "graylog.json": ["09:45:54 Graylog fired: test"],
    "own/graylog_event.json": ["05:23:09 Graylog fired: Checkout errors (service: graylog-1, severity: high)"],
    "pingdom_down.json": [
        "22:25:43 Pingdom fired: Alerta API on OpenShift (service: http://api.alerta.io/, severity: HIGH)"
    ],
    "checkmk.json": ["23:20:39 Checkmk resolved: host check-mk-host-smart (service: server1)"],
    "coralogix.json": ["21:28:56 Coralogix fired: Keep (severity: ERROR)"],
    "own/unknown_tool.json": ["05:23:09 Unknown tool note: Disk of db1 is full"],
}


@pytest.mark.parametrize(("name", "expected"), SAMPLES.items(), ids=SAMPLES)
def test_a_sample_tells_what_happened_when_and_to_what(name: str, expected: list[str]) -> None:
    zone = TOKYO if "zabbix_macros" in name else None

    assert heads(name, zone) == expected


FILES = [path for path in sorted(DATA.rglob("*.*")) if path.suffix in (".json", ".txt", ".yaml")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_counts_of_every_sample_add_up(path: Path) -> None:
    items, count = alerts_in(path, TOKYO)

    assert len(items) == count.used
    assert count.read == count.used + sum(count.skipped.values())
    assert all(item.at.tzinfo for item in items)


@pytest.mark.parametrize(
    ("name", "skipped"),
    [
        ("cloudwatch_sns_subscription_confirmation.json", {Skipped.SUBSCRIPTION: 1}),
        ("grafana_alerting.json", {Skipped.NO_TIME: 1}),
        ("grafana_ok.json", {Skipped.NO_TIME: 1}),
        ("riemann.json", {Skipped.NO_TIME: 1}),
        ("gcp_monitoring_high_memory.json", {Skipped.NO_TIME: 1}),
        ("own/pagerduty_v3_course.json", {Skipped.SUBSCRIPTION: 1}),
        ("own/sentry_integration.json", {Skipped.REPEATED: 2, Skipped.NO_TIME: 1}),
        ("datadog_webhook_events.txt", {Skipped.NOT_JSON: 1}),
    ],
)
def test_what_is_no_alert_or_has_no_time_is_counted_with_its_reason(name: str, skipped: Mapping[Skipped, int]) -> None:
    _, count = read(name)

    assert count.skipped == skipped


def test_every_line_of_real_datadog_webhooks_is_read() -> None:
    items, count = read("datadog_webhook_events.txt")

    assert (count.read, count.used) == (44, 43)
    assert {item.kind.value for item in items} == {"alert_fired", "alert_resolved"}
    whats = {item.text.partition(": ")[2].partition(" (")[0] for item in items}
    assert whats == {
        "Error monitor",
        "OperationalError DB",
        "Somethine weird in DB",
        "Unauthorized access to API",
    }


@pytest.mark.parametrize("name", [name for name, expected in SAMPLES.items() if len(expected) > 1])
def test_all_that_is_told_of_one_alert_is_told_in_the_same_words(name: str) -> None:
    words = {
        head.partition(": ")[2].partition(", severity")[0].partition(", by")[0].rstrip(")")
        for head in heads(name, TOKYO)
    }

    assert len(words) == (2 if "sentry" in name else 1)


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("own/cloudwatch_eventbridge.json", "alarmsV2:alarm/checkout%20latency"),
        ("own/grafana_unified.json", "https://grafana.example.com/alerting/grafana/abc/view"),
        ("own/azure_monitor_common.json", "https://portal.azure.com/#resource/subscriptions/s1/resourcegroups/shop/"),
        ("sentry.json", "https://sentry.io/alertaio/alerta5/issues/541485531/"),
        ("azure_monitor_classic_1.json", "http://portallink.com"),
        ("stackdriver_open.json", "https://app.stackdriver.com/incidents/f2e08c333dc64cb09f75eaab355393bz"),
        ("statuspage_incident_update.json", "http://stspg.io/646947c1e"),
        ("coralogix.json", "https://ezhil.app.coralogix.in/"),
        ("own/splunk_on_call_api.json", "https://portal.victorops.com/ui/example/incident/10"),
        ("own/new_relic_workflow.json", "https://one.newrelic.com/issues/i1"),
    ],
)
def test_an_alert_can_be_looked_at_where_its_vendor_links_to(name: str, link: str) -> None:
    items, _ = read(name)

    assert link in (items[0].permalink or "")


def test_the_docs_name_every_sample_and_no_other() -> None:
    docs = (DATA.parents[2] / "docs" / "alerts.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:own/)?\w+\.(?:json|txt|yaml))`", docs))

    samples = {str(path.relative_to(DATA)) for path in FILES}
    assert named == samples - {"own/unknown_tool.json"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_all_that_happened_to_one_alert_is_linked_to_its_firing(path: Path) -> None:
    items, _ = alerts_in(path, TOKYO)

    fired = {item.id: (item.title, item.service) for item in items if item.kind is EvidenceKind.ALERT_FIRED}
    for number, item in enumerate(items):
        same = [name.id for name in items[:number] if fired.get(name.id) == (item.title, item.service)]
        assert item.id in fired or (item.alert in same if same else item.alert is None)


def test_what_people_tell_pagerduty_is_in_the_notes() -> None:
    items, _ = read("own/pagerduty_v3_course.json")

    assert [item.text.partition("\n")[2] for item in items if item.kind is EvidenceKind.ALERT_NOTE] == [
        "incident.responder.replied\nBob Example accepted\nLooking at the pool.",
        "incident.status_update_published\nPayments are slow. Next update at 05:50 UTC.",
        "Rolling back release 42",
    ]


def test_an_address_that_is_no_web_page_is_no_link() -> None:
    items, _ = read("checkmk.json")

    assert items[0].permalink is None
