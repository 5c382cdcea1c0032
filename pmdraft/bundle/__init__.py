"""A run as one file, to keep, to draft from again and to check."""

from pmdraft.bundle.bundle import Asked, Bundle, Given, hashed, pack_run
from pmdraft.bundle.manifest import Manifest, Reading

__all__ = ["Asked", "Bundle", "Given", "Manifest", "Reading", "hashed", "pack_run"]
