"""Where one sentence ends and the next begins."""

import re
from collections.abc import Iterator

from pmdraft.language import Language, language_of_text

LONGEST = 600
"""No sentence is taken to be longer, so that hostile text costs no more than its length."""

# A question and its "no" are one statement: "Was it carelessness? No: …", 「ミスだったのか。そうではない。」
_NO = "いいえ|いや、|違[うい]|そうではな|否、"
_MORE = r"[。！？!?]*[」』)）\"']*"
_END = re.compile(
    # Each alternative begins with a letter of its own, which lets the search run past all others.
    rf"。(?!(?<=か。) ?(?:{_NO})){_MORE}|！{_MORE}|!{_MORE}|\?(?! No\b| ?(?:{_NO})){_MORE}"
    r"|\.(?<![\s.][a-zA-Z]\.)(?:[\"')*]*)(?=\s|$)|<br ?/?>|\n\s*\n"
)


_HONORIFIC = re.compile("さん|くん|ちゃん")
_HIRAGANA = re.compile("[ぁ-ん]")
_JAPANESE = re.compile("[ァ-ヶ一-龥々]")
_LATIN_WORD = re.compile("[A-Za-z][a-z]+")


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of `text[start:end]`, none longer than `LONGEST`."""
    position = start
    for stop in _END.finditer(text, start, end):
        yield from _pieces(position, stop.end())
        position = stop.end()
    yield from _pieces(position, end)


def language_of(sentence: str) -> Language:
    """English also where people are called in Japanese letters: 「佐藤さん forgot the flag」."""
    if sentence.isascii():
        return Language.EN
    bare = _HONORIFIC.sub("", sentence)
    if _HIRAGANA.search(bare) or len(_LATIN_WORD.findall(bare)) <= len(_JAPANESE.findall(bare)):
        return language_of_text(sentence)
    return Language.EN


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        yield start, start + LONGEST
        start += LONGEST
    if end > start:
        yield start, end
