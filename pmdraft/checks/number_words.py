"""Numbers written as words: "three hosts", 三台."""

import re
from collections.abc import Iterator

_SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ENGLISH = {word: number for number, word in enumerate(_SMALL, 2)}
_ENGLISH |= {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "twice": 2}
_ORDINALS = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
# Requests per second have no rank.
_ORDINAL = re.compile(rf"(?<!\bper )(?<!/)\b(?:{'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_KANJI = {kanji: number for number, kanji in enumerate("一二三四五六七八九", 1)}
_WORD = re.compile(
    rf"\b(?:{'|'.join(_ENGLISH)})\b|(?<![一-龥])(?!十分(?!間|後|前|程|ほど|く))[二三四五六七八九十][一二三四五六七八九十]{{0,2}}(?=[台人名件分時秒回倍日週割つ個本社か])",
    re.IGNORECASE,
)


def number_words(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Each number word with its value and its span; "one" and 一 are ways of speaking."""
    for match in _WORD.finditer(text):
        value = _ENGLISH.get(match[0].lower()) or _kanji(match[0])
        if value:
            yield value, match.span()


_TWO = re.compile(r"\b(?:both|a couple|a pair)\b|両(?:方|者|[A-Za-zァ-ヶ]|拠点|系)|双方|ふたつ", re.IGNORECASE)
_ONE = re.compile(r"\b(?:an?|one|another|single)\b", re.IGNORECASE)
_COUNTERS = frozenset("つ個件人名回台本枚")


def is_counted(value: str, counter: str, source: str) -> bool:
    """Whether a source counts so many without a number: both are two, and "a slot" is スロット1つ in Japanese."""
    if value == "2":
        return _TWO.search(source) is not None
    return value == "1" and counter in _COUNTERS and _ONE.search(source) is not None


def ordinals(text: str) -> Iterator[int]:
    """The numbers that ordinals stand for: the second approver is 2 人目の承認者."""
    return (_ORDINALS[match[0].lower()] for match in _ORDINAL.finditer(text))


def _kanji(word: str) -> int:
    """The value of 二, 十五 or 三十; 0 of anything else."""
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _KANJI.get(word, 0)
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return _KANJI.get(tens, 1) * 10 + _KANJI.get(ones, 0)
