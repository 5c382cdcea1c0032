"""`pmdraft check`: the linter for wording that blames people."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pmdraft.blameless.explaining import explain as explain_rule
from pmdraft.blameless.fixing import fixed
from pmdraft.blameless.formats import FORMATS
from pmdraft.blameless.lines import check_lines
from pmdraft.blameless.linting import Problem, as_baseline, less_baseline, lint, read_baseline
from pmdraft.blameless.roster import names_from_front_matter, names_from_option
from pmdraft.blameless.rules import Rule
from pmdraft.blameless.settings import Settings, read_settings
from pmdraft.errors import InputError, PmdraftError
from pmdraft.findings import Level
from pmdraft.language import Language

FINDINGS = 3
"""Exit code when a finding is as grave as --fail-on."""


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    RDJSON = "rdjson"


class InputFormat(StrEnum):
    """What the files hold."""

    MARKDOWN = "markdown"
    JSONL = "jsonl"


class FailOn(StrEnum):
    """From which level on findings make the command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


Files = Annotated[list[str] | None, typer.Argument(help="Markdown files or folders; - is standard input.")]
People = Annotated[
    list[str] | None, typer.Option("--people", help="The incident's people: names with commas, or a file of them.")
]


def check(  # noqa: PLR0913  a command's options are its arguments
    files: Files = None,
    *,
    people: People = None,
    output: Annotated[Format, typer.Option("--format", help="How to write the findings.")] = Format.TEXT,
    input_format: Annotated[InputFormat, typer.Option(help="What the files hold.")] = InputFormat.MARKDOWN,
    fail_on: Annotated[FailOn | None, typer.Option(help="Exit 3 from this level on (warning).")] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", help="A TOML file of your own rules.")] = None,
    disable: Annotated[list[str] | None, typer.Option(help="A rule or category to leave out.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Findings accepted before.")] = None,
    write_baseline: Annotated[Path | None, typer.Option(help="Accept today's findings in this file.")] = None,
    explain: Annotated[str | None, typer.Option(help="Tell what a rule looks for; `list` names all.")] = None,
    suggest: Annotated[bool, typer.Option("--suggest", help="Show the question to ask with each finding.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Take out verdicts where the fact stays; safe ones only.")] = False,
    language: Annotated[Language | None, typer.Option(help="Language of the reasons (the text's own).")] = None,
) -> None:
    """Find wording that blames people, say why, and ask the question that leads on."""
    with _errors_to_stderr():
        settings = _with_options(read_settings(Path.cwd()), people, rules, disable, baseline)
        chosen = settings.chosen_rules()
        if explain is not None:
            typer.echo(explain_rule(explain, chosen, language or Language.EN), nl=False)
            return
        if not files:
            raise typer.BadParameter("no file; give Markdown files, or - for standard input")
        limit = _limit(fail_on, settings)
        if input_format is InputFormat.JSONL:
            _exit_for(_answer_lines(files, settings, chosen), limit)
            return
        if fix:
            _fix(files, settings, chosen)
        problems = _problems(files, settings, chosen, language)
        if write_baseline is not None:
            write_baseline.write_text(as_baseline(problems), encoding="utf-8")
            return
        if settings.baseline is not None:
            problems = less_baseline(problems, read_baseline(settings.baseline))
        typer.echo(FORMATS[output.value](problems), nl=False)
        if suggest and output is Format.TEXT:
            typer.echo("".join(_way_out(problem) for problem in problems), nl=False)
        _exit_for((problem.blame.level for problem in problems), limit)


def _way_out(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}:{problem.column}: {problem.blame.suggestion}\n"


def _with_options(
    settings: Settings,
    people: list[str] | None,
    rules: list[Path] | None,
    disable: list[str] | None,
    baseline: Path | None,
) -> Settings:
    names = (name for value in people or () for name in names_from_option(value))
    return replace(
        settings,
        people=(*settings.people, *names),
        rules=(*settings.rules, *(rules or ())),
        disable=(*settings.disable, *(disable or ())),
        baseline=baseline or settings.baseline,
    )


def _limit(fail_on: FailOn | None, settings: Settings) -> Level | None:
    if fail_on is FailOn.NEVER:
        return None
    return Level(fail_on.value) if fail_on else settings.fail_on or Level.WARNING


def _problems(
    files: Iterable[str], settings: Settings, rules: tuple[Rule, ...], language: Language | None
) -> tuple[Problem, ...]:
    return tuple(
        problem
        for name, text in _texts(files)
        for problem in lint(text, name, people=settings.people, rules=rules, language=language)
    )


def _answer_lines(files: Iterable[str], settings: Settings, rules: tuple[Rule, ...]) -> Iterator[Level]:
    for name, text in _texts(files):
        for answer, found in check_lines(text.split("\n"), origin=name, people=settings.people, rules=rules):
            typer.echo(answer, nl=False)
            yield from (blame.level for blame in found)


def _fix(files: Iterable[str], settings: Settings, rules: tuple[Rule, ...]) -> None:
    for name, text in _texts(files):
        if name == "-":
            raise InputError("-: standard input cannot be fixed in place; give a file to --fix")
        better, made = fixed(text, people=(*settings.people, *names_from_front_matter(text)), rules=rules)
        if made:
            Path(name).write_bytes(better.encode("utf-8"))
            typer.echo(f"{name}: {made} rewritten", err=True)


def _texts(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in files:
        if name == "-":
            yield name, _decoded(sys.stdin.buffer.read(), name)
            continue
        path = Path(name)
        for each in sorted(path.rglob("*.md")) if path.is_dir() else (path,):
            try:
                yield str(each), _decoded(each.read_bytes(), str(each))
            except OSError as error:
                reason = error.strerror or str(error)
                raise InputError(f"{each}: cannot be read ({reason}); give a Markdown file, a folder or -") from error


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _exit_for(levels: Iterable[Level], limit: Level | None) -> None:
    reached = [level for level in levels if limit and level.at_least(limit)]
    if reached:
        raise typer.Exit(FINDINGS)


@contextmanager
def _errors_to_stderr() -> Iterator[None]:
    try:
        yield
    except PmdraftError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from error
