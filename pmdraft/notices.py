"""What a reader should know about the sources themselves: told as data, in both languages."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from pmdraft.language import Bilingual, Language
from pmdraft.levels import Level
from pmdraft.records import Line, Record


class NoticeKind(StrEnum):
    """What can be the matter with sources."""

    MIXED_ZONES = "mixed_zones"
    CLOCK_SKEW = "clock_skew"
    RELATIVE_TIME = "relative_time"
    ASSUMED_ZONE = "assumed_zone"
    ASSUMED_YEAR = "assumed_year"
    ASSUMED_DATE = "assumed_date"
    TRUNCATED = "truncated"
    ILLEGIBLE = "illegible"
    KEPT_AS_TEXT = "kept_as_text"
    NOT_READ = "not_read"
    DAMAGED = "damaged"
    LEFT_ALONE = "left_alone"


class Wording(NamedTuple):
    """How a kind is told; `message` has fields that each notice fills."""

    level: Level
    message: Bilingual
    why: Bilingual
    todo: Bilingual


class Notice(Record):
    """One thing to know about one or more sources."""

    kind: NoticeKind
    ja: Line
    """What is the matter, in Japanese."""
    en: Line
    """The same in English."""
    evidence: tuple[str, ...] = ()
    """Ids of the evidence that it is about, if it is about single pieces."""

    def to(self, language: Language) -> str:
        """What is the matter, in one line."""
        return self.ja if language is Language.JA else self.en

    @property
    def wording(self) -> Wording:
        """How grave it is, why it matters and what to do."""
        return WORDING[self.kind]


def notice(
    kind: NoticeKind, message: Bilingual | None = None, *, evidence: Iterable[str] = (), **values: object
) -> Notice:
    """A notice of this kind.

    Args:
        kind: what is the matter.
        message: how to tell it, if not in the kind's own words.
        evidence: ids of the evidence that it is about.
        values: what the fields of the message are filled with; what has two languages is told in each.
    """
    told = message or WORDING[kind].message
    ja = {name: value.ja if isinstance(value, Bilingual) else value for name, value in values.items()}
    en = {name: value.en if isinstance(value, Bilingual) else value for name, value in values.items()}
    return Notice(kind=kind, ja=told.to(Language.JA, **ja), en=told.to(Language.EN, **en), evidence=tuple(evidence))


WORDING = {
    NoticeKind.MIXED_ZONES: Wording(
        Level.INFO,
        Bilingual(
            "出所によって時刻のタイムゾーンが違う: {zones}", "sources write their times in different zones: {zones}"
        ),
        Bilingual(
            "本文中の時刻をそのまま読むと、出所の間でずれる",
            "a time read off one source's text is not that of another's",
        ),
        Bilingual(
            "ドラフトの時刻は変換済み。引用文の中の時刻はゾーンを確かめる",
            "times of the draft are converted; check the zone of a time within a quotation",
        ),
    ),
    NoticeKind.CLOCK_SKEW: Wording(
        Level.WARNING,
        Bilingual(
            "{first} と {second} の時計が {skew} ずれている可能性がある（同じアラート: {what}）",
            "the clocks of {first} and {second} may be {skew} apart (the same alert: {what})",
        ),
        Bilingual(
            "ずれた時計のまま並べると、前後関係と所要時間が変わる",
            "order and durations are wrong by as much as the clocks are apart",
        ),
        Bilingual("どちらの時計が正しいか確かめる", "find out which clock is right"),
    ),
    NoticeKind.RELATIVE_TIME: Wording(
        Level.INFO,
        Bilingual(
            "相対的な時刻で書かれた発言がある: {said}", "messages give times relative to when they were written: {said}"
        ),
        Bilingual(
            "投稿時刻からの引き算なので、分の単位では当てにならない",
            "such a time is only as good as the writer's guess",
        ),
        Bilingual("起きた時刻をアラートやログで確かめる", "check in alerts or logs when it happened"),
    ),
    NoticeKind.ASSUMED_ZONE: Wording(
        Level.INFO,
        Bilingual(
            "{source}: 時刻にタイムゾーンがない {count} 件を {zone} として読んだ",
            "{source}: {count} times that name no zone were read as {zone}",
        ),
        Bilingual("ゾーンが違えば、時刻は何時間もずれる", "with another zone they would be hours off"),
        Bilingual("そのゾーンで書かれているか確かめる", "check that it is written in that zone"),
    ),
    NoticeKind.ASSUMED_YEAR: Wording(
        Level.WARNING,
        Bilingual(
            "{source}: 時刻に年がない {count} 件を {year} 年として読んだ",
            "{source}: {count} times that name no year were read as of {year}",
        ),
        Bilingual("年をまたぐログでは違うことがある", "around the turn of a year that may be wrong"),
        Bilingual("ログの期間を確かめる", "check which year the log is of"),
    ),
    NoticeKind.ASSUMED_DATE: Wording(
        Level.WARNING,
        Bilingual(
            "{source}: 時刻に日付がない {count} 件を {date} として読んだ",
            "{source}: {count} times that name no date were read as of {date}",
        ),
        Bilingual("日付をまたぐやり取りでは違うことがある", "around midnight that may be wrong"),
        Bilingual("やり取りの日付を確かめる", "check which day it is of"),
    ),
    NoticeKind.TRUNCATED: Wording(
        Level.WARNING,
        Bilingual("{source}: 途中で切れている。{lost}が失われた", "{source}: breaks off; lost: {lost}"),
        Bilingual("復旧の記録は末尾にあることが多い", "what is missing may be the recovery: it is at the end"),
        Bilingual("ファイルを取り直す", "get the file again"),
    ),
    NoticeKind.ILLEGIBLE: Wording(
        Level.INFO,
        Bilingual(
            "{source}: 文字として読めない {count:,} か所を � に置き換えた",
            "{source}: {count:,} places that are no text were replaced by �",
        ),
        Bilingual("引用が欠けているかもしれない", "a quotation may lack something there"),
        Bilingual("文字コードを確かめ、UTF-8 で取り直す", "check the encoding, and get it again in UTF-8"),
    ),
    NoticeKind.KEPT_AS_TEXT: Wording(
        Level.INFO,
        Bilingual("{source}: {why}。文章として残した", "{source}: {why}; kept as text"),
        Bilingual("時刻や発言者は読み取られていない", "no times or people were read from it"),
        Bilingual(
            "種類が分かるなら --alerts、--logs、--transcript で指定する",
            "if you know what it is, name it with --alerts, --logs or --transcript",
        ),
    ),
    NoticeKind.NOT_READ: Wording(
        Level.WARNING,
        Bilingual("{source}: 読まなかった（{why}）", "{source}: not read ({why})"),
        Bilingual("中身は根拠に入っていない", "nothing of it is in the evidence"),
        Bilingual("要るものなら、文章にして渡す", "if it matters, give it as text"),
    ),
    NoticeKind.DAMAGED: Wording(
        Level.WARNING,
        Bilingual("{source}: 壊れている箇所が {count} ある", "{source}: damaged in {count} places"),
        Bilingual("壊れた箇所の文字は元と違う", "the text there is not what was written"),
        Bilingual("ファイルを取り直す", "get the file again"),
    ),
    NoticeKind.LEFT_ALONE: Wording(
        Level.INFO,
        Bilingual("{source}: {names} は読んでいない", "{source}: {names} were left alone"),
        Bilingual("メッセージは含まれない", "they hold no messages"),
        Bilingual("要るもの（canvas など）は、文章にして渡す", "if one matters, such as a canvas, give it as text"),
    ),
}
"""How each kind is told."""
