"""One run of a drafting command: from what the user named to the files that they asked for."""

from collections.abc import Callable, Sequence
from pathlib import Path

from pmdraft.draft import Draft, draft_postmortem
from pmdraft.errors import UsageError
from pmdraft.ingest.chat import ChatSource
from pmdraft.ingest.slack import SlackExport
from pmdraft.inputs import read_inputs
from pmdraft.output import check_free, write_whole
from pmdraft.postmortem import Severity
from pmdraft.project_file import project_table, strings
from pmdraft.render import render_html, render_markdown
from pmdraft.run_model import ModelOptions, RunModel
from pmdraft.run_options import RunOptions
from pmdraft.sections import Section, read_sections, stage_models, with_human_only
from pmdraft.settings import Settings
from pmdraft.severity import severities_in


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
    severity = _severity(options.severity)
    incident = read_inputs(slack, files, options)
    own = read_sections(options.templates) if options.templates else ()
    sections = with_human_only(own, options.human_only or ())
    run = RunModel(model_options(options, sections), tell)
    settings = Settings(
        language=options.language,
        authors=tuple(options.author or ()),
        severity=severity,
        token_budget=options.token_budget,
        created=run.created,
        ignore=_ignored(options),
        redact_addresses=options.redact_addresses,
        pseudonyms=options.pseudonyms,
        sections=sections,
        verify=options.verify,
    )
    if options.templates is not None:
        # A mistake in a template should show before a model is asked, and paid.
        render_html(draft_postmortem(incident, settings=settings), templates=options.templates)
    try:
        draft = draft_postmortem(incident, model=run.model, settings=settings)
    except KeyboardInterrupt as stop:
        raise run.interrupted() from stop
    write_draft(
        draft,
        markdown=options.out,
        data=options.json,
        html=options.html,
        templates=options.templates,
        force=options.force,
    )
    return draft


def _ignored(options: RunOptions) -> tuple[str, ...]:
    table = project_table(Path.cwd())
    return (*(strings(table, "ignore") if table else ()), *(options.ignore or ()))


def _check_files(slack: ChatSource | None, files: Sequence[Path], options: RunOptions) -> None:
    """See before the run that what it writes replaces neither an input nor another output."""
    outputs = [path for path in (options.out, options.json, options.html) if path is not None]
    inputs = [
        *files,
        *(options.alerts or ()),
        *(options.logs or ()),
        *(options.transcript or ()),
        *([Path(slack.path)] if isinstance(slack, SlackExport) else []),
    ]
    kept = [path for path in (options.record, options.replay) if path is not None]
    taken = {path.resolve(): "an input of this run" for path in inputs}
    for path in (*kept, *outputs):
        if path.resolve() in taken:
            raise UsageError(f"{path}: is {taken[path.resolve()]}; name another file to write to")
        taken[path.resolve()] = "named for something else too"
    check_free(outputs, force=options.force)


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
        write_whole(data, draft.model_dump_json(indent=2) + "\n", force=force)
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
    )


def _severity(text: str | None) -> Severity | None:
    if text is None:
        return None
    named = severities_in(text)
    if not named:
        raise UsageError(f"--severity {text!r} is not known; write SEV-1, SEV-2, SEV-3 or SEV-4")
    return named[0]
