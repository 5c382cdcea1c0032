"""Drafts of the cases by each system: played from their recordings, or asked of a model now."""

from functools import cache
from pathlib import Path

from evals import cassettes
from evals.case import Case
from evals.meter import Meter
from evals.report import Row
from evals.scorers import scores
from evals.subject import Subject
from evals.systems import one_prompt, pmdraft
from pmdraft.errors import ModelError, ModelUnavailable
from pmdraft.llm.endpoint import OpenAIModel
from pmdraft.llm.patience import CallPolicy

LATENCY = 0.2
"""Seconds that each recorded answer takes, so that wall time tells how much runs side by side."""
RECORDED = "hand-answered"
"""Label of what answered the recordings that come with the project."""
SYSTEMS = {"pmdraft": pmdraft.draft, "one-prompt": one_prompt.draft}


def rows_of(
    cases: list[Case], model: OpenAIModel | None = None, latency: float = LATENCY
) -> tuple[list[Row], list[str]]:
    """The scores of every system on every case, and the recordings that could not be played.

    Args:
        cases: what to draft.
        model: what to ask; None plays the recordings.
        latency: seconds that each recorded answer takes.
    """
    rows: list[Row] = []
    stale: list[str] = []
    for case in cases:
        for system in (*SYSTEMS, "outline"):
            try:
                subject = drafted(case, system, model, latency)
            except (cassettes.Stale, ModelError) as error:
                stale.append(str(error))
                continue
            rows.append(Row(case.name, case.about.language.value, subject.system, tuple(scores(case, subject))))
    return rows, stale


def drafted(case: Case, system: str, model: OpenAIModel | None = None, latency: float = LATENCY) -> Subject:
    """One system's draft of a case.

    Raises:
        Stale: the recording is not of these requests.
        ModelError: the model gave nothing that could be used.
    """
    if system == "outline":
        return pmdraft.draft(case, None)
    if model is not None:
        return SYSTEMS[system](case, Meter(model))
    with cassettes.playing(_cassette(case, system)):
        return SYSTEMS[system](case, Meter(_player(), latency))


def record(case: Case, system: str, model: OpenAIModel) -> Subject:
    """A draft whose requests and answers are kept as the case's recording.

    Raises:
        ModelUnavailable: a request got no answer. What was answered is kept: the same call asks only for the rest.
    """
    meter = Meter(model)
    with cassettes.recording(_cassette(case, system)):
        subject = SYSTEMS[system](case, meter)
    if meter.failed:
        raise ModelUnavailable(f"{case.name}: {system}: not all was answered ({'; '.join(meter.failed)})")
    return subject


def live_model(name: str, base_url: str | None) -> OpenAIModel:
    """A model that answers now, given as long as it takes; its key is that of `OPENAI_API_KEY`.

    Raises:
        ModelUnavailable: there is no key.
    """
    return OpenAIModel(name, base_url=base_url, policy=CallPolicy(deadline=7200))


@cache
def _player() -> OpenAIModel:
    # Making a client takes longer than all of a case's recorded answers.
    return OpenAIModel(RECORDED, base_url=cassettes.BASE_URL, api_key="none is needed", policy=CallPolicy(retries=0))


def _cassette(case: Case, system: str) -> Path:
    return case.folder / "cassettes" / f"{system.replace('-', '_')}.yaml"
