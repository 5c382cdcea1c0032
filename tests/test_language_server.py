"""The language server over its real wire: a process of its own, JSON-RPC on its standard input and output."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


class Editor:
    """The other side of the protocol, no more of it than the tests need."""

    def __init__(self, folder: Path) -> None:
        code = "from pmdraft.cli import main; main()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, "language-server"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._folder = folder
        self._documents = self._number = 0
        self.next_document()
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})

    def next_document(self) -> None:
        self._documents += 1
        self.uri = (self._folder / f"report{self._documents}.md").as_uri()

    def tell(self, method: str, params: object, **more: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def ask(self, method: str, params: object) -> Any:
        self._number += 1
        self.tell(method, params, id=self._number)
        return self._next(lambda message: message.get("id") == self._number)["result"]

    def shown(self, method: str = "textDocument/publishDiagnostics") -> Any:
        def of_this_document(message: Any) -> bool:
            return bool(message.get("method") == method and message["params"].get("uri", self.uri) == self.uri)

        return self._next(of_this_document)["params"]

    def open(self, text: str) -> list[dict[str, Any]]:
        document = {"uri": self.uri, "languageId": "markdown", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        found: list[dict[str, Any]] = self.shown()["diagnostics"]
        return found

    def close(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        assert self._process.wait(20) == 0
        for stream in (self._process.stdin, self._process.stdout):
            assert stream
            stream.close()

    def kill(self) -> None:
        self._process.kill()

    def _next(self, wanted: Any) -> Any:
        while True:
            message = self._read()
            if wanted(message):
                return message

    def _read(self) -> Any:
        assert self._process.stdout
        size = 0
        while line := self._process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        assert size, "the server has left"
        return json.loads(self._process.stdout.read(size))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("project")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Editor]:
    # One for all tests, as an editor has one for all documents: starting it takes longer than what they ask of it.
    _settings(folder)
    other_side = Editor(folder)
    yield other_side
    other_side.close()


@pytest.fixture
def editor(server: Editor, folder: Path) -> Editor:
    _settings(folder)
    server.next_document()
    return server


def _settings(folder: Path) -> None:
    (folder / ".pmdraft.toml").write_text('[check]\npeople = ["dana"]\n', encoding="utf-8")


def test_blame_is_underlined_where_it_stands_in_the_editors_own_units(editor: Editor) -> None:
    found = editor.open("# Report\n\n😀 dana forgot to renew the certificate.\n")

    assert [(each["code"], each["severity"], each["source"]) for each in found] == [("en.fault-verb", 1, "pmdraft")]
    # The smiling face counts as two units of UTF-16.
    assert found[0]["range"]["start"] == {"line": 2, "character": 3}
    assert "?" in found[0]["message"]


def test_the_marks_follow_what_is_written(editor: Editor) -> None:
    editor.open("All was well.\n")
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 3}}
    change = {"range": whole, "text": "高村さんが確認を怠り、すべて"}

    editor.tell(
        "textDocument/didChange",
        {"textDocument": {"uri": editor.uri, "version": 2}, "contentChanges": [change]},
    )

    assert len(editor.shown()["diagnostics"]) == 1


def test_quick_fixes_take_a_verdict_out_or_leave_the_wording_alone(editor: Editor) -> None:
    line = "dana blindly restarted db-3."
    found = editor.open(line + "\n")

    actions = editor.ask(
        "textDocument/codeAction",
        {"textDocument": {"uri": editor.uri}, "range": found[0]["range"], "context": {"diagnostics": found}},
    )

    edits = [action["edit"]["changes"][editor.uri][0] for action in actions]
    assert [edit["newText"] for edit in edits] == [
        "dana restarted db-3.",
        f"{line} <!-- pmdraft-ignore {found[0]['code']} -->",
    ]
    assert all(edit["range"]["end"] == {"line": 0, "character": len(line)} for edit in edits)


def test_a_closed_document_has_no_marks(editor: Editor) -> None:
    editor.open("dana forgot to renew the certificate.\n")

    editor.tell("textDocument/didClose", {"textDocument": {"uri": editor.uri}})

    assert editor.shown()["diagnostics"] == []


def test_broken_settings_are_told_and_the_server_lives_on(editor: Editor, folder: Path) -> None:
    (folder / ".pmdraft.toml").write_text("[check\n", encoding="utf-8")
    document = {"uri": editor.uri, "languageId": "markdown", "version": 1, "text": "dana forgot it.\n"}

    editor.tell("textDocument/didOpen", {"textDocument": document})

    assert "cannot be used" in editor.shown("window/showMessage")["message"]


def test_without_the_extra_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['pygls'] = None; from pmdraft.cli import main; main()"

    done = subprocess.run([sys.executable, "-c", code, "language-server"], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr == "error: the language server needs pygls; install it with: pip install 'pmdraft[lsp]'\n"


POSTMORTEM = """# Postmortem: API down

## Impact

The API was down for 3 hours.

## Timeline

| Time | Event | Action |
|---|---|---|
| 13:53 | Impact started | 503s |
| 15:00 | Full recovery confirmed | all metrics normal |

## Action items

- [ ] Improve monitoring
"""


def test_what_contradicts_a_postmortems_own_timeline_is_underlined_too(editor: Editor, folder: Path) -> None:
    found = {each["code"]: each["range"]["start"]["line"] for each in editor.open(POSTMORTEM)}

    assert found["consistency.told-duration"] == POSTMORTEM[: POSTMORTEM.index("3 hours")].count("\n")

    (folder / ".pmdraft.toml").write_text('[check]\ndisable = ["consistency"]\n', encoding="utf-8")
    editor.next_document()
    left = {each["code"] for each in editor.open(POSTMORTEM)}

    assert left == found.keys() - {"consistency.told-duration"}
    assert left


def test_a_name_that_silences_nothing_is_underlined(editor: Editor) -> None:
    found = editor.open("All was well. <!-- pmdraft-ignore en.fault-verbs -->\n")

    assert [each["message"] for each in found] == [
        "no rule or category 'en.fault-verbs' to ignore; did you mean 'en.fault-verb'?"
    ]
    assert found[0]["range"]["start"] == {"line": 0, "character": len("All was well. <!-- pmdraft-ignore ")}
