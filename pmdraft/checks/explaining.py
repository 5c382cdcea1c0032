"""A check rule told in words, from its own data."""

from pmdraft.checks.rule_pages import told
from pmdraft.checks.rules import check_rules
from pmdraft.language import Language


def rule_list() -> str:
    """The names of all check rules, a line each."""
    return "".join(f"{rule.id:28} {rule.title.en}\n" for rule in check_rules().values())


def explain_check(name: str, language: Language) -> str | None:
    """What a check rule looks for and why; None if there is no such rule."""
    rule = check_rules().get(name)
    if rule is None:
        return None
    lines = [f"{rule.id} ({rule.level.value})", "", rule.title.to(language), ""]
    lines += [rule.why.to(language), rule.suggestion.to(language), rule.limits.to(language), ""]
    lines += [f"  {rule.level.value:8} {told(example)}" for example in rule.flags]
    lines += [f"  {'-':8} {told(example)}" for example in rule.passes]
    return "\n".join(lines) + "\n"
