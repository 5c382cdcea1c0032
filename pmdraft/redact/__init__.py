"""Secrets become placeholders, and people pseudonyms, before anything is built from the evidence."""

from pmdraft.redact.pseudonyms import PseudonymModel
from pmdraft.redact.redactor import Redactor, redact

__all__ = ["PseudonymModel", "Redactor", "redact"]
