"""JSON Schema in the common subset that every endpoint takes."""

from pydantic import BaseModel

_DROPPED = {"title", "default", "$defs"}


def answer_schema(model: type[BaseModel]) -> dict[str, object]:
    """The schema of `model` without references, titles and defaults.

    Strict endpoints refuse a description beside a `$ref`, and some resolve none at all,
    so every definition stands where it is used.
    """
    schema = model.model_json_schema()
    plain = _plain(schema, schema.get("$defs", {}))
    assert isinstance(plain, dict)  # noqa: S101 - a schema is an object
    return plain


def told_schema(model: type[BaseModel]) -> dict[str, object]:
    """The schema of `model` for a reader: without titles and defaults, each definition once."""
    schema = model.model_json_schema()
    definitions = schema.pop("$defs", {})
    told = _plain(schema, None)
    assert isinstance(told, dict)  # noqa: S101 - a schema is an object
    return {**told, "$defs": {name: _plain(node, None) for name, node in definitions.items()}}


def _plain(node: object, definitions: dict[str, object] | None) -> object:
    if isinstance(node, list):
        return [_plain(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if definitions is not None and isinstance(reference := node.get("$ref"), str):
        target = definitions[reference.removeprefix("#/$defs/")]
        merged = {**target, **{key: value for key, value in node.items() if key != "$ref"}}  # type: ignore[dict-item]  # pydantic writes objects
        return _plain(merged, definitions)
    # `title` names a keyword of the schema, but also a property that a model may have.
    return {
        key: {name: _plain(field, definitions) for name, field in value.items()}
        if key == "properties"
        else _plain(value, definitions)
        for key, value in node.items()
        if key not in _DROPPED
    }
