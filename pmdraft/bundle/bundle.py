"""A run as one file: what it read, what it asked and was answered, and the draft that came of it."""

import platform
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from pmdraft.assets import asset_dir
from pmdraft.bundle.archive import Archive, pack
from pmdraft.bundle.manifest import Input, Manifest, Reading
from pmdraft.draft import Draft, draft_postmortem, json_of
from pmdraft.errors import InputError, RecordingMiss
from pmdraft.evidence import Incident
from pmdraft.llm.recording import Header, Recording, ReplayModel, recorded
from pmdraft.llm.responses import Response
from pmdraft.records import Record, first_problem
from pmdraft.redact import redact
from pmdraft.render import render_markdown
from pmdraft.settings import Settings
from pmdraft.version import VERSION

T = TypeVar("T", bound=Record)

_LIBRARIES = ("jinja2", "markdown-it-py", "pydantic")


class Asked(NamedTuple):
    """The model of a run, and what it answered."""

    model: str
    address: str | None
    responses: Sequence[Response]


class Given(NamedTuple):
    """What a user gave to a run."""

    inputs: Sequence[Path] = ()
    """The files that were read."""
    reading: Reading = Reading()
    """How they were read."""
    templates: Path | None = None
    """Templates of their own."""


class Bundle:
    """A bundle that was read.

    Args:
        path: the file.

    Raises:
        InputError: it cannot be read, or is no bundle.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive = Archive(path)
        self.manifest = self._member("bundle.json", Manifest)
        self.incident = self._member("incident.json", Incident)
        self.draft = self._member("draft.json", Draft)
        self.recording = Recording(self._bytes("responses.jsonl"), f"{path}: responses.jsonl")
        self.markdown = self._bytes("draft.md")

    def replay(self) -> Draft:
        """Draft again from what the bundle holds, with no network.

        Raises:
            InputError: another pmdraft made it, whose requests are not this one's.
            RecordingMiss: it lacks a response.
        """
        model = ReplayModel(self.recording) if self.manifest.model is not None else None
        try:
            return draft_postmortem(self.incident, model=model, settings=self.manifest.settings)
        except RecordingMiss as error:
            if not self.is_of_this_pmdraft():
                raise InputError(
                    f"{self.path}: was made by pmdraft {self.manifest.pmdraft} with other prompts than those of this "
                    f"one ({VERSION}); install that one to replay it"
                ) from error
            raise

    def is_of_this_pmdraft(self) -> bool:
        """Whether it was made with this version and these prompts."""
        held = {name: data for name, data in self.archive.members.items() if name.startswith("prompts/")}
        return self.manifest.pmdraft == VERSION and held == dict(_files("prompts", asset_dir("prompts")))

    @property
    def has_templates(self) -> bool:
        """Whether the run had templates of its own."""
        return any(name.startswith("templates/") for name in self.archive.members)

    @contextmanager
    def templates(self) -> Iterator[Path | None]:
        """The folder of the run's own templates for as long as the block runs; None if it had none."""
        if not self.has_templates:
            yield None
            return
        with tempfile.TemporaryDirectory() as folder:
            for name, data in self.archive.members.items():
                if name.startswith("templates/"):
                    path = Path(folder, name)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
            yield Path(folder, "templates")

    def _member(self, name: str, kind: type[T]) -> T:
        try:
            return kind.model_validate_json(self._bytes(name))
        except ValidationError as error:
            raise InputError(f"{self.path}: {name}: {first_problem(error)}; get the bundle again") from error

    def _bytes(self, name: str) -> bytes:
        if name in self.archive.damaged:
            raise InputError(f"{self.path}: {name} was changed: its checksum is another one; get the bundle again")
        if name not in self.archive.members:
            raise InputError(f"{self.path}: holds no {name}; is this a file that --bundle made?")
        return self.archive.members[name]


def pack_run(
    incident: Incident,
    draft: Draft,
    settings: Settings,
    *,
    asked: Asked | None = None,
    given: Given | None = None,
) -> bytes:
    """A bundle of a run, the same for the same run.

    Args:
        incident: what was drafted; it is redacted before it goes into the bundle.
        draft: what came of it.
        settings: the settings, with the date of the draft.
        asked: the model and its responses; None for the outline drafter.
        given: what was read, of which the bundle has names and hashes, and the user's templates, which it has whole.

    Raises:
        InputError: a file cannot be read.
    """
    given = given or Given()
    created = draft.postmortem.created
    manifest = Manifest(
        pmdraft=VERSION,
        versions={"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        model=asked.model if asked else None,
        address=asked.address if asked else None,
        inputs=tuple(hashed(path) for path in given.inputs),
        reading=given.reading,
        settings=replace(settings, language=draft.language, created=created),
    )
    header = Header(created=created, model=asked.model if asked else "none")
    responses = sorted(asked.responses if asked else (), key=lambda response: (response.stage, response.request))
    members: dict[str, bytes] = {
        "bundle.json": (manifest.model_dump_json(indent=2) + "\n").encode(),
        "incident.json": (
            redact(incident, addresses=settings.redact_addresses).model_dump_json(indent=2) + "\n"
        ).encode(),
        "draft.json": json_of(draft).encode(),
        "draft.md": render_markdown(draft, templates=given.templates).encode(),
        "responses.jsonl": recorded(header) + b"".join(map(recorded, responses)),
        **dict(_files("prompts", asset_dir("prompts"))),
        **(dict(_files("templates", given.templates)) if given.templates else {}),
    }
    return pack(members)


def _files(name: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".j2", ".toml"):
            yield f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def hashed(path: Path) -> Input:
    """A file by its hash; a folder by the hashes of all files in it.

    Raises:
        InputError: it cannot be read.
    """
    try:
        if not path.is_dir():
            with path.open("rb") as file:
                return Input(name=path.name, sha256=file_digest(file, "sha256").hexdigest(), size=path.stat().st_size)
        digest, size = sha256(), 0
        for part in sorted(path.rglob("*")):
            if part.is_file():
                inner = hashed(part)
                digest.update(f"{inner.sha256}  {part.relative_to(path).as_posix()}\n".encode())
                size += inner.size
        return Input(name=path.name, sha256=digest.hexdigest(), size=size)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
