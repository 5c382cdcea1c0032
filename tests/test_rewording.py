"""Another wording may say less, or the same of nobody; it may not say more."""

import pytest

from pmdraft.drafting.rewording import has_same_facts, is_weaker

TEAM = ("alice", "佐藤 有紗", "dave")


@pytest.mark.parametrize(
    ("original", "wording"),
    [
        ("The pool was exhausted because of the campaign.", "The pool was exhausted."),
        ("All users were locked out for 30 minutes.", "Users were locked out."),
        ("The deploy of v2.31.0 caused it.", "The deploy of v2.31.0 possibly caused it."),
        ("`pool` was 100 on api-1 and api-2.", "`pool` was 100 on api-1."),
        ("プールが枯渇し、キャンペーンが原因だった。", "プールが枯渇した。"),
        ("必ず3倍になる。", "3倍になる可能性がある。"),
    ],
)
def test_leaving_out_and_softening_is_weaker(original: str, wording: str) -> None:
    assert is_weaker(wording, original)


@pytest.mark.parametrize(
    ("original", "wording"),
    [
        ("The pool was exhausted.", "The pool was exhausted."),
        ("The pool was exhausted.", "  "),
        ("The pool was exhausted.", "The pool of 100 was exhausted."),
        ("The pool was exhausted.", "The Redis pool was exhausted."),
        ("The pool was exhausted.", "The pool of api-3 was exhausted."),
        ("The pool was exhausted.", "The `pool` was exhausted."),
        ("It broke.", "It broke, and then it broke again, and nobody knew why for a long time."),
        ("プールが枯渇した。", "Redis のプールが枯渇した。"),
        ("プールが枯渇した。", "プールが14:23に枯渇した。"),
    ],
)
def test_what_adds_anything_is_not_weaker(original: str, wording: str) -> None:
    assert not is_weaker(wording, original)


@pytest.mark.parametrize(
    ("original", "wording"),
    [
        ("alice failed to raise the limit of 100 on api-3.", "The limit of 100 on api-3 was not raised."),
        ("@alice が `max_connections` を確認しなかった。", "`max_connections` は確認されていなかった。"),
        ("担当者が HikariPool の上限を見落とした。", "HikariPool の上限はダッシュボードに出ていなかった。"),
        ("bob said “alice broke v2” at 14:23.", "At 14:23 “alice broke v2” was said."),
    ],
)
def test_the_same_facts_of_nobody_are_the_same_facts(original: str, wording: str) -> None:
    assert has_same_facts(wording, original, TEAM)


@pytest.mark.parametrize(
    ("original", "wording"),
    [
        ("alice failed to raise the limit of 100 on api-3.", "The limit on api-3 was not raised."),
        ("alice failed to raise the limit of 100 on api-3.", "The limit of 100 on api-4 was not raised."),
        ("alice failed to raise the limit of 100.", "bob and Carol did not raise the limit of 100."),
        ("担当者が HikariPool の上限を見落とした。", "接続プールの上限はダッシュボードに出ていなかった。"),
        ("alice said “it is my fault” at 14:23.", "At 14:23 “it is our fault” was said."),
        ("alice failed.", ""),
        ("alice failed to raise the limit.", "dave failed to raise the limit."),
    ],
)
def test_a_fact_that_is_lost_or_new_is_not_the_same(original: str, wording: str) -> None:
    assert not has_same_facts(wording, original, TEAM)
