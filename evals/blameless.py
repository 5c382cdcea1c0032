"""How well the blameless checker does, against the bars that it owes.

    python -m evals.blameless [--reports FOLDER] [--template FILE] [--misses] [--set FILE …]

Exits 1 when a floor is missed.
"""

import argparse
import json
import math
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from evals.ending import ended
from pmdraft.blameless import Blame, check_markdown
from pmdraft.blameless.rewriting import facts_of
from pmdraft.findings import Level

DATA = Path(__file__).parent.parent / "tests" / "data" / "blameless"


class Labelled(NamedTuple):
    """A file of labelled sentences, and what the rules owe to it."""

    path: Path
    mark: str
    """How far the rules know it."""
    is_gate: bool
    """Whether a missed floor here fails the run."""


SETS = (
    Labelled(DATA / "dev_set.jsonl", "tuned: the rules were made with it in sight", is_gate=True),
    Labelled(DATA / "second_set.jsonl", "tuned: the rules' own author wrote it", is_gate=True),
    Labelled(DATA / "fourth_set.en.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "fourth_set.ja.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "fifth_set.en.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "fifth_set.ja.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "sixth_set.en.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "sixth_set.ja.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "seventh_set.en.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "seventh_set.ja.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "eighth_set.en.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "eighth_set.ja.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "ninth_set.ja.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "tenth_set.ja.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "eleventh_set.ja.jsonl", "tuned: its misses showed which classes lacked words", is_gate=True),
    Labelled(DATA / "third_set.jsonl", "blind: no rule was changed because of it", is_gate=False),
    Labelled(DATA / "twelfth_set.en.jsonl", "blind: no rule was changed because of it", is_gate=False),
    Labelled(DATA / "twelfth_set.ja.jsonl", "blind: no rule was changed because of it", is_gate=False),
)
REPORTS = DATA / "postmortems"
TEMPLATE = DATA / "seed_postmortem_template.ja.md"
FLOORS = {
    "precision": 0.90,
    "recall": 0.70,
    "span": 0.95,
    "level": 0.80,
    "soft": 0.15,
    "neutral": 0.08,
    "false per 1,000 lines": 2.0,
}


class Case(NamedTuple):
    """One labelled sentence and what the checker said of it."""

    row: dict[str, Any]
    found: tuple[Blame, ...]

    @property
    def flagged(self) -> tuple[Blame, ...]:
        """The findings that count: warnings and errors."""
        return tuple(blame for blame in self.found if blame.level is not Level.INFO)

    @property
    def positive(self) -> bool:
        """Whether the label says blame."""
        return self.row["label"] in {"blame", "counterfactual"}


class Share(NamedTuple):
    """So many of so many, with what that says of the rest (Wilson, 95 %)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share itself; 1 of nothing."""
        return self.hits / self.of if self.of else 1.0

    def __str__(self) -> str:
        """The share, its interval and its counts."""
        low, high = wilson(self.hits, self.of)
        return f"{self.value:6.3f}  [{low:.2f}, {high:.2f}]  {self.hits}/{self.of}"


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def read_cases(path: Path) -> list[Case]:
    """The labelled sentences of a file, each checked."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Case(row, check_markdown(row["text"], people=row["people"], context=row.get("context"))) for row in rows]


def scores(cases: Iterable[Case]) -> dict[str, Share]:
    """Every measure of the bars that labelled sentences can tell."""
    cases = list(cases)
    positives = [case for case in cases if case.positive]
    neutral = [case for case in cases if case.row["label"] == "neutral"]
    soft = [case for case in cases if case.row["label"] == "soft"]
    caught = [case for case in positives if case.flagged]
    false = [case for case in neutral if case.flagged]
    return {
        "precision": Share(len(caught), len(caught) + len(false)),
        "recall": Share(len(caught), len(positives)),
        "span": Share(sum(overlaps(case) for case in caught), len(caught)),
        "level": Share(sum(right_level(case) for case in caught), len(caught)),
        "soft": Share(sum(bool(case.flagged) for case in soft), len(soft)),
        "neutral": Share(sum(bool(case.found) for case in neutral), len(neutral)),
    }


def overlaps(case: Case) -> bool:
    """Whether a finding touches a marked span."""
    return any(blame.start < end and start < blame.end for blame in case.flagged for start, end in case.row["spans"])


def right_level(case: Case) -> bool:
    """Whether the gravest finding is as grave as the label says."""
    return gravest(case).level == Level(case.row["severity"])


def by_group(
    cases: list[Case], label: Callable[[Case], str], said: Callable[[Case], str]
) -> dict[str, tuple[Share, Share]]:
    """Precision of what was flagged as each group, and recall of what is labelled so.

    Args:
        cases: sentences of one language.
        label: the group that the label puts a sentence in.
        said: the group of the gravest finding of a flagged sentence.
    """
    labelled = Counter(label(case) for case in cases if case.positive)
    caught = Counter(label(case) for case in cases if case.positive and case.flagged)
    flagged = Counter(said(case) for case in cases if case.flagged and case.row["label"] != "soft")
    right = Counter(said(case) for case in cases if case.flagged and case.positive)
    return {
        name: (Share(right[name], flagged[name]), Share(caught[name], labelled[name]))
        for name in sorted({*labelled, *flagged})
    }


def gravest(case: Case) -> Blame:
    """The finding that a flagged sentence is known by: the first of the gravest level."""
    return min(case.flagged, key=lambda blame: list(Level).index(blame.level))


def report_set(labelled: Labelled, *, misses: bool) -> list[str]:
    """Print one labelled set's scores; return the floors that it misses."""
    path = labelled.path
    cases = read_cases(path)
    failures: list[str] = []
    print(f"\n== {path.name}: {len(cases)} sentences ({labelled.mark})")
    for language in sorted({case.row["lang"] for case in cases}):
        chosen = [case for case in cases if case.row["lang"] == language]
        for name, share in scores(chosen).items():
            at_most = name in {"soft", "neutral"}
            missed = share.value > FLOORS[name] if at_most else share.value < FLOORS[name]
            failures += [f"{path.name} {language} {name}"] if missed else []
            print(f"  {language} {name:10} {share}{'   BELOW THE FLOOR' if missed else ''}")
        by_category = by_group(chosen, lambda case: case.row["category"], lambda case: gravest(case).category)
        by_level = by_group(chosen, lambda case: case.row["severity"], lambda case: gravest(case).level.value)
        for what, groups in (("category", by_category), ("level", by_level)):
            print(f"  {language} by {what:25} precision of what was flagged so      recall of what is labelled so")
            for name, (precision, recall) in groups.items():
                print(f"    {name:28} {precision!s:36} {recall}")
    right = [gravest(case).category == case.row["category"] for case in cases if case.positive and case.flagged]
    print(f"  category agrees: {Share(sum(right), len(right))}")
    failures += report_suggestions(cases, path.name)
    if misses:
        list_misses(cases)
    return failures


def report_suggestions(cases: list[Case], name: str) -> list[str]:
    """Print whether every suggestion passes the checker and keeps each number and identifier."""
    blames = [(case, blame) for case in cases for blame in case.found]
    clean = [not check_markdown(blame.suggestion, people=case.row["people"]) for case, blame in blames]
    kept = [all(fact in blame.suggestion for fact in facts_near(case, blame)) for case, blame in blames]
    print(f"  suggestions pass the checker: {Share(sum(clean), len(clean))}")
    print(f"  suggestions keep every fact:  {Share(sum(kept), len(kept))}")
    return [f"{name} suggestions"] if not all([*clean, *kept]) else []


def facts_near(case: Case, blame: Blame) -> Iterable[str]:
    """Numbers and identifiers of the line that the finding stands in."""
    text = case.row["text"]
    line = text[text.rfind("\n", 0, blame.start) + 1 :].split("\n", 1)[0]
    return (fact for fact in facts_of(line) if re.search(r"[\d_./`]", fact))


def list_misses(cases: list[Case]) -> None:
    """Print every sentence that went wrong."""
    for case in cases:
        label = case.row["label"]
        wrong = (case.positive and not case.flagged) or (label in {"soft"} and case.flagged)
        wrong = wrong or (label == "neutral" and bool(case.found))
        kind = "" if wrong else "level" if case.flagged and not right_level(case) else ""
        kind = kind or ("span" if case.positive and case.flagged and not overlaps(case) else "")
        if wrong or kind:
            found = [(b.rule.id, b.level.value, b.text) for b in case.found]
            print(f"    {label:8} {case.row['severity']:7} {kind:5} {case.row['id']} {case.row['text']!r} {found}")


def report_reports(folder: Path) -> list[str]:
    """Print every warning in the real reports with its judgement, and how many are false per 1,000 lines."""
    judged = read_judgements(REPORTS / "judged.toml")
    lines: Counter[str] = Counter()
    false: Counter[str] = Counter()
    infos: Counter[str] = Counter()
    print(f"\n== real reports in {folder}")
    for path in sorted(folder.glob("*/*.md")):
        if path.parent.name == "LICENSES":
            continue
        language = "ja" if path.parent.name in {"alt", "mulukhiya"} else "en"
        text = path.read_text(encoding="utf-8")
        lines[language] += prose_lines(text)
        for blame in check_markdown(text):
            number = text.count("\n", 0, blame.start) + 1
            if blame.level is Level.INFO:
                infos[language] += 1
                continue
            place = f"{path.parent.name}/{path.name}"
            right, why = judged.get((place, number), (False, "not judged yet"))
            false[language] += not right
            print(
                f"  {'right' if right else 'FALSE'} {language} {place}:{number} {blame.rule.id} {blame.text!r} ({why})"
            )
    failures = []
    for language, count in sorted(lines.items()):
        rate = 1000 * false[language] / count
        print(f"  {language}: {false[language]} false in {count} lines = {rate:.2f} per 1,000; {infos[language]} infos")
        failures += [f"reports {language}"] if rate > FLOORS["false per 1,000 lines"] else []
    return failures


def read_judgements(path: Path) -> dict[tuple[str, int], tuple[bool, str]]:
    """Whether a warning at a line of a report is right, and why, as somebody judged it."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["warning"]
    return {(row["report"], row["line"]): (row["right"], row["why"]) for row in rows}


def prose_lines(text: str) -> int:
    """Lines that are neither blank nor inside a fence."""
    fenced = False
    count = 0
    for line in text.splitlines():
        if re.match(r"\s*(```|~~~)", line):
            fenced = not fenced
        elif line.strip() and not fenced:
            count += 1
    return count


def report_template(path: Path) -> list[str]:
    """Print what the checker says of the seed template, which blames nobody."""
    found = [blame for blame in check_markdown(path.read_text(encoding="utf-8")) if blame.level is not Level.INFO]
    print(f"\n== {path.name}: {len(found)} warnings {[(b.rule.id, b.text) for b in found]}")
    return ["seed template"] if found else []


def main(arguments: list[str]) -> int:
    """Print every table; 1 when a floor is missed."""
    parser = argparse.ArgumentParser(prog="python -m evals.blameless", description=__doc__)
    parser.add_argument("--set", dest="sets", type=Path, action="append", help="labelled sentences (default: all)")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder of real reports")
    parser.add_argument("--template", type=Path, default=TEMPLATE, help="template that must stay silent")
    parser.add_argument("--misses", action="store_true", help="list every sentence that went wrong")
    options = parser.parse_args(arguments)
    failures: list[str] = []
    told: list[str] = []
    given = [Labelled(path, "given", is_gate=True) for path in options.sets or ()]
    for labelled in given or SETS:
        (failures if labelled.is_gate else told).extend(report_set(labelled, misses=options.misses))
    failures += report_reports(options.reports)
    failures += report_template(options.template)
    print("\nbelow the floors: " + (", ".join(failures) or "nothing"))
    print("below the floors on blind sets, which is no gate: " + (", ".join(told) or "nothing"))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(ended(lambda: main(sys.argv[1:])))
