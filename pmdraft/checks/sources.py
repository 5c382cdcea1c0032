"""What a reviewer should know about the sources: clocks apart, times assumed, files cut off."""

from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Language
from pmdraft.postmortem import Postmortem


def check_sources(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:  # noqa: ARG001 - every check is called alike
    """A finding for each notice that reading the sources gave."""
    return tuple(
        Finding(
            rule=f"source.{notice.kind.value.replace('_', '-')}",
            level=notice.wording.level,
            message=notice.to(language),
            why=notice.wording.why.to(language),
            where=Where(path=place),
            evidence=notice.evidence,
            suggestion=notice.wording.todo.to(language),
        )
        for place, notice in incident.noticed()
    )
