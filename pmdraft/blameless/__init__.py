"""Finds wording that blames people, says why, and asks the question that leads on."""

from pmdraft.blameless.checking import Blame, check_markdown, check_text

__all__ = ["Blame", "check_markdown", "check_text"]
