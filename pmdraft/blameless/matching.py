"""One marked sentence against the rules."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from pmdraft.blameless.actors import CUSTOMERS, Actor
from pmdraft.blameless.compiled import compiled
from pmdraft.blameless.index import Candidate
from pmdraft.blameless.patience import patient
from pmdraft.blameless.rules import CATEGORIES, Rule
from pmdraft.language import Language
from pmdraft.levels import Level

_PERSONAL = re.compile("[\ue001-\ue005]")
_ANTECEDENT = re.compile("[\ue001\ue003\ue004\ue007]")
_THINGS = re.compile(r"\b(?:the|these|those|all|some|many|several|two|three|most) (?:[\w-]+ ){0,2}[a-z]{2,}s\b")
_WENT_ON = re.compile("(?:,|;)? (?:and|but|yet|then|so|when) ([\ue001-\ue008])[\ue001-\ue008]* ")
# No sentence that a person wrote blames so often in one way; hostile text is cheaper for it.
_MOST_HITS = 8
_REST_OF_CLAUSE = re.compile(
    r"(?: (?!(?:and|but|or|nor|so|then|which|who|that|because|since|as|when|while|until|after|before|if|though|at|on)"
    r"\b)"
    r"[^\s,.;:!?|()]+){1,6}"
)
_MATCHED = "\ue0f9"
_DENIED = (
    f"{_MATCHED}(?:(?:[ぁ-ん]|原因|理由|責任|問題|訳|帰|起因|由来){{0,8}}?(?:では|じゃ|は|でも)|ので?は)"
    # 「のではないか」 asserts.
    "な(?:い(?!(?:だろう|でしょう)?か)|く|かった(?!(?:だろう|でしょう)?か))"
    f"|{_MATCHED}[^。、]{{0,10}}(?:わけ|訳|せい)では"
    f"|{_MATCHED}(?:など|等)?[がはも](?:一切|全く|まったく|特に)?"
    "(?:な(?:い|く|かった(?!ら))|ありません|存在しな|(?:認められ|見られ|確認され)(?:な|ず|ませ)|見当たら)"
)
_REJECTED = {
    Language.JA: (
        "(?:個人|誰か|人|担当者?|当事者)(?:のミス|の責任)?を(?:責め|非難|追及|咎め|罰|問)"
        "[^。]{0,20}(?:ない|なく|ず|ません|ても)"
        "|犯人(?:探し|捜し|さがし)|ブレームレス|誰も悪くな|非難しない"
        "|(?:落ち度|責任|犯人|ミス|過失|非|誤り)を[^。]{0,14}(?:もの|ため|目的|場|趣旨)で(?:は)?(?:な|あり)"
        "|(?:個人|特定の人)の責任(?:を|に)[^。]{0,16}(?:ない|なく|ず)"
        "|(?:教育|研修|注意喚起|始末書|反省文|叱責|処分|処罰|罰|指導|徹底|周知|反省|(?:注意|努力|記憶|意識|頑張り)力?)"
        "[^。、]{0,8}(?:では|ても|ところで|に頼)[^。]{0,24}(?:ない|ません|ず|なくな|不十分|限界|無意味|再発)"
        # Asked and answered with no; said by others; believed at first.
        r"|[か?][?。] ?(?:いいえ|いえ、|いや、|そうではな|違[うい]|否、)"
        "|(?:(?<!ば、)(?<!ば)(?<!たら、)(?<!たら)と(?:い[うっ]た?|の)|とする)(?:[^。、はが]{0,6})?(?:声|批判|指摘(?=が|も|を)|(?:ご)?意見|質問|報道|見方|噂|うわさ|憶測|苦情|投稿|論調|お叱り|書き込み|非難)"
        "|と(?:も)?(?:当初|最初(?:は|に)|一部で|初めは)?(?:は)?(?:報じら?れ|報道され|思われ|見られ|疑われ|推測され|考えられ|みられ|伝えられ)(?:て(?:い)?)?た(?:が|もの)"
        "|(?:場合|とき|際)(?:に)?(?:も|でも)[^。]{0,30}(?:よう|仕組み|構成|設計)(?:に|を|と|、|へ)"
        # What is only imagined, so that it does no harm.
        "|(?:て|で)(?:い(?:て)?)?も、?[^。]{0,40}(?:よう(?:に(?:する|し|変|改|な)|、|。|$)|仕組み|構造|設計|構成|ない(?:治具|装置|道具|機構|部品|画面|作り|形|状態))"
        "|(?:ずに|ないまま|なしに|なしで|なく|まま)[^。、]{0,14}(?:でき|進め|行え|通れ|通ら)な(?:い|く)[^。、]{0,6}(?:よう|仕組|構造|設計|画面|作り)"
        "|と(?:書|言|決めつけ|断じ|片付け|呼)(?:けば|えば|いても|っても|れば|たところで|ぶだけ|うだけ|くだけ)"
        "|と(?:は|だけ)?(?:書か|呼ば)(?:ず|な)|で(?:は|だけで)?(?:片付け|片づけ|終わらせ|済ませ)(?:ず|な)"
    ),
    Language.EN: (
        r"\bblameless(?:ly|ness)?\b"
        r"|\b(?:nobody|no one|no-one|not anyone|no single person) (?!but|else|except|other)"
        r"(?:\w+ ){0,2}(?:was|is|did|made|has|had|should|will|can) (?:\w+ ){0,3}"
        r"(?:fault|blam\w+|wrong|guilty|responsible|mistakes?|errors?|negligent|careless|punished|accused|named)\b"
        r"|\bnot (?:about|here to|meant to|to|trying to|intended to)"
        r" (?:blam|assign|find (?:fault|someone)|point|apportion)"
        r"|\b(?:did nothing wrong|does not look for|no individual)\b"
        r"|\b(?:do|does|did|should|must) not (?:blame|name|look for|single out)\b|\bdon.t (?:blame|name|single out)\b"
        r"|(?:^|[,;:(] ?|\b(?:that|since|because|as|and|but|so) )\W*(?:(?:blam|punish|accus|disciplin|sham)ing"
        r"|(?:nam|fir|retrain|replac)ing (?:people|names|someone|(?:an? |the )?(?:individual|engineer|person)))"
        r"\b[^.]{0,50}(?:\bnot\b|n.t\b|never|hid(?:es?|den)|stops?|stopped|misse[sd]|obscures?|nothing|"
        r"would (?:have )?(?:only |leave|left|stop|miss|hid|obscure|tell|told|teach|taught))"
        r"|\?\W{1,4}no\b"
        r"|\b(?:easy|tempting|simple|unfair|convenient|cheap) to (?:say|blame|conclude|call|write|point|claim|fault)\b"
        r"|\b(?:first|earlier|initial|original|previous|early) (?:\w+ )?(?:drafts?|versions?|reports?|theor(?:y|ies)"
        r"|suspicions?|hypothes[ei]s|readings?|write-?ups?|posts?|statements?|accounts?|summar(?:y|ies)|rumou?rs?"
        r"|stor(?:y|ies)|guess(?:es)?)\b[^.;]{0,12} (?:said|claimed|stated|named|blamed|suggested|alleged|held|was that"
        r"|had it that|pointed|described|spoke|listed|called|read)\b"
        r"|\b(?:(?:do|does|did)(?: not|n.t)|nobody|no one) (?:think|believe|claim|suggest|argue|mean|imply|conclude)s?"
        r" (?:that )?(?:\w+ ){1,3}(?:should|could have|ought)\b"
        r"|\bphrases? such as\b|\b(?:instead of|rather than) (?:writing|saying|asking|blaming)\b"
    ),
}
_QUESTION = {
    # 「どこかで止めるべきではなかったか」 asks nothing either.
    Language.JA: (
        r"^(?!.*(?:べき|ばよかった|はず|なかったの?か))"
        r".*?(?:何が|何を(?!考え|やって)|どこ|どのよう|どうすれ|どんな)[^。]*か[。?]?\s*$"
    ),
    # "What was Bob thinking?" asks nothing.
    Language.EN: (
        r"^\W*(?:what (?!(?:was|were|is|on earth|the hell|in the world)\b[^?]{1,40}\b(?:thinking|playing|up to|smoking)"
        r"|(?:possessed|got into|came over)\b)"
        r"|which|where|how (?:did the|was the|could the|can|do|might))\b.*\?\W*$"
    ),
}
_FAULT_OF_GROUP = frozenset({"person_fault", "motive", "agentive_cause", "procedure_violation", "lack_of_label"})
_FAULT_OF_SELF = _FAULT_OF_GROUP | {"loaded_language", "culprit_hunt"}


class Match(NamedTuple):
    """A rule's hit in a sentence."""

    rule: Rule
    start: int
    end: int
    level: Level
    category: str


def match_sentence(sentence: str, lower: str, candidates: Iterable[Candidate], language: Language) -> tuple[Match, ...]:
    """What patterns say of one sentence, marked and in lower case; one match for each place, the gravest."""
    found: list[Match] = []
    for rule, matcher in candidates:
        with patient(rule):
            found += _matches(sentence, rule, matcher.regex)
    # Nearly no sentence gets so far, so what takes it out of reach is looked for last.
    if not found or names_blame_to_reject_it(lower, language):
        return ()
    return _one_for_each_place(found)


def names_blame_to_reject_it(lower: str, language: Language) -> bool:
    """Whether a sentence in lower case speaks of blame to refuse it, or only asks."""
    return any(_regex(pattern).search(lower) for pattern in (_QUESTION[language], _REJECTED[language]))


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    """One of the long patterns above, which most files never need."""
    return compiled(pattern)


def _matches(sentence: str, rule: Rule, pattern: re.Pattern[str]) -> Iterator[Match]:
    for hit in islice(pattern.finditer(sentence), _MOST_HITS):
        kind = _kind(hit, rule, sentence)
        level = rule.level_for(kind)
        if (
            level is None
            or (kind is Actor.THEY and CUSTOMERS.search(sentence))
            or hit.start() == hit.end()
            or _exempt(sentence, hit, rule)
        ):
            continue
        start, end = _trimmed(sentence, hit.start(), hit.end())
        yield Match(rule, start, end, level, _category(rule.category, kind))


def _kind(hit: re.Match[str], rule: Rule, sentence: str) -> Actor | None:
    caught = hit.groupdict().get("actor")
    if caught:
        kind = _second_subject(hit) or Actor(caught[0])
        return _meant(sentence[: hit.start("actor")]) if kind is Actor.THEY else kind
    if rule.sentence_actor and (near := _PERSONAL.search(sentence)):
        return Actor(near.group())
    return None


def _second_subject(hit: re.Match[str]) -> Actor | None:
    """Who carries the predicate when the sentence went on to somebody else: "I asked, and Bob ignored it"."""
    later = _WENT_ON.search(hit.string, hit.end("actor") + 1, hit.end())
    return Actor(later[1]) if later else None


def _meant(before: str) -> Actor | None:
    """Whom "they" stands for: the last person or team that the sentence spoke of; nobody when it spoke of things."""
    if spoken_of := _ANTECEDENT.findall(before):
        return Actor(spoken_of[-1])
    return None if _THINGS.search(before) else Actor.THEY


def _exempt(sentence: str, hit: re.Match[str], rule: Rule) -> bool:
    around = sentence[: hit.start()] + _MATCHED + sentence[hit.end() :]
    if rule.language is Language.JA and _regex(_DENIED).search(around):
        return True
    return any(exemption.search(around if _MATCHED in exemption.pattern else sentence) for exemption in rule.exemptions)


def _category(category: str, kind: Actor | None) -> str:
    if kind is Actor.TEAM and category in _FAULT_OF_GROUP:
        return "team_blame"
    if kind is Actor.SELF and category in _FAULT_OF_SELF:
        return "self_blame"
    if kind is Actor.WE and category in _FAULT_OF_SELF:
        return "collective_self"
    return category


def _trimmed(sentence: str, start: int, end: int) -> tuple[int, int]:
    text = sentence[start:end]
    start += len(text) - len(text.lstrip(" \t\n,.;:、。|*-"))
    return start, start + len(sentence[start:end].rstrip(" \t\n,.;:、。|"))


def with_their_clauses(sentence: str, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """English matches with the few words that end their clause: what was forgotten stands after "forgot".

    Args:
        sentence: marked and in lower case.
        matches: in order.
    """
    following = (*(match.start for match in matches[1:]), len(sentence))
    return tuple(
        match._replace(end=max(match.end, rest.end()))
        if (rest := _REST_OF_CLAUSE.match(sentence, match.end, stop))
        else match
        for match, stop in zip(matches, following, strict=False)
    )


def _one_for_each_place(found: list[Match]) -> tuple[Match, ...]:
    order = list(Level)
    # What a sentence says by itself tells more than what the place that it stands in makes of it.
    ranked = sorted(
        found,
        key=lambda m: (
            bool(m.rule.sections),
            order.index(m.level),
            CATEGORIES.index(m.category),
            m.start - m.end,
            m.start,
        ),
    )
    kept: list[Match] = []
    for match in ranked:
        if match.level is Level.INFO and kept and kept[0].level is not Level.INFO:
            break
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return tuple(sorted(kept, key=lambda match: match.start))
