"""Who a sentence speaks of: its people, roles and teams, each marked by kind in a text of the same length."""

import re
from collections.abc import Iterable
from enum import Enum
from functools import cache, lru_cache

from pmdraft.blameless import actor_patterns
from pmdraft.blameless.announcing import CAPITALS, OTHERS, ROLES, TEAMS, announced
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

CUSTOMERS = re.compile(r"\b(?:customer|user|client|visitor|player|guest|shopper|subscriber|patient)s?\b")
"""Those whom an incident hits; what "they" do is not told as a fault."""

_UNNAMED = f"{Actor.ROLE.value}{Actor.SOMEONE.value}{Actor.TEAM.value}"
_NAMED = Actor.NAMED.value
# "the on-call engineer Bob" and 「当番の佐藤」 are one person, and named.
_APPOSITION = re.compile(
    f"[{_UNNAMED}]+(?:の|、|, | |である|)(?={_NAMED})|(?<={_NAMED}) ?[（(]?[{_UNNAMED}]+[）)]?(?=[がはもの])"
)
# さん after a handle, and words for the same people again, belong to the actor.
_TITLED = re.compile(
    f"([{ANY_ACTOR}]) ?(?:さん|くん|氏|ちゃん|様|殿|先輩)?(?:たち|達|ら|自身|本人"
    "|全員|一同|各位|各自|各人|勢|陣|同士|一人|ひとり|一人ひとり|一人一人|の(?:両名|両者|二人|2 ?人|三人))?"
    "(?= ?[がはのもにをへ、とで])"
)
_SPACED = re.compile(f"([{ANY_ACTOR}]) (?=[ぁ-ん])|(?<=[ぁ-んァ-ヶ一-龥、。]) (?=([{ANY_ACTOR}]))")
_MOST = 30
"""No sentence that a person wrote has more actors of a sort; hostile text is cheaper for it."""
# "Her failure", but not "told her to".
_OWNED = re.compile(
    r" (?!(?:to|the|an?|at|in|on|and|or|for|about|that|not|from|of|with|by|when|if|after|again|how|why|what)\b)\w"
)
_POSSESSIVE = re.compile(r"(?:my|his|your|our|their|owner's)$")


class Roster:
    """The people that an incident knows, ready to be found in text."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take every way in which the people's names are written; an @ before a handle is optional."""
        known = tuple(names)
        self._pattern = _written(known)
        # @kuma_dev is a person where the incident knows one of that name; else the handle of developers.
        self._known = frozenset(name.lower().lstrip("@") for name in known)

    def mark(self, text: str, language: Language) -> str:
        """`text` in lower case, with each letter of an actor replaced by the character of its kind."""
        named = self._pattern.sub(self._handle_or_name, text, _MOST)
        lower = lowered(named)
        kinds = announced(language).kinds_in(named, lower)
        if language is Language.EN:
            return _in_english(named, lower, kinds)
        return _in_japanese(lower, kinds) if kinds or named != text else lower

    def _handle_or_name(self, match: re.Match[str]) -> str:
        handle = match.group().lower()
        is_group = actor_patterns.group_handle().fullmatch(handle) and handle.lstrip("@") not in self._known
        kind = Actor.TEAM if is_group else Actor.NAMED
        return kind.value * len(handle)


def _in_english(text: str, lower: str, kinds: int) -> str:
    if kinds & CAPITALS:
        lower = lowered(actor_patterns.capital_teams().sub(_team, text))
    if kinds & (ROLES | OTHERS):
        pattern = actor_patterns.english() if kinds & ROLES else actor_patterns.english_pronouns()
        lower = pattern.sub(_by_kind, lower, _MOST)
    return _APPOSITION.sub(_named, lower) if _NAMED in lower else lower


def _in_japanese(lower: str, kinds: int) -> str:
    if kinds:
        pattern = actor_patterns.japanese(roles=bool(kinds & ROLES), teams=bool(kinds & TEAMS))
        lower = pattern.sub(_by_kind, lower, _MOST)
    return _SPACED.sub(_joined, _TITLED.sub(_titled, _APPOSITION.sub(_named, lower)))


@lru_cache(maxsize=64)
def _written(names: tuple[str, ...]) -> re.Pattern[str]:
    # The people of an incident are the same for each of its statements.
    plain = {fold(name).text.strip().lstrip("@") for name in names}
    return _names(tuple(sorted(plain - {""})))


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    return actor_patterns.names(names)


def _named(match: re.Match[str]) -> str:
    return _NAMED * len(match.group())


def _team(match: re.Match[str]) -> str:
    return Actor.TEAM.value * len(match.group())


def _titled(match: re.Match[str]) -> str:
    return match[1] * len(match.group())


def _joined(match: re.Match[str]) -> str:
    return (match[1] or "") + (match[1] or match[2])


def _by_kind(match: re.Match[str]) -> str:
    kind = Actor[(match.lastgroup or "role").upper()]
    letters = kind.value * len(match.group())
    owns = _POSSESSIVE.match(match.group()) or (match.group() == "her" and _OWNED.match(match.string, match.end()))
    return letters[:-1] + OWNING if owns else letters
