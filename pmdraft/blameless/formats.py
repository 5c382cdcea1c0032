"""Findings as text, JSON, SARIF, GitHub annotations and reviewdog's format."""

import json
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any

from pmdraft.blameless.linting import Problem
from pmdraft.levels import Level

_SARIF_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_GITHUB_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_SEVERITIES = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.INFO: "INFO"}


def as_text(problems: Iterable[Problem]) -> str:
    """One finding a paragraph: place, reason, the line with the words underlined."""
    return "".join(_paragraph(problem) for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON list, one object a finding."""
    return json.dumps([record(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n"


def as_sarif(problems: Iterable[Problem]) -> str:
    """A SARIF 2.1.0 log."""
    problems = list(problems)
    rules = {problem.blame.rule.id: problem.blame.rule for problem in problems}
    driver = {
        "name": "pmdraft",
        "informationUri": "https://pypi.org/project/pmdraft/",
        "rules": [
            {"id": rule.id, "name": rule.category, "shortDescription": {"text": rule.why.en}} for rule in rules.values()
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem) for problem in problems],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Iterable[Problem]) -> str:
    """GitHub workflow commands, one a line."""
    return "".join(_github_line(problem) for problem in problems)


def as_rdjson(problems: Iterable[Problem]) -> str:
    """Reviewdog's diagnostic format."""
    diagnostics = [_diagnostic(problem) for problem in problems]
    return json.dumps({"source": {"name": "pmdraft"}, "diagnostics": diagnostics}, ensure_ascii=False) + "\n"


FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
    "rdjson": as_rdjson,
}


def record(problem: Problem) -> dict[str, Any]:
    """A finding as plain data."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "end_line": problem.end_line,
        "end_column": problem.end_column,
        **problem.blame.as_data(),
    }


def _paragraph(problem: Problem) -> str:
    blame = problem.blame
    head = f"{problem.path}:{problem.line}:{problem.column}: {blame.level.value}: {blame.why} [{blame.rule.id}]"
    shown = _window(problem.excerpt, problem.column - 1, len(blame.text))
    return f"{head}\n    {shown}\n"


def _window(line: str, start: int, length: int, room: int = 100) -> str:
    """The part of a line around a finding, the finding between guillemets."""
    end = min(len(line), start + length)
    first = max(0, start - (room - min(room, length)) // 2)
    last = min(len(line), max(end, first + room))
    before = ("…" if first else "") + line[first:start]
    return f"{before}»{line[start:end]}«{line[end:last]}{'…' if last < len(line) else ''}".strip()


def _sarif_result(problem: Problem) -> dict[str, Any]:
    region = {
        "startLine": problem.line,
        "startColumn": problem.column,
        "endLine": problem.end_line,
        "endColumn": problem.end_column,
    }
    place = {"artifactLocation": {"uri": _uri(problem.path)}, "region": region}
    return {
        "ruleId": problem.blame.rule.id,
        "level": _SARIF_LEVELS[problem.blame.level],
        "message": {"text": f"{problem.blame.why} {problem.blame.suggestion}"},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"pmdraft/v1": problem.fingerprint},
    }


def _uri(path: str) -> str:
    """A path as the address that SARIF wants: relative where it is, spaces and other letters escaped."""
    from urllib.parse import quote  # noqa: PLC0415 - few ask for SARIF

    return ("file:///" if PurePath(path).is_absolute() else "") + quote(PurePath(path).as_posix().lstrip("/"))


def _github_line(problem: Problem) -> str:
    place = (
        f"file={_escaped(problem.path, inside=True)},line={problem.line},col={problem.column},"
        f"endLine={problem.end_line},endColumn={problem.end_column},title={problem.blame.rule.id}"
    )
    message = _escaped(f"{problem.blame.why} {problem.blame.suggestion}", inside=False)
    return f"::{_GITHUB_LEVELS[problem.blame.level]} {place}::{message}\n"


def _escaped(text: str, *, inside: bool) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if inside else text


def _diagnostic(problem: Problem) -> dict[str, Any]:
    start, end = _byte_columns(problem)
    return {
        "message": f"{problem.blame.why} {problem.blame.suggestion}",
        "severity": _SEVERITIES[problem.blame.level],
        "code": {"value": problem.blame.rule.id},
        "location": {
            "path": problem.path,
            "range": {
                "start": {"line": problem.line, "column": start},
                "end": {"line": problem.end_line, "column": end},
            },
        },
    }


def _byte_columns(problem: Problem) -> tuple[int, int]:
    """First and last column in bytes of UTF-8, as reviewdog counts."""
    start = 1 + len(problem.excerpt[: problem.column - 1].encode())
    *above, last = problem.blame.text.split("\n")
    return start, len(last.encode()) + (1 if above else start)
