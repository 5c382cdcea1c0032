"""What a command line asks to be measured."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pmdraft.settings import Settings

TOPICS = ("start", "chat", "ingest", "logs", "redact", "checks", "blameless", "memory", "tokens", "growth", "waiting")
_BUDGET = Settings().token_budget
_LATENCIES = (0.0, 1.0, 20.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What topics may need to know.

    Attributes:
        topics: what to measure.
        folder: to write files to, empty at first.
        big: measure what takes minutes too.
        log: a log to measure besides.
        files: what an incident left behind, instead of the demo's.
        channels: channels to take from an export among them.
        timezone: zone of times that name none.
        token_budget: tokens of evidence in one request.
        latencies: seconds that each answer of a model takes.
        readme: put the figures that the READMEs show into them.
    """

    topics: tuple[str, ...] = TOPICS
    folder: Path = Path()
    big: bool = False
    log: Path | None = None
    files: tuple[Path, ...] = ()
    channels: tuple[str, ...] = ()
    timezone: str | None = None
    token_budget: int = _BUDGET
    latencies: tuple[float, ...] = _LATENCIES
    readme: bool = False


def parsed(arguments: Sequence[str] | None, folder: Path) -> Asked:
    """What a command line asks for; without a topic it is all of them.

    Args:
        arguments: the command line; None for this process's own.
        folder: to write files to.
    """
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description="Figures of speed, memory and cost.")
    # argparse would hold the empty list of `nargs="*"` against `choices`, so the names are checked below.
    parser.add_argument("topic", nargs="*", metavar=f"{{{','.join(TOPICS)}}}", help="what to measure; default: all")
    parser.add_argument("--big", action="store_true", help="logs, growth, memory: what takes minutes too")
    parser.add_argument("--readme", action="store_true", help="put the main figures into the READMEs")
    parser.add_argument("--log", type=Path, help="logs: a log to measure besides")
    parser.add_argument("--file", type=Path, action="append", default=[], help="tokens: an incident's file or folder")
    parser.add_argument("--channel", action="append", default=[], help="tokens: channel to take from an export")
    parser.add_argument("--timezone", help="tokens: zone of times that name none")
    parser.add_argument("--token-budget", type=int, default=_BUDGET, help="tokens, growth: evidence in one request")
    parser.add_argument("--latency", type=float, action="append", help="waiting: seconds that each answer takes")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.topic if name not in TOPICS]:
        parser.error(f"no topic {unknown[0]!r}; there are {', '.join(TOPICS)}")
    return Asked(
        topics=tuple(options.topic) or TOPICS,
        folder=folder,
        big=options.big,
        log=options.log,
        files=tuple(options.file),
        channels=tuple(options.channel),
        timezone=options.timezone,
        token_budget=options.token_budget,
        latencies=tuple(options.latency or _LATENCIES),
        readme=options.readme,
    )
