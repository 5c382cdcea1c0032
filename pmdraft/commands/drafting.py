"""What `pmdraft draft` and `pmdraft from-slack` do and print: a draft, or the plan of one."""

from collections.abc import Sequence
from pathlib import Path

import typer

from pmdraft.commands.exits import FINDINGS, tell
from pmdraft.draft import Draft
from pmdraft.ingest.chat import ChatSource
from pmdraft.output import write_whole
from pmdraft.render import render_markdown
from pmdraft.running.overview import skipped
from pmdraft.running.plan_told import told_plan
from pmdraft.running.run import plan_run, run_draft
from pmdraft.running.run_options import RunOptions
from pmdraft.running.summary import not_given, told

_STDOUT = Path("-")


def draft_and_show(slack: ChatSource | None, files: Sequence[Path], options: RunOptions) -> None:
    """Draft the incident and show the draft or, with `--plan`, what drafting it would take.

    Raises:
        PmdraftError: the sources, the model's settings or the output files are not to be used.
    """
    if options.plan:
        _show_plan(slack, files, options)
    else:
        _show(run_draft(slack, files, options, tell), options)


def _show_plan(slack: ChatSource | None, files: Sequence[Path], options: RunOptions) -> None:
    plan = plan_run(slack, files, options, tell)
    if plan is None:
        why = "the answers are kept ones (--replay)" if options.replay else "no model is named (--model)"
        typer.echo(f"sends    nothing: {why}")
        return
    if options.json != _STDOUT:
        for line in told_plan(plan):
            typer.echo(line)
    data = plan.model_dump_json(indent=2) + "\n"
    if options.json == _STDOUT:
        typer.echo(data, nl=False)
    elif options.json is not None:
        write_whole(options.json, data, force=options.force)


def _show(made: Draft, options: RunOptions) -> None:
    """The draft to stdout if it went to no file, what was done to stderr, and the exit status."""
    if options.out is None and options.json is None and options.html is None:
        typer.echo(render_markdown(made, templates=options.templates), nl=False)
    for line in told(made):
        tell(line)
    if options.verbose:
        for line in (line for source in made.run.sources for line in skipped(source, made.language)):
            tell(f"skipped  {line}")
    if made.run.is_outline and not made.run.failures:
        tell("note: no model is configured (--model); rules drafted an outline, with questions where judgement belongs")
    for line in not_given(made.run):
        tell(line)
    limit = options.fail_on
    grave = limit is not None and any(finding.level.at_least(limit) for finding in made.findings)
    if made.run.failures or grave:
        raise typer.Exit(FINDINGS)
