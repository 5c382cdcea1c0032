"""Sections that people write themselves: no text of a model stays in them, only where to look."""

from collections.abc import Sequence

from pmdraft.postmortem import FiveWhys, Lessons, Postmortem
from pmdraft.sections import Section
from pmdraft.walk import cited_ids

_MOST = 12


def left_to_people(
    postmortem: Postmortem, sections: Sequence[Section]
) -> tuple[Postmortem, dict[str, tuple[str, ...]]]:
    """Empty the sections that people write.

    Returns:
        The postmortem without their text, and for each of them the evidence that a draft of it cited.
        What code computed stays: durations, and the timeline that they come from.
    """
    kept = [section.id for section in sections if section.human_only]
    emptied: dict[str, object] = {"human_only": tuple(kept)}
    pointers = {}
    for name in kept:
        if hasattr(postmortem, name):
            cited = cited_ids(getattr(postmortem, name))
            pointers[name] = tuple(sorted(cited, key=lambda id_: (len(id_), id_)))[:_MOST]
            emptied[name] = _empty(postmortem, name)
    if "five_whys" in kept and "summary" not in kept:
        emptied["summary"] = postmortem.summary.model_copy(update={"root_cause": None})
    return postmortem.model_copy(update=emptied), pointers


def _empty(postmortem: Postmortem, name: str) -> object:
    if name == "five_whys":
        return FiveWhys(problem=None, whys=(), root_cause=None)
    if name == "lessons":
        return Lessons(technical=(), process=())
    if name == "detection":
        return postmortem.detection.model_copy(update={"methods": ()})
    if name == "summary":
        return postmortem.summary.model_copy(update=dict.fromkeys(type(postmortem.summary).model_fields))
    if name == "impact":
        told = set(type(postmortem.impact).model_fields) - {"downtime"}
        return postmortem.impact.model_copy(update=dict.fromkeys(told))
    return ()
