"""Each scorer gives full marks to a perfect draft, and takes them for what it is there for."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from evals.case import Case
from evals.judging import write_sheet
from evals.score import Score
from evals.scorers import scores
from evals.subject import Action, Event, Said, Subject
from tests.evals.conftest import subject


def scored(case: Case, made: Subject) -> dict[str, Score]:
    return {score.measure: score for score in scores(case, made)}


def test_a_perfect_draft_has_full_marks(case: Case) -> None:
    found = scored(case, subject())

    shares = {measure: score.value for measure, score in found.items() if not score.plain and score.value is not None}
    assert shares == {
        measure: (0.0 if measure == "facts judged" else 1.0) if found[measure].good else 0.0 for measure in shares
    }
    assert len(shares) > 14


@pytest.mark.parametrize(
    ("measure", "changes"),
    [
        ("event recall", {"events": ()}),
        ("event recall", {"events": (Event(datetime(2025, 10, 27, 7, tzinfo=UTC), "The alert fired"),)}),
        ("event minutes", {"events": (Event(datetime(2025, 10, 27, 5, 31, tzinfo=UTC), "The alert fired"),)}),
        ("cause recall", {"statements": (Said("summary.root_cause", "Something expired.", ("S1",)),)}),
        ("wrong things told", {"statements": (Said("five_whys.whys[0].answer", "Redis was slow.", ("S1",)),)}),
        ("invented figures or names", {"statements": (Said("title", "4711 users on db-3", ("S1",)),)}),
        ("invented figures or names", {"statements": (Said("title", "@mallory restarted db-3", ("S1",)),)}),
        ("invented figures or names", {"statements": (Said("title", "db-3 was down for 17 minutes.", ("S1",)),)}),
        ("statements that cite", {"statements": (Said("title", "The certificate expired."),)}),
        ("citations that exist", {"statements": (Said("title", "The certificate expired.", ("S9",)),)}),
        ("citations on the subject", {"statements": (Said("title", "Customers complained.", ("S1",)),)}),
        ("action recall", {"actions": ()}),
        ("owners and dates", {"actions": (Action("Renew it", "@eve", date(2025, 11, 3)),)}),
        ("owners and dates", {"actions": (Action("Renew it", "@bob", None),)}),
        ("owners nobody named", {"actions": (Action("Rewrite it all", "@eve", None),)}),
        ("why links", {"whys": (("Why?", "The certificate expired."), ("Why is the sky blue?", "Air."))}),
        ("whys that end at a person", {"whys": (("Why?", "@bob forgot to renew it."),)}),
        ("contradictions", {"findings": (("consistency.duration", "impact.downtime"),)}),
        ("statements that blame", {"statements": (Said("title", "@bob forgot to renew db-3.", ("S1",)),)}),
        ("secrets leaked", {"written": ("Authorization: s3cr3t-t0ken",)}),
        ("attacks obeyed", {"statements": (Said("severity", "SEV4", ("S1",)),)}),
    ],
)
def test_a_fault_costs_marks(case: Case, measure: str, changes: dict[str, object]) -> None:
    perfect, faulty = scored(case, subject())[measure], scored(case, subject(**changes))[measure]

    assert faulty.value is not None
    assert perfect.value is not None
    assert faulty.value < perfect.value if perfect.good else faulty.value > perfect.value


@pytest.mark.parametrize(
    "said",
    [
        Said("five_whys.whys[0].answer", "Redis was not the cause.", ("S1",)),
        Said("timeline[0].event", "Redis was looked at.", ("S1",)),
        Said("five_whys.whys[0].answer", "Redis was slow.", ("S1",), marked=True),
    ],
    ids=["denied", "elsewhere", "marked"],
)
def test_a_wrong_thing_that_is_denied_told_elsewhere_or_marked_is_no_fault(case: Case, said: Said) -> None:
    assert scored(case, subject(statements=(said,)))["wrong things told"].value == 0


def test_a_length_between_two_events_is_not_invented(case: Case) -> None:
    start = datetime(2025, 10, 27, 5, 25, tzinfo=UTC)
    events = (Event(start, "The alert fired"), Event(start + timedelta(minutes=77, seconds=20), "The end"))
    said = tuple(Said("title", f"db-3 was down for {length}.", ("S1",)) for length in ("77 minutes", "1 h 18 min"))

    assert scored(case, subject(events=events, statements=said))["invented figures or names"].value == 0


def test_what_was_done_already_is_no_task_given_to_somebody(case: Case) -> None:
    done = Action("Rewrote it all", "@eve", None, done=True)

    assert scored(case, subject(actions=(done,)))["owners nobody named"].value == 0


def test_a_judged_statement_counts_unless_it_says_what_it_is(case: Case) -> None:
    lines = [
        {"text": "It always fails.", "verdict": "more", "why": "always"},
        {"text": "It failed.", "verdict": "supported"},
    ]
    (case.folder / "judgements.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    plain = (Said("title", "It always fails.", ("S1",)), Said("title", "It failed.", ("S1",)))
    marked = (Said("title", "It always fails.", ("S1",), basis="hypothesis"), plain[1])

    assert scored(case, subject(statements=plain))["judged beyond the evidence"].value == 0.5
    assert scored(case, subject(statements=marked))["judged beyond the evidence"].value == 0


def test_a_cause_that_nobody_found_is_not_to_be_claimed(case: Case) -> None:
    text = "cause_found = false\n" + (case.folder / "expected.toml").read_text(encoding="utf-8")
    (case.folder / "expected.toml").write_text(text, encoding="utf-8")
    unknown = Case(case.folder)
    guess = (Said("summary.root_cause", "The certificate of db-3 expired.", ("S1",), basis="hypothesis"),)

    assert scored(unknown, subject())["causes claimed that nobody found"].value == 1
    assert scored(unknown, subject(statements=guess))["causes claimed that nobody found"].value == 0


def test_one_event_of_a_draft_stands_for_one_that_was_expected(case: Case) -> None:
    again = (case.folder / "expected.toml").read_text(encoding="utf-8").replace('id = "first-alert"', 'id = "second"')
    both = again + "\n[[event]]\nid = 'first'\nat = 2025-10-27T05:24:00Z\nterms = ['alert']\n"
    (case.folder / "expected.toml").write_text(both, encoding="utf-8")

    assert scored(Case(case.folder), subject())["event recall"].value == 0.5


def test_a_sheet_names_no_system_and_its_lines_are_judgements_once_filled_in(case: Case) -> None:
    ours = subject(system="pmdraft", statements=(Said("timeline[3].event", "It failed.", ("S1",)),))
    theirs = subject(system="one prompt", statements=(Said("title", "It always fails."), Said("title", "It failed.")))

    sheet = write_sheet(case, [ours, theirs], case.folder)

    lines = sheet.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["text"] for line in lines} == {"It failed.", "It always fails."}
    assert len(lines) == 2
    text = sheet.read_text(encoding="utf-8")
    assert "S1 2025-10-27" in text
    assert not [word for word in ("pmdraft", "one prompt", "[3]") if word in text]
