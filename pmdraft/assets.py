"""Where the prompts and templates lie: in the wheel when installed, beside the package in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def asset_dir(name: str) -> Path:
    """The folder `prompts` or `templates`."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
