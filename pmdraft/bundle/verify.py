"""Whether a draft still stands on what it says that it stands on: hashes, citations, and the channel as it is now."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from pmdraft.bundle.bundle import Bundle, hashed
from pmdraft.bundle.changes import Change, ChangeKind, changes
from pmdraft.draft import Draft, json_of
from pmdraft.errors import InputError, PmdraftError
from pmdraft.evidence import Evidence, Incident
from pmdraft.reading import read_bytes
from pmdraft.records import Line, Record, first_problem
from pmdraft.redact import redact
from pmdraft.render import render_markdown
from pmdraft.shown import one_line
from pmdraft.walk import statements


class Problem(Record):
    """Something in a draft or bundle that is not as it should be."""

    where: Line
    """Member of the bundle, or path of the statement."""
    what: Line


class Affected(Record):
    """A statement that rests on evidence that is not what it was."""

    path: str
    text: Line
    kind: ChangeKind
    evidence: tuple[str, ...]
    """Ids of the evidence."""


class Report(Record):
    """What a verification found."""

    format: Literal["pmdraft-verification/1"] = "pmdraft-verification/1"
    name: Line
    sha256: str
    """Of the file that was verified: what to compare it with another copy by."""
    citations: int
    """How many citations were looked up."""
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()
    affected: tuple[Affected, ...] = ()
    reread: bool = False
    """Whether sources were read again to look for changes."""
    replayed: bool = False
    """Whether the draft was drafted again from the bundle's responses, and came out the same."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.problems and not self.changes


class Subject:
    """A bundle or a draft's JSON that is to be verified.

    Args:
        path: the file.

    Raises:
        InputError: it is neither, or too damaged to be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bundle = Bundle(path) if _is_zip(path) else None
        self.draft = self.bundle.draft if self.bundle else _draft(path)
        self._sha256 = self.bundle.archive.sha256 if self.bundle else hashed(path).sha256
        self.evidence: Sequence[Evidence] = self.bundle.incident.evidence if self.bundle else self.draft.evidence
        """The evidence that is known of: all of a bundle, what is cited of a draft."""

    def verify(self, again: Incident | None = None, files: Iterable[Path] = ()) -> Report:
        """Check it, with no network and no model.

        Args:
            again: the sources as they are now; None leaves out whether they have changed.
            files: the inputs as they are now, to compare with what the bundle says of them.
        """
        found: Sequence[Change] = ()
        if again is not None:
            addresses = any(item.kind == "ip" for item in self.draft.run.redactions)
            found = changes(self.evidence, redact(again, addresses=addresses), whole=self.bundle is not None)
        replay = list(_replay_problems(self.bundle)) if self.bundle else []
        problems = [
            *(_bundle_problems(self.bundle) if self.bundle else ()),
            *_citation_problems(self.draft, self.evidence),
            *replay,
            *(_input_problems(self.bundle, files) if self.bundle else ()),
        ]
        return Report(
            name=self.path.name,
            sha256=self._sha256,
            citations=sum(len(statement.evidence) for _, statement in statements(self.draft.postmortem)),
            problems=tuple(problems),
            changes=tuple(found),
            affected=tuple(_affected(self.draft, found)),
            reread=again is not None,
            replayed=self.bundle is not None and self.bundle.is_of_this_pmdraft() and not replay,
        )


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK" or path.suffix == ".zip"
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error


def _draft(path: Path) -> Draft:
    try:
        return Draft.model_validate_json(read_bytes(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
    except ValidationError as error:
        problem = first_problem(error)
        raise InputError(
            f"{path}: is neither a bundle nor a draft's JSON ({problem}); name what a run wrote"
        ) from error


def _bundle_problems(bundle: Bundle) -> Iterator[Problem]:
    for where, what in bundle.archive.changed():
        yield Problem(where=where, what=what)
    known = {item.id: item for item in bundle.incident.evidence}
    for item in bundle.draft.evidence:
        if known.get(item.id) != item:
            yield Problem(where=f"draft.json: {item.id}", what="is not the evidence of that id in incident.json")
    missing = [name for name in bundle.draft.uncited if name not in known]
    if missing:
        yield Problem(where="draft.json", what=f"lists evidence that incident.json has not: {', '.join(missing)}")


def _citation_problems(draft: Draft, evidence: Sequence[Evidence]) -> Iterator[Problem]:
    known = {item.id for item in evidence}
    for path, statement in statements(draft.postmortem):
        for name in statement.evidence:
            if name not in known:
                yield Problem(where=path, what=f"cites {name}, which is not in its evidence")
    for number, finding in enumerate(draft.findings):
        for name in finding.evidence:
            if name not in known:
                yield Problem(where=f"findings[{number}]", what=f"cites {name}, which is not in its evidence")


def _replay_problems(bundle: Bundle) -> Iterator[Problem]:
    """What comes out otherwise when it is drafted again; of another pmdraft's bundle nothing can be said."""
    if not bundle.is_of_this_pmdraft():
        return
    try:
        again = bundle.replay()
        if json_of(again) != json_of(bundle.draft):
            where = _first_difference(json.loads(json_of(bundle.draft)), json.loads(json_of(again)))
            yield Problem(where=f"draft.json: {where}", what="is not what the bundle's responses give")
        # Templates of one's own are programs, if harmless ones; verifying runs nobody's.
        if not bundle.has_templates and render_markdown(bundle.draft).encode() != bundle.markdown:
            yield Problem(where="draft.md", what="is not what draft.json looks like as Markdown")
    except PmdraftError as error:
        yield Problem(where="responses.jsonl", what=f"do not give the draft again: {error}")


def _first_difference(one: object, other: object, path: str = "") -> str:
    """Path of the first value in which two JSON documents differ."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        pairs = [(f"{path}.{name}" if path else name, one[name], other[name]) for name in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{path}[{number}]", a, b) for number, (a, b) in enumerate(zip(one, other, strict=True))]
    else:
        return path
    return next((_first_difference(a, b, name) for name, a, b in pairs if a != b), path)


def _input_problems(bundle: Bundle, files: Iterable[Path]) -> Iterator[Problem]:
    known = {item.name: item for item in bundle.manifest.inputs}
    for path in files:
        was = known.get(path.name)
        if was is not None and was.sha256 != hashed(path).sha256:
            yield Problem(where=str(path), what="is not the file that the run read: its hash is another one")


def _affected(draft: Draft, found: Iterable[Change]) -> Iterator[Affected]:
    by_kind: dict[ChangeKind, set[str]] = {kind: set() for kind in ChangeKind}
    for change in found:
        by_kind[change.kind].update([change.id] if change.id else change.near)
    for path, statement in statements(draft.postmortem):
        for kind, names in by_kind.items():
            if on := [name for name in statement.evidence if name in names]:
                yield Affected(path=path, text=one_line(statement.text), kind=kind, evidence=tuple(on))
