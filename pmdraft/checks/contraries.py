"""Words of the contrary: a rise for a fall, what failed for what succeeded, and "fell from 40 to 80"."""

import re
from collections.abc import Iterator

from pmdraft.checks.cited import Cited, Fault, nowhere
from pmdraft.checks.figures import NUMERAL, number, same_length_nfkc
from pmdraft.checks.siblings import only_the_other, pairs
from pmdraft.statement import Basis

_UP = r"増|上昇|上が|引き上げ|伸び"
_DOWN = r"減|低下|下が|引き下げ|落ち"
_UNIT = r"\s?(?:[一-龥ァ-ヶ%]{1,3}?)?\s?"
# How one number became another, and which way it is said to have gone.
_CHANGES = (
    re.compile(
        rf"(?<![\d.,:/-])(?P<a>{NUMERAL}){_UNIT}(?:から|→|->){_UNIT}(?P<b>{NUMERAL})(?![\d.,:]){_UNIT}(?:に|へ|まで)?(?:(?P<up>{_UP})|(?:{_DOWN}))"
    ),
    re.compile(
        r"\b(?:(?P<up>rose|grew|increased|climbed|went up|raised)|fell|dropped|decreased|went down|lowered|reduced)"
        rf" from (?P<a>{NUMERAL})(?:%| \w+)? to (?P<b>{NUMERAL})(?![\d.,:])",
        re.IGNORECASE,
    ),
)


def find_contraries(cited: Cited) -> Iterator[Fault]:
    """A fault for each word of which what is cited has only the contrary, and each change that went the other way."""
    if not cited.own or cited.statement.basis is Basis.PROPOSED or cited.path.endswith(".lesson"):
        return
    text = same_length_nfkc(cited.statement.text)
    for match in (match for pattern in _CHANGES for match in pattern.finditer(text)):
        before, after = (float(number(match[name], None)) for name in ("a", "b"))
        if before != after and (before < after) != (match["up"] is not None):
            yield Fault("denial", match.span(), nowhere)
    for group in pairs("contraries"):
        if found := only_the_other(text, group, cited):
            yield Fault("denial", found[0].span(), nowhere)
