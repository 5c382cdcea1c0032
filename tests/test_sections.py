"""Sections of a template's own, and sections that people write themselves."""

from pathlib import Path

import pytest

from pmdraft import render_markdown
from pmdraft.draft import Draft, draft_postmortem
from pmdraft.errors import InputError, UsageError
from pmdraft.language import Language
from pmdraft.sections import BUILT_IN, Section, read_sections, stage_models, with_human_only
from pmdraft.settings import Settings
from pmdraft.wire import OpenQuestion, QuestionsAnswer, SectionAnswer, SectionQuestions
from tests.builders import evidence, incident
from tests.scripted import ScriptedModel, causes_answer, claim, impact_answer, learning_answer, quoted

WHOLE = incident(
    evidence("S1", "API is down"),
    evidence("S2", "customers were told by mail at 15:00", at="2025-10-27T15:01:00+09:00"),
)
TOLD = quoted("S2", "customers were told by mail at 15:00")
CUSTOMERS = Section(
    id="customers",
    title={Language.JA: "顧客への連絡", Language.EN: "What customers were told"},
    instructions="Who was told what,\nand when.",
)
FILE = """
[[section]]
id = "customers"
title = { ja = "顧客への連絡", en = "What customers were told" }
instructions = "Who was told what, and when."
model = "small-1"

[[section]]
id = "five_whys"
human_only = true
"""


def draft(model: ScriptedModel | None, *sections: Section, language: Language = Language.EN) -> Draft:
    return draft_postmortem(WHOLE, model=model, settings=Settings(language=language, sections=sections))


def questions(section: str, question: str) -> QuestionsAnswer:
    asked = OpenQuestion(evidence=["S2"], question=question, ask="support")
    return QuestionsAnswer(sections=[SectionQuestions(section=section, questions=[asked])])


# Reading them.


def test_a_folder_of_templates_may_tell_of_sections(tmp_path: Path) -> None:
    (tmp_path / "sections.toml").write_text(FILE, encoding="utf-8")

    customers, whys = read_sections(tmp_path)

    assert (customers.id, customers.model, customers.human_only) == ("customers", "small-1", False)
    assert customers.heading(Language.JA) == "顧客への連絡"
    assert (whys.id, whys.human_only, whys.is_built_in) == ("five_whys", True, True)


def test_a_folder_need_not_tell_of_any(tmp_path: Path) -> None:
    assert read_sections(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[section]", "not TOML"),
        ("[[section]]\nid = 'Not A Name'", "no id"),
        ("[[section]]\nid = 'timeline'\nhuman_only = true", "computed from"),
        ("[[section]]\nid = 'x'\ninstructions = 'y'", "has no title"),
        ("[[section]]\nid = 'x'\ntitle = {en = 'X'}", "has no instructions"),
        ("[[section]]\nid = 'lessons'\ninstructions = 'y'", "pmdraft's own"),
        ("[[section]]\nid = 'x'\ntitle = {fr = 'X'}\ninstructions = 'y'", "section.0.title.fr"),
        ("[[section]]\nid = 'x'\nprompt = 'y'", "section.0.prompt"),
        ("[[section]]\nid='x'\nhuman_only=true\ntitle={en='X'}\n" * 2, "the same id"),
    ],
)
def test_a_mistake_in_it_is_told_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "sections.toml").write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=message) as raised:
        read_sections(tmp_path)
    assert "\n" not in str(raised.value)
    assert str(tmp_path / "sections.toml") in str(raised.value)


def test_a_section_that_there_is_not_cannot_be_kept_for_people() -> None:
    assert [section.human_only for section in with_human_only([CUSTOMERS], ["customers", "lessons"])] == [True, True]
    with pytest.raises(UsageError, match="no section 'lesson'"):
        with_human_only([CUSTOMERS], ["lesson"])


def test_a_section_names_its_model_and_the_command_line_has_the_last_word() -> None:
    own = CUSTOMERS.model_copy(update={"model": "small-1"})

    assert stage_models([own], ["causes=large-1"]) == {"section-customers": "small-1", "causes": "large-1"}
    assert stage_models([own], ["customers = large-1"]) == {"section-customers": "large-1"}


@pytest.mark.parametrize("text", ["causes", "=large-1", "causes=", "cause=large-1"])
def test_a_model_for_no_stage_is_a_mistake(text: str) -> None:
    with pytest.raises(UsageError, match="--stage-model"):
        stage_models([CUSTOMERS], [text])


# Drafting them.


def test_a_section_has_its_own_stage_and_its_statements_are_checked_like_all_others() -> None:
    answer = SectionAnswer(
        statements=[claim("Customers were told by mail at 15:00.", TOLD), claim("All 900 were told.", TOLD)],
        open_questions=[OpenQuestion(evidence=["S2"], question="How many were told?", ask="support")],
    )
    model = ScriptedModel({"section-customers": answer})

    made = draft(model, CUSTOMERS)

    (request,) = model.asked("section-customers")
    task = request.messages[1].content
    assert '# Your task: the section "What customers were told"' in task
    assert "\n    Who was told what,\n    and when.\n" in task
    (section,) = made.postmortem.sections
    assert [item.text for item in section.statements] == [
        "Customers were told by mail at 15:00.",
        "All 900 were told.",
    ]
    assert "sections[0].statements[1]" in [finding.where.path for finding in made.findings]
    assert ("sections.customers", "How many were told?") in [(q.about, q.text) for q in made.postmortem.open_questions]
    assert "section-customers" in [part.part for part in made.run.parts]


@pytest.mark.parametrize("language", list(Language))
def test_a_section_stands_in_the_draft_under_its_title(language: Language) -> None:
    answer = SectionAnswer(statements=[claim("Told by mail.", TOLD)], open_questions=[])

    markdown = render_markdown(draft(ScriptedModel({"section-customers": answer}), CUSTOMERS, language=language))

    assert f"\n## {CUSTOMERS.heading(language)}\n\n- Told by mail. [S2]\n" in markdown


def test_a_section_that_the_model_cannot_give_is_a_question() -> None:
    made = draft(ScriptedModel({"section-customers": "nonsense"}), CUSTOMERS)

    assert [part.part for part in made.run.failures] == ["section-customers"]
    assert "**Not known yet: What customers were told**" in render_markdown(made)


def test_without_a_model_a_section_is_a_question() -> None:
    made = draft(None, CUSTOMERS)

    assert made.postmortem.sections[0].statements == ()
    assert "sections.customers" in [question.about for question in made.postmortem.open_questions]


# What people write.


def test_what_people_write_has_questions_and_evidence_and_no_text() -> None:
    causes = causes_answer(root_cause=claim("The API", quoted()), what_happened=[claim("It was down", quoted())])
    model = ScriptedModel({"causes": causes, "questions": questions("five_whys", "Why did nobody see it?")})

    made = draft(model, Section(id="five_whys", human_only=True))

    assert made.postmortem.human_only == ("five_whys",)
    assert made.postmortem.five_whys.root_cause is None
    assert made.postmortem.summary.root_cause is None
    assert made.postmortem.what_happened != ()
    found = [q for q in made.postmortem.open_questions if q.about.startswith("five_whys")]
    assert ("For people to write: root cause", ("S1",)) in [(q.text, q.evidence) for q in found]
    assert ("Why did nobody see it?", ("S2",)) in [(q.text, q.evidence) for q in found]
    assert "**For people to write: root cause**" in render_markdown(made)


def test_the_model_is_told_which_sections_people_write() -> None:
    kept = CUSTOMERS.model_copy(update={"human_only": True})
    model = ScriptedModel({"questions": questions("customers", "Who told them?")})

    made = draft(model, kept, Section(id="lessons", human_only=True))

    (request,) = model.asked("questions")
    assert "- `customers`: What customers were told. Who was told what, and when.\n" in request.messages[1].content
    assert f"- `lessons`: {BUILT_IN['lessons'].en}\n" in request.messages[1].content
    assert "section-customers" not in model.stages
    assert ("sections.customers", "Who told them?") in [(q.about, q.text) for q in made.postmortem.open_questions]


def test_a_stage_of_which_people_write_all_is_not_asked() -> None:
    learning = ("went_well", "went_badly", "action_items", "lessons")
    model = ScriptedModel({"learning": learning_answer(went_well=[claim("It was fast", quoted())])})

    made = draft(model, *(Section(id=name, human_only=True) for name in learning))

    assert "learning" not in model.stages
    assert made.postmortem.went_well == ()
    assert [part.part for part in made.run.parts if part.part == "learning"] == []


@pytest.mark.parametrize("name", list(BUILT_IN))
def test_every_section_can_be_left_to_people(name: str) -> None:
    model = ScriptedModel({"impact": impact_answer(users=claim("500", quoted()), impact=claim("down", quoted()))})

    made = draft(model, Section(id=name, human_only=True))

    assert render_markdown(made)
    if name in ("impact", "summary"):
        section = getattr(made.postmortem, name)
        assert not any(getattr(section, field) for field in type(section).model_fields)


def test_a_question_for_a_section_that_was_not_asked_about_is_not_taken() -> None:
    model = ScriptedModel({"questions": questions("went_well", "What went well?")})

    made = draft(model, Section(id="lessons", human_only=True))

    assert "What went well?" not in [question.text for question in made.postmortem.open_questions]
