"""What finds the actors of a sentence, made from the word classes of `lexicon/actors.toml`."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pmdraft.blameless.alternation import any_of
from pmdraft.blameless.compiled import compiled
from pmdraft.blameless.kept import tables

_CONTRACTED = "(?:'(?:d|ve|ll|m))?"
_KANJI = "一-龥々"
_BEFORE_PARTICLE = "(?= ?(?:-?[Ss]an|さん|氏|くん)? ?[がはもに])"
_AFTER_TITLE = "|".join(
    f"(?<={title})" for title in ("担当", "当番", "新人", "若手", "主任", "部長", "課長", "員", "者", "の")
)

_AFTER_NAME = "以外|自身|本人|一人|個人|作成|担当|経由|発案|任せ|頼み|側"


def words() -> dict[str, Any]:
    """The classes of words that can carry a predicate, by language."""
    found: dict[str, Any] = tables()["actors"]
    return found


def _named_groups(before: str, alternatives: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    return compiled(f"{before}(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in alternatives) + ")")


def _loaded() -> tuple[str, ...]:
    """Adjectives that judge: they never belong to the name of a role."""
    return tuple(tables()["en"]["words"]["loaded"])


@cache
def english() -> re.Pattern[str]:
    """Roles, teams and pronouns in lower-case English, each kind a named group."""
    w = words()["en"]
    role = _english_role(w)
    some, fixed = any_of(w["some"]), any_of(w["determiners"])
    other = rf"(?:(?!{any_of(w['not_a_modifier'])}\b|{any_of(_loaded())}\b)[\w/-]{{2,18}} )?"
    not_a_thing = "(?! (?:rotation|channel|page|leads?|members?|managers?))"
    return _named_groups(
        r"(?<!\w)",
        [
            ("team", rf"(?<![\w-]){_english_team(w)}(?![\w-]){not_a_thing}"),
            ("someone", rf"\b{any_of(w['someone'])}(?![\w-])|\b{some} {other}{role}"),
            ("role", rf"\b(?:{fixed} {other})?{role}|\b{fixed} {other}{_before_people(w, 'doubtful_roles')}"),
            *_pronouns(w),
        ],
    )


@cache
def english_pronouns() -> re.Pattern[str]:
    """The pronouns alone, for sentences without any other actor."""
    return _named_groups(r"\b", _pronouns(words()["en"]))


def _pronouns(w: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [
        ("we", rf"\b{any_of(w['we'])}{_CONTRACTED}(?![\w-])"),
        ("pronoun", rf"\b{any_of(w['pronouns'])}{_CONTRACTED}(?![\w-])"),
        ("they", rf"\b{any_of(w['they'])}{_CONTRACTED}(?![\w-])"),
        ("self", rf"(?<![\w./-])(?:{any_of(w['self'])}{_CONTRACTED})(?![\w/-]|\.\w)"),
    ]


def _english_role(w: dict[str, list[str]]) -> str:
    modifiers = rf"(?:(?!{any_of(w['not_before_role'])} ){any_of(w['modifiers'])}[ -]){{0,4}}"
    guard = "".join(rf"(?<!\b{word}[ -])" for word in w["not_before_role"] if word.isalnum())
    a_program = r" \([^)\n]{0,40}\b(?:controller|service|bot|pod|daemon|job|process|system|script|tool|cluster)\b"
    tail = rf"(?![\w]|[-/][a-z]|[ -]{any_of(w['not_after_role'])}\b|{a_program})"
    # "the developer on the team" is one person.
    whose = "(?:on|in|of|from) (?:the|our|this|that|their)"
    group = rf"(?: {whose} (?:[\w-]+ )?(?:team|squad|department|noc|crew|group)(?!\w))?"
    role = f"{modifiers}{any_of(w['roles'])}"
    # Nearly no word begins a role, so that it is looked at first; the guard alone takes longer.
    return f"(?={role}){guard}{role}{group}{tail}"


def _english_team(w: dict[str, list[str]]) -> str:
    groups = r"(?:teams?|department|squad|desk|folks|guys|people|division)"
    whose = "(?:the|an?|another|their|his|her|this|that|other)"
    a_thing = rf"(?! {any_of(w['not_after_team'])}\b)"
    adjective = r"(?:[\w&/-]{2,18} )?"
    named = rf"{whose} (?:[\w&/-]{{2,18}} ){{1,3}}?{groups}"
    members = "(?:'s (?:support|engineers|staff|people|team|technicians|developers))?"
    outside = f"(?:the|an?|another|their) {adjective}{any_of(w['team_words'])}{members}{a_thing}"
    ours = f"our {adjective}{any_of(w['outsiders'])}{members}{a_thing}"
    bare = "(?!our |my |whole |entire |the )[a-z]+ team"
    of_theirs = (
        r"the team(?= (?:that|which|running|owning|responsible|behind|in charge|handling|maintaining|operating)\b)"
    )
    doubtful = (
        f"(?:(?:the|our|their) {adjective}{_before_people(w, 'doubtful_teams')}|{_before_people(w, 'bare_teams')})"
    )
    return f"(?:{named}|{of_theirs}|{outside}|{ours}|{bare}|{doubtful})"


def _before_people(w: dict[str, list[str]], words: str) -> str:
    """Words that mean people where something follows that only people do."""
    return rf"{any_of(w[words])}(?= {any_of(w['human_verbs'])}(?!\w))"


@cache
def capital_teams() -> re.Pattern[str]:
    """Teams that are called by a bare capitalised word, where a verb follows."""
    teams: list[str] = words()["en"]["capital_teams"]
    initials = [team for team in teams if team.isupper()]
    spelled = [team for team in teams if not team.isupper()]
    w = words()["en"]
    no_member = rf"(?! (?:{any_of(['team', 'department', *w['roles'], 'leads?'])})\b)"
    name = rf"(?:{any_of(initials)}|(?=[A-Z])(?i:{any_of(spelled)}))"
    clear = rf"{name}(?= (?:\"|[a-z])){no_member}"
    blamed = rf"(?:(?<=\bby )|(?<=\bto )|(?<=\bof )|(?<=\bwith )){name}(?=[.,;)]|$)"
    doubtful = f"{any_of(w['plain_word_teams'])}(?= {any_of(w['team_verbs'])})"
    names = _before_people(w, "capital_names")
    return compiled(rf"(?<![\w-])(?<!\b[Aa] )(?<!\b[Aa]n )(?:{clear}|{blamed}|{doubtful}|{names})")


@cache
def japanese(*, roles: bool = True, teams: bool = True) -> re.Pattern[str]:
    """Roles, teams and pronouns in Japanese, each kind a named group; those that take long only where asked for."""
    w = words()["ja"]
    edge = f"(?!{any_of(w['not_after_role'])})"
    role = ("role", f"(?<![{_KANJI}ァ-ヶーa-z0-9])(?:{_japanese_role(w)}{edge})")
    team = ("team", f"(?<![{_KANJI}ァ-ヶーa-z0-9])(?:{_japanese_team(w, edge)})")
    return _named_groups(
        "",
        [
            ("we", f"(?<![{_KANJI}ァ-ヶー]){any_of(w['we'])}(?![{_KANJI}ァ-ヶー])"),
            ("named", _with_honorific(w)),
            ("someone", f"{any_of(w['someone'])}{edge}"),
            *([team] if teams else []),
            *([role] if roles else []),
            ("pronoun", f"(?<![{_KANJI}]){any_of(w['pronouns'])}(?=[がはのもをにと、]|ら)"),
            # Within a sentence 自分 is whoever its subject is, a server as well as a person.
            (
                "self",
                f"(?:(?<![{_KANJI}])|(?<=全部)|(?<=全て)|(?<=今回)|(?<=結局))(?!(?<=[ぁ-んァ-ヶー])(?<!たのは)自分){any_of(w['self'])}(?=[がはのもでを、]|自身)",
            ),
        ],
    )


def _japanese_role(w: dict[str, list[str]]) -> str:
    prefix = f"(?:[{_KANJI}ァ-ヶー]{{1,8}}|[a-z0-9]{{2,12}}(?: )?)??"
    after = f"(?:{any_of(w['after_role'])})?(?:たち|達|ら)?"
    # 張本人 is a verdict, not 本人.
    return f"(?!張本人){prefix}{any_of(w['roles'])}{after}"


def _japanese_team(w: dict[str, list[str]], edge: str) -> str:
    member = "(?:の(?:担当者?|メンバー|人間))?"
    things = f"(?!{any_of(w['sides_of_things'])} ?(?:側|サイド|室))"
    # 「システム企画部」 is a 企画部 too.
    prefix = f"(?:[{_KANJI}ァ-ヶーa-z0-9]{{1,8}})??"
    known = f"{any_of(w['team_names'])}(?: )?{any_of(w['team_suffixes'])}(?:の?{any_of(w['teams'])})?"
    listed = f"{prefix}{things}{known}{member}{edge}"
    spelled = f"(?:[{_KANJI}ァ-ヶーa-z0-9]{{1,12}}|[a-z][a-z0-9]{{1,11}} )チーム"
    return f"{listed}|{any_of(w['team_words'])}側?{edge}|{spelled}{edge}"


def _with_honorific(w: dict[str, list[str]]) -> str:
    nobody = f"(?!{any_of(w['not_people'])}(?:さん|様|氏|君|くん))"
    name = f"(?:[{_KANJI}]{{1,4}}|[ァ-ヶー]{{2,8}}|[a-z]{{2,12}} ?)"
    return f"(?<![{_KANJI}ァ-ヶー]){nobody}{name}(?:さん|くん|氏(?!名)|君)(?!達成|ぷ)"


@cache
def group_handle() -> re.Pattern[str]:
    """Handles of groups: @sre-team, @here."""
    return re.compile(rf"@[\w.-]*{any_of(words()['handles']['groups'])}s?")


def names(roster: Iterable[str]) -> re.Pattern[str]:
    """The people of a roster, and whatever else is written as a handle."""
    alternatives = [r"@[A-Za-z0-9][\w.-]{0,40}(?<![.-])"]
    honorifics = any_of(words()["ja"]["honorifics"])
    spellings = {spelling for name in roster for spelling in _spellings(name)}
    alternatives += [
        _latin(spelling) if spelling.isascii() else _kanji(spelling, honorifics)
        for spelling in sorted(spellings, key=len, reverse=True)
    ]
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives))


def _spellings(name: str) -> Iterable[str]:
    yield name
    tools = words()["names"]["tools"]
    parts = re.split(r"[\s()/・]+", name.rstrip(") "))
    if len(parts) > 1:
        yield from (part for part in parts if len(part) > 1 and part[0].isalpha() and part.lower() not in tools)
        if not name.isascii():
            yield "".join(parts)
    elif re.fullmatch(f"[{_KANJI}]{{3,4}}", name):
        # Nearly every surname before a given name of one or two characters is of two.
        yield name[:2]
    elif "." in name and name.isascii():
        yield from (part for part in name.split(".") if len(part) > 2)


def _latin(name: str) -> str:
    if name.lower() in words()["names"]["words"]:
        # In small letters it is that word, unless a Japanese particle follows.
        either = f"(?:{re.escape(name[:1].upper() + name[1:])}|{re.escape(name.lower())}{_BEFORE_PARTICLE})"
    else:
        either = any_of({re.escape(form) for form in (name, name.capitalize(), name.lower(), name.upper())})
    after = r"(?:-?[Ss]an|さん|氏|くん)?(?![A-Za-z0-9_]|-[A-Za-z]|\.[A-Za-z])"
    return f"@?(?<![A-Za-z0-9_.-]){either}{after}"


def _kanji(name: str, honorifics: str) -> str:
    if len(name) > 1:
        # ー and the like go on with a name in katakana: リー is not in リーダー.
        more = "ァ-ヶー" if re.search("[ァ-ヶー]", name) else ""
        before = f"(?<![{_KANJI}{more}])|{_AFTER_TITLE}"
        edge = f"(?![{_KANJI}{more}])|(?={_AFTER_NAME})"
    else:
        before, edge = (
            f"(?<![{_KANJI}ぁ-ん])|{_AFTER_TITLE}|(?<=しかし)|(?<=そこで)",
            "(?=[がはのもにをからなと、,:]|$)",
        )
    return f"(?:{before})@?{re.escape(name)}(?: ?{honorifics}|{edge})"
