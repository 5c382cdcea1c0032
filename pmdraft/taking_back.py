"""Taking a statement back from the ledger: a person vouches for it."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pmdraft.draft import Draft
from pmdraft.errors import InputError, UsageError, brief
from pmdraft.ledger import Rejected
from pmdraft.places import parts_of, path_of, put_in, shifted
from pmdraft.postmortem import Postmortem
from pmdraft.reading import read_text
from pmdraft.records import first_problem
from pmdraft.statement import Basis, Statement, Support
from pmdraft.walk import cited_ids, with_statements


def read_draft(path: Path) -> Draft:
    """A draft that a run wrote with `--json`.

    Raises:
        InputError: it cannot be read, or is none.
    """
    try:
        return Draft.model_validate_json(read_text(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({brief(str(error))}); name a draft that --json wrote") from error
    except ValidationError as error:
        raise InputError(f"{path}: is no draft ({first_problem(error)}); name a file that --json wrote") from error


def with_entry(draft: Draft, name: str) -> Draft:
    """The draft with an entry of its ledger where it stood, on a person's word.

    Args:
        draft: the draft.
        name: id of the entry, such as `R1`.

    Raises:
        UsageError: there is no such entry, or its place is gone or taken.
    """
    entry = next((item for item in draft.ledger if item.id == name), None)
    if entry is None or entry.path is None:
        known = ", ".join(item.id for item in draft.ledger if item.id) or "none of that kind"
        raise UsageError(f"no entry {name!r} that can be taken back; the ledger has {known}")
    data = draft.postmortem.model_dump(mode="json")
    place = parts_of(entry.path)
    wanted = (*place[:-1], place[-1] - _before(entry, draft)) if isinstance(place[-1], int) else place
    try:
        stands = put_in(data, wanted, entry.piece)
    except LookupError as error:
        raise UsageError(f"{entry.path}, where {name} stood, is gone or taken; edit the draft by hand") from error
    postmortem = Postmortem.model_validate(data)
    path = path_of(stands)

    def vouched(at: str, statement: Statement) -> Statement:
        if at != path and not at.startswith((f"{path}.", f"{path}[")):
            return statement
        if statement.support not in (Support.DOUBTFUL, Support.UNCITED):
            return statement
        return statement.model_copy(update={"basis": Basis.HUMAN, "support": Support.UNCHECKED})

    postmortem = with_statements(postmortem, vouched)
    cited = cited_ids(postmortem)
    return draft.model_copy(
        update={
            "postmortem": postmortem,
            "ledger": tuple(item for item in draft.ledger if item is not entry),
            "findings": tuple(
                finding.model_copy(
                    update={"where": finding.where.model_copy(update={"path": _after(finding.where.path, stands)})}
                )
                for finding in draft.findings
                if finding.where.path != f"ledger.{name}"
            ),
            "uncited": tuple(item for item in draft.uncited if item not in cited),
        }
    )


def _before(entry: Rejected, draft: Draft) -> int:
    """How many entries of the ledger stood before it in the same list."""
    place: Any = parts_of(entry.path or "")
    others = (parts_of(item.path) for item in draft.ledger if item.path and item is not entry)
    return sum(other[:-1] == place[:-1] and other[-1] < place[-1] for other in others)


def _after(path: str, stands: tuple[str | int, ...]) -> str:
    return path if path.startswith("ledger.") else path_of(shifted(parts_of(path), stands, 1))
