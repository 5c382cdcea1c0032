"""What a reviewer is told about the sources."""

from pmdraft.checks import run_checks
from pmdraft.draft import draft_postmortem
from pmdraft.evidence import Source, SourceCount
from pmdraft.findings import Level
from pmdraft.language import Bilingual, Language
from pmdraft.notices import WORDING, NoticeKind, notice
from pmdraft.settings import Settings
from tests.builders import evidence, incident

BROKEN = notice(NoticeKind.TRUNCATED, source="pd.json", lost="312 bytes")


def test_every_kind_of_notice_is_told_in_both_languages() -> None:
    assert set(WORDING) == set(NoticeKind)
    assert all(words.ja != words.en for told in WORDING.values() for words in told[1:])


def test_a_notice_about_one_source_is_a_finding_in_the_language_of_the_draft() -> None:
    count = SourceCount(name="pd.json", source=Source.ALERT, read=1, used=1, skipped={}, notices=(BROKEN,))
    told = incident(evidence("A1")).model_copy(update={"sources": (count,)})
    postmortem = draft_postmortem(told, settings=Settings(language=Language.EN)).postmortem

    english, japanese = (run_checks(postmortem, told, language)[1] for language in (Language.EN, Language.JA))

    found = [finding for finding in english if finding.rule == "source.truncated"]
    assert [(item.level, item.where.path, item.message) for item in found] == [
        (Level.WARNING, "sources[0]", "pd.json: breaks off; lost: 312 bytes")
    ]
    assert [item.message for item in japanese if item.rule == "source.truncated"] == [
        "pd.json: 途中で切れている。312 bytesが失われた"
    ]


def test_a_notice_about_sources_together_names_its_evidence() -> None:
    apart = notice(NoticeKind.CLOCK_SKEW, evidence=("A1", "S1"), first="a", second="b", skew="7 min", what="ApiDown")
    told = incident(evidence("A1"), evidence("S1")).model_copy(update={"notices": (apart,)})
    draft = draft_postmortem(told, settings=Settings(language=Language.EN))

    found = [finding for finding in draft.findings if finding.rule == "source.clock-skew"]

    assert [item.evidence for item in found] == [("A1", "S1")]
    assert found[0].suggestion == "find out which clock is right"


def test_a_notice_may_have_words_of_its_own() -> None:
    told = notice(NoticeKind.TRUNCATED, Bilingual("{n} 行で終わる", "ends at line {n}"), n=3)

    assert (told.ja, told.en) == ("3 行で終わる", "ends at line 3")
