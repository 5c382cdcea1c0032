"""What `pmdraft check` finds, underlined as one writes: a language server for any editor that speaks the protocol."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pmdraft.blameless.fixing import fixed_line
from pmdraft.blameless.ignoring import Unknown
from pmdraft.blameless.linting import Problem, less_baseline, lint, read_baseline
from pmdraft.blameless.roster import names_beside, names_from_front_matter
from pmdraft.blameless.rules import Rule
from pmdraft.blameless.settings import Settings, read_settings
from pmdraft.draft_rules import draft_rules, unknown_ignores, without_draft_rules
from pmdraft.errors import InputError, PmdraftError
from pmdraft.levels import Level
from pmdraft.version import VERSION

try:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer
    from pygls.workspace import TextDocument
except ImportError as error:
    raise InputError("the language server needs pygls; install it with: pip install 'pmdraft[lsp]'") from error

_SEVERITY = {
    Level.ERROR: types.DiagnosticSeverity.Error,
    Level.WARNING: types.DiagnosticSeverity.Warning,
    Level.INFO: types.DiagnosticSeverity.Information,
}
_SOURCE = "pmdraft"


def serve() -> None:
    """Speak the language server protocol on standard input and output until the editor leaves."""
    build_server().start_io()


def build_server() -> LanguageServer:
    """A server that checks every open document, not yet started."""
    server = LanguageServer(_SOURCE, VERSION, types.TextDocumentSyncKind.Incremental)
    check = _checking(server)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(check)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(check)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(check)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        _publish(server, params.text_document.uri, [])

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        document = server.workspace.get_text_document(params.text_document.uri)
        ours = [each for each in params.context.diagnostics if each.source == _SOURCE and each.code]
        return [action for each in ours for action in _actions(document, each)]

    return server


_Changed = types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams | types.DidSaveTextDocumentParams


def _checking(server: LanguageServer) -> Callable[[_Changed], None]:
    def check(params: _Changed) -> None:
        document = server.workspace.get_text_document(params.text_document.uri)
        try:
            chosen = _chosen(document)
            problems = _problems(document, chosen, _root(server))
        except PmdraftError as error:
            server.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"pmdraft: {error}"))
            return
        mistyped = unknown_ignores(document.source, chosen.rules)
        shown = [_diagnostic(document, problem) for problem in problems]
        _publish(server, document.uri, [*shown, *(_of_comment(document, unknown) for unknown in mistyped)])

    return check


def _publish(server: LanguageServer, uri: str, diagnostics: list[types.Diagnostic]) -> None:
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics))


class _Chosen(NamedTuple):
    """What a document is checked with."""

    settings: Settings
    rules: tuple[Rule, ...]
    off: tuple[str, ...]
    """Rules of drafts that are off."""


def _chosen(document: TextDocument) -> _Chosen:
    """The settings of the project that a document lies in, and the rules that they leave on."""
    settings, off = without_draft_rules(read_settings(Path(document.path or ".").parent))
    return _Chosen(settings, settings.chosen_rules(), off)


def _problems(document: TextDocument, chosen: _Chosen, root: Path | None) -> tuple[Problem, ...]:
    path = Path(document.path or document.uri)
    # A baseline names files as `pmdraft check` was given them, which is from the project's folder.
    shown = path.relative_to(root) if root is not None and path.is_relative_to(root) else path
    settings, rules, off = chosen
    also = draft_rules(None, off)
    people = (*settings.people, *names_beside(path))
    problems = lint(document.source, str(shown), people=people, rules=rules, also=also)
    if settings.baseline is None or not settings.baseline.exists():
        return problems
    return less_baseline(problems, read_baseline(settings.baseline))


def _root(server: LanguageServer) -> Path | None:
    return Path(server.workspace.root_path) if server.workspace.root_path else None


def _diagnostic(document: TextDocument, problem: Problem) -> types.Diagnostic:
    blame = problem.blame
    return types.Diagnostic(
        range=types.Range(
            document.client_position_at_offset(blame.start), document.client_position_at_offset(blame.end)
        ),
        message=f"{blame.why}\n{blame.suggestion}",
        severity=_SEVERITY[blame.level],
        code=blame.rule.id,
        source=_SOURCE,
    )


def _of_comment(document: TextDocument, unknown: Unknown) -> types.Diagnostic:
    line = document.source.split("\n")[unknown.line - 1]
    start = line.find(unknown.name)
    units = document.position_codec.client_num_units
    place = [types.Position(unknown.line - 1, units(line[:end])) for end in (start, start + len(unknown.name))]
    nearest = f"did you mean {unknown.nearest!r}?" if unknown.nearest else "`--explain list` names them all"
    return types.Diagnostic(
        range=types.Range(*place),
        message=f"no rule or category {unknown.name!r} to ignore; {nearest}",
        severity=types.DiagnosticSeverity.Warning,
        source=_SOURCE,
    )


def _actions(document: TextDocument, diagnostic: types.Diagnostic) -> list[types.CodeAction]:
    number = diagnostic.range.start.line
    lines = document.source.splitlines()
    line = lines[number] if number < len(lines) else ""
    settings, rules, _ = _chosen(document)
    people = (*settings.people, *names_beside(Path(document.path or "")), *names_from_front_matter(document.source))
    better, made = fixed_line(line, people, rules)
    safe = [(f"Take the verdict out: {better.strip()}", better)] if made else []
    silent = ("Leave this wording alone", _silenced(line, str(diagnostic.code)))
    stop = document.position_codec.client_num_units(line)
    place = types.Range(types.Position(number, 0), types.Position(number, stop))
    return [
        types.CodeAction(
            title=title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            edit=types.WorkspaceEdit(changes={document.uri: [types.TextEdit(place, text)]}),
        )
        for title, text in (*safe, silent)
    ]


def _silenced(line: str, rule: str) -> str:
    """The line with an ignore comment on it; in a table's row, within its last cell."""
    row = line.rstrip().endswith("|")
    bare = line.rstrip().removesuffix("|").rstrip() if row else line.rstrip()
    return f"{bare} <!-- pmdraft-ignore {rule} -->{' |' if row else ''}"
