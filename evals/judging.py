"""Sheets for a reader who judges statements against the evidence without knowing what made them.

A sheet holds the whole evidence and the statements of all systems together, each once, in an order that tells nothing.
Its blank lines, filled in, are the case's `judgements.jsonl`.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from evals.case import Case
from evals.subject import Subject
from pmdraft.output import write_whole

_INDEX = re.compile(r"\[\d+\]")
_TASK = """Judge every statement below against the evidence, and against nothing else that you may know.

- `supported`: all that it says is in the evidence or follows from it (a sum, a difference, a summary of messages).
- `more`: something in it is not in the evidence: a stronger certainty or wider scope (always, all, the cause), an
  invented detail, reason, owner or date, another thing than the one that was meant.
- `wrong`: the evidence says otherwise.

A question, a heading, or advice that is worded as a proposal claims nothing by itself: judge only what it takes for
granted. `why` says in a few words what is too much, and is empty for `supported`.
"""


def write_sheet(case: Case, subjects: Iterable[Subject], folder: Path) -> Path:
    """The sheet (`CASE.md`) and its blank lines (`CASE.jsonl`) in a folder; the path of the sheet.

    Raises:
        InputError: one of them is there already.
    """
    made = list(subjects)
    sections = {said.text: _INDEX.sub("", said.path) for subject in made for said in subject.statements}
    shuffled = sorted(sections, key=lambda text: hashlib.sha256(text.encode()).digest())
    incident = made[0].incident
    evidence = "\n".join(
        f"- {item.id} {at:%Y-%m-%d %H:%M:%S} {item.author or item.source.value}: {item.text}"
        for item in incident.evidence
        for at in [item.at.astimezone(incident.zone)]
    )
    statements = "\n".join(f"{n}. ({sections[text]}) {text}" for n, text in enumerate(shuffled, 1))
    lines = [{"text": text, "verdict": "", "why": ""} for text in shuffled]
    sheet = folder / f"{case.name}.md"
    write_whole(sheet, f"{_TASK}\n## Evidence\n\n{evidence}\n\n## Statements\n\n{statements}\n", force=False)
    blanks = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    write_whole(folder / f"{case.name}.jsonl", blanks, force=False)
    return sheet
