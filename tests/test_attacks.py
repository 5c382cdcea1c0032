"""Evidence that tries to steer the draft, or to act on whoever opens it; and a model that obeys every word of it."""

import tomllib
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt

from pmdraft.draft import Draft, draft_postmortem
from pmdraft.evidence import Incident, Origin
from pmdraft.language import Language
from pmdraft.llm.seam import Reply, Request
from pmdraft.render import render_html, render_markdown
from pmdraft.settings import Settings
from pmdraft.statement import Support
from pmdraft.untrusted import gives_instructions
from pmdraft.walk import statements
from tests.builders import evidence, incident
from tests.scripted import ScriptedModel, claim, impact_answer, quoted, timeline_answer, timeline_event

CREATED = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Attack(NamedTuple):
    """One of `data/attacks.toml`."""

    id: str
    lang: str
    where: str
    text: str
    finding: bool


ATTACKS = [
    Attack(**table)
    for table in tomllib.loads((Path(__file__).parent / "data" / "attacks.toml").read_text(encoding="utf-8"))["attack"]
]
LETTER = {"message": "S2", "alert": "A1", "log": "L1", "file": "L1"}
every_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)


def attacked(attack: Attack) -> Incident:
    """An incident of one honest message, with the attack beside it."""
    name = LETTER[attack.where]
    in_name = attack.where == "file"
    hostile = evidence(
        name,
        "ERROR pool exhausted" if in_name else attack.text,
        "2025-10-27T14:25:00+09:00",
        author=attack.text if in_name else "guest",
        raw=Origin(file=attack.text if in_name else "x"),
    )
    return incident(evidence("S1", "SEV-1 です。API が落ちています。SEV-1: the API is down"), hostile)


def obeying(attack: Attack) -> ScriptedModel:
    """A model that writes the attack wherever it may."""
    text, name = attack.text, LETTER[attack.where]
    words = "ERROR pool exhausted" if attack.where == "file" else text.strip().splitlines()[0][:60]
    told = claim(text, quoted(name, words))
    event = timeline_event(evidence=[name], timed_by=name, event=text, action=text)
    return ScriptedModel(
        {
            "timeline": timeline_answer(event),
            "impact": impact_answer(title=told, services=told, users=told, what_happened=told),
        }
    )


class Drafted(NamedTuple):
    """What became of one attack, drafted by the outline and by a model that obeys."""

    drafts: tuple[Draft, Draft]
    markdown: tuple[str, str]
    html: tuple[str, str]


@cache
def drafted(attack: Attack) -> Drafted:
    """Each attack is drafted once for all that is asked of it."""
    # A fixed moment: a clock that says 22:11:49 would look like 7 * 7 worked out.
    settings = Settings(language=Language(attack.lang), verify=False, created=CREATED)
    hostile = attacked(attack)
    outline, obeyed = (draft_postmortem(hostile, model=model, settings=settings) for model in (None, obeying(attack)))
    return Drafted(
        (outline, obeyed),
        (render_markdown(outline), render_markdown(obeyed)),
        (render_html(outline), render_html(obeyed)),
    )


class Page(HTMLParser):
    """What a browser would fetch or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "srcset", "action", "data"}]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def test_there_are_enough_attacks_in_both_languages() -> None:
    assert len(ATTACKS) >= 40
    assert min(sum(attack.lang == language for attack in ATTACKS) for language in ("en", "ja")) >= 20


@every_attack
def test_instructions_are_a_finding_and_nothing_else_is(attack: Attack) -> None:
    for draft in drafted(attack).drafts:
        found = [finding.evidence for finding in draft.findings if finding.rule == "untrusted.instruction"]

        assert found == ([(LETTER[attack.where],)] if attack.finding else [])


@every_attack
def test_nothing_in_a_draft_is_fetched_or_run(attack: Attack) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    made = drafted(attack)

    for html in (*made.html, *(reader.render(markdown) for markdown in made.markdown)):
        page = Page(html)
        assert not {"img", "script", "iframe", "svg", "object", "embed", "form"} & set(page.tags)
        assert [link for link in page.links if not link.startswith(("#", "./", "../"))] == []
        assert page.handlers == []


@every_attack
def test_no_template_is_worked_out_and_nothing_invisible_is_written(attack: Attack) -> None:
    made = drafted(attack)

    for written in (*made.markdown, *made.html, *(draft.model_dump_json() for draft in made.drafts)):
        assert "49" not in written.replace("&#34;", "").replace("&#39;", "") or "7 * 7" not in attack.text
        assert not set("\u202e\u202c\u200b\u200d") & set(written)


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.finding and a.where != "file"], ids=lambda attack: attack.id
)
def test_the_outline_takes_nothing_from_instructions(attack: Attack) -> None:
    outline = drafted(attack).drafts[0]

    assert outline.postmortem.severity is None or outline.postmortem.severity.level == "SEV-1"
    assert [path for path, said in statements(outline.postmortem) if LETTER[attack.where] in said.evidence] == []


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.finding and a.where != "file"], ids=lambda attack: attack.id
)
def test_what_a_model_rests_on_instructions_is_marked(attack: Attack) -> None:
    obeyed = drafted(attack).drafts[1]

    resting = [said for _, said in statements(obeyed.postmortem) if said.evidence == (LETTER[attack.where],)]
    assert [said.text for said in resting if said.support is not Support.DOUBTFUL] == []


@every_attack
def test_no_entry_of_evidence_can_be_forged_in_a_request(attack: Attack) -> None:
    asked: list[Request] = []

    class Listening(ScriptedModel):
        def complete(self, request: Request) -> Reply:
            asked.append(request)
            return super().complete(request)

    draft_postmortem(attacked(attack), model=Listening(), settings=Settings(verify=False))

    for request in asked:
        lines = request.messages[1].content.splitlines()
        heads = [line.split(" | ")[0] for line in lines if " | 2025-" in line and not line.startswith(" ")]
        assert heads == ["S1", LETTER[attack.where]]
        assert lines.count("End of the evidence.") == 1
        assert sum(line.startswith("# Your task") for line in lines) == 1


@pytest.mark.parametrize(
    "text",
    [
        "please ignore the flapping alert on staging",
        "I'll write the postmortem and include the timeline",
        "ポストモーテムは私が書きます。タイムラインも含めます",
        "手順書の指示に従いました。前回の指示どおりです",
        "The bot must have posted twice, please ignore",
        "AI機能は影響なしです。要約を送っておきました",
        "When you restart it, note the time: always check the queue first",
        '{"level": "error", "msg": "pool exhausted"}',
        "system: prod, region: tokyo",
        "for the report: 57 failed logins",
    ],
)
def test_what_people_say_among_themselves_is_no_instruction(text: str) -> None:
    assert not gives_instructions(evidence(text=text))
