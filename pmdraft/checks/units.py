"""The units of numbers, so that 15% is 15パーセント and not 15件."""

import re

_WORDS: dict[str, tuple[str, ...]] = {
    "percent": ("%", "パーセント", "ポイント", "percent", "per cent", "pct", "percentage points?", "pt"),
    "people": ("人", "名", "ユーザー?", "users?", "people", "persons?", "customers?", "members?", "accounts?"),
    "count": (
        "件", "cases?", "requests?", "reqs?", "orders?", "tickets?", "errors?", "messages?", "records?", "rows?",
        "alerts?", "queries", "query", "jobs?", "reports?", "e-?mails?", "items?", "payments?", "enquir(?:y|ies)",
        "inquir(?:y|ies)", "transactions?", "events?", "calls?", "complaints?",
    ),
    "hosts": (
        "台", "号機", "ノード", "サーバー?", "インスタンス", "hosts?", "servers?", "machines?", "nodes?", "instances?",
        "pods?", "replicas?", "containers?", "workers?", "VMs?", "brokers?",
    ),
    "ratio": ("倍", "-?fold"),
    "occasions": ("回", "度", "attempts?", "retries", "retry"),
    "ratio or occasions": ("times", "x", "×"),
    "KB": ("ki?b(?:ytes?)?", "ki"),
    "MB": ("mi?b(?:ytes?)?", "mi"),
    "GB": ("gi?b(?:ytes?)?", "gi"),
    "TB": ("ti?b(?:ytes?)?", "ti"),
    "yen": ("円", "yen", "JPY"),
    "dollars": ("ドル", "dollars?", "USD"),
    "euros": ("ユーロ", "euros?", "EUR"),
    "rate": ("rps", "qps", "req/s", "requests/s"),
}  # fmt: skip
_UNIT = re.compile(
    r"[ \t]?(?:"
    + "|".join(f"(?P<u{place}>{'|'.join(words)})" for place, words in enumerate(_WORDS.values()))
    + r")(?![A-Za-z])",
    re.IGNORECASE,
)
_NAMES = tuple(_WORDS)
_BOTH = frozenset({"ratio", "occasions"})
_BEFORE = {
    "¥": frozenset({"yen"}),
    "$": frozenset({"dollars"}),
    "€": frozenset({"euros"}),
    "×": _BOTH,
}


def unit_after(text: str, end: int) -> frozenset[str]:
    """What the number that ends there may be counted in; nothing if that is not told.

    Args:
        text: the text, full-width forms made half-width.
        end: end of the number in it.
    """
    match = _UNIT.match(text, end)
    if match is None or match.lastgroup is None:
        return frozenset()
    name = _NAMES[int(match.lastgroup[1:])]
    return _BOTH if name == "ratio or occasions" else frozenset({name})


def unit_before(text: str, start: int) -> frozenset[str]:
    """The currency or the times, if their sign stands there, before the number."""
    return _BEFORE.get(text[start : start + 1], frozenset())


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two numbers may be of the same thing; one without a unit may be of anything."""
    return not one or not other or bool(one & other)
