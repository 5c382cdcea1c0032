"""The two languages that pmdraft writes, as equals."""

import re
from enum import StrEnum
from typing import NamedTuple

_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")


class Language(StrEnum):
    """A language of drafts, findings and questions."""

    JA = "ja"
    EN = "en"


class Bilingual(NamedTuple):
    """One text in both languages; both are required, so neither can be forgotten."""

    ja: str
    en: str

    def to(self, language: Language, **values: object) -> str:
        """The text in `language`, with `{name}` fields filled from `values`.

        Values are inserted as they are: a value that holds braces is not a template.
        """
        text = self.ja if language is Language.JA else self.en
        return text.format(**values)


def language_of_text(text: str) -> Language:
    """Japanese if any of its letters is, else English."""
    return Language.JA if _JAPANESE.search(text) else Language.EN
