"""One run of a drafting command: from what the user named to the files that they asked for."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pmdraft.draft import Draft, draft_postmortem
from pmdraft.errors import InputError
from pmdraft.evidence import zone
from pmdraft.ingest import gather
from pmdraft.ingest.clock import NoZoneError, parse_instant
from pmdraft.ingest.slack import SlackExport
from pmdraft.ingest.window import Window
from pmdraft.llm.announced import AnnouncedModel
from pmdraft.llm.endpoint import CallPolicy, OpenAIModel
from pmdraft.llm.recording import RecordingModel, ReplayModel
from pmdraft.llm.seam import Model
from pmdraft.output import check_free, write_whole
from pmdraft.postmortem import Severity
from pmdraft.render import render_html, render_markdown
from pmdraft.run_options import RunOptions
from pmdraft.settings import Settings


def run_draft(slack: SlackExport | None, options: RunOptions, tell: Callable[[str], None]) -> Draft:
    """Gather the evidence, draft, and write the files that were asked for.

    Args:
        slack: the incident's channel, if it has one.
        options: everything else.
        tell: takes a line of progress.

    Raises:
        PmdraftError: the sources, the model's settings or the output files are not to be used.
    """
    files = [path for path in (options.out, options.json, options.html) if path is not None]
    check_free(files, force=options.force)
    incident = gather(
        slack,
        alerts=options.alerts or (),
        alert_mapping=options.alert_mapping,
        logs=options.logs or (),
        timezone=options.timezone,
        window=_window(options),
    )
    model, created = _model(options, tell)
    settings = Settings(
        language=options.language,
        authors=tuple(options.author or ()),
        severity=_severity(options.severity),
        token_budget=options.token_budget,
        created=created,
    )
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
            raise InputError("--replay takes its responses from the file; leave out --model and --record")
        replay = ReplayModel(options.replay)
        return replay, replay.created
    if options.model is None:
        if options.record is not None:
            raise InputError("--record keeps a model's responses; name the model with --model")
        return None, None
    policy = CallPolicy(deadline=options.timeout)
    model: Model = AnnouncedModel(OpenAIModel(options.model, base_url=options.base_url, policy=policy), tell)
    if options.record is None:
        return model, None
    recording = RecordingModel(model, options.record)
    return recording, recording.created


def _window(options: RunOptions) -> Window:
    return Window(_instant(options.since, "--since", options), _instant(options.until, "--until", options))


def _instant(text: str | None, name: str, options: RunOptions) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_instant(text, zone(options.timezone) if options.timezone else None)
    except NoZoneError as error:
        raise InputError(f"{name} {text!r} names no zone; add one (+09:00) or give --timezone") from error
    except ValueError as error:
        raise InputError(f"{name} {text!r} is not a time; write it as 2025-10-27T14:00+09:00") from error


def _severity(text: str | None) -> Severity | None:
    if text is None:
        return None
    try:
        return Severity(text.upper())
    except ValueError as error:
        raise InputError(f"--severity {text!r} is none; write SEV-1, SEV-2, SEV-3 or SEV-4") from error
