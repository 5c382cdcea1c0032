"""The way out of a finding: the question to ask, the facts to keep, and the few rewrites that are safe."""

import re

from pmdraft.blameless.rules import Rule
from pmdraft.language import Bilingual, Language

_FACT = re.compile(
    r"`[^`\n]{1,80}`"
    r"|https?://[^\s)>\]|\u3000-\u9fff]{1,200}"
    r"|(?<![\w.])[A-Za-z_][\w-]*(?:[._/-][\w]+)+(?![\w])"
    r"|(?<![\w.])[A-Za-z]*\d[\w.,:%/-]*[\w%]|(?<![\w.])\d"
)
_KEEP = Bilingual(ja="残す事実: {facts}", en="Facts to keep: {facts}.")
_MOST = 40


def suggestion(rule: Rule, sentence: str, language: Language) -> str:
    """The question that leads to the conditions, with the numbers and identifiers that a rewrite must keep."""
    ask = rule.ask.to(language)
    facts = facts_of(sentence)
    if not facts:
        return ask
    joined = ("、" if language is Language.JA else ", ").join(facts)
    return f"{ask} {_KEEP.to(language, facts=joined)}"


def facts_of(sentence: str) -> tuple[str, ...]:
    """Numbers, times, identifiers, code and addresses of a sentence, each once, in order."""
    return tuple(dict.fromkeys(match.group() for match in _FACT.finditer(sentence)))[:_MOST]
