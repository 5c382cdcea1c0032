import pytest

from evals.terms import held, says


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Affected users: ５，０００", ["5000", "users"]),
        ("上限は１００だった", ["上限", "100"]),
        ("The  POOL\nran dry", ["pool ran dry"]),
        ("証明書が切れた", ["証明書|certificate"]),
    ],
)
def test_a_thing_is_found_however_it_is_written(text: str, terms: list[str]) -> None:
    assert says(text, terms)


def test_every_term_has_to_be_there() -> None:
    assert not says("the pool ran dry", ["pool", "100"])
    assert held("the pool ran dry", ["pool", "100"]) == 1
