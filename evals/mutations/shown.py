"""The table of the READMEs: of what is made wrong in a draft, how much the checks see."""

from collections.abc import Iterator, Mapping

from evals.mutations.measure import Measured
from evals.mutations.report import detection, false_alarms

_KINDS = {
    "number": "数",
    "unit": "単位",
    "time": "時刻",
    "date": "日付",
    "duration": "所要時間",
    "name": "人の名前",
    "host": "ホスト",
    "service": "サービス",
    "version": "版",
    "id": "識別子",
    "citation invented": "存在しない引用",
    "citation moved": "別の根拠への引用",
    "invented sentence": "作り話の一文",
    "swapped cause": "別の原因",
    "refuted cause": "否定された原因",
    "overclaim": "言い過ぎ(必ず・すべて)",
    "negation": "否定の反転",
    "contrary": "反対の語",
    "agent": "行為者のすり替え",
    "certainty": "推測の断定",
}
_FLAGGED = "flagged"
_Rows = Mapping[str, Mapping[str, tuple[int, int]]]


def shown(measured: Measured) -> dict[str, list[str]]:
    """The lines of the block, by language of the README."""
    rows = {**detection(measured), _FLAGGED: false_alarms(measured)["all"]}
    english = {kind: kind for kind in _KINDS}
    return {
        "en": list(_table(["made wrong", "Japanese", "English"], english, "*correct statements flagged*", rows)),
        "ja": list(_table(["誤りの種類", "日本語", "英語"], _KINDS, "*正しい記述への指摘*", rows)),
    }


def _table(head: list[str], kinds: Mapping[str, str], flagged: str, rows: _Rows) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for kind, name in [*kinds.items(), (_FLAGGED, flagged)]:
        if kind in rows:
            yield f"| {name} | {_cells(rows[kind])} |"


def _cells(row: Mapping[str, tuple[int, int]]) -> str:
    return " | ".join(f"{hits / of:.1%} ({hits}/{of})" for hits, of in (row[language] for language in ("ja", "en")))
