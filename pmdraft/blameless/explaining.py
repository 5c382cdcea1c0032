"""A rule told in words, from its own data."""

from collections.abc import Iterable

from pmdraft.blameless.rules import Rule
from pmdraft.errors import InputError
from pmdraft.language import Language


def explain(name: str, rules: Iterable[Rule], language: Language) -> str:
    """What a rule looks for and why; `list` gives the names of all.

    Raises:
        InputError: there is no such rule.
    """
    by_id = {rule.id: rule for rule in rules}
    if name == "list":
        return "".join(f"{rule.id:28} {rule.category}\n" for rule in by_id.values())
    if name not in by_id:
        raise InputError(f"--explain: no rule {name!r}; `--explain list` names them all")
    rule = by_id[name]
    lines = [f"{rule.id} ({rule.category})", "", rule.why.to(language), rule.ask.to(language), ""]
    lines += [f"  {example.level.value:8} {example.text}" for example in rule.flags]
    lines += [f"  {'-':8} {text}" for text in rule.passes]
    return "\n".join(lines) + "\n"
