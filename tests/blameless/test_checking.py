import time

import pytest

from pmdraft.blameless import Blame, check_markdown, check_text
from pmdraft.blameless.folding import fold
from pmdraft.blameless.markdown import passages
from pmdraft.language import Language


def levels(text: str, *people: str) -> list[str]:
    return [blame.level.value for blame in check_text(text, people=people)]


def only(found: tuple[Blame, ...]) -> Blame:
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("actor", "level"),
    [
        ("Dana", "error"),
        ("@dana", "error"),
        ("She", "error"),
        ("The on-call engineer", "warning"),
        ("The data team", "warning"),
        ("I", "warning"),
        ("We", "info"),
    ],
)
def test_who_carries_the_fault_decides_the_level(actor: str, level: str) -> None:
    assert levels(f"{actor} forgot to renew the certificate.", "dana") == [level]


@pytest.mark.parametrize(
    ("actor", "level"),
    [
        ("高村さん", "error"),
        ("@dana ", "error"),
        ("彼女", "error"),
        ("担当者", "warning"),
        ("営業部", "warning"),
        ("私", "warning"),
    ],
)
def test_who_carries_the_fault_decides_the_level_in_japanese(actor: str, level: str) -> None:
    assert levels(f"{actor}が更新を忘れた。", "高村", "dana") == [level]


@pytest.mark.parametrize(
    "form", ["忘れた", "忘れていた", "忘れてしまった", "忘れちゃった", "忘れておりました", "忘れ、手戻りになった"]
)
def test_every_past_form_of_a_verb_counts(form: str) -> None:
    assert levels(f"担当者が適用を{form}。") == ["warning"]


@pytest.mark.parametrize(
    "form", ["しなかった", "せず、進めた", "しないまま進めた", "していなかった", "しておらず、", "しませんでした"]
)
def test_every_negative_form_of_a_duty_counts(form: str) -> None:
    assert levels(f"担当者は差分を確認{form}。") == ["warning"]


@pytest.mark.parametrize("text", ["担当者が忘れても検知できる。", "担当者が忘れた場合に備える。", "忘れてはならない。"])
def test_a_miss_that_is_only_imagined_is_no_miss(text: str) -> None:
    assert levels(text) == []


def test_a_tool_that_shares_a_surname_is_no_person() -> None:
    assert levels("Jenkins failed to publish the artifact.", "Amy Jenkins") == []


def test_a_name_glued_to_a_suffix_is_found() -> None:
    assert levels("髙橋さんが忘れた。", "髙橋") == ["error"]
    assert levels("当番の森が忘れた。森林データは無事。", "森") == ["error"]


def test_a_name_of_one_kanji_is_not_found_inside_a_word() -> None:
    assert levels("原因はメモリ不足である。", "原") == []


def test_a_name_that_is_a_word_needs_its_capital() -> None:
    assert levels("the team will have forgotten the old limit", "will") == []
    assert levels("Will forgot the old limit.", "will") == ["error"]


def test_an_english_sentence_may_call_people_in_japanese_letters() -> None:
    assert levels("佐藤さん forgot to renew the certificate.", "佐藤") == ["error"]
    assert levels("佐藤さんが staging の check を忘れた", "佐藤") == ["error"]


def test_they_are_whoever_the_sentence_spoke_of() -> None:
    assert levels("The vendor said that they forgot to renew it.") == ["warning"]
    assert levels("The nodes came back, but they did not join the cluster.") == []


def test_who_a_sentence_went_on_to_carries_the_fault() -> None:
    assert levels("The ticket asked for an approver, and Dana ignored it.", "Dana") == ["error"]


def test_a_question_that_the_text_answers_with_no_blames_nobody() -> None:
    assert levels("Was it carelessness? No: both prompts look the same.") == []
    assert levels("Was it carelessness? The report says so.") == ["warning"]


def test_a_suggestion_does_not_blame_again_by_what_it_keeps() -> None:
    found = only(check_text("Dana ran forgot-to-test.sh at 10:02 without a review.", people=["Dana"]))

    assert "`forgot-to-test.sh`" in found.suggestion
    assert check_markdown(found.suggestion, people=["Dana"]) == ()


def test_offsets_are_code_points_of_the_original() -> None:
    text = "🙂🙂 担当者のｾｯﾃｲﾐｽ"

    blame = only(check_text("🙂 担当者が更新を忘れた。"))

    assert (blame.start, blame.text) == (2, "担当者が更新を忘れた")
    assert fold(text).text.endswith("セッテイミス")


def test_half_width_and_full_width_are_read_as_one() -> None:
    blame = only(check_text("原因は ﾋｭｰﾏﾝｴﾗｰ である。"))

    assert blame.text == "ﾋｭｰﾏﾝｴﾗｰ"
    assert levels("＠ｄａｎａ　ｆｏｒｇｏｔ　ｉｔ", "dana") == ["error"]


def test_a_voiced_half_width_kana_keeps_the_span_whole() -> None:
    blame = only(check_text("ｵﾍﾟﾐｽが原因"))

    assert blame.text == "ｵﾍﾟﾐｽ"


def test_emphasis_does_not_hide_blame() -> None:
    blame = only(check_markdown("@dana **forgot** to page.", people=["dana"]))

    assert blame.text == "@dana **forgot** to page"


@pytest.mark.parametrize(
    "text",
    [
        "> @dana forgot it",
        "```\n@dana forgot it\n```",
        "~~~\n@dana forgot it\n~~~",
        "`@dana forgot it`",
        "<!-- @dana forgot it -->",
        "---\nnote: @dana forgot it\n---\n",
        "````\n```\n@dana forgot it\n```\n@dana forgot it\n````",
        "```\nx\n```python\n@dana forgot it\n```",
        "```\nx\n> ```\n@dana forgot it\n```",
        "Seen:\n\n    @dana forgot it\n",
        "<code>@dana forgot it</code>",
        "<pre>\n@dana forgot it\n</pre>",
        "<blockquote>\n@dana forgot it\n</blockquote>",
        "[report](https://example.com/@dana-forgot-it)",
        "| human error |\n|---|\n",
        'Dana wrote "I forgot the second step".',
        "「担当者が確認を忘れた」と連絡があった。",
    ],
)
def test_what_the_author_did_not_say_is_left_alone(text: str) -> None:
    assert check_markdown(text, people=["dana"]) == ()


def test_text_after_a_fence_is_read_again() -> None:
    found = check_markdown("```\nx\n```\n@dana forgot it.\n", people=["dana"])

    assert only(found).start == 10


@pytest.mark.parametrize(
    "text",
    [
        "```\nx\n```\n@dana forgot it.\n",
        "```kubectl get``` then\n@dana forgot it.\n",
        "> ```\n> x\n\n@dana forgot it.\n",
        "- step\n\n    @dana forgot it.\n",
        "[^1]: note\n\n    @dana forgot it.\n",
        "a line\n    @dana forgot it.\n",
        "<pre>\n@dana forgot it.\n",
    ],
)
def test_what_only_looks_like_code_is_the_authors(text: str) -> None:
    assert "@dana forgot it" in only(check_markdown(text)).text


def test_a_paragraph_over_two_lines_is_one_text() -> None:
    assert len(check_markdown("The on-call engineer\nforgot to page.")) == 1


def test_a_cell_of_a_table_is_a_text_of_its_own() -> None:
    text = "| 14:31 | step | 担当者が連絡を怠った |"

    assert only(check_markdown(text)).text == "担当者が連絡を怠った"


@pytest.mark.parametrize(
    "text",
    [
        "誰かのミスではなく、画面の問題である。",
        "個人の責任を問うものではない。",
        "It is not the operator's fault that both look alike.",
        "This is a blameless postmortem.",
        "@dana had no way to see the lag.",
        "@dana にはレプリカの遅延が見えていなかった。",
        "環境変数で制御すべき",
        "アラートが発火すべきだったが、対象外だった。",
    ],
)
def test_the_sentences_we_want_pass(text: str) -> None:
    assert levels(text, "dana") == []


def test_a_quotation_from_the_channel_is_not_checked() -> None:
    assert check_text("I forgot it", context="transcript_quote") == ()


def test_reasons_come_in_the_language_asked_for() -> None:
    english = only(check_text("担当者が忘れた。", language=Language.EN))

    assert english.why.isascii()


def test_a_suggestion_keeps_numbers_and_identifiers() -> None:
    blame = only(check_text("@dana forgot to bump `max_connections` to 500 in us-east-1 at 14:30.", people=["dana"]))

    assert all(fact in blame.suggestion for fact in ("`max_connections`", "500", "us-east-1", "14:30"))


def test_japanese_words_in_either_languages_quotation_marks_are_somebodys() -> None:
    assert levels("nakamura: “私がチェーン確認を忘れたせいです”", "nakamura") == []
    assert levels("nakamura: 「私がチェーン確認を忘れたせいです」", "nakamura") == []


def test_a_suggestion_keeps_nothing_of_the_line_before() -> None:
    found = check_markdown("The on-call engineer looked at 14:30.\nDana blindly restarted api-2.\n", people=["dana"])

    assert "`api-2`" in only(found).suggestion
    assert "14:30" not in only(found).suggestion


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "が" * 100_000,
        "[" * 100_000,
        "`" * 100_000,
        '"' * 100_000,
        "<!--" * 50_000,
        "**_[" * 50_000,
        "担当者が確認" * 10_000,
        "bob forgot " * 10_000,
        "|" * 100_000,
        "> " * 50_000,
        "@" * 100_000,
        "](" * 50_000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    started = time.perf_counter()

    check_markdown(text, people=["bob"])

    assert time.perf_counter() - started < 5


def test_a_heading_that_says_nothing_ends_a_section_unless_it_stands_below_it() -> None:
    text = "# Root cause\n\na\n\n## The second look\n\nb\n\n# Clients\n\nc\n"

    found = [(text[each.start : each.end], each.section) for each in passages(text)]

    assert [each for each in found if len(each[0]) == 1] == [("a", "root_cause"), ("b", "root_cause"), ("c", None)]


def test_an_act_is_a_cause_only_where_causes_are_told() -> None:
    told = "Dana ran the load test against the live shard.\n"

    places = ("# Root cause", "# What went wrong", "# Timeline", "# Contributing", "# Why pmdraft")

    found = [len(check_markdown(f"{heading}\n\n{told}", people=["dana"])) for heading in places]

    assert found == [1, 1, 0, 0, 0]


@pytest.mark.parametrize("heading", ["Root cause\n==========", "Root cause\n---", "**Root cause**", "__Root cause__:"])
def test_a_heading_may_be_underlined_or_bold(heading: str) -> None:
    after = heading.replace("Root cause", "Timeline")
    text = f"{heading}\n\nDana ran it.\n\n{after}\n\nDana ran it.\n"

    sections = [each.section for each in passages(text) if text[each.start : each.end] == "Dana ran it."]

    assert sections == ["root_cause", "timeline"]


def test_bold_words_that_a_text_follows_are_no_heading() -> None:
    assert [each.section for each in passages("**Root cause**\nDana ran it.\n\nb\n")] == [None, None]
