"""How good the drafts are: `python -m evals`, offline, on recorded responses.

    python -m evals [CASE …] [--cases DIR] [--json FILE] [--page FILE] [--quiet]
    python -m evals --live --model MODEL [--base-url URL]      # the same, asking a model now
    python -m evals record CASE … --base-url URL [--model LABEL] [--system pmdraft|one-prompt]
    python -m evals --readme                                   # write the figures of the READMEs
    python -m evals sheet CASE … --out FOLDER                  # statements of all systems, to be judged blind

Exits 1 when a floor of `thresholds.toml` is missed or a recording is stale, 2 on wrong usage.
"""

import argparse
import json
import sys
from pathlib import Path

from evals.case import CASES, Case, read_cases
from evals.drafting import RECORDED, SYSTEMS, drafted, live_model, record, rows_of
from evals.ending import ended
from evals.judging import write_sheet
from evals.page import page
from evals.readme import quality, write_blocks
from evals.report import Row, as_data, below, losses, table
from pmdraft.errors import PmdraftError
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.output import write_whole


def main() -> int:
    """Run what the command line says, and give the exit status."""
    options = _options()
    try:
        cases = read_cases(options.cases, options.case)
        model = live_model(options.model, options.base_url) if options.live or options.task == "record" else None
        if options.task == "record" and model is not None:
            return _record(cases, [options.system] if options.system else list(SYSTEMS), model)
        if options.task == "sheet":
            return _sheets(cases, options.out)
        rows, stale = rows_of(cases, model)
    except PmdraftError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return _tell(rows, stale, options)


def _record(cases: list[Case], systems: list[str], model: OpenAIModel) -> int:
    for case in cases:
        for system in systems:
            requests = record(case, system, model).cost.requests
            print(f"{case.name}: {system}: {requests} requests recorded", flush=True)
    return 0


def _sheets(cases: list[Case], folder: Path) -> int:
    for case in cases:
        print(write_sheet(case, [drafted(case, system, latency=0) for system in SYSTEMS], folder))
    return 0


def _tell(rows: list[Row], stale: list[str], options: argparse.Namespace) -> int:
    for line in table(rows):
        if options.quiet and line.startswith("== reasons"):
            break
        print(line)
    for line in losses(rows):
        print(line)
    missed = below(rows) if options.cases == CASES and not options.case and not options.live else []
    for floor in missed:
        print(f"BELOW THE FLOOR {floor.language} {floor.measure}: {floor.value:.3f}, owed {floor.wanted:.3f}")
    for line in stale:
        print(f"STALE {line}")
    if options.json:
        write_whole(options.json, json.dumps(as_data(rows), ensure_ascii=False, indent=1) + "\n", force=True)
    if options.readme:
        write_blocks("drafts", quality(rows))
    if options.page:
        write_whole(options.page, page(rows), force=True)
    return 1 if missed or stale else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__.splitlines()[0])
    parser.add_argument("case", nargs="*", help="names of cases; all of them by default")
    parser.add_argument("--cases", type=Path, default=CASES, help="folder of cases")
    parser.add_argument("--live", action="store_true", help="ask a model now instead of playing recordings")
    parser.add_argument("--model", help=f"its name at the endpoint; to record, {RECORDED} by default")
    parser.add_argument("--base-url", help="OpenAI-compatible endpoint")
    parser.add_argument("--system", choices=list(SYSTEMS), help="record this one alone")
    parser.add_argument("--json", type=Path, help="write the report as data here")
    parser.add_argument("--page", type=Path, help="write the report as an HTML page with plots here")
    parser.add_argument("--readme", action="store_true", help="put the totals into the READMEs' figures")
    parser.add_argument("--quiet", action="store_true", help="leave the reasons out")
    parser.add_argument("--out", type=Path, help="folder for the sheets")
    arguments = sys.argv[1:]
    task = arguments[0] if arguments[:1] in (["record"], ["sheet"]) else None
    options = parser.parse_args(arguments[1:] if task else arguments)
    options.task = task
    if options.live and not options.model:
        parser.error("--live asks a model; name it with --model")
    if task == "sheet" and not options.out:
        parser.error("sheet writes files; name their folder with --out")
    if task == "record":
        options.model = options.model or RECORDED  # the label of the recordings that come with the project
        if not options.base_url:
            parser.error("record asks an endpoint; name it with --base-url")
    return options


if __name__ == "__main__":
    sys.exit(ended(main))
