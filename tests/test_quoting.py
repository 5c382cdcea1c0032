"""Words that a claim is made from stand in the evidence, or they count for nothing."""

import pytest

from pmdraft.drafting.quoting import LookedUp, Quotations, is_quoted_from, spoken
from pmdraft.evidence import Evidence
from pmdraft.wire import Quoted
from tests.builders import evidence, incident

POOL = evidence(
    "S1", "原因これです。DBコネクションプール枯渇。`conf/datasource.yml` に `max_connections: 100` がベタ書き:pray:"
)
RPS = evidence("S2", "rps見たら*普段の3倍*。\n1,200→3,600", at="2025-10-27T14:24:00+09:00")
OK = evidence("S3", "OK", at="2025-10-27T14:25:00+09:00")
GONE = evidence("S4", "the pool of api-3 is gone... and so is the pool of api-4", at="2025-10-27T14:26:00+09:00")
WHOLE = (POOL, RPS, OK, GONE)


def look_up(*quoted: tuple[str, str], whole: tuple[Evidence, ...] = WHOLE) -> LookedUp:
    return Quotations(incident(*whole)).look_up([Quoted(id=name, words=words) for name, words in quoted])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("S1", "DBコネクションプール枯渇"),
        ("S1", "ＤＢコネクションプール枯渇"),
        ("S1", "conf/datasource.yml に max_connections: 100 がベタ書き"),
        ("S1", " 「原因これです。」 "),
        ("S2", "普段の3倍。 1,200→3,600"),
        ("S3", "OK"),
        ("S4", "The pool of api-3 is gone"),
        ("S4", "the pool of api-3 … the pool of api-4"),
        ("S4", "gone... and so"),
    ],
)
def test_words_that_differ_only_in_how_they_are_written_hold(name: str, words: str) -> None:
    found = look_up((name, words))

    assert found.evidence == (name,)
    assert found.misses == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("S1", "DBコネクションプールが枯渇した"),
        ("S1", "max_connections: 1000"),
        ("S1", "こ"),
        ("S1", ""),
        ("S1", "…"),
        ("S4", "api"),
        ("S4", "the pool of api-4 … the pool of api-3"),
        ("S99", "no such thing was ever said"),
    ],
)
def test_words_that_nobody_wrote_do_not_hold(name: str, words: str) -> None:
    found = look_up((name, words))

    assert found.quotes == ()
    assert [(miss.quoted.id, miss.holder) for miss in found.misses] == [(name, None)]


def test_a_wrong_id_is_put_right_where_the_words_stand_elsewhere() -> None:
    found = look_up(("S2", "DBコネクションプール枯渇"))

    assert found.evidence == ("S1",)
    assert found.quotes[0].words == "DBコネクションプール枯渇"
    assert [miss.holder for miss in found.misses] == ["S1"]


def test_of_several_places_the_nearest_to_the_wrong_id_is_taken() -> None:
    same = [evidence(f"S{n}", "rolled back to v41", f"2025-10-27T14:{n:02}:00+09:00") for n in (1, 2, 8, 9)]
    other = evidence("S7", "hm", "2025-10-27T14:07:00+09:00")

    assert look_up(("S7", "rolled back to v41"), whole=(*same, other)).evidence == ("S2",)


def test_short_words_elsewhere_are_no_slip_of_the_id() -> None:
    assert look_up(("S2", "原因")).quotes == ()


def test_the_same_words_twice_are_one_quotation() -> None:
    assert len(look_up(("S1", "原因これです"), ("S1", "原因これです")).quotes) == 1


def test_passages_in_quotation_marks_are_found_in_both_languages() -> None:
    text = 'alice は「様子見」とし、bob said “roll back” and "now"。『不要』'

    assert list(spoken(text)) == ["様子見", "roll back", "now", "不要"]


def test_a_passage_is_a_quotation_only_if_the_evidence_has_it() -> None:
    assert is_quoted_from("普段の3倍", [RPS])
    assert not is_quoted_from("普段の4倍", [RPS])
