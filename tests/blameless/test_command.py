import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pmdraft.blameless.formats import as_rdjson, as_sarif
from pmdraft.blameless.linting import lint
from pmdraft.blameless.settings import Settings
from pmdraft.commands.check import check

BLAMING = "# Cause\nDana forgot `x` at 14:30.\n"


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command("check")(check)
    return app


@pytest.fixture(autouse=True)
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "report.md"
    path.write_text(BLAMING, encoding="utf-8")
    return path


def test_a_finding_is_told_with_place_reason_and_words(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["report.md", "--people", "dana"])

    assert result.exit_code == 3
    assert result.stdout == (
        "report.md:2:1: error: Says that a person failed and stops there; what made the miss easy stays unasked."
        " [en.fault-verb]\n    »Dana forgot `x`« at 14:30.\n"
    )


def test_a_clean_file_is_silent(app: typer.Typer, report: Path) -> None:
    report.write_text("The deploy failed at 14:31.\n", encoding="utf-8")

    result = CliRunner().invoke(app, ["report.md"])

    assert (result.exit_code, result.output) == (0, "")


def test_the_roster_comes_from_the_front_matter(app: typer.Typer, report: Path) -> None:
    report.write_text(f"---\npeople:\n  - Dana\n---\n{BLAMING}", encoding="utf-8")

    assert CliRunner().invoke(app, ["report.md"]).exit_code == 3


def test_a_byte_order_mark_hides_no_front_matter_and_is_no_column(app: typer.Typer, report: Path) -> None:
    report.write_text(f"---\r\npeople: [Dana]\r\n---\r\n{BLAMING}", encoding="utf-8-sig", newline="")
    (report.parent / "first.md").write_text("@dana forgot it.\n", encoding="utf-8-sig")

    result = CliRunner().invoke(app, ["report.md", "first.md"])

    assert "report.md:5:1: error" in result.stdout
    assert "first.md:1:1: error" in result.stdout


def test_of_a_folder_the_authors_own_files_are_read(app: typer.Typer, report: Path) -> None:
    for folder in ("docs", "docs/.venv/lib", "docs/node_modules/x", "docs/.github"):
        (report.parent / folder).mkdir(parents=True)
        (report.parent / folder / "a.md").write_text("@dana forgot it.\n", encoding="utf-8")

    result = CliRunner().invoke(app, ["docs", "--format", "json"])

    assert [each["path"] for each in json.loads(result.stdout)] == ["docs/.github/a.md", "docs/a.md"]
    assert CliRunner().invoke(app, ["docs/.venv"]).exit_code == 3


def test_a_drafts_own_evidence_tells_who_its_people_are(app: typer.Typer, report: Path) -> None:
    beside = report.with_suffix(".json")
    for data, status in (
        ('{"format": "pmdraft-draft/1", "people": ["dana"]}', 3),
        ('{"format": "pmdraft-draft/1"}', 0),
        ('{"people": ["dana"]}', 0),
        ("[]", 0),
        ("{", 0),
    ):
        beside.write_text(data, encoding="utf-8")

        assert CliRunner().invoke(app, ["report.md"]).exit_code == status


def test_the_roster_comes_from_a_slack_users_file(app: typer.Typer, report: Path) -> None:
    users = [{"id": "U1", "name": "dana", "profile": {"real_name": "Dana Li"}}]
    (report.parent / "users.json").write_text(json.dumps(users), encoding="utf-8")

    assert CliRunner().invoke(app, ["report.md", "--people", "users.json"]).exit_code == 3


@pytest.mark.parametrize(("level", "code"), [("error", 3), ("warning", 3), ("info", 3), ("never", 0)])
def test_fail_on_decides_the_exit_code(app: typer.Typer, report: Path, level: str, code: int) -> None:
    assert CliRunner().invoke(app, [report.name, "--people", "dana", "--fail-on", level]).exit_code == code


def test_a_comment_silences_the_line_after_it(app: typer.Typer, report: Path) -> None:
    report.write_text("<!-- pmdraft-ignore en.fault-verb -->\nDana forgot it.\n\nDana forgot it.\n", encoding="utf-8")

    result = CliRunner().invoke(app, ["report.md", "--people", "dana"])

    assert [line.split(":")[1] for line in result.stdout.splitlines()[::2]] == ["4"]


def test_a_comment_for_another_rule_silences_nothing(app: typer.Typer, report: Path) -> None:
    report.write_text("Dana forgot it. <!-- pmdraft-ignore sarcasm -->\n", encoding="utf-8")

    assert CliRunner().invoke(app, ["report.md", "--people", "dana"]).exit_code == 3


def test_no_file_but_a_baseline_is_replaced_by_one(app: typer.Typer, report: Path) -> None:
    result = CliRunner().invoke(app, ["report.md", "--write-baseline", "report.md"])

    assert result.exit_code == 2
    assert "is there already and no baseline" in result.output
    assert report.read_text(encoding="utf-8") == BLAMING


@pytest.mark.parametrize("content", ["[" * 100_000, '{"findings": {"a": 1e400}}', "[]"])
def test_a_baseline_that_is_none_is_one_line(app: typer.Typer, report: Path, content: str) -> None:
    (report.parent / "base.json").write_text(content, encoding="utf-8")

    result = CliRunner().invoke(app, ["report.md", "--baseline", "base.json"])

    assert (result.exit_code, "base.json: no baseline" in result.output) == (1, True)


def test_a_mistyped_rule_in_a_comment_is_told_with_the_nearest(app: typer.Typer, report: Path) -> None:
    report.write_text("It rained. <!-- pmdraft-ignore en.fualt-verb, sarcasm, action.vague -->\n", encoding="utf-8")

    result = CliRunner().invoke(app, ["report.md"])

    assert result.exit_code == 0
    assert result.stderr == (
        "warning: report.md:1: no rule or category 'en.fualt-verb' to ignore; did you mean 'en.fault-verb'?\n"
    )


def test_a_baseline_hides_what_was_accepted_and_shows_what_is_new(app: typer.Typer, report: Path) -> None:
    told = CliRunner().invoke(app, ["report.md", "--people", "dana", "--write-baseline", "base.json"])
    assert told.stderr == "base.json: 1 accepted\n"
    report.write_text(f"A line above.\n\n{BLAMING}\nDana ignored the alert.\n", encoding="utf-8")

    result = CliRunner().invoke(app, ["report.md", "--people", "dana", "--baseline", "base.json"])

    assert "forgot" not in result.stdout
    assert "ignored" in result.stdout


def test_settings_switch_rules_and_levels(app: typer.Typer, report: Path) -> None:
    settings = '[tool.pmdraft.check]\npeople = ["dana"]\nlevels = { "en.fault-verb" = "info", sarcasm = "off" }\n'
    (report.parent / "pyproject.toml").write_text(settings, encoding="utf-8")

    result = CliRunner().invoke(app, ["report.md"])

    assert result.exit_code == 0
    assert "report.md:2:1: info:" in result.stdout


@pytest.mark.parametrize(("limit", "status"), [("never", 0), ("error", 3), ("warning", 3)])
def test_settings_decide_the_exit_code_unless_the_line_does(
    app: typer.Typer, report: Path, limit: str, status: int
) -> None:
    (report.parent / ".pmdraft.toml").write_text(f'[check]\npeople = ["dana"]\nfail-on = "{limit}"\n', encoding="utf-8")

    assert CliRunner().invoke(app, ["report.md"]).exit_code == status
    assert CliRunner().invoke(app, ["report.md", "--fail-on", "error"]).exit_code == 3


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('[check]\nfail-on = "off"\n', "no level 'off'; write error, warning, info or never"),
        ("[check]\nlevel = 1\n", "unknown key 'level'"),
        ('[check]\ndisable = ["en.nothing"]\n', "no rule or category 'en.nothing'"),
        ('[check]\nlevels = { sarcasm = "loud" }\n', "no level 'loud'"),
        ("[check\n", "mend the TOML"),
        ('[check]\nrules = ["none.toml"]\n', "none.toml: cannot be read"),
    ],
)
def test_broken_settings_are_one_line_on_stderr(app: typer.Typer, report: Path, settings: str, message: str) -> None:
    (report.parent / ".pmdraft.toml").write_text(settings, encoding="utf-8")

    result = CliRunner().invoke(app, ["report.md"])

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert message in result.stderr


def test_jsonl_in_gives_jsonl_out(app: typer.Typer) -> None:
    lines = '{"id": "a", "text": "Dana forgot it.", "people": ["dana"], "label": "x"}\n{"id": 2, "text": "Fine."}\n'

    result = CliRunner().invoke(app, ["--input-format", "jsonl", "-"], input=lines)

    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert second == {"id": 2, "findings": []}
    assert first["id"] == "a"
    (finding,) = first["findings"]
    assert list(finding) == ["rule", "category", "level", "start", "end", "text", "why", "suggestion"]
    assert (finding["level"], finding["start"], finding["end"]) == ("error", 0, 14)
    assert result.exit_code == 3


def test_a_line_may_begin_with_a_byte_order_mark_and_have_nulls(app: typer.Typer) -> None:
    lines = '\ufeff{"id": 1, "text": "@dana forgot it.", "people": null, "context": null}\r\n{"id": 2, "text": ""}\r\n'

    result = CliRunner().invoke(app, ["--input-format", "jsonl", "-"], input=lines)

    assert [len(json.loads(line)["findings"]) for line in result.stdout.splitlines()] == [1, 0]


def test_a_finding_begins_at_a_word(app: typer.Typer) -> None:
    line = json.dumps({"id": 1, "text": "👨‍👩‍👧 が ﾌﾗｸﾞを @dana が消し忘れた。"})

    result = CliRunner().invoke(app, ["--input-format", "jsonl", "-"], input=line)

    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["text"] == "@dana が消し忘れた"
    assert json.loads(line)["text"][finding["start"] : finding["end"]] == finding["text"]


@pytest.mark.parametrize("line", ["not json", '{"id": "a"}', "[]", '{"id": "a", "text": 3}'])
def test_a_broken_line_says_where(app: typer.Typer, report: Path, line: str) -> None:
    report.write_text(f'{{"id": "a", "text": "b"}}\n{line}\n', encoding="utf-8")

    result = CliRunner().invoke(app, ["--input-format", "jsonl", "report.md"])

    assert result.exit_code == 1
    assert result.stderr.startswith("error: report.md:2: ")


@pytest.mark.parametrize(
    ("name", "message"), [("none.md", "none.md: cannot be read"), ("bytes.md", "not UTF-8 at byte 0")]
)
def test_a_file_that_cannot_be_read_is_one_line(app: typer.Typer, report: Path, name: str, message: str) -> None:
    (report.parent / "bytes.md").write_bytes(b"\xff\xfe")

    result = CliRunner().invoke(app, [name])

    assert result.exit_code == 1
    assert message in result.stderr


def test_no_file_is_a_usage_error(app: typer.Typer) -> None:
    assert CliRunner().invoke(app, []).exit_code == 2


def test_sarif_counts_columns_in_code_points(app: typer.Typer, report: Path) -> None:
    report.write_text("🙂 Dana forgot it.\n", encoding="utf-8")

    result = CliRunner().invoke(app, ["report.md", "--people", "dana", "--format", "sarif"])

    run = json.loads(result.stdout)["runs"][0]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert region == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 17}


@pytest.mark.parametrize(
    ("path", "uri"),
    [("a b/報告.md", "a%20b/%E5%A0%B1%E5%91%8A.md"), ("a:b.md", "a%3Ab.md"), ("/a/b.md", "file:///a/b.md")],
)
def test_sarif_names_a_file_by_an_address(path: str, uri: str) -> None:
    problems = lint("@dana forgot it.\n", path, people=[], rules=Settings().chosen_rules())

    (result,) = json.loads(as_sarif(problems))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_github_annotations_escape_their_text(app: typer.Typer, report: Path) -> None:
    report.rename(report.parent / "a,b.md")

    result = CliRunner().invoke(app, ["a,b.md", "--people", "dana", "--format", "github"])

    assert result.stdout.startswith("::error file=a%2Cb.md,line=2,col=1,endLine=2,endColumn=16,title=en.fault-verb::")


def test_rdjson_is_what_reviewdog_reads(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["report.md", "--people", "dana", "--format", "rdjson"])

    (diagnostic,) = json.loads(result.stdout)["diagnostics"]
    assert diagnostic["severity"] == "ERROR"
    assert diagnostic["location"]["range"]["start"] == {"line": 2, "column": 1}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("🙂 高村が忘れた。", (1, 6), (1, 24)), ("あ。The on-call engineer\nforgot to page.", (1, 7), (2, 15))],
)
def test_rdjson_counts_columns_in_bytes(text: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    problems = lint(text, "report.md", people=["高村"], rules=Settings().chosen_rules())

    (diagnostic,) = json.loads(as_rdjson(problems))["diagnostics"]
    place = diagnostic["location"]["range"]
    assert [(each["line"], each["column"]) for each in (place["start"], place["end"])] == [start, end]


def test_suggest_shows_the_question(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["report.md", "--people", "dana", "--suggest"])

    assert "what would have stopped anyone" in result.stdout


def test_suggest_writes_the_sentence_where_the_fact_stays(app: typer.Typer, report: Path) -> None:
    report.write_text("- 10:02 Dana blindly restarted 3 pods.\n- Dana forgot it.\n", encoding="utf-8")

    result = CliRunner().invoke(app, ["report.md", "--people", "dana", "--suggest"])

    told, asked = result.stdout.splitlines()[-2:]
    assert told == "report.md:1:9: - 10:02 Dana restarted 3 pods."
    assert asked.startswith("report.md:2:3: What was shown")


def test_fix_takes_out_the_verdict_and_leaves_the_fact(app: typer.Typer, report: Path) -> None:
    ignored = "Dana blindly ran it. <!-- pmdraft-ignore -->"
    report.write_text(f"Dana blindly restarted 3 pods.\n{ignored}\nDana forgot it.\n", encoding="utf-8")

    CliRunner().invoke(app, ["report.md", "--people", "dana", "--fix"])

    assert report.read_text(encoding="utf-8") == f"Dana restarted 3 pods.\n{ignored}\nDana forgot it.\n"


def test_fix_never_touches_a_file_unless_asked(app: typer.Typer, report: Path) -> None:
    CliRunner().invoke(app, ["report.md", "--people", "dana", "--suggest"])

    assert report.read_text(encoding="utf-8") == BLAMING


def test_explain_tells_a_rule_from_its_data(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["--explain", "en.missed"])

    assert result.exit_code == 0
    assert result.stdout.startswith("en.missed (person_fault)\n")
    assert CliRunner().invoke(app, ["--explain", "en.nothing"]).exit_code == 1


def test_explain_tells_a_check_rule_too(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["--explain", "grounding.number"])

    assert "may be invented" in result.stdout
    assert "grounding.number" in CliRunner().invoke(app, ["--explain", "list"]).stdout


def test_thousands_of_findings_on_one_line_share_its_text() -> None:
    problems = lint("Dana forgot " * 100 + "\n", "report.md", people=["dana"], rules=Settings().chosen_rules())

    assert len(problems) > 10
    assert len({id(problem.excerpt) for problem in problems}) == 1
