"""The severity that people declared."""

import re
import unicodedata
from collections.abc import Sequence

from pmdraft.evidence import Evidence, Source
from pmdraft.postmortem import Severity
from pmdraft.talk import is_hedged

_SEVERITY = re.compile(r"(?<![A-Za-z0-9])sev(?:erity)?[\s_-]{0,2}([1-4])(?![0-9]|\.[0-9])", re.IGNORECASE)


def severities_in(text: str) -> list[Severity]:
    """Every severity that a text names, in its order: SEV-1, sev2, ＳＥＶ１."""
    return [Severity(f"SEV-{match[1]}") for match in _SEVERITY.finditer(unicodedata.normalize("NFKC", text))]


def declared_severity(evidence: Sequence[Evidence]) -> tuple[Evidence, Severity] | None:
    """The last severity that a statement in the channel names, else an alert, with its evidence; or None.

    "SEV-2 → SEV-1" declares the latter; a question, a supposition or a denial declares nothing.
    """
    said = [item for item in evidence if item.source.is_chat]
    alerts = [item for item in evidence if item.source is Source.ALERT]
    for items in (said, alerts):
        for item in reversed(items):
            if not is_hedged(item) and (named := severities_in(item.text)):
                return item, named[-1]
    return None
