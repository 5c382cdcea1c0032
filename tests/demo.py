"""The demo, drafted once for all tests of a worker; what is drafted cannot be changed."""

from functools import cache

from pmdraft.demo import demo_draft
from pmdraft.draft import Draft
from pmdraft.language import Language


@cache
def the_demo(language: Language) -> Draft:
    return demo_draft(language)
