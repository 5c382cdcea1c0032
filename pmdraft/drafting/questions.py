"""A question for every slot that the evidence leaves empty: what is missing, and whom to ask."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pmdraft.evidence import Evidence
from pmdraft.language import Bilingual, Language
from pmdraft.outline.cues import bearing_on
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Basis, Question
from pmdraft.wire import OpenQuestion


class Slot(NamedTuple):
    """A slot of the template that must not stay empty in silence."""

    name: Bilingual
    ask: Bilingual
    topic: str | None = None
    """Topic in `cues.toml` of the messages that bear on it."""


_COMMANDER = Bilingual("インシデントコマンダー", "the incident commander")
_RESPONDERS = Bilingual("対応したエンジニア", "the engineers who responded")
_SRE = Bilingual("SRE リード", "the SRE lead")
_PRODUCT = Bilingual("プロダクトマネージャー", "the product manager")
_SUPPORT = Bilingual("サポート担当・プロダクトマネージャー", "support and the product manager")
_ALL = Bilingual("レビュー会議の参加者", "everyone in the review meeting")

SLOTS = {
    "title": Slot(Bilingual("タイトル", "title"), _COMMANDER),
    "authors": Slot(Bilingual("作成者", "author"), _COMMANDER),
    "severity": Slot(Bilingual("重要度", "severity"), _COMMANDER),
    "incident_start": Slot(Bilingual("発生時刻", "start of the incident"), _RESPONDERS, "impact_start"),
    "incident_end": Slot(Bilingual("終了時刻", "end of the incident"), _COMMANDER, "recovery"),
    "summary.what_happened": Slot(Bilingual("何が起きたか", "what happened"), _RESPONDERS),
    "summary.impact": Slot(Bilingual("影響の概要", "impact in short"), _PRODUCT, "users"),
    "summary.resolution": Slot(Bilingual("解決策", "resolution"), _RESPONDERS, "mitigation"),
    "impact.services": Slot(Bilingual("影響を受けたサービス", "affected services"), _RESPONDERS),
    "impact.users": Slot(Bilingual("影響を受けたユーザー数", "number of affected users"), _SUPPORT, "users"),
    "impact.scope": Slot(Bilingual("影響範囲", "scope"), _RESPONDERS, "scope"),
    "impact.downtime": Slot(
        Bilingual("ダウンタイム（発生と完全復旧の時刻）", "downtime (start and full recovery)"), _COMMANDER, "recovery"
    ),
    "impact.data_loss": Slot(Bilingual("データ損失の有無", "whether data was lost"), _RESPONDERS, "data_loss"),
    "impact.business": Slot(Bilingual("ビジネス影響", "business impact"), _PRODUCT, "business"),
    "timeline": Slot(Bilingual("タイムライン", "timeline"), _COMMANDER),
    "detection.methods": Slot(Bilingual("検知方法", "how it was detected"), _RESPONDERS),
    "detection.time_to_detect": Slot(
        Bilingual("検知までの時間（発生と検知の時刻）", "time to detect (start and detection)"), _RESPONDERS
    ),
    "what_happened": Slot(Bilingual("技術的な経緯", "technical course of events"), _RESPONDERS, "investigation"),
    "five_whys.problem": Slot(Bilingual("5 Whys の出発点となる問題", "problem that the whys start from"), _RESPONDERS),
    "five_whys.whys": Slot(Bilingual("なぜ発生したか", "why it happened"), _RESPONDERS, "cause_found"),
    "five_whys.root_cause": Slot(Bilingual("根本原因", "root cause"), _RESPONDERS, "cause_found"),
    "contributing_factors": Slot(Bilingual("寄与要因", "contributing factors"), _RESPONDERS, "went_badly"),
    "went_well": Slot(Bilingual("うまくいったこと", "what went well"), _ALL, "went_well"),
    "went_badly": Slot(Bilingual("改善できること", "what didn't go well"), _ALL, "went_badly"),
    "action_items": Slot(Bilingual("アクションアイテム", "action items"), _ALL, "action"),
    "lessons.technical": Slot(Bilingual("技術的な学び", "technical lessons"), _ALL),
    "lessons.process": Slot(Bilingual("プロセス的な学び", "process lessons"), _ALL),
    "references.dashboards": Slot(Bilingual("ダッシュボードへのリンク", "dashboard links"), _RESPONDERS),
    "references.logs": Slot(Bilingual("ログへのリンク", "log links"), _RESPONDERS),
    "references.slack": Slot(Bilingual("Slack チャンネルへのリンク", "link to the Slack channel"), _COMMANDER),
    "references.documents": Slot(Bilingual("関連ドキュメント", "related documents"), _SRE),
    "review.meeting": Slot(Bilingual("レビュー会議の日時", "time of the review meeting"), _COMMANDER, "review_meeting"),
    "review.attendees": Slot(Bilingual("レビュー会議の参加者", "attendees of the review meeting"), _COMMANDER),
    "review.minutes": Slot(Bilingual("議事録", "minutes"), _COMMANDER),
}
_MISSING = Bilingual("未確認: {name}", "Not known yet: {name}")
_FOR_PEOPLE = Bilingual("人が書く: {name}", "For people to write: {name}")


def open_questions(
    postmortem: Postmortem,
    evidence: tuple[Evidence, ...],
    language: Language,
    *,
    pointers: Mapping[str, tuple[str, ...]],
    asked: Sequence[tuple[str, OpenQuestion]],
) -> tuple[Question, ...]:
    """What a person has to find out: empty slots in the order of the template, then what the model asks.

    Args:
        postmortem: without questions.
        evidence: all of the incident's.
        language: language of the questions.
        pointers: for each section that people write, the evidence that bears on it.
        asked: the model's questions, each with the field that it is about.
    """
    slots = {**SLOTS, **{f"sections.{s.id}": Slot(Bilingual(s.title, s.title), _ALL) for s in postmortem.sections}}
    gaps = (
        Question(
            text=_gap(path, postmortem).to(language, name=slot.name.to(language)),
            evidence=pointers.get(_section(path)) or (bearing_on(slot.topic, evidence) if slot.topic else ()),
            basis=Basis.COMPUTED,
            about=path,
            ask=slot.ask.to(language),
        )
        for path, slot in slots.items()
        if not _value(postmortem, path)
    )
    more = (
        Question(
            text=item.question.strip(),
            evidence=tuple(dict.fromkeys(item.evidence)),
            basis=Basis.PROPOSED,
            about=about,
            ask=item.ask,
        )
        for about, item in asked
        if item.question.strip()
    )
    return (*gaps, *more)


def _gap(path: str, postmortem: Postmortem) -> Bilingual:
    return _FOR_PEOPLE if _section(path) in postmortem.human_only else _MISSING


def _section(path: str) -> str:
    """The section that a slot stands in: `five_whys` of `five_whys.root_cause`."""
    first, _, rest = path.partition(".")
    return rest if first == "sections" else first


def _value(postmortem: Postmortem, path: str) -> object:
    if path.startswith("sections."):
        return next(section.statements for section in postmortem.sections if section.id == _section(path))
    record: object = postmortem
    for name in path.split("."):
        record = getattr(record, name)
    return record
