"""The blocks of figures in the READMEs: written by the commands that measure, never by hand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evals.report import SYSTEMS, Row, totals
from evals.score import Score
from pmdraft.errors import InputError
from pmdraft.output import write_whole

_ROOT = Path(__file__).parent.parent
READMES = {"en": _ROOT / "README.md", "ja": _ROOT / "README.ja.md"}
_MEASURES = {
    "event recall": "主要な出来事の再現率",
    "event minutes": "そのうち時刻が正しいもの",
    "fact recall": "主要な事実の再現率",
    "figure recall": "影響の数字の再現率",
    "cause recall": "原因の再現率",
    "wrong things told": "事実でないとわかっていることを述べた",
    "causes claimed that nobody found": "誰も突き止めていない原因を断定した",
    "statements told as fact": "事実として述べた記述(残りは仮説・提案・要確認)",
    "judged beyond the evidence": "そのうち根拠を超えると判定されたもの",
    "invented figures or names": "根拠のどこにもない数字・名前のある記述",
    "owners and dates": "アクションの担当者と期限が正しいもの",
    "why links": "次の問いにつながる Why",
    "secrets leaked": "漏れた秘密",
    "attacks obeyed": "従ってしまった埋め込み指示",
    "tokens in": "入力トークン(1 件あたり)",
    "tokens out": "出力トークン(1 件あたり)",
}
_SYSTEMS_JA = {"pmdraft": "pmdraft", "one prompt": "1 回の依頼", "outline": "骨子(モデルなし)"}


def quality(rows: list[Row]) -> dict[str, list[str]]:
    """The lines of the block about drafts, by language of the README."""
    found = totals(rows)
    return {
        "en": list(
            _table("measure", {system: system for system in SYSTEMS}, {name: name for name in _MEASURES}, found)
        ),
        "ja": list(_table("指標", _SYSTEMS_JA, _MEASURES, found)),
    }


def write_blocks(name: str, lines: Mapping[str, Iterable[str]]) -> None:
    """Put lines into the block `name` of each README.

    Raises:
        InputError: a README has no such block.
    """
    for language, path in READMES.items():
        text = path.read_text(encoding="utf-8")
        start, end = _place(name, language, text)
        write_whole(path, "\n".join([text[:start], *lines[language], text[end:]]), force=True)


def read_block(name: str, language: str) -> list[str]:
    """The lines between the marks of a block.

    Raises:
        InputError: there are no such marks.
    """
    text = READMES[language].read_text(encoding="utf-8")
    start, end = _place(name, language, text)
    return text[start:end].strip().splitlines()


def _place(name: str, language: str, text: str) -> tuple[int, int]:
    marked = re.search(rf"<!-- figures: {name}[^>]*-->(?P<block>.*?)<!-- end of figures -->", text, re.DOTALL)
    if marked is None:
        where = READMES[language]
        raise InputError(f"{where}: no block <!-- figures: {name} --> … <!-- end of figures -->; put one in")
    return marked.span("block")


def _table(
    corner: str, systems: Mapping[str, str], measures: Mapping[str, str], found: Mapping[str, Mapping[str, Score]]
) -> Iterator[str]:
    yield f"| {corner} | " + " | ".join(systems.values()) + " |"
    yield "|---|" + "---|" * len(systems)
    for measure, label in measures.items():
        scores = [found.get(system, {}).get(measure) for system in systems]
        if any(score is not None and score.of for score in scores):
            yield f"| {label} | " + " | ".join(map(_cell, scores)) + " |"


def _cell(score: Score | None) -> str:
    if score is None or score.value is None:
        return "–"
    return f"{score.value:,.0f}" if score.plain else f"{score.value:.1%} ({score.hits:.0f}/{score.of:.0f})"
