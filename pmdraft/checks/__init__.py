"""Checks of a draft against its evidence and against itself; none needs a model.

To add one: its rule, with its proof, in a file of `rules/`; a module with a function that
makes the rule's findings; the function's name in `_CHECKS` of `run.py`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmdraft.checks.run import run_checks

__all__ = ["run_checks"]


def __getattr__(name: str) -> object:
    # Who needs one check, such as `pmdraft check` of a file, need not load them all.
    if name == "run_checks":
        from pmdraft.checks.run import run_checks  # noqa: PLC0415 - likewise

        return run_checks
    raise AttributeError(name)
