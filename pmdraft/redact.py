"""Secrets become placeholders before anything is built from the evidence.

Each pattern runs only where its literal occurs, and every quantifier is bounded,
so that no text can make it slow. Placeholders say what stood there and are the
same for the same secret within a run: `REDACTED_PASSWORD_1`.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pmdraft.evidence import Bookmark, Incident, Redaction


class _Secret(NamedTuple):
    """A kind of secret: what it is called, how it looks, and what must be there for it."""

    kind: str
    pattern: re.Pattern[str]
    literals: tuple[str, ...]
    """In lower case; the text holds one of them, or the pattern is not tried."""


def _secret(kind: str, pattern: str, *literals: str) -> _Secret:
    return _Secret(kind, re.compile(pattern), literals)


# No \b: between Latin letters and kana there is no word boundary, and keys stand glued to both.
_START = r"(?<![A-Za-z0-9_])"
_END = r"(?![A-Za-z0-9_])"
_NAMED_PASSWORD = r"(?i:passwo?r?d|passwd|passphrase|pwd|パスワード|パスフレーズ|secret)"
_PASSWORD_WORDS = ("pass", "pwd", "パス", "secret")
_NAMED_TOKEN = r"(?i:token|api[_-]?key|access[_-]?key|トークン)"
# What a value can be made of, and that a value that stands bare has more than letters in it. Names of
# password managers, and words that say that there is no value, are none.
_VALUE = r"(?!(?i:none|null|true|false|required|missing|expired|invalid|redacted|1password|lastpass|bitwarden|vault)(?![!-~]))[!#-%(-+\-.-:=?-_a-~]{6,2000}"
_ODD = r"(?=[!#-%(-+\-.-:=?-_a-~]{0,40}[0-9!@#$%^*_])"
# The group `secret` is what is replaced; without one it is the whole match. Order matters: the
# particular before the general, and what is a placeholder already is left alone.
# fmt: off
_SECRETS = (
    _secret(
        "private_key",
        r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)[\s\S]){0,20000}(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?",
        "private key",
    ),
    _secret("aws_key_id", rf"{_START}(?:AKIA|ASIA|AROA|AIDA)[A-Z2-7]{{16}}{_END}", "akia", "asia", "aroa", "aida"),
    _secret(
        "aws_secret_key",
        r"(?i:aws_?secret_?(?:access_?)?key)[\"']?\s{0,3}[=:]\s{0,3}[\"']?(?P<secret>[A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])",
        "secret",
    ),
    # The two halves of an AWS key are mostly pasted side by side.
    _secret("aws_secret_key", r"REDACTED_AWS_KEY_ID_\d{1,4}[^A-Za-z0-9]{1,20}(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])", "redacted_aws"),
    _secret("google_key", rf"{_START}AIza[A-Za-z0-9_-]{{35}}(?![A-Za-z0-9_-])", "aiza"),
    _secret("slack_token", rf"{_START}xox[a-z](?:\.[a-z0-9]{{1,8}})?-[A-Za-z0-9-]{{8,250}}", "xox"),
    _secret("slack_token", rf"{_START}xapp-[A-Za-z0-9-]{{8,250}}", "xapp-"),
    _secret("slack_webhook", r"hooks\.slack\.com/(?P<secret>(?:services|workflows|triggers)/[A-Za-z0-9/_-]{8,200})", "hooks.slack.com"),
    _secret("github_token", rf"{_START}(?:gh[pousr]_[A-Za-z0-9]{{20,255}}|github_pat_[A-Za-z0-9_]{{20,255}})", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    _secret("gitlab_token", rf"{_START}gl(?:pat|dt|rt|cbt|ptt|soat)-[A-Za-z0-9_.-]{{16,255}}", "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glsoat-"),
    _secret("stripe_key", rf"{_START}(?:sk|rk|whsec)_(?:(?:live|test)_)?[A-Za-z0-9]{{16,250}}", "sk_", "rk_", "whsec_"),
    _secret("api_key", rf"{_START}sk-[A-Za-z0-9_-]{{20,250}}", "sk-"),
    _secret("jwt", rf"{_START}eyJ[A-Za-z0-9_-]{{8,4000}}\.[A-Za-z0-9_-]{{4,4000}}(?:\.[A-Za-z0-9_-]{{0,4000}})?", "eyj"),
    _secret("password", r"://[^\s/:@?#\"'<>]{0,100}:(?P<secret>[^\s/?#\"'<>]{1,200})@", "://"),
    _secret(
        "token",
        r"(?i:authorization)[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?:(?i:bearer|basic|token|digest|negotiate)\s{1,3})?"
        r"(?!(?i:bearer|basic|token|digest|negotiate)\b)(?P<secret>[A-Za-z0-9._~+/=-]{6,2000})",
        "authorization",
    ),
    _secret("token", r"(?i:bearer)\s{1,3}(?P<secret>(?=[A-Za-z0-9._~+/=-]{0,40}[0-9])[A-Za-z0-9._~+/=-]{8,2000})", "bearer"),
    _secret("password", r"(?:(?<=\s)-u|--user)[ =]{0,2}[\"']?[A-Za-z0-9._@-]{1,64}:(?P<secret>[^\s\"'`]{1,200})", " -u", "--user"),
    _secret("password", r"(?i:mysql|mysqldump|mariadb|psql|redis-cli|sshpass)\b[^\n|;]{0,120}?\s-(?:p|a)(?P<secret>[^\s\"'`-][^\s\"'`]{3,200})", "mysql", "mariadb", "redis-cli", "sshpass"),
    _secret("signature", r"(?i:x-amz-signature|x-goog-signature|signature|sig)=(?P<secret>[A-Za-z0-9%/+_-]{16,2000})", "sig"),
    # A bare word after "password:" is mostly talk ("password: required"); after "=" or in quotes it is a value.
    _secret("password", rf"{_NAMED_PASSWORD}[\"']?(?:=|\s{{0,3}}[=:]\s{{0,3}}[\"'])(?P<secret>{_VALUE})", *_PASSWORD_WORDS),
    _secret("password", rf"{_NAMED_PASSWORD}[\"']?\s{{0,3}}(?:=|:|：|は|\sis\s)\s{{0,3}}「?(?P<secret>{_ODD}{_VALUE})", *_PASSWORD_WORDS),
    _secret("token", rf"{_NAMED_TOKEN}[\"']?(?:=|\s{{0,3}}[=:]\s{{0,3}}[\"'])(?P<secret>{_VALUE})", "token", "key", "トークン"),
    _secret("token", rf"{_NAMED_TOKEN}[\"']?\s{{0,3}}(?:=|:|：|は)\s{{0,3}}「?(?P<secret>{_ODD}{_VALUE})", "token", "key", "トークン"),
    _secret("email", rf"{_START}[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,4}}\.[A-Za-z]{{2,24}}{_END}", "@"),
)
# fmt: on
_PLACEHOLDER = "REDACTED_"


class Redactor:
    """Replaces secrets, the same one by the same placeholder for as long as it lives."""

    def __init__(self) -> None:
        self._placeholders: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()

    def clean(self, text: str) -> str:
        """`text` with every secret replaced."""
        for secret in _SECRETS:
            lowered = text.lower()
            if any(literal in lowered for literal in secret.literals):
                text = secret.pattern.sub(lambda match, kind=secret.kind: self._replaced(match, kind), text)  # type: ignore[misc]  # mypy has no type for a lambda's default
        return text

    def report(self) -> tuple[Redaction, ...]:
        """How many different secrets of each kind were replaced; never their values."""
        return tuple(Redaction(kind=kind, count=count) for kind, count in sorted(self._counts.items()))

    def _replaced(self, match: re.Match[str], kind: str) -> str:
        group = "secret" if "secret" in match.re.groupindex else 0
        value = match[group]
        if value.startswith(_PLACEHOLDER):
            return match[0]
        placeholder = self._placeholders.get((kind, value))
        if placeholder is None:
            self._counts[kind] += 1
            placeholder = f"{_PLACEHOLDER}{kind.upper()}_{self._counts[kind]}"
            self._placeholders[kind, value] = placeholder
        start, end = match.start(group) - match.start(), match.end(group) - match.start()
        return match[0][:start] + placeholder + match[0][end:]


def redact(incident: Incident) -> Incident:
    """The incident with the secrets in all its text replaced by placeholders.

    Redacting twice is the same as once.
    """
    redactor = Redactor()
    evidence = tuple(
        item.model_copy(
            update={
                "text": redactor.clean(item.text),
                "author": item.author and redactor.clean(item.author),
                "service": item.service and redactor.clean(item.service),
                "permalink": item.permalink and redactor.clean(item.permalink),
            }
        )
        for item in incident.evidence
    )
    people = tuple(
        person.model_copy(update={"handle": redactor.clean(person.handle), "names": _all(redactor, person.names)})
        for person in incident.people
    )
    channel = incident.channel and incident.channel.model_copy(
        update={
            "bookmarks": tuple(
                Bookmark(title=redactor.clean(link.title), url=redactor.clean(link.url))
                for link in incident.channel.bookmarks
            )
        }
    )
    redactions = redactor.report() or incident.redactions
    return incident.model_copy(
        update={"evidence": evidence, "people": people, "channel": channel, "redactions": redactions}
    )


def _all(redactor: Redactor, texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(redactor.clean(text) for text in texts)
