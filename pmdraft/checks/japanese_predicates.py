"""Japanese predicates and whether they are denied: 読めず, 昇格した, 上限が無い, Redisではない."""

import re
from collections.abc import Iterator

from pmdraft.checks.clauses import parts
from pmdraft.checks.lexicon import pattern
from pmdraft.checks.predicate import Predicate
from pmdraft.likeness import terms_of

# A verb is told by its last kanji and the kana after it; a particle after a noun makes none.
_VERB = re.compile(
    r"(?P<stem>[一-龥々]{1,8}|[ァ-ヶー]{2,12})"
    r"(?P<tail>(?!(?:は|が|を|に|の|と|も|で(?!き)|へ|や|か(?!な|っ)|から|まで|より|など|だ(?!さ)|ので)(?![ぁ-ん]?な(?:い|かっ)))[ぁ-ん]{1,14})"
)
_NO = re.compile(
    r"(?<!かもしれ)な(?:い(?!(?:です|ん)?か)|かっ|く(?:て|な|$)|(?<!ぱな)し(?![たて])|さそう|けれ)|ません|(?<=[らかせけめれきえべわ])ず(?![っつれかみ])|ぬ(?:まま|$)"
)
# Where the predicate ends and another word starts.
_ON = re.compile(
    r"とき|もの|こと|ので|のに|のは|のが|けど|から|まで|ため|ところ|だけ|ほど|ばかり|など|よう|(?<=[たるいう])(?:が|と|の|を|は)"
)
_DOES = re.compile(r"し|さ[れせ]|す[るべ]|せず|でき")
_ASKS = re.compile("(?:ない|ません)(?:です)?か(?!った)")
# 抜けは and 呼び出しは are nouns.
_NOUN_AFTER_ALL = re.compile(r"[ぁ-ん]{1,2}[はがをもにのへ]")
_NOUN = r"(?P<noun>[A-Za-z][A-Za-z0-9_./-]*|[^\s、。「」『』（）()はがをにともへ0-9]{1,8}?)\s?"
# What is there, and what is not: 上限があった, 上限が無く, 欠損なし.
_BEING = re.compile(
    _NOUN + r"(?:が|は|も|には|にも|に)?\s?(?:(?P<no>な(?:い(?!か)|かった|く(?:、|て)|し(?=[でとだ、。]|です|$))"
    r"|無(?:い|し|かった|く)|ありません)"
    r"|あ(?:り(?!が|ません)|る|った|って))"
)
_COUNTERS = re.compile("[件人名台つ回度個社通本枚秒分日]|時間")
# What something is, and what it is not: 原因である, Redisではない.
_EQUAL = re.compile(
    _NOUN + r"(?:だけ)?(?:(?P<no>(?:では|じゃ)\s?(?:な(?:い(?!(?:です|ん)?か)|かった|さそう)|ありません))"
    r"|で(?:ある(?!か)|あった|あり(?:そう|、)|した|す(?!か))|だ(?:った|と))"
)


def japanese_predicates(text: str) -> Iterator[Predicate]:
    """The predicates of a Japanese text, part by part."""
    for start, end in parts(text):
        beside = terms_of(text[start:end])
        for match in _VERB.finditer(text, start, end):
            tail = _ON.split(match["tail"], maxsplit=1)[0]
            if _ASKS.search(match["tail"]):
                continue
            if tail and not _NOUN_AFTER_ALL.fullmatch(tail) and not pattern("open").search(match["tail"]):
                denied = len(_NO.findall(tail)) % 2 == 1
                yield Predicate(_stem(match["stem"], tail), denied, beside, match.span(), (start, end))
        for sign, form in (("+", _BEING), ("=", _EQUAL)):
            for match in form.finditer(text, start, end):
                noun = match["noun"].casefold()
                # "Not one 件", and a noun that something denied stands before: 済まない勢いだった.
                if _COUNTERS.fullmatch(noun) or _NO.search(noun):
                    continue
                yield Predicate(
                    sign + (noun if noun[0].isascii() else noun[-2:]),
                    match["no"] is not None,
                    beside,
                    match.span(),
                    (start, end),
                )


def _stem(word: str, tail: str) -> str:
    if not "一" <= word[0] <= "龥":
        return word
    return word[-2:] if _DOES.match(tail) else word[-1]
