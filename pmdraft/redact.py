"""Secrets become placeholders before anything is built from the evidence.

Each pattern runs only where its literal occurs, and every quantifier is bounded,
so that no text can make it slow. Placeholders say what stood there and are the
same for the same secret within a run: `REDACTED_PASSWORD_1`.
"""

import re
from collections import Counter
from enum import Enum
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from pmdraft.evidence import Incident, Redaction

T = TypeVar("T")


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
_NAMED_PASSWORD = r"(?i:passwo?r?d|passwd|passphrase|[a-z]_pass|pwd|パスワード|パスフレーズ|secret)"
_PASSWORD_WORDS = ("pass", "pwd", "パス", "secret")
_NAMED_TOKEN = r"(?i:token|api[ _-]?key|access[_-]?key|account[_-]?key|トークン)"
# What a value can be made of, and that a value that stands bare has more than letters in it. Names of
# password managers, and words that say that there is no value, are none.
_VALUE = r"(?!(?i:none|null|true|false|required|missing|expired|invalid|redacted|1password|lastpass|bitwarden|vault)(?![!-~]))[!#-%(-+\-.-:=?-_a-~]{6,2000}"
_TEXT = r"(?!(?i:none|null|true|false|required|missing|expired|invalid|%s|\*\*\*|redacted)(?![!#-&(-~]))"
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
        r"(?i:aws[ _]?secret[ _]?(?:access[ _]?)?key)[\"']?\s{0,3}[=:]\s{0,3}[\"']?(?P<secret>[A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])",
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
    _secret("npm_token", rf"{_START}npm_[A-Za-z0-9]{{36}}{_END}", "npm_"),
    _secret("pypi_token", rf"{_START}pypi-[A-Za-z0-9_-]{{50,400}}", "pypi-"),
    _secret("huggingface_token", rf"{_START}hf_[A-Za-z0-9]{{30,60}}{_END}", "hf_"),
    _secret("sendgrid_key", rf"{_START}SG\.[A-Za-z0-9_-]{{16,40}}\.[A-Za-z0-9_-]{{30,60}}", "sg."),
    _secret("digitalocean_token", rf"{_START}do[oprt]_v1_[a-f0-9]{{64}}{_END}", "_v1_"),
    _secret("vault_token", rf"{_START}hv[sbr]\.[A-Za-z0-9_-]{{20,300}}", "hvs.", "hvb.", "hvr."),
    _secret("webhook", r"discord(?:app)?\.com/api/webhooks/(?P<secret>[0-9]{10,25}/[A-Za-z0-9_-]{20,200})", "discord"),
    _secret("webhook", r"webhook\.office\.com/webhookb2/(?P<secret>[A-Za-z0-9@/_-]{20,400})", "office.com"),
    _secret("api_key", rf"{_START}sk-[A-Za-z0-9_-]{{20,250}}", "sk-"),
    _secret("jwt", rf"{_START}eyJ[A-Za-z0-9_-]{{8,4000}}\.[A-Za-z0-9_-]{{4,4000}}(?:\.[A-Za-z0-9_-]{{0,4000}})?", "eyj"),
    _secret("password", r"://[^\s/:\"'<>]{0,200}:(?P<secret>[^\s/\"'<>]{1,400})@", "://"),
    _secret(
        "token",
        r"(?i:authorization)[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?:(?i:bearer|basic|token|digest|negotiate|apikey|api-key|key)[:\s]{1,3})?"
        r"(?!(?i:bearer|basic|token|digest|negotiate|apikey)\b)(?P<secret>[A-Za-z0-9._~+/=-]{6,2000})",
        "authorization",
    ),
    _secret("token", r"(?i:bearer)[:\s]{1,3}[\"']?(?P<secret>(?=[A-Za-z0-9._~+/=-]{0,40}[0-9]|[A-Za-z0-9._~+/=-]{20})[A-Za-z0-9._~+/=-]{8,2000})", "bearer"),
    _secret("password", r"(?:(?<=\s)-u|--user)[ =]{0,2}[\"']?[A-Za-z0-9._@-]{1,64}:(?P<secret>[^\s\"'`]{1,200})", " -u", "--user"),
    _secret("password", r"(?i:mysql|mysqldump|mariadb|psql|redis-cli|sshpass)\b[^\n|;]{0,120}?\s-(?:p|a)(?P<secret>[^\s\"'`-][^\s\"'`]{3,200})", "mysql", "mariadb", "redis-cli", "sshpass"),
    _secret("signature", r"(?i:x-amz-signature|x-goog-signature|signature|sig)=(?P<secret>[A-Za-z0-9%/+_-]{16,2000})", "sig"),
    _secret("cookie", r"(?i:cookie)[\"']?:\s{0,3}[\"']?(?P<secret>[!-~][ -~]{5,4000})", "cookie"),
    # A value in quotes runs to its closing quote, whatever stands between; in JSON within a log the quotes are escaped.
    _secret("password", rf"{_NAMED_PASSWORD}\\?[\"'`]?\s{{0,3}}[=:＝：]\s{{0,3}}(?P<q>\\?[\"'])(?P<secret>{_TEXT}[^\"'\\\n]{{3,400}})(?P=q)", *_PASSWORD_WORDS),
    _secret("token", rf"{_NAMED_TOKEN}\\?[\"'`]?\s{{0,3}}[=:＝：]\s{{0,3}}(?P<q>\\?[\"'])(?P<secret>{_TEXT}[^\"'\\\n]{{5,2000}})(?P=q)", "token", "key", "トークン"),
    _secret("password", rf"(?:--password|--pass)[= ](?P<secret>{_VALUE})", "--pass"),
    _secret("password", r"(?:パスワード|パスフレーズ)\s{0,2}[は：:＝=]?\s{0,2}「(?P<secret>[!-~]{4,200})」", "パス"),
    # A bare word after "password:" is mostly talk ("password: required"); after "=" or in quotes it is a value.
    _secret("password", rf"{_NAMED_PASSWORD}[\"']?(?:[=＝>]|\s{{0,3}}(?:=>|[=:])\s{{0,3}}[\"'])(?P<secret>{_VALUE})", *_PASSWORD_WORDS),
    _secret("password", rf"{_NAMED_PASSWORD}[\"']?\s{{0,3}}(?:=|:|：|は|\sis\s)\s{{0,3}}「?(?P<secret>{_ODD}{_VALUE})", *_PASSWORD_WORDS),
    _secret("token", rf"{_NAMED_TOKEN}[\"']?(?:=|\s{{0,3}}[=:]\s{{0,3}}[\"'])(?P<secret>{_VALUE})", "token", "key", "トークン"),
    _secret("token", rf"{_NAMED_TOKEN}[\"']?\s{{0,3}}(?:=|:|：|は)\s{{0,3}}「?(?P<secret>{_ODD}{_VALUE})", "token", "key", "トークン"),
    _secret("email", rf"(?<![A-Za-z0-9])[A-Za-z0-9_][A-Za-z0-9._%+-]{{0,63}}[@＠][A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,8}}\.[A-Za-z]{{2,24}}{_END}", "@", "＠"),
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
        lowered = text.lower()
        for secret in _SECRETS:
            if any(literal in lowered for literal in secret.literals):
                text = secret.pattern.sub(lambda match, kind=secret.kind: self._replaced(match, kind), text)  # type: ignore[misc]  # mypy has no type for a lambda's default
                lowered = text.lower()
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
    cleaned = _cleaned(incident, redactor)
    return cleaned.model_copy(update={"redactions": redactor.report() or incident.redactions})


def _cleaned(value: T, redactor: Redactor) -> T:
    """A copy in which every text is clean, in whatever field: none can be forgotten."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return redactor.clean(value)  # type: ignore[return-value]  # a text for a text
    if isinstance(value, BaseModel):
        fields = {name: _cleaned(getattr(value, name), redactor) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    if isinstance(value, tuple):
        return tuple(_cleaned(item, redactor) for item in value)  # type: ignore[return-value]  # a tuple for a tuple
    return value
