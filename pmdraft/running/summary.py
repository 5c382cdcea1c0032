"""What a run did, in a few lines for the terminal."""

from collections import Counter
from collections.abc import Iterator

from pmdraft.draft import Draft, Run
from pmdraft.findings import Level
from pmdraft.walk import cited_ids, statements


def told(draft: Draft) -> Iterator[str]:
    """What was read, what was drafted, and what the checks found; a line each."""
    run, postmortem = draft.run, draft.postmortem
    for source in run.sources:
        skipped = ", ".join(f"{count} {reason.value.replace('_', ' ')}" for reason, count in source.skipped.items())
        yield f"read     {source.name}: {source.read}, used {source.used}" + (f" ({skipped})" if skipped else "")
    if run.redactions:
        yield "redacted " + ", ".join(f"{item.count} {item.kind.replace('_', ' ')}" for item in run.redactions)
    made = list(statements(postmortem))
    cited = cited_ids(postmortem)
    yield (
        f"drafted  {len(made)} statements by {', '.join(run.drafted_by)}, citing {len(cited)} pieces of evidence: "
        f"{len(postmortem.timeline)} events, {len(postmortem.five_whys.whys)} whys, "
        f"{len(postmortem.action_items)} actions, {len(postmortem.open_questions)} open questions"
    )
    levels = Counter(finding.level for finding in draft.findings)
    found = (
        ", ".join(f"{levels[level]} {_level(level, levels[level])}" for level in Level if levels[level]) or "nothing"
    )
    yield f"checks   {found}" + (f"; {len(draft.ledger)} in the ledger" if draft.ledger else "")


def not_given(run: Run) -> Iterator[str]:
    """What the model could not give, and what became of it; a line for each reason."""
    for failure in dict.fromkeys(part.failure for part in run.failures):
        parts = [part for part in run.failures if part.failure == failure]
        ways = (
            ("the outline fills", [p.part for p in parts if not p.is_skipped]),
            ("not done", [p.part for p in parts if p.is_skipped]),
        )
        yield "; ".join([f"warning: {failure}", *(f"{way}: {', '.join(names)}" for way, names in ways if names)])


def _level(level: Level, number: int) -> str:
    return level.value if number == 1 or level is Level.INFO else f"{level.value}s"
