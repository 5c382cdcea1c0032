"""A verification in lines for the terminal."""

from collections.abc import Iterator

from pmdraft.bundle.changes import Change, ChangeKind
from pmdraft.bundle.verify import Report

_RESTS = {
    ChangeKind.EDITED: "rests on what was edited since",
    ChangeKind.DELETED: "rests on what was deleted since",
    ChangeKind.ADDED: "rests on a thread in which more was said since",
}


def told_report(report: Report) -> Iterator[str]:
    """What was found, a line each; first what was verified, at last whether it stands."""
    yield f"verified {report.name}, sha256 {report.sha256}: {report.citations} citations looked up"
    for problem in report.problems:
        yield f"problem  {problem.where}: {problem.what}"
    for change in report.changes:
        yield f"{change.kind:<8} {_change(change)}"
    for affected in report.affected:
        yield f"look at  {affected.path}: {_RESTS[affected.kind]} ({', '.join(affected.evidence)}): {affected.text}"
    yield "as it was" if report.is_clean and report.reread else "in order" if report.is_clean else _sum(report)


def _change(change: Change) -> str:
    name = f"{change.id}, " if change.id else ""
    said = {
        ChangeKind.EDITED: f"“{change.before}” is now “{change.after}”",
        ChangeKind.DELETED: f"“{change.before}”",
        ChangeKind.ADDED: f"“{change.after}”",
    }[change.kind]
    return f"{name}{change.place}: {said}"


def _sum(report: Report) -> str:
    counts = {"problem": len(report.problems), "change": len(report.changes), "statement": len(report.affected)}
    told = [f"{count} {name}{'s' * (count > 1)}" for name, count in counts.items() if count]
    return ", ".join(told) + (" to look at" if report.affected else "")
