"""One small run, kept as a bundle, and ways to tamper with it."""

import functools
import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pmdraft.bundle import Asked, Given, pack_run
from pmdraft.bundle.archive import SUMS, Archive, pack
from pmdraft.draft import draft_postmortem
from pmdraft.evidence import Incident
from pmdraft.language import Language
from pmdraft.llm.keeping import KeepingModel
from pmdraft.llm.responses import Response
from pmdraft.llm.seam import Request
from pmdraft.settings import Settings
from tests.builders import evidence, incident
from tests.scripted import ScriptedModel, timeline_answer, timeline_event

PLANTED = "AKIAIOSFODNN7EXAMPLE"
SETTINGS = Settings(
    language=Language.EN, authors=("alice",), created=datetime.fromisoformat("2025-10-28T10:00:00+09:00")
)


def outage() -> Incident:
    """A run's incident, with a secret in it."""

    def said(number: int, text: str, minute: int, **more: object) -> dict[str, object]:
        raw = {"file": "ops/2025-10-27.json", "channel": "C1", "ts": f"17615427{minute:02}.000100"}
        return {"id": f"S{number}", "text": text, "at": f"2025-10-27T14:{minute:02}:00+09:00", "raw": raw, **more}

    return incident(
        *(
            evidence(**fields)  # type: ignore[arg-type]  # the builder's own fields
            for fields in (
                said(1, f"API is down, key {PLANTED}", 23),
                said(2, "rolled back to 2.30.9", 40, thread="S1"),
                said(3, "all green again", 55),
            )
        )
    )


class Collected(list[Response]):
    """What a model answered."""

    def response(self, _: Request) -> None:
        """Nothing is known beforehand."""

    def keep(self, response: Response) -> None:
        """Keep one more."""
        self.append(response)


def bundle_of(whole: Incident, given: Given | None = None) -> bytes:
    """A run of this incident with a scripted model, as a bundle."""
    collected = Collected()
    script = {"timeline": timeline_answer(timeline_event("S1"), timeline_event("S3", kind="recovery", event="Green"))}
    draft = draft_postmortem(whole, model=KeepingModel(ScriptedModel(script), collected), settings=SETTINGS)
    asked = Asked("scripted-1", "https://llm.example.com/v1/", collected)
    return pack_run(whole, draft, SETTINGS, asked=asked, given=given)


@functools.cache
def a_bundle() -> bytes:
    """The bundle that most tests look at."""
    return bundle_of(outage())


def members(path: Path) -> dict[str, bytes]:
    """What a bundle holds, but for the hashes."""
    return {name: data for name, data in Archive(path).members.items() if name != SUMS}


def forged(path: Path, changed: Mapping[str, bytes]) -> None:
    """Change members of a bundle and make all its hashes anew, as somebody would who means it."""
    path.write_bytes(pack({**members(path), **changed}))


def zipped(entries: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Any zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()
