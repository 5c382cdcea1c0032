"""The alerting tools that pmdraft knows, a module each; a payload belongs to the first that recognises it."""

from collections.abc import Iterator
from typing import Protocol

from pmdraft.ingest.alert import Told
from pmdraft.ingest.vendors import (
    alertmanager,
    azure_monitor,
    better_stack,
    checkmk,
    cloudwatch,
    cloudwatch_logs,
    coralogix,
    datadog,
    google_cloud,
    grafana,
    graylog,
    mackerel,
    new_relic,
    opsgenie,
    pagerduty,
    pagerduty_api,
    pagerduty_v2,
    pingdom,
    riemann,
    sentry,
    slack_status,
    sns,
    splunk_on_call,
    statuspage,
    subscriptions,
    zabbix,
)
from pmdraft.ingest.vendors.times import Clock


class Vendor(Protocol):
    """A module that reads one vendor's payloads."""

    VENDOR: str

    def recognises(self, body: dict[str, object]) -> bool:
        """Whether a payload is this vendor's."""

    def events(self, body: dict[str, object], clock: Clock) -> Iterator[Told]:
        """What a payload tells, and why something in it is no alert.

        Raises:
            NoZoneError: a time names no zone, and none was given.
        """


# Grafana's unified alerting adds to what Alertmanager sends; Zabbix's own names are the least telling.
VENDORS: tuple[Vendor, ...] = (
    subscriptions,
    pagerduty,
    pagerduty_v2,
    pagerduty_api,
    grafana,
    alertmanager,
    opsgenie,
    datadog,
    cloudwatch,
    cloudwatch_logs,
    sns,
    azure_monitor,
    google_cloud,
    sentry,
    new_relic,
    mackerel,
    statuspage,
    slack_status,
    better_stack,
    splunk_on_call,
    pingdom,
    checkmk,
    coralogix,
    graylog,
    riemann,
    zabbix,
)


def vendor_of(body: dict[str, object]) -> Vendor | None:
    """The vendor whose payload this is, if pmdraft knows it."""
    return next((vendor for vendor in VENDORS if vendor.recognises(body)), None)
