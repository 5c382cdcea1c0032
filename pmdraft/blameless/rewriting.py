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
_MARKED = re.compile(r"[\d_./`]")
_MOST = 40


def suggestion(rule: Rule, sentence: str, said: str, language: Language) -> str:
    """The question that leads to the conditions, with the numbers and identifiers that a rewrite must keep.

    Facts are written as code, so that a name of theirs (`forgot-to-test.sh`) is no blame again. A hyphen alone makes
    no identifier of a word that is itself the blame (fat-fingered).
    """
    ask = rule.ask.to(language)
    facts = [fact for fact in facts_of(sentence) if _MARKED.search(fact) or fact not in said]
    if not facts:
        return ask
    joined = ("、" if language is Language.JA else ", ").join(fact if "`" in fact else f"`{fact}`" for fact in facts)
    return f"{ask} {_KEEP.to(language, facts=joined)}"


def facts_of(sentence: str) -> tuple[str, ...]:
    """Numbers, times, identifiers, code and addresses of a sentence, each once, in order."""
    return tuple(dict.fromkeys(match.group() for match in _FACT.finditer(sentence)))[:_MOST]
