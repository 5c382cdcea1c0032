"""Which of many messages are about the incident: those whose words its others share and the chatter does not."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from pmdraft.evidence import Evidence
from pmdraft.likeness import terms_of

# A word in fewer messages ties nothing together.
_FEWEST = 3


def focus_of(telling: Iterable[Evidence], everything: Sequence[Evidence]) -> Callable[[Evidence], float]:
    """How much a message speaks of what the telling ones speak of.

    A word counts for as much as it is more common in the telling messages than in the channel as a whole.

    Args:
        telling: the messages that tell of events.
        everything: all messages of the channel.
    """
    chosen = list(telling)
    words = {item.id: terms_of(item.text) for item in everything}
    here = Counter(term for item in chosen for term in words.get(item.id, ()))
    there = Counter(term for terms in words.values() for term in terms)
    share = len(chosen) / max(1, len(words))
    worth = {
        term: (number / there[term]) * min(number, 10)
        for term, number in here.items()
        if number >= _FEWEST and number / there[term] > share
    }

    def score(item: Evidence) -> float:
        return sum(sorted((worth.get(term, 0.0) for term in words.get(item.id, ())), reverse=True)[:4]) + item.reactions

    return score
