"""What an event was for the incident, apart from the models, which take longer to load."""

from enum import StrEnum


class EventKind(StrEnum):
    """What an event in the timeline was for the incident."""

    IMPACT_START = "impact_start"
    DETECTION = "detection"
    ACKNOWLEDGEMENT = "acknowledgement"
    INVESTIGATION = "investigation"
    DEAD_END = "dead_end"
    DECISION = "decision"
    CAUSE_FOUND = "cause_found"
    MITIGATION = "mitigation"
    PARTIAL_RECOVERY = "partial_recovery"
    RECOVERY = "recovery"
    CLOSED = "closed"
    COMMUNICATION = "communication"
    OTHER = "other"
