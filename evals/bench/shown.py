"""The figures of speed that the READMEs show: written by the command that measures, with its machine and versions."""

from collections.abc import Iterator, Mapping

SHOWN: Mapping[str, tuple[str, ...]] = {
    "start": ("pmdraft --help", "pmdraft check,", "pmdraft ingest,", "pmdraft draft,", "pmdraft demo     "),
    "chat": ("json.loads", "gather", "     "),
    "logs": ("datanode.log", "app.log", "records.log", "logfmt.log", "access.log"),
    "redact": ("made-up channel",),
    "checks": ("outline",),
    "blameless": ("     ", "en:", "ja:", "pmdraft check", "proselint", "alex", "textlint"),
    "memory": ("gather",),
    "waiting": (" each answer", "    "),
}
"""By topic, how the lines begin that are shown."""


def shown(machine: str, printed: Mapping[str, str]) -> list[str]:
    """The lines of the READMEs' block, as a block of code.

    Args:
        machine: what it was measured on.
        printed: what each topic printed.
    """
    return ["```text", machine, *_lines(printed), "```"]


def _lines(printed: Mapping[str, str]) -> Iterator[str]:
    for topic, beginnings in SHOWN.items():
        if topic in printed:
            head, *rest = printed[topic].strip().splitlines()
            yield ""
            yield f"{topic}: {head}"
            yield from (line.rstrip() for line in rest if line.startswith(beginnings))
