"""What a model's reading adds to the rules' on labelled sentences, from recorded answers.

    python -m evals.second_reading [--misses]
    OPENAI_API_KEY=… python -m evals.second_reading --record --base-url URL --model NAME

The sentences of a set are told as documents of some forty, one request each, with headings for the sections and the
roster of all of them. A request holds no label and nothing of what the rules found, so a changed rule leaves the
recorded answers good. What a model points at counts as in `pmdraft check --model`: its words must stand there, and
rules decide the level. Exits 1 when a floor is missed.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from evals.blameless import DATA, Case, list_misses, read_cases, scores
from evals.ending import ended
from pmdraft.blameless import Blame
from pmdraft.commands.exits import tell
from pmdraft.errors import PmdraftError
from pmdraft.llm.recording import ReplayModel
from pmdraft.llm.seam import Model
from pmdraft.running.run_model import ModelOptions, RunModel
from pmdraft.second_reading import Reading, read_again

RECORDED = DATA / "second_reading.jsonl"
SETS = ("dev_set.jsonl", "third_set.jsonl", "sixth_set.en.jsonl", "sixth_set.ja.jsonl")
FLOORS = {"precision": 0.93, "recall": 0.90}
_IN_A_DOCUMENT = 42


class Document(NamedTuple):
    """Labelled sentences told as one text."""

    text: str
    people: tuple[str, ...]
    places: tuple[tuple[int, Case], ...]
    """Where each sentence begins."""


def documents(cases: Iterable[Case]) -> Iterator[Document]:
    """The sentences of one language as documents; what is marked as somebody's words is in none."""
    told = [case for case in cases if case.row.get("context") != "transcript_quote"]
    count = -(-len(told) // _IN_A_DOCUMENT) or 1
    size = -(-len(told) // count)
    for first in range(0, len(told), size):
        yield _document(sorted(told[first : first + size], key=_place))


def _place(case: Case) -> tuple[str, bytes]:
    """By section; within one, in an order that tells nothing of the labels, which some sets are sorted by."""
    return str(case.row["context"]), hashlib.sha256(case.row["id"].encode()).digest()


def _document(cases: list[Case]) -> Document:
    text, section = "", None
    places = []
    for case in cases:
        if case.row["context"] != section:
            section = case.row["context"]
            text += f"# {str(section).replace('_', ' ').capitalize()}\n\n"
        places.append((len(text), case))
        text += case.row["text"] + "\n\n"
    people = dict.fromkeys(name for case in cases for name in case.row["people"])
    return Document(text, tuple(people), tuple(places))


def with_reading(document: Document, reading: Reading) -> list[Case]:
    """The cases of a document with what the model pointed at besides."""
    return [case._replace(found=(*case.found, *_fresh(case, start, reading.found))) for start, case in document.places]


def _fresh(case: Case, start: int, pointed_at: tuple[Blame, ...]) -> Iterator[Blame]:
    for blame in pointed_at:
        moved = blame._replace(start=blame.start - start, end=blame.end - start)
        inside = 0 <= moved.start < len(case.row["text"])
        if inside and all(moved.end <= known.start or known.end <= moved.start for known in case.found):
            yield moved


def report_set(name: str, model: Model, *, misses: bool) -> list[str]:
    """Print a set's scores by rules alone and with the model; the floors that are missed."""
    cases = read_cases(DATA / name)
    failures: list[str] = []
    for language in sorted({case.row["lang"] for case in cases}):
        alone = [case for case in cases if case.row["lang"] == language]
        asked = list(documents(alone))
        readings = _readings(asked, model)
        both = [
            case for document, reading in zip(asked, readings, strict=True) for case in with_reading(document, reading)
        ]
        in_documents = {case.row["id"] for case in both}
        both += [case for case in alone if case.row["id"] not in in_documents]
        print(f"\n== {name} {language}: {len(alone)} sentences, {len(asked)} requests")
        print(f"  {'':10} {'rules alone':36} with the model")
        before, after = scores(alone), scores(both)
        for measure, share in after.items():
            missed = share.value < FLOORS.get(measure, 0.0)
            failures += [f"{name} {language} {measure}"] if missed else []
            print(f"  {measure:10} {before[measure]!s:36} {share}{'   BELOW THE FLOOR' if missed else ''}")
        print(
            f"  pointed at {sum(each.added for each in readings)}, set aside {sum(each.dropped for each in readings)}"
        )
        print(
            f"  rewrites shown {sum(each.rewritten for each in readings)}, "
            f"refused {sum(each.refused for each in readings)}"
        )
        if misses:
            list_misses(both)
    return failures


def _readings(asked: list[Document], model: Model) -> list[Reading]:
    # All at once: whoever answers by hand sees all that is open.
    with ThreadPoolExecutor(max_workers=len(asked)) as pool:
        return list(pool.map(lambda each: read_again(each.text, (), model, people=each.people), asked))


def main(arguments: list[str]) -> int:
    """Print every table, or record answers first; 1 when a floor is missed."""
    parser = argparse.ArgumentParser(prog="python -m evals.second_reading", description=__doc__)
    parser.add_argument("--record", action="store_true", help="ask an endpoint for what is not recorded yet")
    parser.add_argument("--base-url", help="OpenAI-compatible endpoint to ask")
    parser.add_argument("--model", default="hand-answered", help="name that the recording is labelled with")
    parser.add_argument("--timeout", type=float, default=7200.0, help="most seconds to wait for an answer")
    parser.add_argument("--misses", action="store_true", help="list every sentence that went wrong")
    options = parser.parse_args(arguments)
    try:
        model: Model = _asked(options) if options.record else ReplayModel(RECORDED)
    except PmdraftError as error:
        tell(f"error: {error}")
        return 2
    print(f"answered by {model.name}; as many as {_IN_A_DOCUMENT} sentences a request")
    sets = [name for name in SETS if (DATA / name).exists()]
    if options.record:
        # Every request is open before the first is answered.
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda name: _record(DATA / name, model), sets))
    failures = [failure for name in sets for failure in report_set(name, model, misses=options.misses)]
    print("\nbelow the floors: " + (", ".join(failures) or "nothing"))
    return 1 if failures else 0


def _record(path: Path, model: Model) -> None:
    cases = read_cases(path)
    for_all = [
        document
        for language in sorted({case.row["lang"] for case in cases})
        for document in documents(case for case in cases if case.row["lang"] == language)
    ]
    _readings(for_all, model)


def _asked(options: argparse.Namespace) -> Model:
    said = ModelOptions(
        model=options.model, base_url=options.base_url, record=RECORDED, timeout=options.timeout, cache=False
    )
    model = RunModel(said, tell).model
    assert model is not None  # noqa: S101 - it is named
    return model


if __name__ == "__main__":
    sys.exit(ended(lambda: main(sys.argv[1:])))
