"""What every test has: a cache folder of its own, so that nothing outside is read or written."""

import os

import pytest


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    # One folder for all workers of a run, and for the commands that tests start.
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.getbasetemp().parent / "cache")
