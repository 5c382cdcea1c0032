"""Every check rule is whole, true to its own examples, told in the docs, and can be turned off."""

from dataclasses import replace
from pathlib import Path

import pytest

from pmdraft.checks import run_checks
from pmdraft.checks.rule_pages import pages
from pmdraft.checks.rules import CheckRule, Example, check_rule, check_rules, known_names
from pmdraft.draft import draft_postmortem
from pmdraft.errors import UsageError
from pmdraft.language import Language
from pmdraft.settings import Settings
from pmdraft.statement import Statement, Support
from tests.builders import incident, postmortem
from tests.checks.examples import findings_of

ROOT = Path(__file__).parents[2]
RULES = check_rules().values()
FLAGGED = [pytest.param(rule, example, id=f"{rule.id}-{n}") for rule in RULES for n, example in enumerate(rule.flags)]
PASSED = [pytest.param(rule, example, id=f"{rule.id}-{n}") for rule in RULES for n, example in enumerate(rule.passes)]


@pytest.mark.parametrize(("rule", "example"), FLAGGED)
def test_a_rule_flags_its_own_example(rule: CheckRule, example: Example) -> None:
    found = findings_of(example)

    assert rule.id in [finding.rule for finding in found]
    assert all(finding.level is rule.level for finding in found if finding.rule == rule.id)


@pytest.mark.parametrize(("rule", "example"), PASSED)
def test_a_rule_leaves_its_near_miss_alone(rule: CheckRule, example: Example) -> None:
    assert rule.id not in [finding.rule for finding in findings_of(example)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_brings_its_proof_and_says_all_in_both_languages(rule: CheckRule) -> None:
    texts = (rule.title, rule.message, rule.why, rule.suggestion, rule.limits)

    assert rule.flags
    assert rule.passes
    assert all(text.ja and text.en and text.ja != text.en for text in texts)


def test_the_docs_are_made_from_the_rules() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "checks").glob("*.md")}

    assert written == pages(), "run: python -m pmdraft.checks.rule_pages docs/checks"


@pytest.mark.parametrize("name", ["citation.missing", "citation"])
def test_a_rule_or_family_that_is_ignored_finds_and_marks_nothing(name: str) -> None:
    draft = postmortem(what_happened=(Statement(text="All regions were down."),))

    checked, findings = run_checks(draft, incident(), Language.EN, ignore=[name])

    assert not findings
    assert checked.what_happened[0].support is Support.UNCHECKED


def test_a_rule_that_there_is_not_cannot_be_ignored() -> None:
    assert known_names(["grounding", "grounding.number", "blameless"])
    with pytest.raises(UsageError, match=r"no check rule or family 'grounding\.nubmer'"):
        draft_postmortem(incident(), settings=Settings(ignore=("grounding.nubmer",)))


def test_a_rule_read_alone_says_what_it_says_among_the_others() -> None:
    for name, rule in check_rules().items():
        assert check_rule(name) == replace(rule, flags=(), passes=())
