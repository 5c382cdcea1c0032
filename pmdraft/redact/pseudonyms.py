"""People as pseudonyms for a model's eyes only: put in at the seam, taken out of the answer again."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from pmdraft.evidence import Person
from pmdraft.llm.seam import Model, Reply, Request

_HONORIFIC = "(?=さん|氏|くん|君|様|ちゃん|殿)"
_PSEUDONYM = re.compile(r"(?<![A-Za-z0-9_])person_\d{1,5}[a-z]{0,2}(?![A-Za-z0-9_])")


class PseudonymModel:
    """Asks another model about `person_1` instead of whoever it is; the answer names them again.

    Only the roster's people are known, each by every name that it has of them; a name that only the text holds stays.

    Args:
        model: what answers.
        people: the incident's roster; its bots keep their names.
    """

    def __init__(self, model: Model, people: Iterable[Person]) -> None:
        self.name = model.name
        self._model = model
        self._pseudonyms = dict(_pseudonyms(people))
        self._names = {pseudonym: name for name, pseudonym in self._pseudonyms.items()}
        longest_first = sorted(self._pseudonyms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_anywhere, longest_first))) if longest_first else None

    def complete(self, request: Request) -> Reply:
        """The other model's answer, with the people's own names in it.

        Raises:
            ModelError: there is no answer.
        """
        messages = tuple(message._replace(content=self.hidden(message.content)) for message in request.messages)
        reply = self._model.complete(replace(request, messages=messages))
        return replace(reply, text=self._named(reply.text))

    def hidden(self, text: str) -> str:
        """`text` with every name of the roster replaced."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._pseudonyms[match.group()], text)

    def _named(self, text: str) -> str:
        # The answer is JSON, so a name goes in as JSON writes it.
        def name(match: re.Match[str]) -> str:
            known = self._names.get(match.group())
            return json.dumps(known, ensure_ascii=False)[1:-1] if known else match.group()

        return _PSEUDONYM.sub(name, text)


def _pseudonyms(people: Iterable[Person]) -> Iterable[tuple[str, str]]:
    """Each name with its own pseudonym, so that each can be put back as it was written."""
    taken: set[str] = set()
    for number, person in enumerate((person for person in people if not person.is_bot), 1):
        for place, name in enumerate((person.handle, *person.names, person.id)):
            if name and name not in taken:
                taken.add(name)
                yield name, f"person_{number}{_letters(place)}"


def _letters(place: int) -> str:
    """Nothing for the handle, then a to z, then ba and so on."""
    return "" if not place else _letters((place - 1) // 26) + chr(ord("a") + (place - 1) % 26)


def _anywhere(name: str) -> str:
    """A pattern for a name in running text."""
    if name.isascii():
        return rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])"
    # A name of one letter, such as 森, is a word of its own too.
    return re.escape(name) if len(name) > 1 else rf"(?:(?<=@){re.escape(name)}|{re.escape(name)}{_HONORIFIC})"
