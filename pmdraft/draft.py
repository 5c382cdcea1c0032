"""The pipeline: from an incident's evidence to a checked draft."""

from datetime import UTC, datetime
from typing import Literal, NamedTuple

from pydantic import field_validator

from pmdraft.blameless.roster import names_of
from pmdraft.checks import run_checks
from pmdraft.checks.moving import move_unsupported
from pmdraft.checks.omissions import Coverage, Omission, coverage, not_ignored, omissions
from pmdraft.checks.rules import known_names
from pmdraft.drafting.asking import OUTLINE, SKIPPED, PartRun
from pmdraft.drafting.assemble import Assembled, assemble
from pmdraft.drafting.stages import Drafted, run_stages
from pmdraft.drafting.verification import Verified, verify_draft
from pmdraft.errors import InputError
from pmdraft.evidence import Evidence, Incident, Redaction, SourceCount, zone
from pmdraft.findings import Finding
from pmdraft.language import Language
from pmdraft.ledger import Rejected
from pmdraft.llm.seam import Model
from pmdraft.postmortem import Postmortem
from pmdraft.records import Record
from pmdraft.redact import PseudonymModel, redact
from pmdraft.settings import Settings, language_of
from pmdraft.version import VERSION
from pmdraft.walk import cited_ids


class Run(Record):
    """How a draft came about."""

    pmdraft: str
    """Version of pmdraft."""
    timezone: str
    sources: tuple[SourceCount, ...]
    redactions: tuple[Redaction, ...]
    parts: tuple[PartRun, ...]
    left_out: tuple[str, ...]
    """Ids of evidence that did not fit into the requests after the timeline."""

    @field_validator("timezone")
    @classmethod
    def _is_a_known_zone(cls, name: str) -> str:
        try:
            zone(name)
        except InputError as error:
            raise ValueError(str(error)) from error
        return name

    @property
    def failures(self) -> tuple[PartRun, ...]:
        """The parts that a model should have given and could not."""
        return tuple(part for part in self.parts if part.failure is not None)

    @property
    def drafted_by(self) -> tuple[str, ...]:
        """The names of what drafted the parts."""
        return tuple(dict.fromkeys(part.drafted_by for part in self.parts if part.drafted_by != SKIPPED))

    @property
    def is_outline(self) -> bool:
        """Whether no model had a part in it."""
        return self.drafted_by == (OUTLINE,)


class Draft(Record):
    """A postmortem for review, with what the checks found and the evidence that it cites."""

    format: Literal["pmdraft-draft/1"] = "pmdraft-draft/1"
    """Version of this format; a field may be added without a new one."""
    language: Language
    postmortem: Postmortem
    findings: tuple[Finding, ...]
    ledger: tuple[Rejected, ...]
    """What was said and did not make it into the draft, with the reason."""
    evidence: tuple[Evidence, ...]
    """The evidence that the draft or a finding cites, in the order of time."""
    people: tuple[str, ...] = ()
    """Every way in which the incident's people are written: whoever checks the draft again knows them."""
    uncited: tuple[str, ...]
    """Ids of the evidence that no statement cites: what the draft left out."""
    omitted: tuple[Omission, ...] = ()
    """What of that counts, with the reason."""
    coverage: tuple[Coverage, ...] = ()
    """How much of each source the statements cite."""
    run: Run


def draft_postmortem(incident: Incident, *, model: Model | None = None, settings: Settings | None = None) -> Draft:
    """Draft the postmortem of an incident.

    Args:
        incident: its evidence, as `gather` gives it.
        model: what answers the stages; None for the outline drafter, which needs no network.
            A part that the model cannot give is drafted by the outline drafter too; see `Draft.run.failures`.
        settings: language and the like.

    Raises:
        InputError: the incident has no evidence.
        UsageError: the settings turn off a check rule that there is not.
        RecordingMiss: the model is a replay, and a request was never recorded.
    """
    if not incident.evidence:
        raise InputError("the incident has no evidence to draft from; gather some first")
    settings = settings or Settings()
    ignored = known_names(settings.ignore)
    language = settings.language or language_of(incident)

    redacted = redact(incident, addresses=settings.redact_addresses)
    drafted, assembled, verified = write(redacted, model, settings)
    omitted = not_ignored(omissions(verified.postmortem, redacted, language), ignored)
    postmortem, findings = run_checks(
        verified.postmortem, redacted, language, found=verified.findings, ignore=ignored, omitted=omitted
    )
    postmortem, findings, moved = move_unsupported(postmortem, findings, settings.unsupported)
    if moved:
        omitted = not_ignored(omissions(postmortem, redacted, language), ignored)
    cited = cited_ids(postmortem)
    shown = cited.union(*(finding.evidence for finding in findings), *(entry.evidence for entry in moved))

    return Draft(
        language=language,
        postmortem=postmortem,
        findings=findings,
        ledger=(*assembled.rejected, *verified.rejected, *moved),
        evidence=tuple(item for item in redacted.evidence if item.id in shown),
        people=tuple(dict.fromkeys(names_of(redacted.people))),
        uncited=tuple(item.id for item in redacted.evidence if item.id not in cited),
        omitted=omitted,
        coverage=coverage(postmortem, redacted, omitted),
        run=_run(redacted, drafted, verified),
    )


def json_of(draft: Draft) -> str:
    """The draft as data, as it is written to a file."""
    return draft.model_dump_json(indent=2) + "\n"


class Written(NamedTuple):
    """What was written, before the checks."""

    drafted: Drafted
    assembled: Assembled
    verified: Verified


def write(redacted: Incident, model: Model | None, settings: Settings) -> Written:
    """Take the steps that ask a model; see `draft_postmortem`."""
    language = settings.language or language_of(redacted)
    created = settings.created or datetime.now(UTC)
    if model is not None and settings.pseudonyms:
        model = PseudonymModel(model, redacted.people)
    drafted = run_stages(redacted, model, settings, language=language)
    assembled = assemble(
        drafted.answers, drafted.settled, redacted, settings, language=language, created=created.replace(microsecond=0)
    )
    verified = verify_draft(
        assembled.postmortem,
        redacted,
        drafted.asker,
        language=language,
        drafted=drafted.parts,
        verify=settings.verify,
    )
    return Written(drafted, assembled, verified)


def _run(incident: Incident, drafted: Drafted, verified: Verified) -> Run:
    return Run(
        pmdraft=VERSION,
        timezone=incident.timezone,
        sources=incident.sources,
        redactions=incident.redactions,
        parts=(*drafted.parts, *([verified.run] if verified.run else [])),
        left_out=drafted.left_out,
    )
