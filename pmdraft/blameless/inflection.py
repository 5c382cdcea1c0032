"""The forms of verbs, made by rule from their dictionary form."""

import re
from typing import NamedTuple


class Verb(NamedTuple):
    """The stems of a Japanese verb that every past and negative form is made of."""

    renyou: str
    """Continuative: 忘れ, 怠り."""
    te: str
    """Before て: 忘れ, 怠っ; before で when `voiced`."""
    nai: str
    """Before ない and ず: 忘れ, 怠ら."""
    voiced: bool = False


_GODAN = {
    "う": ("い", "っ", "わ"),
    "く": ("き", "い", "か"),
    "ぐ": ("ぎ", "い", "が"),
    "す": ("し", "し", "さ"),
    "つ": ("ち", "っ", "た"),
    "ぬ": ("に", "ん", "な"),
    "ぶ": ("び", "ん", "ば"),
    "む": ("み", "ん", "ま"),
    "る": ("り", "っ", "ら"),
}
_VOICED = frozenset("ぐぬぶむ")

# A miss that is only imagined, allowed for or forbidden is no miss: 忘れても, 忘れた場合, 忘れてはならない.
_NOT_IMAGINED = (
    "(?!場合|とき|時に|際|としても|ら[^しれ]|り[、し]|も(?!の)|はな|はい[けか]|はダメ"
    "|いない|いません|いなか|いる可能|いる場合|しまう)"
)
_PAUSE = r"(?=[ 、,。)|]|$)"
# A noun that ends a clause tells of something done as its verb does: 「更新を失念。」
_NOUN_ALONE = r"(?=[、。)|]|$)"


def japanese_verb(entry: str) -> Verb:
    """Stems of a verb written as `忘れる/1` (ichidan), `怠る/5` (godan) or `失念/s` (with する)."""
    word, _, kind = entry.partition("/")
    if kind == "s":
        return Verb(f"{word}し", f"{word}し", f"{word}し")
    stem = word[:-1]
    if kind == "1":
        return Verb(stem, stem, stem)
    renyou, te, nai = _GODAN[word[-1]]
    return Verb(stem + renyou, stem + te, stem + nai, word[-1] in _VOICED)


class Form(NamedTuple):
    """One verb in one form: what is its own, and what it shares with all verbs that conjugate as it does."""

    stem: str
    suffix: str


def happened(entry: str) -> Form:
    """The forms that tell of something done: 忘れた, 忘れていた, 忘れちゃった, 忘れまして, 「忘れ、」."""
    verb = japanese_verb(entry)
    stem = _shared_start(verb)
    ta = "[だでじ]" if verb.voiced else "[たてち]"
    done = f"{verb.te[len(stem) :]}{ta}{_NOT_IMAGINED}"
    polite = f"{verb.renyou[len(stem) :]}(?:まし|{_PAUSE})"
    if entry.endswith("/s"):
        return Form(entry.removesuffix("/s"), f"(?:し{done}|し{polite}|{_NOUN_ALONE})")
    return Form(stem, f"(?:{done}|{polite})")


def suffered(entry: str) -> Form:
    """The passive forms that tell of something done by somebody: 忘れられた, 放置されて, 消され、."""
    verb = japanese_verb(entry)
    stem = entry.removesuffix("/s") if entry.endswith("/s") else _shared_start(verb)
    passive = "され" if entry.endswith("/s") else verb.nai[len(stem) :] + ("れ" if entry.endswith("/5") else "られ")
    return Form(stem, f"{passive}(?:[たて]{_NOT_IMAGINED}|{_PAUSE}|まし|続け)")


def omitted(entry: str) -> Form:
    """The forms that tell of something left undone: 確認しなかった, 確認せず, 確認しないまま."""
    verb = japanese_verb(entry)
    stem = entry.removesuffix("/s") if entry.endswith("/s") else _shared_start(verb)
    particle = "(?:を|は|も|すら|さえ)?" if entry.endswith("/s") else ""
    nai, masu, te = (text[len(stem) :] for text in (verb.nai, verb.renyou, verb.te))
    zu = "せ" if entry.endswith("/s") else nai
    de = "で" if verb.voiced else "て"
    forms = [
        f"{nai}(?:なかった(?!場合|とき|ら|り)|ない(?:まま|で(?!くだ|下さ))|なく(?!て(?:も|は)|な))",
        f"{zu}(?:ず(?!に(?:済|す)|とも)|ぬまま)",
        f"{masu}ませんでした",
        f"{te}{de}(?:い?(?:なかった|ませんでした|ない(?:まま|のに)|なく、)|おらず)",
    ]
    return Form(stem, f"{particle}(?:" + "|".join(forms) + ")")


def _shared_start(verb: Verb) -> str:
    """What of a verb never changes: 忘れ, 怠, 見落と."""
    stems = (verb.renyou, verb.te, verb.nai)
    shortest = min(stems, key=len)
    size = next((i for i, char in enumerate(shortest) if any(stem[i] != char for stem in stems)), len(shortest))
    return shortest[:size]


_IRREGULAR_VERBS = """
forget forgot forgotten, get got gotten, bury buried, stand stood, break broke broken, misread misread,
misunderstand misunderstood, mistake mistook mistaken, leave left, let let, blow blew blown, take took taken, bring
brought, fall fell fallen, sleep slept, oversleep overslept, sit sat, cut cut, overspend overspent, give gave given,
go went gone, drive drove driven, know knew known, write wrote written, run ran run, overrun overran overrun, choose
chose chosen, hide hid hidden, keep kept, pay paid, see saw seen, think thought, tell told, speak spoke spoken,
misspeak misspoke misspoken, read read, catch caught, omit omitted, commit committed, misspell misspelled misspelt,
mishear misheard, override overrode overridden, ride rode ridden, panic panicked, put put, set set, reset reset,
misset misset, shut shut, freeze froze frozen, do did done, make made, send sent, win won, hit hit, bet bet, spill
spilled spilt, throw threw thrown, lose lost, hang hung, feel felt, find found, have had, shoot shot, stick stuck,
mislead misled, lie lied, tie tied, wake woke woken, grow grew grown, become became become, overshoot overshot, show
showed shown, sell sold, bite bit bitten, draw drew drawn, overthink overthought, swear swore sworn, bend bent, cost
cost, undo undid undone, split split, spread spread, hold held, come came, buy bought, sink sank sunk, slide slid,
quit quit, begin began begun, overwrite overwrote overwritten, eat ate eaten, wind wound, swing swung, leap leapt
leaped, plead pleaded, forgo forwent forgone, spend spent, beat beat beaten, steal stole stolen, meet met, deal
dealt, sweep swept, lay laid, tear tore torn, spring sprang sprung, strike struck
"""
_IRREGULAR = {verb: tuple(forms) for verb, *forms in map(str.split, _IRREGULAR_VERBS.split(","))}
_VOWELS = frozenset("aeiou")
_STRESSED_AT_THE_END = frozenset(
    {"forget", "omit", "commit", "admit", "permit", "defer", "begin", "reset", "overrun", "misset"}
)


def english_past(phrase: str) -> str:
    """Past tense and participle of the first word of a phrase: `screw up` becomes `screwed up`."""
    prefix, head, rest = _parts(phrase)
    forms = _IRREGULAR.get(head) or (_regular_past(head),)
    either = forms[0] if len(forms) == 1 else "(?:" + "|".join(forms) + ")"
    return prefix + either + rest


def english_ing(phrase: str) -> str:
    """The -ing form of the first word of a phrase."""
    prefix, head, rest = _parts(phrase)
    if head.endswith("ie"):
        stem = head[:-2] + "y"
    elif head.endswith("e") and not head.endswith("ee"):
        stem = head[:-1]
    elif head == "panic":
        stem = "panick"
    else:
        stem = _doubled(head)
    return f"{prefix}{stem}ing{rest}"


def english_present(phrase: str) -> str:
    """The form of the third person: `screws up`, as timelines are often told."""
    prefix, head, rest = _parts(phrase)
    if head in {"have", "do", "go"}:
        form = {"have": "has", "do": "does", "go": "goes"}[head]
    elif head.endswith("y") and head[-2] not in _VOWELS:
        form = head[:-1] + "ies"
    else:
        form = head + ("es" if head.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return prefix + form + rest


def _parts(phrase: str) -> tuple[str, str, str]:
    """What never changes before the verb (mis-, over-, or the first half of fat-finger), the verb, the rest."""
    first = phrase.split(" ", 1)[0]
    prefix, _, head = first.rpartition("-?") if "-?" in first else first.rpartition("-")
    return first[: len(first) - len(head)] if prefix else "", head, phrase[len(first) :]


def _doubled(verb: str) -> str:
    """The verb with its last letter written twice where English wants it: drop, forget, omit."""
    short = re.fullmatch(r"(?:[^aeiou]|qu)*[aeiou][bdgmnprt]", verb)
    return verb + verb[-1] if short or verb in _STRESSED_AT_THE_END else verb


def _regular_past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ied"
    return _doubled(word) + "ed"
