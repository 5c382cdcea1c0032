"""Questions that turn out too large for a model, asked in smaller ones.

An answer that does not end is asked for in two halves: of the evidence where the answer is a list of
what is in it, else of the answer's own fields. A request that is too long is sent with less evidence.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar, get_origin

from pydantic import BaseModel, create_model

from pmdraft.errors import CutOff, PromptTooLong
from pmdraft.evidence import Evidence

T = TypeVar("T", bound=BaseModel)

Put = Callable[[type[BaseModel], Sequence[Evidence]], BaseModel]
"""Puts the question, for this form of answer and on this evidence."""


# A model that never ends would be paid for at every division; a request that is too long costs nothing.
_MOST_CUTS = 2


def ask_divided(
    put: Put,
    wanted: type[T],
    evidence: Sequence[Evidence],
    fewer: Callable[[Sequence[Evidence]], Sequence[Evidence]],
    *,
    cuts: int = _MOST_CUTS,
) -> T:
    """The answer to a question, divided as often as the model needs.

    Args:
        put: puts one question.
        wanted: form of the answer.
        evidence: what it is about.
        fewer: the most telling half of some evidence, for answers that are no lists.
        cuts: how often more to divide because of answers that are cut off.

    Raises:
        CutOff: the smallest question has an answer that is too long.
        PromptTooLong: the smallest request is too long.
        ModelError: there is no answer.
    """

    def in_halves(halves: Sequence[tuple[type[BaseModel], Sequence[Evidence]]], cuts: int) -> T:
        return _joined(wanted, [ask_divided(put, form, part, fewer, cuts=cuts) for form, part in halves])

    by_evidence = _is_lists(wanted) and len(evidence) > 1
    try:
        return put(wanted, evidence)  # type: ignore[return-value]  # it fills what it is given
    except CutOff:
        if cuts and by_evidence:
            return in_halves([(wanted, half) for half in _halves(evidence)], cuts - 1)
        if cuts and len(wanted.model_fields) > 1:
            return in_halves([(form, evidence) for form in _divided(wanted)], cuts - 1)
        raise
    except PromptTooLong:
        if by_evidence:
            return in_halves([(wanted, half) for half in _halves(evidence)], cuts)
        if len(evidence) > 1:
            return ask_divided(put, wanted, fewer(evidence), fewer, cuts=cuts)
        raise


def _halves(items: Sequence[Evidence]) -> tuple[Sequence[Evidence], Sequence[Evidence]]:
    middle = len(items) // 2
    return items[:middle], items[middle:]


def _is_lists(wanted: type[BaseModel]) -> bool:
    return all(get_origin(field.annotation) is list for field in wanted.model_fields.values())


def _divided(wanted: type[BaseModel]) -> list[type[BaseModel]]:
    """The answer's fields in two forms, in their order."""
    names = list(wanted.model_fields)
    middle = len(names) // 2
    return [
        create_model(  # type: ignore[call-overload]  # the fields are those of another model
            wanted.__name__,
            __base__=wanted.__base__,
            **{name: (wanted.model_fields[name].annotation, wanted.model_fields[name]) for name in part},
        )
        for part in (names[:middle], names[middle:])
    ]


def _joined(wanted: type[T], halves: Sequence[BaseModel]) -> T:
    """One answer of several: lists one behind the other, and of everything else what there is of it."""
    fields: dict[str, object] = {}
    for half in halves:
        for name in type(half).model_fields:
            value = getattr(half, name)
            known = fields.get(name)
            fields[name] = [*known, *value] if isinstance(known, list) else value
    return wanted(**fields)
