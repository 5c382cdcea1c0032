"""What is found in a written postmortem beside blame: contradictions, and actions that cannot be carried out.

The rules are those of drafts, loaded only for a text that is a postmortem: the linter starts without them.
"""

from dataclasses import replace

from pmdraft.blameless.checking import Blame
from pmdraft.blameless.ignoring import Unknown, unknown_names
from pmdraft.blameless.linting import Also
from pmdraft.blameless.markdown import is_postmortem
from pmdraft.blameless.rules import CATEGORIES, Rule, built_in
from pmdraft.blameless.settings import Settings
from pmdraft.language import Language

_FAMILIES = ("action", "consistency")
_LONGEST = 200_000
"""No postmortem has more characters; a file that does holds several, whose times cannot be told apart."""


def without_draft_rules(settings: Settings) -> tuple[Settings, tuple[str, ...]]:
    """The settings of the blameless checker, and the rules and families of drafts that they turn off.

    Raises:
        UsageError: there is no such rule of drafts.
    """
    off = tuple(name for name in settings.disable if name.partition(".")[0] in _FAMILIES)
    if off:
        from pmdraft.checks.rules import known_names  # noqa: PLC0415 - few turn one off

        known_names(off)
    return replace(settings, disable=tuple(name for name in settings.disable if name not in off)), off


def draft_rules(language: Language | None, off: tuple[str, ...]) -> Also:
    """What adds the findings of a postmortem's own rules to those of the blameless ones.

    Args:
        language: language of the findings; that of each line by default.
        off: rules and families that are off.
    """

    def also(text: str, blames: tuple[Blame, ...]) -> tuple[Blame, ...]:
        return _merged(blames, _found(text, language, off)) if len(text) <= _LONGEST and is_postmortem(text) else blames

    return also


def unknown_ignores(text: str, rules: tuple[Rule, ...]) -> tuple[Unknown, ...]:
    """The names in a text's ignore comments that are no rule's, neither of blame nor of drafts."""
    if "pmdraft-ignore" not in text:
        return ()
    from pmdraft.checks.rules import check_rules  # noqa: PLC0415 - few files have such comments

    checks = check_rules().values()
    # A rule that is off has still its name.
    known = {part for rule in (*built_in(), *rules) for part in (rule.id, rule.category)}
    known |= {part for rule in checks for part in (rule.id, rule.family)}
    return unknown_names(text, known | set(CATEGORIES))


def _found(text: str, language: Language | None, off: tuple[str, ...]) -> list[Blame]:
    from pmdraft.checks.rules import check_rule, is_ignored  # noqa: PLC0415 - a file that is no postmortem needs none
    from pmdraft.checks.written import check_written  # noqa: PLC0415 - likewise

    found = []
    for one in check_written(text, language):
        if is_ignored(one.rule, off):
            continue
        known = check_rule(one.rule)
        rule = Rule(
            id=known.id,
            language=one.language,
            category=known.family,
            patterns=(),
            exceptions=(),
            next_exception=None,
            levels={},
            why=known.why,
            ask=known.suggestion,
            fix=None,
            cap=None,
            sentence_actor=False,
            flags=(),
            passes=(),
        )
        reason = f"{known.message.to(one.language, **one.values)}: {known.why.to(one.language)}"
        ask = known.suggestion.to(one.language, **one.values)
        found.append(Blame(rule, *one.span, known.level, known.family, text[slice(*one.span)], reason, ask))
    return found


def _merged(blames: tuple[Blame, ...], found: list[Blame]) -> tuple[Blame, ...]:
    """Both in the order of the text; of two that find the same words, the one that says more.

    An exhortation is the weaker of the two; any other blame is the stronger.
    """
    kept = [one for one in found if not any(_overlap(one, blame) and not _exhorts(blame) for blame in blames)]
    left = [blame for blame in blames if not (_exhorts(blame) and any(_overlap(blame, one) for one in kept))]
    return tuple(sorted((*left, *kept), key=lambda each: (each.start, each.end)))


def _exhorts(blame: Blame) -> bool:
    return blame.rule.category == "exhortation"


def _overlap(one: Blame, other: Blame) -> bool:
    return one.start < other.end and other.start < one.end
