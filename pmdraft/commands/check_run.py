"""What `pmdraft check` does, once its options are parsed."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pmdraft.blameless.checking import Blame
from pmdraft.blameless.explaining import explain as explain_rule
from pmdraft.blameless.formats import FORMATS
from pmdraft.blameless.linting import Again, Problem, as_baseline, less_baseline, lint, read_baseline
from pmdraft.blameless.roster import names_beside, names_from_front_matter, names_from_option
from pmdraft.blameless.rules import Rule
from pmdraft.blameless.settings import Settings, read_settings
from pmdraft.commands.check_options import CheckOptions, FailOn, Format, InputFormat
from pmdraft.commands.exits import FINDINGS, tell
from pmdraft.draft_rules import draft_rules, unknown_ignores, without_draft_rules
from pmdraft.errors import InputError, ModelError, UsageError
from pmdraft.language import Language
from pmdraft.levels import Level
from pmdraft.reading import read_bytes, read_stream


def run_check(options: CheckOptions) -> int:
    """Lint the files, print what is found and give the exit status: 3 where a finding is as grave as `fail_on`.

    Raises:
        PmdraftError: a file, a rule file or the settings cannot be used.
    """
    settings = _with_options(read_settings(Path.cwd()), options)
    settings, off = without_draft_rules(settings)
    chosen = settings.chosen_rules()
    if options.explain is not None:
        _show(_explained(options.explain, chosen, options.language or Language.EN))
        return 0
    limit = _limit(options.fail_on, settings)
    if options.input_format is InputFormat.JSONL:
        if options.model or options.replay:
            raise UsageError("a model reads documents, not single lines; leave out --model and --replay with jsonl")
        return _status(_answer_lines(options.files, settings, chosen), limit)
    if options.fix:
        _fix(options.files, settings, chosen)
    problems = _problems(options, settings, chosen, off)
    if options.write_baseline is not None:
        from pmdraft.output import write_whole  # noqa: PLC0415 - few ask for it

        _check_is_baseline(options.write_baseline)
        write_whole(options.write_baseline, as_baseline(problems), force=True)
        tell(f"{options.write_baseline}: {len(problems)} accepted")
        return 0
    if settings.baseline is not None:
        problems = less_baseline(problems, read_baseline(settings.baseline))
    _show(FORMATS[options.output.value](problems))
    if options.suggest and options.output is Format.TEXT:
        from pmdraft.blameless.fixing import way_out  # noqa: PLC0415 - few ask for it

        _show("".join(f"{each.path}:{each.line}:{each.column}: {way_out(each, chosen)}\n" for each in problems))
    return _status((problem.blame.level for problem in problems), limit)


def _check_is_baseline(path: Path) -> None:
    """See that no file of the user's but an earlier baseline is written over."""
    if path.is_file():
        try:
            read_baseline(path)
        except InputError as error:
            raise UsageError(f"{path}: is there already and no baseline; name another file to write to") from error


def _explained(name: str, rules: tuple[Rule, ...], language: Language) -> str:
    from pmdraft.checks.explaining import explain_check, rule_list  # noqa: PLC0415 - linting need not load the checks

    if name == "list":
        return explain_rule(name, rules, language) + rule_list()
    return explain_check(name, language) or explain_rule(name, rules, language)


def _with_options(settings: Settings, options: CheckOptions) -> Settings:
    names = (name for value in options.people for name in names_from_option(value))
    return replace(
        settings,
        people=(*settings.people, *names),
        rules=(*settings.rules, *options.rules),
        disable=(*settings.disable, *options.disable),
        baseline=options.baseline or settings.baseline,
    )


def _limit(fail_on: FailOn | None, settings: Settings) -> Level | None:
    if fail_on is None:
        return settings.fail_on
    return None if fail_on is FailOn.NEVER else Level(fail_on.value)


def _problems(
    options: CheckOptions, settings: Settings, rules: tuple[Rule, ...], off: tuple[str, ...]
) -> tuple[Problem, ...]:
    again = _second_reader(options)
    also = draft_rules(options.language, off)
    found: list[Problem] = []
    for name, text in _texts(options.files):
        _tell_unknown(name, text, rules)
        people = (*settings.people, *names_beside(Path(name)))
        found += lint(text, name, people=people, rules=rules, language=options.language, again=again, also=also)
    return tuple(found)


def _tell_unknown(name: str, text: str, rules: tuple[Rule, ...]) -> None:
    """Warn of comments that name no rule: what is mistyped silences nothing."""
    for unknown in unknown_ignores(text, rules):
        nearest = f"did you mean {unknown.nearest!r}?" if unknown.nearest else "`--explain list` names them all"
        tell(f"warning: {name}:{unknown.line}: no rule or category {unknown.name!r} to ignore; {nearest}")


def _second_reader(options: CheckOptions) -> Again | None:
    """What reads each text after the rules; None without a model."""
    if options.model is None and options.replay is None and options.record is None:
        return None
    # Half a second that only those who ask for a model pay.
    from pmdraft.running.run_model import ModelOptions, RunModel  # noqa: PLC0415
    from pmdraft.second_reading import read_again  # noqa: PLC0415

    said = ModelOptions(model=options.model, base_url=options.base_url, record=options.record, replay=options.replay)
    model = RunModel(said, tell).model
    assert model is not None  # noqa: S101 - one of the three names it, or is refused

    def again(text: str, found: tuple[Blame, ...], people: tuple[str, ...]) -> tuple[Blame, ...]:
        try:
            reading = read_again(text, found, model, people=people)
        except ModelError as error:
            tell(f"warning: {error}; these are the findings of the rules alone")
            return found
        tell(
            f"second reading by {model.name}: {reading.added} more, {reading.dropped} set aside; "
            f"{reading.rewritten} rewrites shown, {reading.refused} refused"
        )
        return reading.found

    return again


def _answer_lines(files: Iterable[str], settings: Settings, rules: tuple[Rule, ...]) -> Iterator[Level]:
    from pmdraft.blameless.lines import check_lines  # noqa: PLC0415 - pydantic takes as long as checking a file

    for name, text in _texts(files):
        for answer, found in check_lines(
            text.removeprefix("\ufeff").split("\n"), origin=name, people=settings.people, rules=rules
        ):
            _show(answer)
            yield from (blame.level for blame in found)


def _fix(files: Iterable[str], settings: Settings, rules: tuple[Rule, ...]) -> None:
    from pmdraft.blameless.fixing import fixed  # noqa: PLC0415 - few ask for it
    from pmdraft.output import write_whole  # noqa: PLC0415 - likewise

    for name, text in _texts(files):
        if name == "-":
            raise InputError("-: standard input cannot be fixed in place; give a file to --fix")
        people = (*settings.people, *names_beside(Path(name)), *names_from_front_matter(text))
        better, made = fixed(text, people=people, rules=rules)
        if made:
            write_whole(Path(name), better, force=True)
            tell(f"{name}: {made} rewritten")


def _texts(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in files:
        path = Path(name)
        for each in _markdown_below(path) if path.is_dir() else (path,):
            try:
                content = read_stream(sys.stdin.buffer) if name == "-" else read_bytes(each)
            except OSError as error:
                reason = error.strerror or str(error)
                raise InputError(f"{each}: cannot be read ({reason}); give a Markdown file, a folder or -") from error
            yield str(each), _decoded(content, str(each))


def _markdown_below(folder: Path) -> list[Path]:
    """The Markdown files of a folder, less what tools and package managers keep there."""
    return sorted(path for path in folder.rglob("*.md") if not any(map(_is_kept_by_a_tool, _folders(path, folder))))


def _folders(path: Path, folder: Path) -> tuple[str, ...]:
    return path.relative_to(folder).parts[:-1]


def _is_kept_by_a_tool(name: str) -> bool:
    return name == "node_modules" or (name.startswith(".") and name != ".github")


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _status(levels: Iterable[Level], limit: Level | None) -> int:
    # All are taken, as each answer is printed on the way.
    reached = [level for level in levels if limit and level.at_least(limit)]
    return FINDINGS if reached else 0
