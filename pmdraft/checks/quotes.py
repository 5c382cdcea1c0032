"""Words in quotation marks that nobody of what is cited said."""

import re
from collections.abc import Iterator
from functools import partial

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.drafting.quoting import folded, is_quoted_from, spoken
from pmdraft.evidence import Evidence
from pmdraft.language import language_of_text
from pmdraft.statement import Basis

_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,500}\)")
_LEAST = {True: 14, False: 6}
"""Letters of a quotation that is looked up, in Latin letters and in others; a shorter one names a thing."""


def find_quotes(cited: Cited) -> Iterator[Fault]:
    """A fault for each quotation that is in nothing of what is cited."""
    if not cited.own or cited.statement.basis is Basis.PROPOSED:
        return
    items = [form for reading in cited.around for form in _forms(reading.item)]
    for words in spoken(cited.statement.text):
        whole = folded(words)
        if len(whole) < _LEAST[whole.isascii()] or is_quoted_from(words, items):
            continue
        # What was said in the other language is translated.
        if all(language_of_text(item.text) is not language_of_text(words) for item in items):
            continue
        start = cited.statement.text.index(words)
        yield Fault("quote", (start, start + len(words)), partial(_says, words))


def _says(words: str, reading: Reading) -> bool:
    return is_quoted_from(words, _forms(reading.item))


def _forms(item: Evidence) -> tuple[Evidence, ...]:
    """Evidence as it is written, and as one reads it, with the names of links alone."""
    read = _LINK.sub(r"\1", item.text)
    return (item,) if read == item.text else (item, item.model_copy(update={"text": read}))
