"""One run of a drafting command: from what the user named to the files that they asked for."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pmdraft.draft import Draft, draft_postmortem
from pmdraft.errors import UsageError
from pmdraft.evidence import zone
from pmdraft.ingest import gather
from pmdraft.ingest.chat import ChatSource
from pmdraft.ingest.clock import NoZoneError
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.window import Window, moment
from pmdraft.llm.announced import AnnouncedModel
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.patience import CallPolicy, Deadline
from pmdraft.llm.recording import RecordingModel, ReplayModel
from pmdraft.llm.seam import Model
from pmdraft.output import check_free, write_whole
from pmdraft.postmortem import Severity
from pmdraft.project_file import project_table, strings
from pmdraft.render import render_html, render_markdown
from pmdraft.run_options import RunOptions
from pmdraft.settings import Settings
from pmdraft.severity import severities_in


def run_draft(slack: ChatSource | None, options: RunOptions, tell: Callable[[str], None]) -> Draft:
    """Gather the evidence, draft, and write the files that were asked for.

    Args:
        slack: the incident's channel, if it has one.
        options: everything else.
        tell: takes a line of progress.

    Raises:
        PmdraftError: the sources, the model's settings or the output files are not to be used.
    """
    _check_files(slack, options)
    severity, window = _severity(options.severity), _window(options)
    incident = gather(
        slack,
        alerts=options.alerts or (),
        alert_mapping=options.alert_mapping,
        logs=options.logs or (),
        timezone=options.timezone,
        window=window,
    )
    model, created = _model(options, tell)
    settings = Settings(
        language=options.language,
        authors=tuple(options.author or ()),
        severity=severity,
        token_budget=options.token_budget,
        created=created,
        ignore=_ignored(options),
    )
    if options.templates is not None:
        # A mistake in a template should show before a model is asked, and paid.
        render_html(draft_postmortem(incident, settings=settings), templates=options.templates)
    draft = draft_postmortem(incident, model=model, settings=settings)
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


def _check_files(slack: ChatSource | None, options: RunOptions) -> None:
    """See before the run that what it writes replaces neither an input nor another output."""
    outputs = [path for path in (options.out, options.json, options.html) if path is not None]
    inputs = [
        *(options.alerts or ()),
        *(options.logs or ()),
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


def _model(options: RunOptions, tell: Callable[[str], None]) -> tuple[Model | None, datetime | None]:
    if options.replay is not None:
        if options.model or options.record:
            raise UsageError("--replay takes its responses from the file; leave out --model and --record")
        replay = ReplayModel(options.replay)
        return replay, replay.created
    if options.model is None:
        if options.record is not None:
            raise UsageError("--record keeps a model's responses; name the model with --model")
        return None, None
    run = Deadline(options.deadline) if options.deadline is not None else None
    policy = CallPolicy(deadline=options.timeout, run=run)
    model: Model = AnnouncedModel(OpenAIModel(options.model, base_url=options.base_url, policy=policy), tell)
    if options.record is None:
        return model, None
    recording = RecordingModel(model, options.record)
    return recording, recording.created


def _window(options: RunOptions) -> Window:
    now = datetime.now(UTC)
    since, until = _instant(options.since, "--since", options, now), _instant(options.until, "--until", options, now)
    if since is not None and until is not None and since > until:
        raise UsageError(f"--since {options.since!r} is later than --until {options.until!r}; swap them")
    return Window(since, until)


def _instant(text: str | None, name: str, options: RunOptions, now: datetime) -> datetime | None:
    if text is None:
        return None
    try:
        stated = zone(options.timezone) if options.timezone else None
        return moment(text, stated, now, ends_day=name == "--until")
    except NoZoneError as error:
        raise UsageError(f"{name} {text!r} names no zone; add one (+09:00) or give --timezone") from error
    except ValueError as error:
        raise UsageError(
            f"{name} {text!r} is not a time; write it as 2025-10-27T14:00+09:00, 2025-10-27 or 3h"
        ) from error


def _severity(text: str | None) -> Severity | None:
    if text is None:
        return None
    named = severities_in(text)
    if not named:
        raise UsageError(f"--severity {text!r} is not known; write SEV-1, SEV-2, SEV-3 or SEV-4")
    return named[0]
