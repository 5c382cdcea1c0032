"""Text of the evidence that tries to steer whoever summarises it: found, so that nothing is built on it."""

import re

from pmdraft.evidence import Evidence, Incident

_READER = r"(?:AI|ＡＩ|LLM|GPT|ChatGPT|Copilot|Claude|Gemini|bot|assistant|summari[sz]er|model|アシスタント|要約者|要約(?:する)?(?:モデル|担当|AI)|生成AI|言語モデル)"
_PAPER = (
    r"(?:post-?mortem|summary|draft|report|timeline|ポストモーテム|要約|草案|ドラフト|報告書|レポート|振り返り|まとめ)"
)
_INSTRUCTION = re.compile(
    # Orders to forget what was ordered before.
    r"(?:ignore|disregard|forget|override|bypass)\s{1,3}(?:all |any |the |your |my |these |those |every ){0,3}"
    r"(?:previous|prior|above|earlier|preceding|other|existing|system)\s{0,2}(?:instruction|rule|prompt|direction|guideline|message|text|command|evidence)?"
    r"|(?:これまで|以前|上記|今まで|前|先ほど|全て|すべて|既存|元)の?(?:すべての|全ての)?(?:指示|命令|ルール|プロンプト|制約|根拠)[^。\n]{0,12}(?:無視|忘れ|破棄|無効|従わ(?:ず|ない))"
    r"|(?:指示|命令|プロンプト|システム設定)を(?:すべて|全て)?(?:無視|忘れ|破棄|上書き|書き換え)"
    # Roles and marks of conversations with a model.
    r"|\b(?:system prompt|jailbreak|developer mode|you are now (?:a|an|in|the)\b|new (?:system )?instructions?\s?:)"
    r"|(?:新しい|追加の)(?:システム)?(?:指示|プロンプト)\s?[:：]|あなたは(?:今から|これから|もう)"
    r"|<\|(?:im_start|im_end|endoftext|system|user|assistant)\|>|\[/?(?:INST|SYS)\]|<</?SYS>>"
    r"|</?(?:system|assistant|instructions?|evidence|prompt)(?:\s[^<>\n]{0,80})?>"
    r"|^\s{0,3}#{1,6}\s{0,2}(?:system|assistant|developer)\s?[:：]|^(?-i:SYSTEM|ASSISTANT|DEVELOPER)\s?[:：] ?\w"
    # The words that the requests themselves are parted by, and entries that look like evidence.
    r"|^\s{0,3}(?:End of the evidence\b|#{1,3}\s{0,2}Your task\b)|^[SCALN]\d{1,6} \| \d{4}-\d\d-\d\d"
    # An answer that closes before its time.
    r"|\"\s{0,2}\}\s{0,2}\]\s{0,2}\}|^\s{0,3}\{\s{0,2}\"(?:events|whys|action_items|root_cause|severity)\"\s{0,2}:"
    # Orders to whoever writes it up.
    rf"|\b(?:note|message|instruction|attention|reminder|hey|dear|hello)\b[^.\n]{{0,12}}\b(?:to|for)?\s?(?:the |any |all )?{_READER}s?\b\s?[:,，]"
    rf"|\b(?:when|while|if|before) (?:you |you are )?(?:summari[sz]|draft|writ|generat|prepar)\w{{0,5}}[^.\n]{{0,40}}(?:{_PAPER}|incident)[^.\n]{{0,30}}[,:][^.\n]{{0,80}}\b(?:state|write|say|report|set|mark|omit|include|conclude|list|do not|don.t|always|never)\b"
    rf"|\b(?:AI|LLM|assistant|summari[sz]er|language model)s?\b[^.\n]{{0,24}}\b(?:must|should|has to|please|needs to)\b[^.\n]{{0,24}}\b(?:write|state|say|report|set|omit|mark|claim|conclude|leave out)\b"
    rf"|{_READER}[^。\n]{{0,20}}(?:は|へ|に|よ|、)[^。\n]{{0,60}}(?:書い(?:て|と)|書くこと|書け|記載し|記載する(?:こと)?|出力し|報告し|述べ|含め|省い|結論づけ|設定し)"
    rf"|{_PAPER}(?:に|で|を|には|では)[^。\n]{{0,60}}(?:と(?:だけ)?(?:書|記載|記述|明記|結論)(?:いて|け|くこと|して|する|せよ|しろ)|(?:省|消|含め|載せ)(?:いて|けて|て|ない(?:で|こと)))",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST = 20_000


def instruction_in(text: str) -> tuple[int, int] | None:
    """Where a text holds what looks like instructions to a model, in code points; None where it does not."""
    match = _INSTRUCTION.search(text, 0, _LONGEST)
    return match.span() if match else None


def gives_instructions(item: Evidence) -> bool:
    """Whether a piece of evidence holds what looks like instructions to a model."""
    return instruction_in(item.text) is not None


def without_instructions(incident: Incident) -> Incident:
    """The incident without the evidence that gives instructions: for rules that take messages at their word."""
    kept = tuple(item for item in incident.evidence if not gives_instructions(item))
    # Where there is nothing else, the checks mark what rests on it.
    return incident if len(kept) in (0, len(incident.evidence)) else incident.model_copy(update={"evidence": kept})
