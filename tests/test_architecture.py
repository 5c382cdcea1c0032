"""Imports point one way, and each library is known to one place."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pmdraft"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Layers from the bottom up: a module imports from its own layer and those below it.
LAYERS = [
    {
        "cache",
        "errors",
        "language",
        "levels",
        "notices",
        "records",
        "shown",
        "trend",
        "version",
        "zone_names",
        "assets",
        "background",
        "progress",
        "project_file",
        "reading",
    },
    {
        "event_kind",
        "evidence",
        "findings",
        "ledger",
        "likeness",
        "postmortem",
        "statement",
        "talk",
        "untrusted",
        "walk",
        "wire",
        "quoted_time",
        "places",
    },
    {
        "policy",
        "severity",
        "due_date",
        "durations",
        "lengths",
        "references",
        "redact",
        "ingest",
        "llm",
        "sections",
        "settings",
        "output",
        "drafting.dividing",
        "drafting.quoting",
        "drafting.reading_list",
        "drafting.human_only",
    },
    {"blameless"},
    {
        "outline",
        "drafting.timeline",
        "drafting.claims",
        "drafting.actions",
        "drafting.explanation",
        "drafting.questions",
        "drafting.prompts",
        "drafting.selection",
        "drafting.merging",
        "second_reading",
    },
    {"drafting.asking", "drafting.assemble", "checks"},
    {"draft_rules"},
    {"drafting.rewording", "drafting.stages", "drafting.verification"},
    {"draft", "taking_back"},
    {"running.rehearsal", "running.plan", "running.plan_told"},
    {"running.overview", "render", "running.summary"},
    {"bundle"},
    {"running.run_model"},
    {"running.input_options"},
    {"running.inputs", "running.run_options", "language_server"},
    {"running.run"},
    {"demo"},
    {"commands"},
    {"cli"},
    {"entry"},
    {"__main__"},
]
HOMES = {
    "ahocorasick_rs": {"blameless", "redact"},
    "backports": {"ingest"},
    "jmespath": {"ingest"},
    "openai": {"llm"},
    "langchain_core": {"llm"},
    "langsmith": {"llm"},
    "tiktoken": {"llm"},
    "typer": {"cli", "commands", "running.input_options", "running.run_options"},
    "slack_sdk": {"ingest"},
    "pygls": {"language_server"},
    "lsprotocol": {"language_server"},
    "yaml": {"ingest"},
    "filelock": {"llm"},
    "rich": {"progress"},
    "genai_prices": {"llm"},
    "platformdirs": {"cache", "blameless"},
    "jinja2": {"drafting.prompts", "render"},
    "markdown_it": {"blameless", "render"},
}


def part_of(path: Path) -> str:
    return part_named(".".join(path.relative_to(PACKAGE).with_suffix("").parts))


def part_named(module: str) -> str:
    """`checks` of `checks.grounding`; in folders that hold many steps of one road, each step is a part of its own."""
    first, _, rest = module.partition(".")
    return module if first in {"drafting", "running"} and rest else first


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def layer_of(part: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part in layer)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    part = part_of(path)
    if part == "__init__" or (path.name == "__init__.py" and part in {"drafting", "running"}):
        pytest.skip("the package itself gathers the public names")

    above = {
        name
        for name in imports_of(path)
        if name.startswith("pmdraft.") and layer_of(part_named(name.removeprefix("pmdraft."))) > layer_of(part)
    }

    assert not above


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_is_known_to_one_place(path: Path) -> None:
    astray = {
        name for name in imports_of(path) if part_of(path) not in HOMES.get(name.partition(".")[0], {part_of(path)})
    }

    assert not astray


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_runs_away(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_help_loads_neither_the_pipeline_nor_a_model_library() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from pmdraft.cli import app; "
        "assert CliRunner().invoke(app, ['from-slack', '--help']).exit_code == 0; "
        "print([name for name in "
        "('openai', 'langchain_core', 'jinja2', 'tiktoken', 'slack_sdk', 'pmdraft.evidence') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
