"""From a model's text to a typed answer, with one attempt at repair."""

import json
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pmdraft.errors import BadAnswer, CutOff, brief
from pmdraft.llm.seam import Model, Reply, Request
from pmdraft.shown import visible

T = TypeVar("T", bound=BaseModel)

_MOST_OBJECTS = 20

_REASONS = {
    "refused": "the model refused to answer",
    "filtered": "the endpoint's content filter stopped the answer",
}
_AGAIN = "Answer again with one JSON object of the schema, whole, and nothing else."


def ask(model: Model, request: Request, wanted: type[T]) -> tuple[T, list[Reply]]:
    """Ask once, and once more with the mistake named if the answer cannot be used.

    Returns:
        The answer, and every reply that it took.

    Raises:
        CutOff: the answer is longer than the model writes; a smaller question may do.
        PromptTooLong: the request is longer than the model takes; likewise.
        BadAnswer: neither answer can be used.
        ModelError: there was no answer.
    """
    replies = [model.complete(request)]
    try:
        return read_answer(replies[0], wanted), replies
    except BadAnswer as error:
        if replies[0].stopped != "done":
            raise
        complaint = f"That answer cannot be used: {error}. {_AGAIN}"
    repair = request.after(replies[0].text, complaint)
    replies.append(model.complete(repair))
    try:
        return read_answer(replies[1], wanted), replies
    except BadAnswer:
        if not replies[1].kept:
            raise
    # It did not help an earlier run; what a model says twice may still be right the third time.
    replies[1] = model.complete(replace(repair, anew=True))
    return read_answer(replies[1], wanted), replies


def read_answer(reply: Reply, wanted: type[T]) -> T:
    """The answer in a reply; prose or fences around its JSON are let by.

    Raises:
        BadAnswer: there is none that fits.
    """
    if reply.stopped in _REASONS:
        said = f": {brief(reply.text)}" if reply.stopped == "refused" and reply.text else ""
        raise BadAnswer(_REASONS[reply.stopped] + said)
    if reply.stopped == "length":
        raise CutOff("the answer was cut off at the model's length limit")
    found: T | None = None
    failure: BadAnswer | None = None
    start = reply.text.find("{")
    for _ in range(_MOST_OBJECTS):
        if start < 0:
            break
        end = start + 1  # prose before the object may hold braces of its own
        try:
            value, end = json.JSONDecoder().raw_decode(reply.text, start)
            # A model that thinks aloud drafts first; its last object is the answer.
            found = wanted.model_validate(_seen(value))
        except ValidationError as error:
            failure = failure or BadAnswer(f"the answer does not fit the schema ({_problems(error)})")
        except (ValueError, RecursionError) as error:
            failure = failure or BadAnswer(f"the answer is not JSON ({brief(str(error))})")
        start = reply.text.find("{", end)
    if found is None:
        raise failure or BadAnswer("the answer holds no JSON object")
    return found


def _seen(value: object) -> object:
    """The value without what no reader sees: a terminal's orders, halves of letters, turned directions."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_seen(item) for item in value]
    if isinstance(value, dict):
        return {name: _seen(item) for name, item in value.items()}
    return value


def _problems(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False)
    told = [f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}" for problem in found[:5]]
    return "; ".join(told) + (f"; and {len(found) - 5} more" if len(found) > 5 else "")
