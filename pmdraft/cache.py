"""The folder where what was read or answered is kept between runs."""

import os
from pathlib import Path

from platformdirs import user_cache_path


def cache_folder(given: Path | None = None) -> Path:
    """The folder given, that of PMDRAFT_CACHE_DIR, or the user's cache."""
    named = given or os.environ.get("PMDRAFT_CACHE_DIR")
    return Path(named) if named else user_cache_path("pmdraft", appauthor=False)
