"""The words of the evidence that statements were made from, shown where they stand."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from pmdraft.postmortem import Postmortem
from pmdraft.walk import statements


def passages_of(postmortem: Postmortem) -> dict[str, set[str]]:
    """The words that statements quote, by the id of their evidence."""
    found: dict[str, set[str]] = {}
    for _, statement in statements(postmortem):
        for quote in statement.quotes:
            found.setdefault(quote.evidence, set()).add(quote.words)
    return found


def underlined(text: str, passages: Iterable[str]) -> Markup:
    """`text` as HTML with those passages marked; what it holds of HTML itself stays text."""
    shown, end = Markup(), 0
    for start, stop in _joined(text, passages):
        shown += escape(text[end:start]) + Markup("<mark>{}</mark>").format(text[start:stop])
        end = stop
    return shown + escape(text[end:])


def _joined(text: str, passages: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the passages stand, those that overlap as one."""
    spans = sorted((place, place + len(words)) for words in passages if words and (place := text.find(words)) >= 0)
    while spans:
        start, stop = spans.pop(0)
        while spans and spans[0][0] <= stop:
            stop = max(stop, spans.pop(0)[1])
        yield start, stop
