"""An incident that was read before, as `pmdraft ingest --json` printed it."""

from pydantic import ValidationError

from pmdraft.errors import InputError
from pmdraft.evidence import Incident
from pmdraft.ingest.jsonfile import read_content
from pmdraft.ingest.tally import Named
from pmdraft.records import first_problem


def read_saved(file: Named) -> Incident:
    """The incident in a file.

    Raises:
        InputError: it cannot be read, or holds none that this version of pmdraft knows.
    """
    try:
        return Incident.model_validate_json(read_content(file.path).data)
    except ValidationError as error:
        raise InputError(
            f"{file.path}: no incident that this pmdraft can read ({first_problem(error)}); "
            "make it again with `pmdraft ingest --json`"
        ) from error
