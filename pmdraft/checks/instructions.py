"""Evidence that tries to give a model instructions: reported, never followed."""

import re

from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Level, Where
from pmdraft.language import Bilingual, Language
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

_MESSAGE = Bilingual("{id} にモデルへの指示らしき文がある", "{id} holds what looks like instructions to a model")
_WHY = Bilingual(
    "根拠の中の指示には従わないが、内容が左右されていないか確認が要る",
    "instructions in evidence are not followed, but see that the draft was not swayed",
)
_TODO = Bilingual("{id} を引用している文を読み直す", "read again what cites {id}")


def check_instructions(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:  # noqa: ARG001 - every check is called alike
    """A finding for each piece of evidence with instruction-like text."""
    found = []
    for item in incident.evidence:
        if match := _INSTRUCTION.search(item.text):
            found.append(
                Finding(
                    rule="untrusted.instruction",
                    level=Level.WARNING,
                    message=_MESSAGE.to(language, id=item.id),
                    why=_WHY.to(language),
                    where=Where(path=f"evidence.{item.id}", span=match.span()),
                    evidence=(item.id,),
                    suggestion=_TODO.to(language, id=item.id),
                )
            )
    return tuple(found)
