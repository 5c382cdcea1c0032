"""How much of what is wrong in a draft the checks see.

    python -m evals.mutations [DRAFT …] [--seed N] [--most N] [--json FILE] [--missed KIND] [--alarms] [--readme]

Correct drafts (the demo's and those of the recorded cases) are corrupted one thing at a time.
Exits 1 when a floor is missed.
"""

import argparse
import json
import sys
from pathlib import Path

from evals.case import CASES
from evals.ending import ended
from evals.mutations.corpus import correct_drafts
from evals.mutations.measure import measure
from evals.mutations.report import alarms, as_data, below, missed, table
from evals.mutations.shown import shown
from evals.readme import write_blocks
from pmdraft.errors import PmdraftError
from pmdraft.output import write_whole


def main() -> int:
    """Measure, print, and give the exit status."""
    options = _options()
    try:
        measured = measure(correct_drafts(options.cases, options.draft), seed=options.seed, most=options.most)
    except PmdraftError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for line in table(measured):
        print(line)
    if options.alarms:
        print("\n".join(alarms(measured)))
    if options.missed:
        print("\n".join(missed(measured, options.missed)))
    if options.readme:
        write_blocks("checks", shown(measured))
    if options.json:
        write_whole(options.json, json.dumps(as_data(measured), ensure_ascii=False, indent=1) + "\n", force=True)
    short = below(measured)
    for line in short:
        print(f"BELOW THE FLOOR {line}")
    return 1 if short else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.mutations", description=__doc__.splitlines()[0])
    parser.add_argument("draft", nargs="*", help="`demo` and names of cases; all that are recorded by default")
    parser.add_argument("--cases", type=Path, default=CASES, help="folder of cases")
    parser.add_argument("--seed", type=int, default=1, help="of the choice of corruptions")
    parser.add_argument("--most", type=int, help="most mutants of one kind of one draft; all by default")
    parser.add_argument("--json", type=Path, help="write the figures as data here")
    parser.add_argument("--alarms", action="store_true", help="list the statements that were flagged as they were")
    parser.add_argument("--missed", metavar="KIND", help="list the mutants of a kind that nothing was found in")
    parser.add_argument("--readme", action="store_true", help="put the figures into the READMEs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(ended(main))
