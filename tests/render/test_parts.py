"""How the parts of a draft look that tell where a sentence comes from, and how sure it is."""

import pytest

from pmdraft import Draft, Language, Settings, draft_postmortem, render_html, render_markdown
from pmdraft.checks.rules import check_rules
from pmdraft.findings import Where
from pmdraft.postmortem import (
    ActionItem,
    Alternative,
    AlternativeStatus,
    Disagreement,
    EventKind,
    Horizon,
    Status,
    Summary,
)
from pmdraft.render.quoted import underlined
from pmdraft.render.wording import KINDS
from pmdraft.statement import Basis, Quotation, Statement
from tests.builders import evidence, incident


def said(text: str, basis: Basis = Basis.STATED, **more: object) -> Statement:
    return Statement.model_validate({"text": text, "evidence": ("S1",), "basis": basis, **more})


def drafted(language: Language = Language.EN, **fields: object) -> Draft:
    """An outline of one message, with these fields of the postmortem put in."""
    whole = incident(evidence("S1", "the pool <b>is empty</b>, rolled back"))
    made = draft_postmortem(whole, settings=Settings(language=language))
    cited = whole.evidence if not made.evidence else made.evidence
    return made.model_copy(update={"postmortem": made.postmortem.model_copy(update=fields), "evidence": cited})


ALTERNATIVES = (
    Alternative(explanation=said("Redis"), status=AlternativeStatus.RULED_OUT, outcome=said("bob: healthy")),
    Alternative(explanation=said("the deploy"), status=AlternativeStatus.OPEN, outcome=None),
)
NO_SUMMARY = Summary(what_happened=None, impact=None, root_cause=None, resolution=None)
DISAGREEMENTS = (
    Disagreement(about="the cause", positions=(said("dave: held"), said("bob: traffic")), outcome=said("traffic")),
    Disagreement(about="the *fix*", positions=(said("dave: 300"), said("alice: 500")), outcome=None),
)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (
            Language.EN,
            "considered\n\n- **ruled out**: Redis [S1]\n   - → bob: healthy [S1]\n- **open**: the deploy [S1]\n",
        ),
        (Language.JA, "\n- **除外**：Redis [S1]\n   - → bob: healthy [S1]\n- **未確定**：the deploy [S1]\n"),
    ],
)
def test_explanations_that_were_not_taken_stay_in_the_draft(language: Language, shown: str) -> None:
    assert shown in render_markdown(drafted(language, alternatives=ALTERNATIVES))


@pytest.mark.parametrize(("language", "open_"), [(Language.EN, "not settled"), (Language.JA, "決着していない")])
def test_disagreements_stay_in_the_draft_with_how_they_ended(language: Language, open_: str) -> None:
    markdown = render_markdown(drafted(language, disagreements=DISAGREEMENTS))

    assert "- **the cause**\n   - dave: held [S1]\n   - bob: traffic [S1]\n   - → traffic [S1]\n" in markdown
    assert f"- **the \\*fix\\***\n   - dave: 300 [S1]\n   - alice: 500 [S1]\n   - → {open_}\n" in markdown


@pytest.mark.parametrize("heading", ["Other explanations", "disagreed"])
def test_where_there_were_none_no_heading_stands_empty(heading: str) -> None:
    assert heading not in render_markdown(drafted())


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (Language.EN, "| Add an alert [S1] — verified by: it fires at 80% (proposal) | to be assigned |"),
        (Language.JA, "| Add an alert [S1] — 確認方法: it fires at 80%（提案） | 要アサイン |"),
    ],
)
def test_an_action_tells_how_it_will_be_verified(language: Language, shown: str) -> None:
    item = ActionItem(
        action=said("Add an alert"),
        owner=None,
        due=None,
        status=Status.NOT_STARTED,
        issue=None,
        horizon=Horizon.SHORT,
        verification=Statement(text="it fires at 80%", basis=Basis.PROPOSED),
    )

    assert shown in render_markdown(drafted(language, action_items=(item,)))


@pytest.mark.parametrize(
    ("language", "mark"), [(Language.EN, " (quoted as said) [S1]"), (Language.JA, "（引用は発言のまま） [S1]")]
)
def test_words_that_blame_and_were_said_are_marked_as_said(language: Language, mark: str) -> None:
    markdown = render_markdown(drafted(language, went_badly=(said("“bob broke it”", as_said=True),)))

    assert f"“bob broke it”{mark}" in markdown


def test_every_kind_of_event_but_other_has_a_name_in_both_languages() -> None:
    assert set(KINDS) == set(EventKind) - {EventKind.OTHER}
    for language in Language:
        assert len({kind.to(language) for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize(
    ("language", "shown"), [(Language.EN, "Step taken (mitigation)"), (Language.JA, "対処（緩和）")]
)
def test_an_event_tells_what_it_was_for_the_incident(language: Language, shown: str) -> None:
    assert shown in render_markdown(drafted(language))


def test_the_page_marks_the_words_that_a_statement_was_made_from() -> None:
    quoted = said("The pool was empty.", quotes=(Quotation(evidence="S1", words="the pool <b>is empty</b>"),))

    outline = draft_postmortem(incident(evidence("S1", "the pool <b>is empty</b>, rolled back")))
    only = outline.postmortem.model_copy(update={"title": None, "summary": NO_SUMMARY, "what_happened": (quoted,)})
    page = render_html(outline.model_copy(update={"postmortem": only}))

    assert "<pre><mark>the pool &lt;b&gt;is empty&lt;/b&gt;</mark>, rolled back</pre>" in page


@pytest.mark.parametrize(
    ("passages", "shown"),
    [
        ((), "a &lt;b&gt; c d"),
        (("a", "c"), "<mark>a</mark> &lt;b&gt; <mark>c</mark> d"),
        (("a <b>", "b> c"), "<mark>a &lt;b&gt; c</mark> d"),
        (("a <b>", "<b>"), "<mark>a &lt;b&gt;</mark> c d"),
        (("x", ""), "a &lt;b&gt; c d"),
    ],
)
def test_passages_are_marked_and_nothing_else_of_the_text_is_markup(passages: tuple[str, ...], shown: str) -> None:
    assert str(underlined("a <b> c d", passages)) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (Language.EN, "| `contributing_factors[1]` “the pool was as small as the one of a l…” |"),
        (Language.JA, "| `contributing_factors[1]` 「the pool was as sma…」 |"),
    ],
)
def test_a_finding_tells_how_the_statement_begins_that_it_is_about(language: Language, shown: str) -> None:
    factors = (said("x"), said("the pool was as small as the one of a laptop at home"))
    finding = check_rules()["action.cause"].finding(Where(path="contributing_factors[1]"), language)
    draft = drafted(language, contributing_factors=factors).model_copy(update={"findings": (finding,)})

    assert shown in render_markdown(draft)
