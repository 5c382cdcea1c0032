"""What tools send to learn whether anybody listens; no alerts.

Sources: https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html,
https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
"""

from collections.abc import Iterator

from pmdraft.evidence import Skipped
from pmdraft.ingest.alert import NotTold, Told
from pmdraft.ingest.vendors.times import Clock

VENDOR = "a subscription"
_SNS_TYPES = ("SubscriptionConfirmation", "UnsubscribeConfirmation")


def recognises(body: dict[str, object]) -> bool:
    """Whether this is such a notice of SNS or Event Grid."""
    sns = body.get("Type") in _SNS_TYPES and "TopicArn" in body
    return sns or body.get("eventType") == "Microsoft.EventGrid.SubscriptionValidationEvent"


def events(body: dict[str, object], clock: Clock) -> Iterator[Told]:  # noqa: ARG001 - as every vendor has them
    """The reason why there is nothing to tell."""
    yield NotTold(Skipped.SUBSCRIPTION)
