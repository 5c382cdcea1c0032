from pathlib import Path

import pytest

from pmdraft.blameless import check_text
from pmdraft.blameless.kept import contents
from pmdraft.blameless.needles import needles
from pmdraft.blameless.rule_pages import pages
from pmdraft.blameless.rules import Example, Rule, built_in, from_files, parse
from pmdraft.errors import InputError
from pmdraft.language import Language

ROOT = Path(__file__).parents[2]
FLAGGED = [
    pytest.param(rule, example, id=f"{rule.id}-{n}") for rule in built_in() for n, example in enumerate(rule.flags)
]
PASSED = [pytest.param(rule, text, id=f"{rule.id}-{n}") for rule in built_in() for n, text in enumerate(rule.passes)]
WHOLE_RULE = """
[[rule]]
id = "en.kevin"
category = "sarcasm"
patterns = ['did a kevin']
levels = { nobody = "warning" }
why = "Mocks a person."
"""


@pytest.mark.parametrize(("rule", "example"), FLAGGED)
def test_a_rule_flags_its_own_example_at_its_level(rule: Rule, example: Example) -> None:
    found = check_text(example.text, people=example.people, context=example.context, rules=[rule])

    assert [blame.level for blame in found][:1] == [example.level]


@pytest.mark.parametrize(("rule", "text"), PASSED)
def test_a_rule_leaves_its_near_miss_alone(rule: Rule, text: str) -> None:
    section = next(iter(sorted(rule.sections)), None)

    assert check_text(text, people=["dana", "高村"], context=section, rules=[rule]) == ()


@pytest.mark.parametrize("rule", built_in(), ids=lambda rule: rule.id)
def test_a_rule_brings_its_own_proof(rule: Rule) -> None:
    assert rule.flags
    assert rule.passes
    assert rule.why.ja != rule.why.en
    assert rule.ask.ja != rule.ask.en


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("rule", built_in(), ids=lambda rule: rule.id)
def test_what_a_rule_says_blames_nobody(rule: Rule, language: Language) -> None:
    assert check_text(rule.ask.to(language)) == ()


def test_no_two_rules_share_an_id() -> None:
    ids = [rule.id for rule in built_in()]

    assert len(ids) == len(set(ids))


def test_what_is_kept_of_the_rules_is_what_they_say() -> None:
    folder = ROOT / "pmdraft" / "blameless" / "lexicon"

    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}

    assert written == contents(), "run: python -m pmdraft.blameless.kept"


def test_the_docs_are_made_from_the_rules() -> None:
    folder = ROOT / "docs" / "rules"

    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}

    assert written == pages(), "run: python -m pmdraft.blameless.rule_pages docs/rules"


def test_a_needle_is_in_every_match() -> None:
    assert needles(r"(?:missed|forgot) (?:the page|an alarm)") == (
        frozenset({"missed ", "forgot "}),
        frozenset({" the page", " an alarm"}),
    )
    assert needles(r"x?") == ()


def test_a_users_rule_works_as_the_built_in_ones_do(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(WHOLE_RULE, encoding="utf-8")

    found = check_text("The intern did a Kevin.", rules=from_files([file]))

    assert [(blame.rule.id, blame.text) for blame in found] == [("en.kevin", "did a Kevin")]


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("not toml", r"mine\.toml: not TOML"),
        ("a = 1", r"no \[\[rule\]\] table"),
        (WHOLE_RULE.replace("why =", "reason ="), r"rule 1 \(en\.kevin\): unknown key 'reason'"),
        (WHOLE_RULE.replace("sarcasm", "rudeness"), "unknown category 'rudeness'"),
        (WHOLE_RULE.replace("did a kevin", "(did"), "a pattern cannot be used"),
        (WHOLE_RULE.replace("did a kevin", "{no_such_class}"), "a pattern cannot be used"),
        (WHOLE_RULE.replace('"en.kevin"', '"fr.kevin"'), "cannot be used"),
        (WHOLE_RULE.replace("patterns = ['did a kevin']", "patterns = []"), "no 'patterns'"),
        (WHOLE_RULE.replace("patterns = ['did a kevin']", "patterns = 'did'"), "'did' is no list of strings"),
        (WHOLE_RULE.replace("patterns = ['did a kevin']", "patterns = [1]"), "no list of strings"),
        (WHOLE_RULE + "except = [1]", "no list of strings"),
        (WHOLE_RULE + "except_next = 1", "1 is no string"),
        (WHOLE_RULE + "fix = 1", "1 is no string"),
        (WHOLE_RULE.replace("did a kevin", "a{99999999999}"), "a pattern cannot be used"),
        (WHOLE_RULE.replace("did a kevin", "(" * 2000 + ")" * 2000), "a pattern cannot be used"),
        ("rule = [1]", r"no \[\[rule\]\] table"),
    ],
)
def test_a_broken_rule_is_one_clear_error(broken: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse(broken, origin="mine.toml")


@pytest.mark.parametrize("key", ["patterns = ['(a+)+$']", "patterns = ['a']\nexcept = ['(a+)+$']"])
def test_a_pattern_that_would_take_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setattr("pmdraft.blameless.patience.SECONDS", 0.2)
    rules = parse(WHOLE_RULE.replace("patterns = ['did a kevin']", key), origin="mine.toml")

    with pytest.raises(InputError, match=r"rule 'en\.kevin': takes more than"):
        check_text("a" * 40 + "!", rules=rules)
    assert check_text("The intern did a Kevin.", rules=parse(WHOLE_RULE, origin="mine.toml"))
