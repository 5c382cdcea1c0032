"""Drafting commands with a model: the plan, the limits, the bundle, and what is told of them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pmdraft.cli import app
from tests.builders import message, slack_export
from tests.llm.loopback import Loopback
from tests.llm.test_stages_over_http import answers_well, stage_of
from tests.scripted import STAGES

PRICES = '[[price]]\nmodel = "model-1"\ninput = 1000\noutput = 1000\n'


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Loopback().serving() as loopback:
        loopback.answers = [answers_well]
        yield loopback


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return slack_export(tmp_path / "export", {"incident-1": [message("API is down"), message("recovered", "15:30:00")]})


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    path = tmp_path / "prices.toml"
    path.write_text(PRICES)
    return path


class Command:
    """`pmdraft from-slack` on one export, with the model of one server and a cache of its own."""

    def __init__(self, export: Path, server: Loopback) -> None:
        self._arguments = ["from-slack", "incident-1", "--export", str(export), "--model", "model-1", "-l", "en"]
        self._arguments += ["--base-url", server.url]
        self._cache = str(export.parent / "cache")

    def __call__(self, *more: object, key: str | None = "k") -> Result:
        arguments = [*self._arguments, *(str(argument) for argument in more)]
        environment = {"OPENAI_API_KEY": key, "PMDRAFT_CACHE_DIR": self._cache, "PMDRAFT_PRICES": None}
        return CliRunner().invoke(app, arguments, env=environment)


@pytest.fixture
def run(export: Path, server: Loopback) -> Command:
    return Command(export, server)


def asked(server: Loopback) -> list[str]:
    return [stage_of(seen) for seen in server.seen]


# The plan.


def test_a_plan_sends_nothing_and_needs_no_key(run: Command, server: Loopback) -> None:
    result = run("--plan", key=None)

    lines = result.stdout.splitlines()
    assert result.exit_code == 0, result.output
    assert server.seen == []
    assert lines[0] == "sends    2 Slack messages, with who wrote them"
    assert lines[1] == f"to       model-1 at {server.url}/"
    assert {line.split()[0] for line in lines} >= {*STAGES, "all"}
    assert lines[-1] == "cost     unknown: no price of model-1 is known; give one with --prices"


def test_a_plan_with_prices_gives_the_cost(run: Command, prices: Path) -> None:
    result = run("--plan", "--prices", prices)

    assert result.stdout.splitlines()[-1].startswith("cost     about ")
    assert "(prices.toml)" in result.stdout


def test_a_plan_as_data_goes_where_it_is_sent(run: Command, tmp_path: Path) -> None:
    to_file = run("--plan", "--json", tmp_path / "plan.json")
    to_stdout = run("--plan", "--json", "-")

    assert to_file.stdout.startswith("sends ")
    assert json.loads((tmp_path / "plan.json").read_text()) == json.loads(to_stdout.stdout)
    assert json.loads(to_stdout.stdout)["format"] == "pmdraft-plan/1"


def test_a_plan_writes_no_draft_and_keeps_nothing(run: Command, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))

    run("--plan", "--out", tmp_path / "pm.md", "--record", tmp_path / "run.jsonl", "--bundle", tmp_path / "run.zip")

    assert set(tmp_path.rglob("*")) == before


def test_a_plan_without_a_model_sends_nothing(export: Path) -> None:
    result = CliRunner().invoke(app, ["from-slack", "incident-1", "--export", str(export), "--plan"])

    assert result.stdout == "sends    nothing: no model is named (--model)\n"


def test_a_plan_counts_only_what_is_not_answered_yet(run: Command, server: Loopback) -> None:
    run()
    server.seen.clear()

    result = run("--plan")

    assert server.seen == []
    assert result.stdout.splitlines()[0] == "sends    nothing: all answers are kept from an earlier run"


def test_every_run_tells_its_plan_before_and_what_it_spent_after(run: Command, prices: Path, server: Loopback) -> None:
    result = run("--prices", prices)

    lines = result.stderr.splitlines()
    plan = next(number for number, line in enumerate(lines) if line.startswith("plan     "))
    first = next(number for number, line in enumerate(lines) if ": asking " in line)
    assert lines[plan - 1] == f"to       model-1 at {server.url}/"
    assert plan < first
    assert f"spent    {len(server.seen)} requests, " in result.stderr
    assert "USD" in next(line for line in lines if line.startswith("spent "))


def test_a_run_that_asks_nothing_says_that_it_spent_nothing(run: Command) -> None:
    run()

    result = run()

    assert "sends    nothing: all answers are kept from an earlier run" in result.stderr
    assert "spent    nothing: no request was answered" in result.stderr


# Limits.


@pytest.mark.parametrize("limit", [["--max-tokens", "10"], ["--max-cost", "0.01"], ["--max-cost", "0"]])
def test_a_limit_that_the_first_request_would_pass_leaves_an_outline_that_says_so(
    run: Command, server: Loopback, prices: Path, tmp_path: Path, limit: list[str]
) -> None:
    result = run("--prices", prices, "--out", tmp_path / "pm.md", *limit)

    assert server.seen == []
    assert result.exit_code == 3
    assert f"warning: the limit {limit[0]} of " in result.stderr
    assert f"the limit {limit[0]} of " in (tmp_path / "pm.md").read_text(encoding="utf-8")


def test_a_limit_in_mid_run_stops_before_the_next_request(run: Command, server: Loopback, tmp_path: Path) -> None:
    plan = json.loads(run("--plan", "--json", "-").stdout)
    first = plan["stages"][0]
    limit = first["tokens_in"] + 2 * first["tokens_out"] + 600

    result = run("--max-tokens", limit, "--json", tmp_path / "pm.json", "--no-cache")

    draft = json.loads((tmp_path / "pm.json").read_text(encoding="utf-8"))
    assert result.exit_code == 3
    assert asked(server) == ["timeline"]
    assert {part["part"]: part["drafted_by"] for part in draft["run"]["parts"]} == {
        "timeline": "model-1",
        **dict.fromkeys(STAGES[1:], "outline"),
        "verification": "skipped",
    }
    assert [seen.body["max_tokens"] for seen in server.seen] == [500]


def test_a_run_that_met_its_limit_goes_on_from_there_with_a_higher_one(run: Command, server: Loopback) -> None:
    plan = json.loads(run("--plan", "--json", "-").stdout)
    first = plan["stages"][0]
    run("--max-tokens", first["tokens_in"] + 2 * first["tokens_out"] + 600)
    server.seen.clear()

    result = run("--max-tokens", 1_000_000)

    assert result.exit_code == 0, result.stderr
    assert "timeline" not in asked(server)
    assert set(STAGES[1:]) <= set(asked(server))


def test_a_limit_of_cost_needs_a_price(run: Command, server: Loopback) -> None:
    result = run("--max-cost", "1")

    assert result.exit_code == 2
    assert result.stderr == (
        f"error: --max-cost: no price of 'model-1' at {server.url}/ is known; "
        "give one with --prices, or limit --max-tokens\n"
    )


def test_the_runs_deadline_leaves_an_outline_that_says_so(run: Command, server: Loopback) -> None:
    def slow(_: object) -> object:
        server.closing.wait(10)
        raise OSError

    server.answers = [slow]  # type: ignore[list-item]  # it never answers

    result = run("--deadline", "1")

    assert result.exit_code == 3
    assert "the run's deadline of 1 s is over; give it longer with --deadline" in result.stderr


# The bundle.


def test_a_run_kept_as_a_bundle_is_replayed_to_the_byte_and_verified(run: Command, tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("pm.md", "pm.json", "run.zip", "again.md", "again.json")}
    drafted = run("--out", files["pm.md"], "--json", files["pm.json"], "--bundle", files["run.zip"])

    replayed = CliRunner().invoke(
        app,
        ["replay", str(files["run.zip"]), "--out", str(files["again.md"]), "--json", str(files["again.json"])],
    )
    verified = CliRunner().invoke(app, ["verify", str(files["run.zip"])])

    assert (drafted.exit_code, replayed.exit_code, verified.exit_code) == (0, 0, 0), drafted.stderr
    assert files["again.md"].read_bytes() == files["pm.md"].read_bytes()
    assert files["again.json"].read_bytes() == files["pm.json"].read_bytes()
    assert verified.stdout.splitlines()[-1] == "in order"


def test_a_bundle_of_a_resumed_run_is_that_of_the_whole_one(run: Command, tmp_path: Path) -> None:
    record = ("--record", tmp_path / "run.jsonl")
    run(*record, "--bundle", tmp_path / "one.zip")

    run(*record, "--bundle", tmp_path / "two.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_channel_that_was_edited_since_is_told(run: Command, tmp_path: Path) -> None:
    run("--bundle", tmp_path / "run.zip")
    slack_export(
        tmp_path / "newer",
        {"incident-1": [message("API is slow"), message("recovered", "15:30:00"), message("again", "16:00:00")]},
    )

    result = CliRunner().invoke(app, ["verify", str(tmp_path / "run.zip"), "--export", str(tmp_path / "newer")])

    lines = result.stdout.splitlines()
    assert result.exit_code == 3
    assert [line.split()[0] for line in lines[1:3]] == ["edited", "added"]
    assert any(line.startswith("look at  timeline[0].event: rests on what was edited since (S1)") for line in lines)


def test_a_bundle_does_not_replace_a_file_unless_asked(run: Command, tmp_path: Path) -> None:
    (tmp_path / "run.zip").write_text("precious")

    result = run("--bundle", tmp_path / "run.zip")

    assert result.exit_code == 1
    assert "--force" in result.stderr
    assert (tmp_path / "run.zip").read_text() == "precious"


def test_an_outline_can_be_kept_as_a_bundle_too(export: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "run.zip"
    CliRunner().invoke(app, ["from-slack", "incident-1", "--export", str(export), "--bundle", str(bundle)])

    assert CliRunner().invoke(app, ["verify", str(bundle)]).exit_code == 0
