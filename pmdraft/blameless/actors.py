"""Who a sentence speaks of: its people, roles and teams, each marked by kind in a text of the same length."""

import re
import tomllib
from collections.abc import Iterable
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from pmdraft.blameless.folding import fold, lowered
from pmdraft.language import Language


class Actor(Enum):
    """A kind of actor; the value is the character that stands for each of its letters in a marked text."""

    NAMED = "\ue001"
    PRONOUN = "\ue002"
    ROLE = "\ue003"
    TEAM = "\ue004"
    SELF = "\ue005"
    WE = "\ue006"
    SOMEONE = "\ue007"
    THEY = "\ue008"


OWNING = "\ue009"
"""Stands for the last letter of my, his, their: the actor owns what follows."""

ANY_ACTOR = f"\ue001-{OWNING}"
"""Of a regular expression's character class: any letter of any actor."""

_TOOLS = frozenset(
    "jenkins travis chef puppet salt flux argo envoy kafka redis helm ray dask sentry oracle mercury ruby crystal julia"
    " echo alexa watson hudson dagger buck celery ansible consul nomad vault packer vagrant istio cilium grafana loki"
    " tempo mimir thor apollo athena hermes jaeger zuul eureka spark storm flink hive pig amazon google azure slack"
    " github gitlab circle buildkite drone hazel basil cassandra elastic linkerd harbor rook rancher swift kong".split()
)
_WORDS = frozenset(
    "mark will rob bill grant sue may art max dan pat jack chase hope grace rose dean drew faith joy ray frank rich"
    " gene bob dale glen cliff heath miles guy hunter mason page lane wade skip buddy sunny summer june april august"
    " dawn eve ivy iris lily olive amber ruby crystal pearl violet star major earl duke king queen prince marshal"
    " don nick rusty sandy stone wood young long short white black green brown gray grey day light case price cook"
    " baker carter cooper fisher gardener taylor smith turner walker ward wright bishop pope pike ash".split()
)
_GROUP_HANDLE = re.compile(
    r"@(?:[\w.-]*(?:team|oncall|on-call|sre|infra|ops|eng|platform|support|marketing|sales|security|devs?|admins?|qa|group|all|here|channel|everyone)s?)(?![\w-])"
)


@cache
def _words() -> dict[str, Any]:
    text = (files("pmdraft.blameless") / "lexicon" / "actors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


@cache
def _english() -> re.Pattern[str]:
    w = _words()["en"]
    modifiers = f"(?:(?!{_any(w['not_before_role'])} ){_any(w['modifiers'])}[ -]){{0,4}}"
    guard = "".join(f"(?<!\\b{word}[ -])" for word in ("kubernetes", "k8s", "prometheus", "cert", "package", "postgres", "kafka", "ternary", "logical"))
    tail = f"(?![\\w]|[-/][a-z]|[ -]{_any(w['not_after_role'])}\\b)"
    role = f"{guard}{modifiers}{_any(w['roles'])}{tail}"
    some, fixed = _any(w["some"]), _any(w["determiners"])
    team = f"(?:(?:the|an?|another|their|his|her|this|that|other) (?:[\\w&/-]{{2,18}} ){{1,3}}?(?:team|teams|department|squad|desk|folks|guys|people|division)|(?:the|an?|another|their) (?:[\\w&/-]{{2,18}} )?{_any(w['team_words'])}|[a-z]+ team)"
    alternatives = [
        ("we", f"\\b{_any(w['we'])}(?:'(?:d|ve|re|ll))?(?![\\w-])"),
        ("team", f"(?<![\\w-]){team}(?![\\w-])(?! (?:rotation|channel|page|leads?|members?|managers?))"),
        ("someone", f"\\b{_any(w['someone'])}(?![\\w-])|\\b{some} {role}"),
        ("role", f"\\b(?:{fixed} )?{role}"),
        ("pronoun", f"\\b{_any(w['pronouns'])}(?:'(?:d|ve|ll|re))?(?![\\w-])"),
        ("they", f"\\b{_any(w['they'])}(?:'(?:d|ve|ll|re))?(?![\\w-])"),
        ("self", f"(?<![\\w./-])(?:{_any(w['self'])}(?:'(?:d|ve|ll|m))?)(?![\\w./-])"),
    ]
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in alternatives))


@cache
def _capital_teams() -> re.Pattern[str]:
    teams: list[str] = _words()["en"]["capital_teams"]
    initials = [team for team in teams if team.isupper()]
    words = [team for team in teams if not team.isupper()]
    return re.compile(f"(?<![\\w-])(?:{_any(initials)}|(?=[A-Z])(?i:{_any(words)}))(?= (?:\"|[a-z]))")


@cache
def _japanese() -> re.Pattern[str]:
    w = _words()["ja"]
    edge = f"(?!{_any(w['not_after_role'])})"
    prefix = "(?:[一-龥々ァ-ヶー]{1,8}|[a-z0-9]{2,12}(?: )?)??"
    after = f"(?:{_any(w['after_role'])})?(?:たち|達|ら)?"
    role = f"{prefix}{_any(w['roles'])}{after}{edge}"
    names, suffixes = _any(w["team_names"]), _any(w["team_suffixes"])
    team = f"{names}(?: )?{suffixes}(?:の?{_any(w['teams'])})?(?:の(?:担当者?|メンバー|人間))?{edge}|{_any(w['team_words'])}側?{edge}|[一-龥々ァ-ヶーa-z0-9]{{1,12}}チーム{edge}"
    honorific = f"(?<![一-龥々ァ-ヶー])(?!{_any(w['not_people'])}(?:さん|様|氏|君|くん))(?:[一-龥々]{{1,4}}|[ァ-ヶー]{{2,8}}|[a-z]{{2,12}} ?)(?:さん|くん|氏(?!名)|君)(?!達成|ぷ)"
    alternatives = [
        ("we", f"(?<![一-龥々ァ-ヶー]){_any(w['we'])}(?![一-龥々ァ-ヶー])"),
        ("named", honorific),
        ("someone", f"{_any(w['someone'])}{edge}"),
        ("team", f"(?<![一-龥々ァ-ヶーa-z0-9])(?:{team})"),
        ("role", f"(?<![一-龥々ァ-ヶーa-z0-9])(?:{role})"),
        ("pronoun", f"(?<![一-龥々]){_any(w['pronouns'])}(?=[がはのもをにと、]|ら)"),
        ("self", f"(?<![一-龥々]){_any(w['self'])}(?=[がはのもでを、]|自身)"),
    ]
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in alternatives))


_A = "\ue003\ue007\ue004"
_APPOSITION = re.compile(f"[{_A}]+(?:の|、|, | |である)(?=\ue001)|(?<=\ue001) ?[（(]?[{_A}]+[）)]?(?=[がはもの])")
_SPACED = re.compile(f"([{ANY_ACTOR}]) (?=[ぁ-ん])|(?<=[ぁ-んァ-ヶ一-龥、。]) (?=([{ANY_ACTOR}]))")
_POSSESSIVE = re.compile(r"(?:my|his|your|our|their|owner's)$")
CUSTOMERS = re.compile(r"\b(?:customers?|users?|clients?|visitors?|players?|guests?|shoppers|subscribers?|patients)\b")


class Roster:
    """The people that an incident knows, ready to be found in text."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take every way in which the people's names are written; an @ before a handle is optional."""
        self._pattern = _names(tuple(sorted({fold(name).text.strip().lstrip("@") for name in names} - {""})))

    def mark(self, text: str, language: Language) -> str:
        """`text` in lower case, with each letter of an actor replaced by the character of its kind."""
        marked = self._pattern.sub(_handle_or_name, text)
        if language is Language.EN:
            marked = _capital_teams().sub(lambda match: Actor.TEAM.value * len(match.group()), marked)
        lower = lowered(marked)
        lower = (_english() if language is Language.EN else _japanese()).sub(_by_kind, lower)
        named = _APPOSITION.sub(lambda match: Actor.NAMED.value * len(match.group()), lower)
        return _SPACED.sub(lambda match: (match[1] or "") + (match[1] or match[2]), named) if language is Language.JA else named


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = [r"@[A-Za-z0-9][\w.-]{0,40}(?<![.-])"]
    honorifics = _any(_words()["ja"]["honorifics"])
    for name in sorted({part for name in names for part in _spellings(name)}, key=len, reverse=True):
        alternatives.append(_latin(name) if name.isascii() else _kanji(name, honorifics))
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives))


def _spellings(name: str) -> Iterable[str]:
    yield name
    parts = name.split()
    if len(parts) > 1:
        yield from (part for part in parts if len(part) > 1 and part.lower() not in _TOOLS and part[0].isalpha())
    elif "." in name and name.isascii():
        yield from (part for part in name.split(".") if len(part) > 2)


def _latin(name: str) -> str:
    escaped = re.escape(name)
    if name.lower() in _WORDS:
        either = re.escape(name[:1].upper() + name[1:])
    else:
        either = f"(?:{escaped}|{re.escape(name.capitalize())}|{re.escape(name.lower())}|{re.escape(name.upper())})"
    return f"@?(?<![A-Za-z0-9_.-]){either}(?:-?[Ss]an|さん|氏|くん)?(?![A-Za-z0-9_]|-[A-Za-z]|\\.[A-Za-z])"


def _kanji(name: str, honorifics: str) -> str:
    edge = "(?![一-龥々])" if len(name) > 1 else "(?=[がはのもにをからなと、,:]|$)"
    before = "(?<![一-龥々])|(?<=担当)|(?<=当番)|(?<=の)" if len(name) > 1 else "(?<![一-龥々ぁ-ん])"
    return f"(?:{before})@?{re.escape(name)}(?: ?{honorifics}|{edge})"


def _handle_or_name(match: re.Match[str]) -> str:
    kind = Actor.TEAM if _GROUP_HANDLE.fullmatch(match.group().lower()) else Actor.NAMED
    return kind.value * len(match.group())


def _by_kind(match: re.Match[str]) -> str:
    kind = Actor[(match.lastgroup or "role").upper()]
    letters = kind.value * len(match.group())
    return letters[:-1] + OWNING if _POSSESSIVE.match(match.group()) else letters
