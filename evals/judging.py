"""Sheets for a reader who judges statements against the evidence without knowing what made them.

A sheet holds the whole evidence and the statements of all systems together, each once, in an order that tells nothing.
Its blank lines, filled in, are the case's `judgements.jsonl`.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from evals.case import Case
from evals.subject import Subject
from pmdraft.evidence import Evidence, Incident
from pmdraft.output import write_whole

_INDEX = re.compile(r"\[\d+\]")
_TASK = """Does the statement say anything that the evidence does not say? Take it apart, and look up each claim in it.

- `supported`: all of it is in the evidence or follows from it: a paraphrase, a summary of messages, a sum, a difference
  of two times.
- `more`: something in it is not: a cause where people only guessed, "because" or "so that" that nobody said, "always",
  "all", "only", "immediately", a guess that was refuted kept as fact, another product or person, an owner, date or
  motive that nobody named, a lesson that takes for granted what nobody stated, a verdict ("well", "effective") that
  nobody gave.
- `wrong`: the evidence says otherwise.

A question, a label, or advice that is worded as a proposal claims nothing by itself: judge what it takes for granted.
In doubt it is `more`, if a colleague who was there could object to the words. `why` names these words, and is empty for
`supported`.

## Evidence

"""


def write_sheet(case: Case, subjects: Iterable[Subject], folder: Path) -> Path:
    """The sheet (`CASE.md`) and its blank lines (`CASE.jsonl`) in a folder; the path of the sheet.

    Raises:
        InputError: one of them is there already.
    """
    made = list(subjects)
    # What code worked out is right or wrong whatever a reader thinks of it; the checks recompute it.
    read = [said for subject in made for said in subject.statements if said.basis != "computed"]
    sections = {said.text: _INDEX.sub("", said.path) for said in read}
    shuffled = sorted(sections, key=lambda text: hashlib.sha256(text.encode()).digest())
    incident = made[0].incident
    evidence = "\n".join(
        f"- {item.id} {at:%Y-%m-%d %H:%M:%S} {item.channel or item.source.value} {item.author or ''}: {item.text}"
        + (f" ({item.count} times, the last at {_last(item, incident):%H:%M:%S})" if item.count > 1 else "")
        for item in incident.evidence
        for at in [item.at.astimezone(incident.zone)]
    )
    statements = "\n".join(f"{n}. ({sections[text]}) {text}" for n, text in enumerate(shuffled, 1))
    lines = [{"text": text, "verdict": "", "why": ""} for text in shuffled]
    sheet = folder / f"{case.name}.md"
    write_whole(
        sheet,
        f"{_TASK}Times are those of {incident.timezone}.\n\n{evidence}\n\n## Statements\n\n{statements}\n",
        force=False,
    )
    blanks = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    write_whole(folder / f"{case.name}.jsonl", blanks, force=False)
    return sheet


def _last(item: Evidence, incident: Incident) -> datetime:
    return (item.until or item.at).astimezone(incident.zone)
