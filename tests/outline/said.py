"""Evidence as an outline meets it: alerts, messages and log lines of one afternoon."""

from pmdraft.evidence import Evidence, EvidenceKind
from tests.builders import evidence


def at(clock: str) -> str:
    return f"2025-10-27T{clock}:00+09:00"


def alert(number: int, clock: str, state: str = "fired", **more: object) -> Evidence:
    text = f"PagerDuty {state}: API error rate high"
    kind = EvidenceKind(f"alert_{state}")
    return evidence(f"A{number}", text, at(clock), **{"kind": kind, "author": "PagerDuty", **more})


def said(number: int, clock: str, text: str, **more: object) -> Evidence:
    return evidence(f"S{number}", text, at(clock), **{"author": "bob", **more})


def log(number: int, clock: str, text: str) -> Evidence:
    return evidence(f"L{number}", text, at(clock))
