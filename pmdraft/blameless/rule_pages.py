"""The rules' pages in the docs, made from their data: `python -m pmdraft.blameless.rule_pages docs/rules`."""

import sys
from pathlib import Path

from pmdraft.blameless.rules import CATEGORIES, Rule, built_in
from pmdraft.levels import Level

_INTRODUCTION = """# Rules of the blameless checker

Made from the rules' own data by `python -m pmdraft.blameless.rule_pages docs/rules`; do not edit by hand.

A rule is a table of TOML. Your own go in a file that `--rules` or `rules = ["…"]` under `[tool.pmdraft.check]` names:

```toml
[[rule]]
id = "en.our-nickname"            # en.… or ja.…: the language it reads
category = "sarcasm"              # one of those below
patterns = ['the usual suspect\\b', '<actor> did a Kevin']
except = ['in quotes']            # what takes a sentence out of the rule's reach; $match is the match itself
except_next = 'that is because'   # the same, at the start of the next sentence
sections = ["root_cause"]         # where alone it counts; everywhere if left out
levels = { nobody = "warning" }   # by actor: named pronoun they role team self we someone nobody
why.en = "Mocks a person."
why.ja = "人を嘲っている。"
ask.en = "What happened?"
ask.ja = "何が起きたのか。"
flags = [{ text = "It was the usual suspect.", level = "warning" }]
passes = ["We suspect the cache."]
```

Patterns are regular expressions over lower-case text. `<actor>` stands for a person, role or team
(`<named>`, `<role>`, `<team>`, `<self>`, `<we>`, `<they>`, `<pronoun>`, `<someone>` for one kind);
`{name}` is a class of words from `pmdraft/blameless/lexicon/`.

Without `levels`, a named person, he or she gives an error; a role, a team, I or someone a warning; we an info;
nobody nothing.

| rule | category |
|---|---|
"""


# The pages quote what the blameless checker looks for, which would be found in them.
_UNCHECKED = "\n<!-- pmdraft-ignore-file -->\n"


def pages() -> dict[str, str]:
    """The text of each page by its file name."""
    rules = sorted(built_in(), key=lambda rule: (CATEGORIES.index(rule.category), rule.id))
    index = _INTRODUCTION + "".join(f"| [{rule.id}]({rule.id}.md) | {rule.category} |\n" for rule in rules)
    return {"index.md": index + _UNCHECKED} | {f"{rule.id}.md": _page(rule) + _UNCHECKED for rule in rules}


def write(folder: Path) -> None:
    """Write every page into a folder and remove those of rules that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for old in folder.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


def _page(rule: Rule) -> str:
    flagged = "".join(f"- {example.level.value}: {_code(example.text)}\n" for example in rule.flags)
    passed = "".join(f"- {_code(text)}\n" for text in rule.passes)
    return (
        f"# {rule.id}\n\nCategory: {rule.category}. Language: {rule.language.value}. {_levels(rule)}\n\n"
        f"{_sections(rule)}{rule.why.en}\n\n{rule.why.ja}\n\n"
        f"## What to ask instead\n\n- {rule.ask.en}\n- {rule.ask.ja}\n\n"
        f"## Flagged\n\n{flagged}\n## Left alone\n\n{passed}"
    )


def _sections(rule: Rule) -> str:
    return f"Only in sections of: {', '.join(sorted(rule.sections)).replace('_', ' ')}.\n\n" if rule.sections else ""


def _levels(rule: Rule) -> str:
    by_level = {
        level: [kind for kind, own in rule.levels.items() if own and (rule.cap or own) is level] for level in Level
    }
    return " ".join(f"{level.value.capitalize()}: {', '.join(kinds)}." for level, kinds in by_level.items() if kinds)


def _code(text: str) -> str:
    ticks = "``" if "`" in text else "`"
    return f"{ticks}{text}{ticks}"


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/rules"))
