"""The severity that people declared."""

import re
import unicodedata
from collections.abc import Iterable

from pmdraft.evidence import Evidence, Source
from pmdraft.postmortem import Severity

_SEVERITY = re.compile(r"(?<![A-Za-z0-9])sev(?:erity)?[\s_-]{0,2}([1-4])(?![0-9]|\.[0-9])", re.IGNORECASE)


def severities_in(text: str) -> list[Severity]:
    """Every severity that a text names, in its order: SEV-1, sev2, ＳＥＶ１."""
    return [Severity(f"SEV-{match[1]}") for match in _SEVERITY.finditer(unicodedata.normalize("NFKC", text))]


def declared_severity(evidence: Iterable[Evidence]) -> tuple[Evidence, Severity] | None:
    """The last severity that a statement in the channel names, with the message; None if there is none.

    "SEV-2 → SEV-1" declares the latter, and a question declares nothing.
    """
    declared = None
    for item in evidence:
        if item.source is Source.SLACK and not item.text.rstrip().endswith(("?", "？")):
            named = severities_in(item.text)
            if named:
                declared = (item, named[-1])
    return declared
