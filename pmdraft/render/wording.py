"""The few words that code writes into a rendering; all others stand in the templates."""

from pmdraft.checks.signals import Signal
from pmdraft.evidence import Skipped, Source
from pmdraft.language import Bilingual
from pmdraft.postmortem import EventKind, Reviewer
from pmdraft.sections import BUILT_IN
from pmdraft.statement import Basis, Support

BASIS = {
    Basis.HYPOTHESIS: Bilingual("（仮説）", " (hypothesis)"),
    Basis.PROPOSED: Bilingual("（提案）", " (proposal)"),
}
SUPPORT = {
    Support.DOUBTFUL: Bilingual("**⚠ 要確認**", "**⚠ check**"),
    Support.UNCITED: Bilingual("**⚠ 根拠なし**", "**⚠ no evidence**"),
}
AS_SAID = Bilingual("（引用は発言のまま）", " (quoted as said)")
VERIFIED = Bilingual(" — 確認方法: {how}", " — verified by: {how}")
MISSING = Bilingual("**{missing}**（確認先: {ask}）", "**{missing}** (ask: {ask})")
OUTLINE = Bilingual("ルールベースの骨子（モデルなし）", "rules alone, no model")
EVIDENCE = Bilingual("根拠", "Evidence")
TO_OPEN = Bilingual("継続中または不明", "ongoing or unknown")
ROLES = {
    Reviewer.ENGINEERING_MANAGER: "Engineering Manager",
    Reviewer.SRE_LEAD: "SRE Lead",
    Reviewer.PRODUCT_MANAGER: "Product Manager",
    Reviewer.CTO: "CTO",
}
PARTS = {
    **BUILT_IN,
    "timeline": Bilingual("タイムライン", "timeline"),
    "causes": Bilingual("原因", "causes"),
    "impact": Bilingual("影響と要約", "impact and summary"),
    "learning": Bilingual("学びとアクション", "lessons and actions"),
    "severity": Bilingual("重要度", "severity"),
    "merge": Bilingual("タイムラインの統合", "merging of the timeline"),
    "verification": Bilingual("読み直し", "second reading"),
    "questions": Bilingual("人が書く節への質問", "questions for what people write"),
}
KIND = Bilingual("（{kind}）", " ({kind})")
KINDS = {
    EventKind.IMPACT_START: Bilingual("影響開始", "impact start"),
    EventKind.DETECTION: Bilingual("検知", "detection"),
    EventKind.ACKNOWLEDGEMENT: Bilingual("応答", "acknowledgement"),
    EventKind.INVESTIGATION: Bilingual("調査", "investigation"),
    EventKind.DEAD_END: Bilingual("行き止まり", "dead end"),
    EventKind.DECISION: Bilingual("判断", "decision"),
    EventKind.CAUSE_FOUND: Bilingual("原因特定", "cause found"),
    EventKind.MITIGATION: Bilingual("緩和", "mitigation"),
    EventKind.PARTIAL_RECOVERY: Bilingual("一部復旧", "partial recovery"),
    EventKind.RECOVERY: Bilingual("復旧", "recovery"),
    EventKind.CLOSED: Bilingual("クローズ", "closed"),
    EventKind.COMMUNICATION: Bilingual("告知", "communication"),
}
"""What an event was for the incident; durations are counted from these."""
SKIPPED = {
    Skipped.REPEATED: Bilingual("重複", "repeated"),
    Skipped.HOUSEKEEPING: Bilingual("参加通知など", "joins and the like"),
    Skipped.DELETED: Bilingual("削除済み", "deleted"),
    Skipped.NO_TEXT: Bilingual("本文なし", "no text"),
    Skipped.OUTSIDE_WINDOW: Bilingual("期間外", "outside the window"),
    Skipped.ROUTINE: Bilingual("通常のログ行", "routine lines"),
    Skipped.BEYOND_LIMIT: Bilingual("上限を超えた種類の行", "lines of forms beyond the limit"),
    Skipped.SUBSCRIPTION: Bilingual("購読の確認", "subscription notices"),
    Skipped.NO_TIME: Bilingual("時刻なし", "without a time"),
    Skipped.UNREADABLE: Bilingual("読めないもの", "unreadable"),
    Skipped.NOT_JSON: Bilingual("JSONでない行", "lines that are not JSON"),
    Skipped.EMPTY: Bilingual("空のファイル", "empty"),
    Skipped.NOT_TEXT: Bilingual("文章でないファイル", "not text"),
    Skipped.NOT_WANTED: Bilingual("指定されていないもの", "not asked for"),
}
SOURCES = {
    Source.SLACK: Bilingual("Slack", "Slack"),
    Source.CHAT: Bilingual("チャット", "chat"),
    Source.ALERT: Bilingual("アラート", "alerts"),
    Source.LOG: Bilingual("ログ", "logs"),
    Source.NOTE: Bilingual("文章", "notes"),
}
OMISSIONS = {
    Signal.ALERT: Bilingual("アラート", "Alerts"),
    Signal.LOG: Bilingual("急に増えたエラー", "Errors that rose suddenly"),
    Signal.STATUS: Bilingual("状況・重要度の変化", "Changes of status or severity"),
    Signal.DECISION: Bilingual("判断", "Decisions"),
    Signal.IMPACT: Bilingual("影響の数字", "Figures of impact"),
    Signal.COMMAND: Bilingual("コマンド", "Commands"),
    Signal.MESSAGE: Bilingual("原因・対処・復旧への言及", "Cause, mitigation, recovery"),
    Signal.MARKED: Bilingual("ピン留め・リアクションの多い発言", "Pinned, or with many reactions"),
}
SECRETS = {
    "email": Bilingual("メールアドレス", "e-mail address"),
    "password": Bilingual("パスワード", "password"),
    "token": Bilingual("トークン", "token"),
    "private_key": Bilingual("秘密鍵", "private key"),
    "api_key": Bilingual("API キー", "API key"),
    "signature": Bilingual("署名", "signature"),
    "phone": Bilingual("電話番号", "telephone number"),
    "card": Bilingual("カード番号", "card number"),
    "my_number": Bilingual("マイナンバー", "My Number"),
    "cookie": Bilingual("Cookie", "cookie"),
    "webhook": Bilingual("Webhook の URL", "webhook address"),
    "slack_webhook": Bilingual("Slack の Webhook の URL", "Slack webhook address"),
    "ip": Bilingual("IP アドレス", "IP address"),
}
