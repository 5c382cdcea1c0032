"""Sections of a user's own template, and sections that people write themselves: `sections.toml`."""

import re
from collections.abc import Iterable
from pathlib import Path

from pydantic import Field, ValidationError, field_validator

from pmdraft.errors import InputError, UsageError, brief
from pmdraft.language import Bilingual, Language
from pmdraft.reading import parse_toml, read_text
from pmdraft.records import Record, first_problem

FILE = "sections.toml"

BUILT_IN = {
    "summary": Bilingual("TL;DR（要約）", "TL;DR"),
    "impact": Bilingual("影響", "Impact"),
    "detection": Bilingual("検知方法", "Detection"),
    "what_happened": Bilingual("何が起きたか", "What happened"),
    "five_whys": Bilingual("なぜ発生したか（5 Whys）と根本原因", "Why it happened (5 Whys) and the root cause"),
    "contributing_factors": Bilingual("寄与要因", "Contributing factors"),
    "alternatives": Bilingual("検討したほかの説明", "Other explanations considered"),
    "disagreements": Bilingual("意見が分かれた点", "Where people disagreed"),
    "went_well": Bilingual("何がうまくいったか", "What went well"),
    "went_badly": Bilingual("何が改善できるか", "What didn't go well"),
    "action_items": Bilingual("アクションアイテム", "Action items"),
    "lessons": Bilingual("学び", "Lessons learned"),
}
"""The sections of pmdraft's own templates that people can keep for themselves."""

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Section(Record):
    """One `[[section]]`: one of the template's own, or a setting of one of pmdraft's."""

    id: str
    title: dict[Language, str] = Field(default={})
    """Heading, by language."""
    instructions: str = ""
    """What the model is asked to write there."""
    human_only: bool = False
    """Whether it gets questions and evidence instead of text."""
    model: str | None = None
    """Name of the model that drafts it, if not the run's."""

    @field_validator("id")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if not _ID.fullmatch(name) or name == "timeline":
            raise ValueError(
                f"{name!r} is no id: small letters, digits and _, and not timeline, which is computed from"
            )
        return name

    @property
    def is_built_in(self) -> bool:
        """Whether pmdraft's own templates have it."""
        return self.id in BUILT_IN

    @property
    def stage(self) -> str:
        """Name of the stage that drafts it."""
        return f"section-{self.id}"

    def heading(self, language: Language) -> str:
        """Its title in that language, else in the other one, else its id."""
        if self.is_built_in:
            return BUILT_IN[self.id].to(language)
        return self.title.get(language) or next(iter(self.title.values()), self.id)


class _File(Record):
    section: tuple[Section, ...] = ()


def read_sections(folder: Path | str) -> tuple[Section, ...]:
    """The sections of a folder of templates; none if it has no `sections.toml`.

    Raises:
        InputError: the file cannot be read, or says something that it cannot say.
    """
    path = Path(folder) / FILE
    try:
        text = read_text(path)
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({brief(str(error))}); save it as UTF-8") from error
    try:
        sections = _File.model_validate(parse_toml(text)).section
    except ValidationError as error:
        raise InputError(f"{path}: {brief(first_problem(error))}; see docs/templates.md") from error
    except ValueError as error:
        raise InputError(f"{path}: not TOML ({brief(str(error))}); see docs/templates.md") from error
    for section in sections:
        _check(section, path)
    if len({section.id for section in sections}) < len(sections):
        raise InputError(f"{path}: two sections have the same id; give each its own")
    return sections


def with_human_only(sections: Iterable[Section], names: Iterable[str]) -> tuple[Section, ...]:
    """The sections, with those of these ids kept for people.

    Raises:
        UsageError: there is no such section.
    """
    known = {section.id: section for section in sections}
    for name in names:
        if name not in known and name not in BUILT_IN:
            raise UsageError(f"no section {name!r} to keep for people; it is one of {', '.join([*BUILT_IN, *known])}")
        known[name] = known.get(name, Section(id=name)).model_copy(update={"human_only": True})
    return tuple(known.values())


STAGES = ("timeline", "merge", "causes", "impact", "learning", "questions", "verification")
"""The stages that can have a model of their own, beside the sections of a template."""


def stage_models(sections: Iterable[Section], given: Iterable[str]) -> dict[str, str]:
    """The names of models by the stage that they answer.

    Args:
        sections: the template's own, which may name their models.
        given: `causes=MODEL`; a section goes by its id. It takes the place of what a section names.

    Raises:
        UsageError: one is not of that form, or names no stage.
    """
    own = {section.id: section for section in sections if not section.is_built_in}
    named = {section.stage: section.model for section in own.values() if section.model}
    for text in given:
        stage, _, model = (part.strip() for part in text.partition("="))
        if not stage or not model:
            raise UsageError(f"--stage-model {text!r} is not of the form STAGE=MODEL, such as causes=MODEL")
        if stage not in STAGES and stage not in own:
            raise UsageError(f"--stage-model: no stage {stage!r}; it is one of {', '.join([*STAGES, *own])}")
        named[own[stage].stage if stage in own else stage] = model
    return named


def _check(section: Section, path: Path) -> None:
    if section.is_built_in and (section.instructions or section.title or section.model):
        raise InputError(f"{path}: section {section.id!r} is pmdraft's own; only human_only can be set for it")
    if not section.is_built_in and not section.title:
        raise InputError(f'{path}: section {section.id!r} has no title; write title = {{ ja = "…", en = "…" }}')
    if not section.is_built_in and not section.human_only and not section.instructions.strip():
        raise InputError(f"{path}: section {section.id!r} has no instructions; say what belongs into it")
