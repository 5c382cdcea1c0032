"""What is worked out of the data files once and read at every start: JSON is read ten times as fast as TOML.

`python -m pmdraft.blameless.kept` writes it after a change of `rules/` or `lexicon/`; a test holds both together.
"""

import importlib
import json
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_LANGUAGES = ("ja", "en")


@cache
def tables() -> dict[str, Any]:
    """The TOML files: `rules` by name of file, `actors` and the words of each language."""
    return _read("tables.json")


@cache
def analysis(language: str) -> dict[str, Any]:
    """Of a language, `patterns` by rule, each with whether it needs an actor and its needles, and what `announced`."""
    return _read(f"analysis.{language}.json")


def contents() -> dict[str, str]:
    """What the files should hold, by name; the analysis as of the tables that are kept now."""
    rules = importlib.import_module("pmdraft.blameless.rules").built_in()
    announcing = importlib.import_module("pmdraft.blameless.announcing")
    found = {"tables.json": _json(_sources())}
    for language in _LANGUAGES:
        patterns = {rule.id: rule.analysed() for rule in rules if rule.language == language}
        whole = {"announced": announcing.analysed(language), "patterns": patterns}
        found[f"analysis.{language}.json"] = _json(whole)
    return found


def _sources() -> dict[str, Any]:
    loads = importlib.import_module("tomllib").loads
    words = {path.stem: loads(path.read_text(encoding="utf-8")) for path in (_FOLDER / "lexicon").glob("*.toml")}
    rules = {path.name: loads(path.read_text(encoding="utf-8"))["rule"] for path in (_FOLDER / "rules").glob("*.toml")}
    return {"rules": dict(sorted(rules.items())), **dict(sorted(words.items()))}


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_FOLDER / "lexicon" / name).read_bytes())
    return found


def _json(value: object) -> str:
    """Compact, with a line for each rule and class of words, so that changes can be seen."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace(']],"', ']],\n"').replace('],"', '],\n"').replace('},{"id"', '},\n{"id"') + "\n"


def _write() -> None:
    (_FOLDER / "lexicon" / "tables.json").write_text(_json(_sources()), encoding="utf-8")
    for name, text in contents().items():
        (_FOLDER / "lexicon" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write()
