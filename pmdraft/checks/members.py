"""One of several numbered hosts told where the evidence names another of them: api-3, and api-1 is meant."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial

from pmdraft.checks.cited import Cited, Fault, Reading
from pmdraft.checks.figures import name_value, same_length_nfkc
from pmdraft.checks.held import SERIES

_MEMBER = re.compile(r"(?<![\w.-])[A-Za-z][A-Za-z_-]{0,40}\d{1,3}(?![\w.]|-\w)", re.ASCII)


def find_members(cited: Cited) -> Iterator[Fault]:
    """A fault for each host that only a range or a list of the evidence has, which also names another by itself.

    "Restarting api-1→6" has api-3 in it. Beside "api-1 is going down now" it does not bear out that api-3 was.
    """
    said = _alone(same_length_nfkc(cited.statement.text))
    if not said:
        return
    named: dict[str, str] = {}
    for reading in cited.around:
        named |= {value: word for value, (word, _) in _alone(unicodedata.normalize("NFKC", reading.item.text)).items()}
    for value, (_, span) in said.items():
        if value in named or not any(reading.held.has_name(value) for reading in cited.own):
            continue
        others = [other for other in named if other.rstrip("0123456789") == value.rstrip("0123456789")]
        if others and not any(other in said for other in others):
            yield Fault("sibling", span, partial(_names, value), {"other": named[others[0]]})


def _alone(text: str) -> Mapping[str, tuple[str, tuple[int, int]]]:
    """Each numbered name that stands by itself, as it is compared, with its words and its place."""
    masked = SERIES.sub(lambda match: " " * len(match[0]), text)
    return {name_value(match[0]): (match[0], match.span()) for match in _MEMBER.finditer(masked)}


def _names(value: str, reading: Reading) -> bool:
    return value in _alone(unicodedata.normalize("NFKC", reading.item.text))
