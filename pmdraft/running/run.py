"""One run of a drafting command: from what the user named to the files that they asked for."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from pmdraft.bundle import Given, Reading, pack_run
from pmdraft.draft import Draft, draft_postmortem, json_of
from pmdraft.errors import UsageError
from pmdraft.evidence import Incident
from pmdraft.ingest.chat import ChatSource
from pmdraft.ingest.slack import SlackExport
from pmdraft.output import check_free, real, write_whole
from pmdraft.postmortem import Severity
from pmdraft.project_file import project_table, strings
from pmdraft.render import render_html, render_markdown
from pmdraft.running.inputs import read_inputs, window_of
from pmdraft.running.plan import Plan
from pmdraft.running.plan_told import told_in_short, told_spent
from pmdraft.running.run_model import ModelOptions, RunModel
from pmdraft.running.run_options import RunOptions
from pmdraft.sections import Section, read_sections, stage_models, with_human_only
from pmdraft.settings import Settings
from pmdraft.severity import severities_in
from pmdraft.shown import one_line


class Prepared(NamedTuple):
    """A run that could begin."""

    incident: Incident
    settings: Settings
    model: RunModel


def run_draft(
    slack: ChatSource | None, files: Sequence[Path], options: RunOptions, tell: Callable[[str], None]
) -> Draft:
    """Gather the evidence, draft, and write the files that were asked for.

    Args:
        slack: the incident's channel, if it has one.
        files: what else the incident left behind.
        options: everything else.
        tell: takes a line of progress.

    Raises:
        PmdraftError: the sources, the model's settings or the output files are not to be used.
    """
    _check_files(slack, files, options)
    incident, settings, run = _prepared(slack, files, options, tell)
    with closing(run):
        draft = _drafted(incident, settings, run, options.templates, tell)
    write_draft(
        draft,
        markdown=options.out,
        data=options.json,
        html=options.html,
        templates=options.templates,
        force=options.force,
    )
    if options.bundle is not None:
        given = Given(tuple(_inputs(slack, files, options)), _reading(options), options.templates)
        packed = pack_run(incident, draft, settings, asked=run.asked, given=given)
        write_whole(options.bundle, packed, force=options.force)
    return draft


def plan_run(
    slack: ChatSource | None, files: Sequence[Path], options: RunOptions, tell: Callable[[str], None]
) -> Plan | None:
    """Tell what `run_draft` would send to a model, and send nothing; None if it would ask none.

    Raises:
        PmdraftError: the sources or the model's settings are not to be used.
    """
    incident, settings, run = _prepared(slack, files, options, tell)
    return run.plan(incident, settings)


def _drafted(
    incident: Incident, settings: Settings, run: RunModel, templates: Path | None, tell: Callable[[str], None]
) -> Draft:
    if templates is not None:
        # A mistake in a template should show before a model is asked, and paid.
        render_html(draft_postmortem(incident, settings=settings), templates=templates)
    if (plan := run.plan(incident, settings)) is not None:
        for line in told_in_short(plan):
            tell(line)
    try:
        draft = draft_postmortem(incident, model=run.model, settings=settings)
    except KeyboardInterrupt as stop:
        raise run.interrupted() from stop
    if plan is not None:
        tell(told_spent(run.spent))
    return draft


def _prepared(
    slack: ChatSource | None, files: Sequence[Path], options: RunOptions, tell: Callable[[str], None]
) -> Prepared:
    severity = _severity(options.severity)
    incident = read_inputs(slack, files, options)
    own = read_sections(options.templates) if options.templates else ()
    sections = with_human_only(own, options.human_only or ())
    run = RunModel(model_options(options, sections), tell)
    settings = Settings(
        language=options.language,
        authors=tuple(one_line(name) for name in options.author or ()),
        severity=severity,
        token_budget=options.token_budget,
        created=run.created,
        ignore=_ignored(options),
        redact_addresses=options.redact_addresses,
        pseudonyms=options.pseudonyms,
        sections=sections,
        verify=options.verify,
        unsupported=options.unsupported,
    )
    return Prepared(incident, settings, run)


def _ignored(options: RunOptions) -> tuple[str, ...]:
    table = project_table(Path.cwd())
    return (*(strings(table, "ignore") if table else ()), *(options.ignore or ()))


def _check_files(slack: ChatSource | None, files: Sequence[Path], options: RunOptions) -> None:
    """See before the run that what it writes replaces neither an input nor another output."""
    outputs = [path for path in (options.out, options.json, options.html, options.bundle) if path is not None]
    kept = [path for path in (options.record, options.replay) if path is not None]
    inputs = [real(path) for path in _inputs(slack, files, options)]
    settings = [real(path) for path in (options.alert_mapping, options.prices) if path is not None]
    taken = dict.fromkeys((*inputs, *settings), "an input of this run")
    folders = {path for path in inputs if path.is_dir()}
    for path in (*kept, *outputs):
        if path.is_file() and folders.intersection(real(path).parents):
            raise UsageError(f"{path}: lies in a folder that this run reads; name another file to write to")
        if real(path) in taken:
            raise UsageError(f"{path}: is {taken[real(path)]}; name another file to write to")
        taken[real(path)] = "named for something else too"
    check_free(outputs, force=options.force)


def _inputs(slack: ChatSource | None, files: Sequence[Path], options: RunOptions) -> list[Path]:
    return [
        *files,
        *(options.alerts or ()),
        *(options.logs or ()),
        *(options.transcript or ()),
        *([Path(slack.path)] if isinstance(slack, SlackExport) else []),
    ]


def _reading(options: RunOptions) -> Reading:
    window = window_of(options)
    return Reading(since=window.since, until=window.until)


def write_draft(
    draft: Draft,
    *,
    markdown: Path | None,
    data: Path | None,
    html: Path | None,
    templates: Path | None = None,
    force: bool = False,
) -> None:
    """Write a draft in each form that has a file.

    Raises:
        OutputExists: a file is there already, and `force` is off.
        InputError: a file cannot be written.
    """
    if markdown is not None:
        write_whole(markdown, render_markdown(draft, templates=templates), force=force)
    if data is not None:
        write_whole(data, json_of(draft), force=force)
    if html is not None:
        write_whole(html, render_html(draft, templates=templates), force=force)


def model_options(options: RunOptions, sections: Sequence[Section]) -> ModelOptions:
    """What the options say of the model."""
    return ModelOptions(
        model=options.model,
        base_url=options.base_url,
        record=options.record,
        replay=options.replay,
        stages=stage_models(sections, options.stage_model or ()),
        cache=options.cache,
        timeout=options.timeout,
        deadline=options.deadline,
        max_cost=options.max_cost,
        max_tokens=options.max_tokens,
        prices=options.prices,
        only_plan=options.plan,
    )


def _severity(text: str | None) -> Severity | None:
    if text is None:
        return None
    named = severities_in(text)
    if not named:
        raise UsageError(f"--severity {text!r} is not known; write SEV-1, SEV-2, SEV-3 or SEV-4")
    return named[0]
