"""A run that was killed or stopped, run again, pays only for what is missing.

The HTTP is real, and what is killed or stopped is a real process; what runs to its end runs here, which is faster."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pmdraft.cli import app
from tests.builders import message, slack_export
from tests.llm.endpoints import completion
from tests.llm.loopback import Canned, Loopback, Seen
from tests.scripted import STAGES, least_answers

LEAST = {stage: answer.model_dump_json() for stage, answer in least_answers().items()}
PLANTED = "AKIAIOSFODNN7EXAMPLE"


# In the background of a shell SIGINT is ignored, by the suite's children too; a person's command hears it.
_COMMAND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from pmdraft.cli import main; main()"
)


class Endpoint(Loopback):
    """Answers every stage but those that it is told to keep waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: set[str] = set()
        self.waits = threading.Event()
        """Set once a request is kept waiting."""
        self.answers = [self._answer]

    @property
    def stages(self) -> list[str]:
        """The stages that were asked for, in alphabetical order."""
        return sorted(self._stage(seen) for seen in self.seen)

    def _answer(self, seen: Seen) -> Canned:
        stage = self._stage(seen)
        if stage in self.waiting:
            self.waits.set()
            self.closing.wait(60)
        return Canned(completion(LEAST[stage]))

    def _stage(self, seen: Seen) -> str:
        form = seen.body["response_format"]
        return str(form["json_schema"]["name"])  # type: ignore[index]  # it is JSON


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint().serving() as serving:
        assert isinstance(serving, Endpoint)
        yield serving


class Run:
    """One incident, drafted by the command."""

    def __init__(self, folder: Path, endpoint: Endpoint) -> None:
        self.folder = folder
        self._endpoint = endpoint
        self._export = slack_export(
            folder / "export",
            {"incident-1": [message(f"API is down, key {PLANTED}"), message("recovered", "15:30:00")]},
        )
        self._environment = {
            "NO_PROXY": "127.0.0.1",
            "OPENAI_API_KEY": "k",
            "PMDRAFT_CACHE_DIR": str(folder / "cache"),
        }

    def start(self, *more: str) -> subprocess.Popen[str]:
        """A run in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *self._arguments(more)],
            env=os.environ | self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def whole(self, *more: str) -> tuple[int, str]:
        """Exit status and stderr of a run to its end, in this process."""
        done = CliRunner().invoke(app, self._arguments(more), env=self._environment)
        return done.exit_code, done.stderr

    def _arguments(self, more: tuple[str, ...]) -> list[str]:
        return [
            *("from-slack", "incident-1", "--export", str(self._export), "--model", "model-1"),
            *("--base-url", self._endpoint.url, "--no-verify", "--json", str(self.folder / "pm.json"), "--force"),
            *more,
        ]

    def broken_off(self, how: signal.Signals, *more: str) -> tuple[int, str]:
        """The same of a run that gets a signal once the endpoint keeps it waiting and has answered the others."""
        process = self.start(*more)
        assert self._endpoint.waits.wait(60)
        if "timeline" not in self._endpoint.waiting:
            others = len(STAGES) - len(self._endpoint.waiting)
            while len(self.kept) < others and self._recorded < others:
                time.sleep(0.02)
        process.send_signal(how)
        _, told = process.communicate(timeout=60)
        return process.returncode, told

    @property
    def kept(self) -> list[Path]:
        """The files of answers that are in the cache."""
        return sorted((self.folder / "cache" / "responses").glob("*.json"))

    @property
    def _recorded(self) -> int:
        """How many answers are in the recording."""
        file = self.folder / "run.jsonl"
        return file.read_bytes().count(b"\n") - 1 if file.exists() else 0


@pytest.fixture
def run(tmp_path: Path, endpoint: Endpoint) -> Run:
    return Run(tmp_path, endpoint)


@pytest.mark.parametrize("more", [[], ["--no-cache", "--record", "run.jsonl"]], ids=["by itself", "in a recording"])
def test_a_run_that_was_killed_asks_again_only_for_what_was_not_answered(
    run: Run, endpoint: Endpoint, more: list[str]
) -> None:
    more = [str(run.folder / "run.jsonl") if argument == "run.jsonl" else argument for argument in more]
    endpoint.waiting = {"causes"}
    status, _ = run.broken_off(signal.SIGKILL, *more)
    assert status == -signal.SIGKILL
    assert endpoint.stages == ["causes", "impact", "learning", "timeline"]
    endpoint.waiting = set()
    endpoint.seen.clear()

    status, told = run.whole(*more)

    assert status == 0, told
    assert endpoint.stages == ["causes"]
    draft = json.loads((run.folder / "pm.json").read_text(encoding="utf-8"))
    assert [(part["part"], part["drafted_by"], part["requests"]) for part in draft["run"]["parts"]] == [
        (stage, "model-1", 1) for stage in STAGES
    ]


def test_ctrl_c_leaves_a_run_that_can_be_gone_on_with_and_says_how(run: Run, endpoint: Endpoint) -> None:
    endpoint.waiting = {"causes"}

    status, told = run.broken_off(signal.SIGINT)

    assert status == 130
    assert told.splitlines()[-1] == "stopped; 3 answers are kept: the same command goes on from there"
    assert "Traceback" not in told
    assert len(run.kept) == 3


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--no-cache"], "stopped; no answer of a model was kept"),
        (["--record", "{}/run.jsonl"], "stopped; what was answered is in {}/run.jsonl: the same command goes on"),
    ],
)
def test_ctrl_c_says_the_truth_about_what_is_kept(run: Run, endpoint: Endpoint, more: list[str], said: str) -> None:
    endpoint.waiting = {"timeline"}

    status, told = run.broken_off(signal.SIGINT, *(argument.format(run.folder) for argument in more))

    assert status == 130
    assert told.splitlines()[-1].startswith(said.format(run.folder))


def test_a_run_again_asks_nothing_drafts_the_same_and_says_that_it_did(run: Run, endpoint: Endpoint) -> None:
    run.whole()
    first = json.loads((run.folder / "pm.json").read_text(encoding="utf-8"))
    endpoint.seen.clear()

    status, told = run.whole()

    again = json.loads((run.folder / "pm.json").read_text(encoding="utf-8"))
    first["postmortem"]["created"] = again["postmortem"]["created"]
    assert status == 0
    assert endpoint.seen == []
    assert again == first
    assert told.count("answered in an earlier run and kept; --no-cache asks again") == 4


def test_without_the_cache_all_is_asked_and_nothing_kept(run: Run, endpoint: Endpoint) -> None:
    run.whole()
    kept = [path.read_bytes() for path in run.kept]
    endpoint.seen.clear()

    run.whole("--no-cache")

    assert endpoint.stages == sorted(STAGES)
    assert [path.read_bytes() for path in run.kept] == kept


def test_what_is_kept_holds_no_secret_and_is_the_users_alone(run: Run) -> None:
    run.whole("--record", str(run.folder / "run.jsonl"))

    files = [*run.kept, run.folder / "run.jsonl"]
    assert len(files) == 5
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files)
    assert not any(PLANTED in path.read_text(encoding="utf-8") for path in files)


def test_a_second_run_does_not_record_to_the_file_of_one_that_runs(run: Run, endpoint: Endpoint) -> None:
    record = ("--no-cache", "--record", str(run.folder / "run.jsonl"))
    endpoint.waiting = {"timeline"}
    first = run.start(*record)
    assert endpoint.waits.wait(60)

    status, told = run.whole(*record)

    first.kill()
    first.communicate()
    assert status == 1
    assert told.startswith("error: ")
    assert "another run is recording to it" in told
    assert len(endpoint.seen) == 1
