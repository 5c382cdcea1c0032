"""Another model for some of the stages."""

from pathlib import Path

import pytest

from pmdraft.draft import draft_postmortem
from pmdraft.errors import RecordingMiss
from pmdraft.llm.by_stage import ModelByStage
from pmdraft.llm.keeping import KeepingModel
from pmdraft.llm.recording import RecordingFile, ReplayModel
from pmdraft.llm.seam import Message, Model, Request
from tests.builders import incident
from tests.scripted import ScriptedModel


def recorded(model: Model, file: Path) -> Model:
    return KeepingModel(model, RecordingFile(file, model.name))


def test_each_stage_is_answered_by_its_own_model_which_the_draft_names() -> None:
    usual, large = ScriptedModel(name="usual-1"), ScriptedModel(name="large-1")

    made = draft_postmortem(incident(), model=ModelByStage(usual, {"causes": large}))

    assert large.stages == ["causes"]
    assert set(usual.stages) == {"timeline", "impact", "learning", "verification"}
    by = {part.part: part.drafted_by for part in made.run.parts}
    assert (by["causes"], by["impact"]) == ("large-1", "usual-1")
    assert made.run.drafted_by == ("usual-1", "large-1")


def test_its_name_tells_of_all_so_that_no_recording_mixes_them_up() -> None:
    usual, large = ScriptedModel(name="usual-1"), ScriptedModel(name="large-1")

    assert ModelByStage(usual, {"causes": large}).name == "usual-1 (causes: large-1)"
    assert ModelByStage(usual, {}).name == "usual-1"


def test_a_replay_names_the_same_models(tmp_path: Path) -> None:
    usual, large = ScriptedModel(name="usual-1"), ScriptedModel(name="large-1")
    recording = recorded(ModelByStage(usual, {"causes": large}), tmp_path / "run.jsonl")

    first = draft_postmortem(incident(), model=recording)
    again = draft_postmortem(incident(), model=ReplayModel(tmp_path / "run.jsonl"))

    assert again.run.parts == first.run.parts


def request(prompt: str, text: str = "What happened?") -> Request:
    return Request("timeline", (Message("user", text),), {"type": "object"}, prompt=prompt)


def test_a_replay_can_tell_that_a_stages_prompt_was_changed(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    recorded(ScriptedModel(), file).complete(request("aaaa"))

    assert ReplayModel(file).complete(request("bbbb")).text
    with pytest.raises(RecordingMiss, match=r"prompt for it was changed since \(now bbbb\)"):
        ReplayModel(file).complete(request("bbbb", "What else?"))
    with pytest.raises(RecordingMiss, match="were the evidence, the settings"):
        ReplayModel(file).complete(request("aaaa", "What else?"))
