"""The check rules' pages in the docs, made from their data: `python -m pmdraft.checks.rule_pages docs/checks`."""

import sys
from pathlib import Path

from pmdraft.checks.rules import CheckRule, Example, check_rules
from pmdraft.language import Bilingual

_INTRODUCTION = """# Rules of the checks

Made from the rules' own data by `python -m pmdraft.checks.rule_pages docs/checks`; do not edit by hand.
What the checks are about is told in [checks](../checks.md).

A rule or a whole family is turned off with `--ignore grounding.number`, `ignore = ["grounding"]` under `[tool.pmdraft]`
of `pyproject.toml` (or at the top of `.pmdraft.toml`), or `Settings(ignore=("grounding.number",))`.

| rule | level | what becomes of the statement | what it finds |
|---|---|---|---|
"""
_HANDLING = {
    "mark": Bilingual("本文に残し、印を付ける", "stays, marked"),
    "move": Bilingual("台帳に移す", "moves to the ledger"),
    "tell": Bilingual("そのまま残し、指摘だけする", "stays as it is; the finding tells"),
}


# The pages quote what the blameless checker looks for, which would be found in them.
_UNCHECKED = "\n<!-- pmdraft-ignore-file -->\n"


def pages() -> dict[str, str]:
    """The text of each page by its file name."""
    rules = check_rules().values()
    rows = "".join(
        f"| [{rule.id}]({rule.id}.md) | {rule.level.value} | {_HANDLING[rule.handling].en} | {rule.title.en} |\n"
        for rule in rules
    )
    return {"index.md": _INTRODUCTION + rows + _UNCHECKED} | {
        f"{rule.id}.md": _page(rule) + _UNCHECKED for rule in rules
    }


def write(folder: Path) -> None:
    """Write every page into a folder and remove those of rules that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for old in folder.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def _page(rule: CheckRule) -> str:
    handling = _HANDLING[rule.handling]
    return (
        f"# {rule.id}\n\n{rule.title.en} · {rule.title.ja}\n\n"
        f"Level: {rule.level.value}. The statement {handling.en}. / {handling.ja}。\n\n"
        f"{_sentence(rule.why.en)} {_sentence(rule.suggestion.en)}\n\n"
        f"{rule.why.ja}。{rule.suggestion.ja}。\n\n"
        f"## What it does and does not see\n\n{rule.limits.en}\n\n{rule.limits.ja}\n\n"
        f"## Flagged\n\n{_examples(rule.flags)}\n## Left alone\n\n{_examples(rule.passes)}"
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _examples(examples: tuple[Example, ...]) -> str:
    return "".join(f"- {told(example)}\n" for example in examples)


def told(example: Example) -> str:
    """An example on one line."""
    parts = [f"{_code(example.text)} ({example.basis})"] if example.text else []
    parts += [f"cites {_told_evidence(item)}" for item in example.cites]
    parts += [f"not cited: {_told_evidence(item)}" for item in example.others]
    parts += [f"{name}: {_code(str(value))}" for name, value in example.draft.items()]
    return " — ".join(parts)


def _told_evidence(item: dict[str, object]) -> str:
    if item.get("missing"):
        return f"{item['id']}, which does not exist"
    told = ", ".join(f"{name} {value}" for name, value in item.items() if name != "text")
    return f"{_code(str(item['text']))}{f' ({told})' if told else ''}"


def _code(text: str) -> str:
    ticks = "``" if "`" in text else "`"
    return f"{ticks}{text}{ticks}"


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/checks"))
