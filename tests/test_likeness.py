"""When two sentences speak of the same things."""

import pytest

from pmdraft.likeness import likeness, terms_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The connection pool ran out.", "Why did the pool of connections run out?"),
        ("The client retries without a limit.", "No limit on retry of clients"),
        ("接続プールが枯渇した。", "なぜ接続プールは枯渇したのか"),
        ("サーバーの証明書の期限が切れた", "証明書期限切れのサーバ"),
        ("ｍａｘ_connections が 100 だった", "max_connections: 100"),
    ],
)
def test_sentences_about_one_thing_are_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The connection pool ran out.", "Renewal of the certificate was manual."),
        ("接続プールが枯渇した。", "証明書の更新が手動だった。"),
    ],
)
def test_sentences_about_different_things_are_not(one: str, other: str) -> None:
    assert likeness(one, other) < 0.2


def test_words_that_stand_everywhere_tell_nothing() -> None:
    assert terms_of("What caused the incident? この障害の原因は") == frozenset()
