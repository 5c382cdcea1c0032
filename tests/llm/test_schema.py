"""The schemas that the stages send, in the subset that every endpoint takes."""

import json
from collections.abc import Iterator

import jsonschema
import pytest
from pydantic import BaseModel

from pmdraft.llm.schema import answer_schema
from pmdraft.wire import Wire
from tests.scripted import STAGES, least_answers

ANSWERS = [type(answer) for answer in least_answers().values()]
KEYWORDS = {
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "const",
    "anyOf",
    "description",
}


class Part(Wire):
    title: str
    """What the part is called."""


class Whole(Wire):
    described: Part
    """What the field is for."""
    bare: Part
    optional: Part | None
    several: list[Part]


def nodes(schema: object, depth: int = 0) -> Iterator[tuple[dict[str, object], int]]:
    """Every schema in a schema, with the number of objects and lists that it lies in."""
    assert isinstance(schema, dict)
    yield schema, depth
    for child in schema.get("properties", {}).values():
        yield from nodes(child, depth + 1)
    for child in schema.get("anyOf", []):
        yield from nodes(child, depth)
    if "items" in schema:
        yield from nodes(schema["items"], depth)


def properties(schema: dict[str, object]) -> dict[str, dict[str, object]]:
    found = schema["properties"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_keywords_that_every_endpoint_knows_are_used(answer: type[BaseModel]) -> None:
    used = {keyword for node, _ in nodes(answer_schema(answer)) for keyword in node}

    assert used <= KEYWORDS


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_object_is_closed_and_all_its_fields_are_required(answer: type[BaseModel]) -> None:
    objects = [node for node, _ in nodes(answer_schema(answer)) if node.get("type") == "object"]

    assert objects
    assert all(node["additionalProperties"] is False for node in objects)
    assert all(node["required"] == list(properties(node)) for node in objects)


@pytest.mark.parametrize("answer", ANSWERS)
def test_evidence_is_asked_for_before_what_is_said_of_it(answer: type[BaseModel]) -> None:
    objects = [list(properties(node)) for node, _ in nodes(answer_schema(answer)) if node.get("type") == "object"]

    assert all(names[0] == "evidence" for names in objects if "evidence" in names)


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_schema_is_no_larger_than_the_strictest_endpoint_takes(answer: type[BaseModel]) -> None:
    schema = answer_schema(answer)
    found = list(nodes(schema))

    assert sum(len(properties(node)) for node, _ in found if "properties" in node) <= 100
    assert max(depth for _, depth in found) <= 5
    assert len(json.dumps(schema)) <= 15_000


@pytest.mark.parametrize("stage", STAGES)
def test_the_least_answer_of_a_stage_fits_its_schema(stage: str) -> None:
    answer = least_answers()[stage]

    jsonschema.validate(answer.model_dump(mode="json"), answer_schema(type(answer)))


@pytest.mark.parametrize("stage", STAGES)
def test_an_answer_with_a_field_more_or_less_does_not_fit(stage: str) -> None:
    answer = least_answers()[stage]
    data = answer.model_dump(mode="json")

    for wrong in ({**data, "more": 1}, dict(list(data.items())[1:])):
        with pytest.raises(jsonschema.ValidationError, match=r"Additional properties|required"):
            jsonschema.validate(wrong, answer_schema(type(answer)))


def test_a_definition_stands_where_it_is_used() -> None:
    fields = properties(answer_schema(Whole))

    part = {
        "type": "object",
        "properties": {"title": {"type": "string", "description": "What the part is called."}},
        "required": ["title"],
        "additionalProperties": False,
    }
    assert fields["bare"] == part
    assert fields["described"] == {**part, "description": "What the field is for."}
    assert fields["optional"] == {"anyOf": [part, {"type": "null"}]}
    assert fields["several"] == {"type": "array", "items": part}


def test_a_field_that_is_called_title_stays() -> None:
    titled = [name for name in STAGES if "title" in properties(answer_schema(type(least_answers()[name])))]

    assert titled == ["impact"]


def test_the_words_under_a_field_reach_the_model() -> None:
    schema = answer_schema(type(least_answers()["timeline"]))

    assert "copied word for word" in json.dumps(schema)


def test_a_schema_is_the_same_each_time() -> None:
    first, second = (json.dumps(answer_schema(ANSWERS[1])) for _ in range(2))

    assert first == second
