"""Evidence that tries to give a model instructions: reported, never followed."""

import re

from pmdraft.checks.rules import check_rules
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Language
from pmdraft.postmortem import Postmortem

_INSTRUCTION = re.compile(
    r"(?:ignore|disregard|forget|override)\s{1,3}(?:all |any |the |your |my ){0,3}(?:previous|prior|above|earlier|preceding|other)\b"
    r"|\b(?:system prompt|jailbreak|you are now (?:a|an|in)\b)"
    r"|<\|(?:im_start|im_end|endoftext|system)\|>|\[/?INST\]"
    r"|(?:これまで|以前|上記|今まで|前|先ほど|全て|すべて)の?(?:すべての|全ての)?(?:指示|命令|ルール|プロンプト)[^。\n]{0,12}(?:無視|忘れ|破棄)"
    r"|(?:指示|命令|プロンプト)を(?:すべて|全て)?(?:無視|忘れ|破棄)"
    r"|(?:AI|ＡＩ|LLM|アシスタント|要約(?:する)?モデル|ChatGPT)[^。\n]{0,20}(?:は|へ|に)[^。\n]{0,40}(?:書い(?:て|と)|記載し|出力し|報告し)",
    re.IGNORECASE,
)


def check_instructions(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:  # noqa: ARG001 - every check is called alike
    """A finding for each piece of evidence with instruction-like text."""
    rule = check_rules()["untrusted.instruction"]
    return tuple(
        rule.finding(Where(path=f"evidence.{item.id}", span=match.span()), language, evidence=(item.id,), id=item.id)
        for item in incident.evidence
        if (match := _INSTRUCTION.search(item.text))
    )
