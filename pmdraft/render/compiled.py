"""Templates are compiled once for all the drafts of a process; that takes longer than to render one."""

from collections.abc import Callable
from types import CodeType

from jinja2 import BytecodeCache, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context


class _InMemory(BytecodeCache):
    """What was compiled, by the name and the place of a template, for as long as its text stays the same."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = (bucket.checksum, bucket.code)


COMPILED = _InMemory()
"""For environments that differ in their filters alone."""


def at_rendering(call: Callable[..., object]) -> Callable[..., object]:
    """A filter that is never worked out while a template is compiled: what it says is of one draft alone."""

    @pass_context
    def filtered(_context: Context, *values: object, **named: object) -> object:
        return call(*values, **named)

    return filtered
