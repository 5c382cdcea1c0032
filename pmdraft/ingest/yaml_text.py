"""YAML, as far as it says what JSON could: no aliases, no tags, times left as text."""

import re
from itertools import islice
from typing import ClassVar

import yaml

_DEEPEST = 100
_MOST_CHARACTERS = 1_000_000
"""YAML is read some hundred times slower than JSON; what is longer is a log that looks like it."""
_FIRST_LINE = re.compile(r"(?:- +)*[\"']?[A-Za-z_@$][\w.@/$-]{0,80}[\"']? *:(?: |$)")
# Libyaml's loader is ten times as fast, and may be missing.
_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotYaml(ValueError):
    """The text is no YAML that says what JSON could."""


class _Loader(_Base):  # type: ignore[misc, valid-type]  # which of the two is known at run time only
    """Reads plain words as JSON would: YAML 1.1 takes 14:23:09 for a number, and `on` for true."""

    yaml_implicit_resolvers: ClassVar[dict[str | None, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _form in {
    "null": r"null|~|",
    "bool": r"true|false",
    "int": r"-?(?:0|[1-9][0-9]{0,18})",
    "float": r"-?(?:0|[1-9][0-9]{0,18})\.[0-9]{1,18}",
}.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_form})$"), None)


def looks_like_yaml(head: str) -> bool:
    """Whether the first line that says something is a key, or an item that is one.

    Args:
        head: the beginning of a text.
    """
    said = (line for line in islice(head.splitlines(), 50) if line.strip() and not line.startswith(("#", "---", "%")))
    return bool(_FIRST_LINE.match(next(said, "")))


def yaml_documents(text: str) -> list[object]:
    """The documents in a YAML text; keys are texts.

    Raises:
        NotYaml: it is none, or uses what JSON has not.
    """
    if len(text) > _MOST_CHARACTERS:
        raise NotYaml("too long")
    try:
        _check(text)
        return [_with_text_keys(document) for document in yaml.load_all(text, _Loader)]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise NotYaml(" ".join(str(error).split())[:200]) from error


def _check(text: str) -> None:
    """See that nothing is nested so deeply, or shared so often, that a small text becomes a large value."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) is not None:
            raise NotYaml("nested too deeply, or with aliases or tags")


def _with_text_keys(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    return [_with_text_keys(item) for item in value] if isinstance(value, list) else value
