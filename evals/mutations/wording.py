"""Denials turned round, guesses made certain, invented sentences, and causes swapped for others."""

import re
from collections.abc import Iterator
from random import Random

from evals.mutations.mutant import Mutant, Place, replaced, reworded
from pmdraft.language import Language

_NEGATED = {
    Language.EN: (
        (r"\bno (?=[a-z])", ""), (r"\bdid not (?=[a-z])", "did "), (r"\bwas not\b", "was"), (r"\bwere not\b", "were"),
        (r"\bis not\b", "is"), (r"\bcannot\b", "can"), (r"\bnot possible\b", "possible"), (r"\bNo (?=[a-z])", "Some "),
        (r"\bhas no\b", "has"), (r"\bwithout\b", "with"), (r"\bnone\b", "some"), (r"\bhad not\b", "had"),
    ),
    Language.JA: (
        (r"なかった", "った"), (r"ではない", "である"), (r"なし(?=[とで、。]|$)", "あり"), (r"できなかった", "できた"),
        (r"しない(?=[と。、]|$)", "する"), (r"無かった", "あった"), (r"がない", "がある"), (r"ではなさそう", "でありそう"),
    ),
}  # fmt: skip
_AFFIRMED = {
    Language.EN: (
        (r"\bwas (?=[a-z]+ed\b)", "was not "), (r"\bwere (?=[a-z]+ed\b)", "were not "), (r"\bis (?=[a-z]+\b)", "is not "),
        (r"\bconfirmed\b", "did not confirm"), (r"\bapproved\b", "did not approve"), (r"\brestarted\b", "did not restart"),
        (r"\brecovered\b", "did not recover"), (r"\bfailed\b", "did not fail"),
    ),
    Language.JA: (
        (r"した(?=。|$|と)", "しなかった"), (r"された(?=。|$|と)", "されなかった"), (r"している", "していない"),
        (r"できた", "できなかった"), (r"あった(?=。|$)", "なかった"), (r"していた", "していなかった"),
    ),
}  # fmt: skip
_CONTRARY = {
    Language.EN: (
        (r"\bincreased\b", "decreased"), (r"\brose\b", "fell"), (r"\bfell\b", "rose"), (r"\bgrew\b", "shrank"),
        (r"\bdropped\b", "climbed"), (r"\bslow\b", "fast"), (r"\bfailed\b", "succeeded"), (r"\benabled\b", "disabled"),
        (r"\bbefore\b", "after"), (r"\bhigh\b", "low"), (r"\bmore\b", "fewer"), (r"\bworse\b", "better"),
    ),
    Language.JA: (
        ("増加", "減少"), ("増え", "減り"), ("減り", "増え"), ("上昇", "低下"), ("低下", "上昇"), ("失敗", "成功"), ("成功", "失敗"),
        ("有効", "無効"), ("無効", "有効"), ("遅く", "速く"), ("遅い", "速い"), ("高い", "低い"), ("多い", "少ない"), ("悪化", "改善"),
    ),
}  # fmt: skip
_HEDGED = {
    Language.EN: (
        (r"\b(?:may|might|could) (?:have )?(?=be\b|[a-z])", "did "), (r"\bmight be\b", "is"), (r"\bmay be\b", "is"),
        (r"\b(?:probably|possibly|perhaps|maybe|likely) ", ""), (r"\b[Ii]t looks like ", ""), (r"\bseems to\b", "does"),
        (r"\bas if\b", "because"), (r"\balmost all\b", "all"), (r"\bsome (?=[a-z]+s\b)", "all "), (r"\bmost\b", "all"),
    ),
    Language.JA: (
        (r"かもしれない", "である"), (r"かもしれ", "に違いな"), (r"ではないかと", "であると"), (r"ではないか", "である"), (r"のではと", "のだと"),
        (r"ではと", "だと"), (r"ほぼ全部", "全部"), (r"一部の", "すべての"), (r"ようだ", "のである"), (r"おそらく|たぶん", "確実に"),
    ),
}  # fmt: skip
_STRONGER = {
    Language.EN: ("This was the root cause.", "It always happens.", "All customers were affected.", "It never recovered."),
    Language.JA: (
        "これが根本原因である。", "必ず発生する。", "すべての顧客に影響した。", "一度も復旧しなかった。",
    ),
}  # fmt: skip
_INVENTED = {
    Language.EN: (
        "The vendor confirmed a faulty firmware on the storage array.",
        "A certificate for the partner gateway had expired during the night.",
        "Traffic was shifted to the secondary data centre by the on-call engineer.",
        "The finance team reported refunds for affected subscribers.",
        "An intern ran the cleanup script against the wrong bucket.",
        "The regulator was informed within the legal deadline.",
        "A memory leak in the image resizing library was fixed upstream.",
        "Legal advised against publishing details of the breach.",
        "The backup generator started after a power cut in the building.",
        "Engineers increased the heap size of the recommendation service.",
    ),
    Language.JA: (
        "ベンダーがストレージのファームウェア不具合を認めた。",
        "提携先ゲートウェイの証明書が夜間に期限切れとなっていた。",
        "当直の担当者がトラフィックを予備のデータセンターへ切り替えた。",
        "経理チームが対象の契約者への返金を開始した。",
        "清掃スクリプトが誤ったバケットに対して実行された。",
        "監督官庁へ法定期限内に報告された。",
        "画像縮小ライブラリのメモリリークが修正された。",
        "法務が漏えいの詳細の公表を控えるよう助言した。",
        "建物の停電により非常用発電機が起動した。",
        "推薦サービスのヒープサイズが拡大された。",
    ),
}
_CAUSE = re.compile(r"five_whys\.(?:whys\[\d+\]\.answer|root_cause)|contributing_factors\[\d+\]|summary\.root_cause")
_OTHER_CAUSE = {
    Language.EN: (
        "An expired TLS certificate was the cause.", "A disk that ran full on the log host was the cause.",
        "A misconfigured firewall rule was the cause.", "A DNS outage at the provider was the cause.",
        "A bug in the retry library was the cause.",
    ),
    Language.JA: (
        "TLS証明書の期限切れが原因だった。", "ログサーバーのディスク満杯が原因だった。", "ファイアウォールの設定誤りが原因だった。",
        "プロバイダーのDNS障害が原因だった。", "再送ライブラリの不具合が原因だった。",
    ),
}  # fmt: skip


def negation(place: Place, random: Random) -> Iterator[Mutant]:
    """One denial made an affirmation, or the other way."""
    for table in (_NEGATED, _AFFIRMED):
        yield from _one_of("negation", place, table[place.draft.language], random)


def contraries(place: Place, random: Random) -> Iterator[Mutant]:
    """One word made its contrary: a rise a fall, a failure a success."""
    yield from _one_of("contrary", place, _CONTRARY[place.draft.language], random)


def certainty(place: Place, random: Random) -> Iterator[Mutant]:
    """One hedge taken away; or a stronger claim than anybody made added."""
    yield from _one_of("certainty", place, _HEDGED[place.draft.language], random)
    if place.path.startswith(("what_happened", "contributing_factors", "five_whys", "summary")):
        gap = " " if place.draft.language is Language.EN else ""
        stronger = random.choice(_STRONGER[place.draft.language])
        yield from reworded("overclaim", place, f"{place.statement.text}{gap}{stronger}")


def invented(place: Place, random: Random) -> Iterator[Mutant]:
    """A sentence of what nobody said, with the citation of the one that it stands for."""
    if not place.path.startswith(("action_items", "review", "impact", "title")):
        yield from reworded("invented sentence", place, random.choice(_INVENTED[place.draft.language]))


def causes(place: Place, random: Random) -> Iterator[Mutant]:
    """A cause made another: one that nobody spoke of, or one that people had ruled out."""
    if not _CAUSE.fullmatch(place.path):
        return
    yield from reworded("swapped cause", place, random.choice(_OTHER_CAUSE[place.draft.language]))
    others = [other.explanation for other in place.draft.postmortem.alternatives]
    if others:
        other = random.choice(others)
        changed = {"text": other.text, "evidence": other.evidence, "quotes": other.quotes}
        if other.text != place.statement.text:
            yield Mutant("refuted cause", place, place.statement.model_copy(update=changed))


def _one_of(kind: str, place: Place, table: tuple[tuple[str, str], ...], random: Random) -> Iterator[Mutant]:
    places = [(match, words) for pattern, words in table for match in re.finditer(pattern, place.statement.text)]
    if places:
        match, words = random.choice(places)
        yield from replaced(kind, place, match.span(), words)
