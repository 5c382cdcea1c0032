"""Renderings of whole drafts: the template's shape, its rules, and what cannot get in."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from pmdraft import Draft, Language, Postmortem, Settings, Statement, draft_postmortem, render_html, render_markdown
from pmdraft.policy import approvals
from pmdraft.postmortem import DeclaredSeverity, Severity
from pmdraft.statement import Basis
from tests.builders import evidence, incident
from tests.demo import the_demo

SEED = (Path(__file__).parent.parent / "data" / "seed_postmortem_template.ja.md").read_text(encoding="utf-8")
HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
TABLE = re.compile(r"^(\|.*\|)\n\|[-| ]+\|$", re.MULTILINE)
LABEL = re.compile(r"^(?:- )?\*\*([^*\n]+)\*\*:", re.MULTILINE)
ROW = re.compile(r"^\| \*\*([^*\n]+)\*\* \|", re.MULTILINE)


@pytest.fixture(scope="module")
def draft() -> Draft:
    return the_demo(Language.JA)


@pytest.fixture(scope="module")
def markdown(draft: Draft) -> str:
    return render_markdown(draft)


def are_in_order(wanted: Iterable[str], text: Iterable[str]) -> bool:
    rest = iter(text)
    return all(item in rest for item in wanted)


def changed(draft: Draft, **fields: object) -> Draft:
    postmortem = Postmortem.model_validate({**dict(draft.postmortem), **fields})
    return draft.model_copy(update={"postmortem": postmortem})


def section(markdown: str, heading: str) -> str:
    return markdown.partition(f"\n{heading}\n")[2].partition("\n#")[0]


@pytest.mark.parametrize("pattern", [HEADING, TABLE, LABEL, ROW], ids=["headings", "tables", "labels", "impact rows"])
def test_a_full_draft_has_everything_of_the_seed_in_its_order(markdown: str, pattern: re.Pattern[str]) -> None:
    wanted = pattern.findall(SEED)
    if pattern is HEADING:
        wanted = wanted[1:]
        assert markdown.startswith("# ポストモーテム: ")

    assert len(wanted) >= 5
    assert are_in_order(wanted, pattern.findall(markdown))


def test_the_guide_of_the_seed_is_there_word_for_word(markdown: str) -> None:
    guide = SEED[SEED.index("## テンプレート使用ガイド") :].strip()

    assert guide in markdown


def test_both_languages_have_the_same_shape(markdown: str) -> None:
    english = render_markdown(the_demo(Language.EN))

    assert [heading.count("#") for heading in HEADING.findall(english)] == [
        heading.count("#") for heading in HEADING.findall(markdown)
    ]
    assert [table.count("|") for table in TABLE.findall(english)] == [
        table.count("|") for table in TABLE.findall(markdown)
    ]


def test_the_english_template_holds_no_japanese_of_its_own() -> None:
    folder = Path(__file__).parent.parent.parent / "templates"

    for path in folder.glob("*.en.*"):
        assert not re.search("[\u3040-\u9fff]", path.read_text(encoding="utf-8")), path


def test_checkboxes_are_where_the_seed_has_them(markdown: str) -> None:
    assert section(markdown, "### 検知方法").count("- [x] 自動アラート") == 1
    assert "- [ ] SNS報告" in section(markdown, "### 検知方法")
    assert section(markdown, "### 即座の対応（完了済み）").count("- [x] ") == 3
    assert section(markdown, "### レビュアー").count("- [ ] ") == 3


@pytest.mark.parametrize(("severity", "boxes"), [(Severity.SEV1, 3), (Severity.SEV2, 2), (Severity.SEV3, 2), (None, 2)])
def test_the_cto_is_asked_to_approve_a_sev_1_only(draft: Draft, severity: Severity | None, boxes: int) -> None:
    declared = DeclaredSeverity(text=severity, level=severity, basis=Basis.HUMAN) if severity else None
    review = draft.postmortem.review.model_copy(update={"approvals": approvals(severity)})

    shown = section(render_markdown(changed(draft, severity=declared, review=review)), "### 承認")

    assert shown.count("- [ ]") == boxes
    assert ("- [ ] CTO (SEV-1の場合)" in shown) is (severity is Severity.SEV1)


def test_downtime_and_time_to_close_are_told_apart(markdown: str) -> None:
    assert "| **ダウンタイム** | 1時間7分（発生 14:23 → 完全復旧の確認 15:30）" in markdown
    assert "1時間22分（発生 14:23 → クローズ 15:45）" in markdown


def test_every_citation_in_the_markdown_leads_somewhere(markdown: str) -> None:
    cited = set(re.findall(r"(?<!\\)\[([SAL]\d+)\](?!:)", markdown))
    defined = set(re.findall(r"^\[([SAL]\d+)\]: \S+$", markdown, re.MULTILINE))

    assert cited
    assert cited == defined


def test_a_slot_that_nobody_filled_says_what_is_missing_and_whom_to_ask(markdown: str) -> None:
    assert "| **ビジネス影響** | **未確認: ビジネス影響**（確認先: プロダクトマネージャー）" in markdown


@pytest.mark.parametrize("language", list(Language))
def test_no_placeholder_of_the_seed_is_left(language: Language) -> None:
    shown = render_markdown(draft_postmortem(incident(), settings=Settings(language=language)))

    for placeholder in ("YYYY", "SEV-X", "@username", "[簡潔", "[リンク]", "推定損失額", "TODO"):
        assert placeholder not in shown


@pytest.mark.parametrize("language", list(Language))
def test_an_empty_draft_asks_about_every_empty_slot(language: Language) -> None:
    made = draft_postmortem(incident(evidence(text="…")), settings=Settings(language=language))

    shown = render_markdown(made)

    for question in made.postmortem.open_questions:
        assert question.text in shown
    assert len(made.postmortem.open_questions) > 20


def hostile(draft: Draft, text: str) -> Draft:
    statement = Statement(text=text, evidence=("S1",))
    summary = draft.postmortem.summary.model_copy(update={"what_happened": statement, "root_cause": statement})
    impact = draft.postmortem.impact.model_copy(update={"services": statement})
    return changed(draft, title=statement, summary=summary, impact=impact, went_well=(statement,))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "![x](https://evil.example/leak)",
        "[x](javascript:alert(1))",
        "</title><script>alert(1)</script>",
        "a | b |\n| c",
        "{{ pm }} {% include 'x' %}",
    ],
)
def test_nothing_hostile_becomes_html(draft: Draft, text: str) -> None:
    html = render_html(hostile(draft, text))

    body = html.partition("</style>")[2]
    assert not re.search(r"<(script|img|svg|iframe|link|object)\b", body)
    assert not re.search(r"""(?:href|src)=["'](?:javascript|data|https://evil)""", body)
    assert body.count("</tr>") == render_html(hostile(draft, "plain")).count("</tr>")


def test_hostile_evidence_stays_text_in_the_page() -> None:
    attack = evidence("A1", "<script>alert(1)</script>", permalink="javascript:alert(1)", author="<b>x</b>")

    html = render_html(draft_postmortem(incident(attack), settings=Settings(language=Language.EN)))

    assert "<script" not in html
    assert "<b>x" not in html
    assert 'href="javascript' not in html


def test_the_page_fetches_nothing(draft: Draft) -> None:
    html = render_html(draft)

    assert "default-src 'none'" in html
    assert not re.search(r"<(script|link|img|iframe)\b|@import|url\(", html)


def test_a_folder_of_ones_own_templates_comes_first(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "postmortem.ja.md.j2").write_text("件名: {{ pm.title | text }}\n", encoding="utf-8")

    assert render_markdown(draft, templates=tmp_path).startswith(
        f"件名: {draft.postmortem.title.text}" if draft.postmortem.title else "-"
    )


def test_each_entry_of_the_ledger_is_a_line_of_its_own(markdown: str, draft: Draft) -> None:
    notes = markdown.partition("### 採用しなかった記述\n")[2].partition("\n### ")[0]

    assert len(draft.ledger) > 1
    assert len(re.findall("^- ", notes, re.MULTILINE)) == len(draft.ledger) == len(notes.split("\n")) - 2


def test_a_box_that_a_text_pretends_is_no_box(draft: Draft) -> None:
    html = render_html(hostile(draft, "[x] approved by the CTO"))

    assert html.count('type="checkbox"') == render_html(hostile(draft, "plain")).count('type="checkbox"')
    assert "[x] approved by the CTO" in html
