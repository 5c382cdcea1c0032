"""Alerts of tools that pmdraft does not know, read as a mapping file says; see docs/alerts.md."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import jmespath
from jmespath.exceptions import JMESPathError
from pydantic import AfterValidator, BaseModel, ConfigDict, TypeAdapter, model_validator

from pmdraft.errors import InputError, brief
from pmdraft.evidence import EvidenceKind
from pmdraft.ingest.alert import Told
from pmdraft.ingest.jsonfile import shaped
from pmdraft.ingest.vendors.fields import Link, Text, Time
from pmdraft.ingest.vendors.subject import ACKNOWLEDGED, FIRED, RESOLVED, Moment, Subject, kind_of
from pmdraft.ingest.vendors.times import Clock
from pmdraft.reading import parse_toml, read_text

_HINT = "see docs/alerts.md for what a mapping holds"


class MappingError(ValueError):
    """An expression cannot be worked out for a payload."""


def _checked(expression: str) -> str:
    try:
        jmespath.compile(expression)
    except JMESPathError as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"{expression!r} is no JMESPath expression ({reason})") from error
    return expression


Expression = Annotated[str, AfterValidator(_checked)]


class _Found(BaseModel):
    """What the expressions of a rule found, of the types that events are made of."""

    what: Text = None
    service: Text = None
    severity: Text = None
    link: Link = None
    detail: Text = None
    by: Text = None
    state: Text = None
    at: Time = None
    fired: Time = None
    acknowledged: Time = None
    resolved: Time = None


class Rule(BaseModel):
    """How the payloads of one tool are read; all but `vendor` and `states` are JMESPath."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    vendor: str
    when: Expression
    each: Expression | None = None
    what: Expression
    service: Expression | None = None
    severity: Expression | None = None
    link: Expression | None = None
    detail: Expression | None = None
    by: Expression | None = None
    state: Expression | None = None
    states: dict[str, Literal["fired", "acknowledged", "resolved", "note"]] = {}
    at: Expression | None = None
    fired: Expression | None = None
    acknowledged: Expression | None = None
    resolved: Expression | None = None

    @model_validator(mode="after")
    def _has_a_time(self) -> "Rule":
        if not (self.at or self.fired or self.acknowledged or self.resolved):
            raise ValueError("a rule needs a time: 'at' (with 'state'), or 'fired', 'acknowledged', 'resolved'")
        return self

    def events(self, body: dict[str, object], clock: Clock) -> Iterator[Told]:
        """What the payload tells.

        Raises:
            MappingError: an expression does not suit the payload.
            ValueError: a time is none, or there is none at all.
        """
        alerts = _search(self.each, body) if self.each else [body]
        for alert in alerts if isinstance(alerts, list) else [alerts]:
            yield from self._events_of(alert, clock)

    def _events_of(self, alert: object, clock: Clock) -> Iterator[Told]:
        found = _Found.model_validate(
            {name: _search(expression, alert) for name in _Found.model_fields if (expression := getattr(self, name))}
        )
        subject = Subject(self.vendor, found.what or "unnamed alert", found.service, found.severity, found.link)
        moments = [
            Moment(FIRED, found.fired, detail=found.detail),
            Moment(ACKNOWLEDGED, found.acknowledged, by=found.by),
            Moment(RESOLVED, found.resolved),
            Moment(self._kind(found.state), found.at, by=found.by, detail=found.detail),
        ]
        yield from subject.events(clock, *moments)

    def _kind(self, state: str | None) -> EvidenceKind:
        named = self.states.get(state or "")
        return EvidenceKind(f"alert_{named}") if named else kind_of(state)


class AlertMapping(BaseModel):
    """The rules of a file; the first whose `when` holds reads a payload."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    alert: tuple[Rule, ...] = ()

    def rule_for(self, body: dict[str, object]) -> Rule | None:
        """The rule that reads a payload.

        Raises:
            MappingError: a `when` does not suit the payload.
        """
        return next((rule for rule in self.alert if _search(rule.when, body)), None)


def read_mapping(path: Path) -> AlertMapping:
    """The mapping in a TOML file.

    Raises:
        InputError: it cannot be read, is not TOML, or holds what no mapping has.
    """
    try:
        value = parse_toml(read_text(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
    except ValueError as error:
        raise InputError(f"{path}: not TOML ({brief(str(error))}); {_HINT}") from error
    return shaped(value, TypeAdapter(AlertMapping), str(path), _HINT)


def _search(expression: str, value: object) -> object:
    try:
        found: object = jmespath.search(expression, value)
    except JMESPathError as error:
        reason = str(error).splitlines()[0]
        raise MappingError(f"{expression!r} cannot be worked out ({reason})") from error
    return found
