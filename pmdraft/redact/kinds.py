"""What secrets look like, a pattern a kind.

Each pattern runs only where its literal occurs, and every quantifier is bounded, so that no text can make it slow. They
read text in which full-width letters and digits are half-width already.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from pmdraft.redact.numbers import always, is_card, is_ip, is_my_number, is_phone


class Kind(NamedTuple):
    """A kind of secret: what it is called, how it looks, and what must be there for it."""

    kind: str
    pattern: re.Pattern[str]
    literals: tuple[str, ...]
    """In lower case; the text holds one of them, or the pattern is not tried. Without any it always is."""
    holds: Callable[[str], bool] = always
    """Whether what looks like one is one: check digits and the like."""


def _secret(kind: str, pattern: str, *literals: str, holds: Callable[[str], bool] = always) -> Kind:
    return Kind(kind, re.compile(pattern), literals, holds)


# No \b: between Latin letters and kana there is no word boundary, and keys stand glued to both. In escaped text the
# letter of an escape stands before a key: "\\nghp_…".
START = r"(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))"
_END = r"(?![A-Za-z0-9_])"
# A number that is part of a longer one, of a date, a decimal or an identifier is none of its own.
_DIGITS_BEFORE = r"(?<![A-Za-z0-9_.:/+-])"
_DIGITS_AFTER = r"(?![\d]|[-.:/]\d|[A-Za-z_])"
# Numbers in groups are what they look like after a colon and beside a stroke too: "tel:090-1234-5678/03-1234-5678".
_GROUPS_BEFORE = r"(?<![A-Za-z0-9_.+-])(?<!\d:)"
_GROUPS_AFTER = r"(?![\d]|[-.:]\d|[A-Za-z_])"
_NAMED_PASSWORD = r"(?i:passwo?r?d|passwd|passphrase|[a-z]_pass|pwd|パスワード|パスフレーズ|secret)"
_PASSWORD_WORDS = ("pass", "pwd", "パス", "secret")
_NAMED_TOKEN = r"(?i:token|api[ _-]?key|access[_-]?key|account[_-]?key|トークン)"
# What a value can be made of, and that a value that stands bare has more than letters in it. Names of
# password managers, and words that say that there is no value, are none.
_VALUE = r"(?!(?i:none|null|true|false|required|missing|expired|invalid|redacted|1password|lastpass|bitwarden|vault)(?![!-~]))[!#-%(-+\-.-:=?-_a-~]{6,2000}"
_TEXT = r"(?!(?i:none|null|true|false|required|missing|expired|invalid|%s|\*\*\*|redacted)(?![!#-&(-~]))"
_ODD = r"(?=[!#-%(-+\-.-:=?-_a-~]{0,40}[0-9!@#$%^*_])"
_PEM = r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
# The group `secret` is what is replaced; without one it is the whole match. Order matters: the
# particular before the general, and what is a placeholder already is left alone.
# fmt: off
SECRETS = (
    _secret("private_key", rf"{_PEM}(?:(?!-----)[\s\S]){{0,200000}}-----END [A-Z0-9 ]{{0,40}}PRIVATE KEY(?: BLOCK)?-----", "private key"),
    # One that was cut off: its headers, and whatever lines look like a key's.
    _secret("private_key", rf"{_PEM}(?:\s{{0,4}}[A-Z][A-Za-z-]{{2,20}}: [^\n]{{0,200}}){{0,5}}(?:[\s\\nr]{{0,8}}[A-Za-z0-9+/=]{{16,200}}){{0,4000}}(?:\s{{1,4}}[A-Za-z0-9+/=]{{1,15}}(?=\s|$))?", "private key"),
    _secret("aws_key_id", rf"{START}(?:AKIA|ASIA|AROA|AIDA)[A-Z2-7]{{16}}{_END}", "akia", "asia", "aroa", "aida"),
    _secret(
        "aws_secret_key",
        r"(?i:aws[ _]?secret[ _]?(?:access[ _]?)?key)[\"']?\s{0,3}[=:]\s{0,3}[\"']?(?P<secret>[A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])",
        "secret",
    ),
    # The two halves of an AWS key are mostly pasted side by side.
    _secret("aws_secret_key", r"REDACTED_AWS_KEY_ID_\d{1,4}[^A-Za-z0-9]{1,20}(?P<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])", "redacted_aws"),
    _secret("google_key", rf"{START}AIza[A-Za-z0-9_-]{{35}}(?![A-Za-z0-9_-])", "aiza"),
    _secret("slack_token", rf"{START}xox[a-z](?:\.[a-z0-9]{{1,8}})?-[A-Za-z0-9-]{{8,250}}", "xox"),
    _secret("slack_token", rf"{START}xapp-[A-Za-z0-9-]{{8,250}}", "xapp-"),
    _secret("slack_webhook", r"hooks\.slack\.com/(?P<secret>(?:services|workflows|triggers)/[A-Za-z0-9/_-]{8,200})", "hooks.slack.com"),
    _secret("github_token", rf"{START}(?:gh[pousr]_[A-Za-z0-9]{{20,255}}|github_pat_[A-Za-z0-9_]{{20,255}})", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    _secret("gitlab_token", rf"{START}gl(?:pat|dt|rt|cbt|ptt|soat)-[A-Za-z0-9_.-]{{16,255}}", "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glsoat-"),
    _secret("stripe_key", rf"{START}(?:sk|rk|whsec)_(?:(?:live|test)_)?[A-Za-z0-9]{{16,250}}", "sk_", "rk_", "whsec_"),
    _secret("npm_token", rf"{START}npm_[A-Za-z0-9]{{36}}{_END}", "npm_"),
    _secret("pypi_token", rf"{START}pypi-[A-Za-z0-9_-]{{50,400}}", "pypi-"),
    _secret("huggingface_token", rf"{START}hf_[A-Za-z0-9]{{30,60}}{_END}", "hf_"),
    _secret("sendgrid_key", rf"{START}SG\.[A-Za-z0-9_-]{{16,40}}\.[A-Za-z0-9_-]{{30,60}}", "sg."),
    _secret("digitalocean_token", rf"{START}do[oprt]_v1_[a-f0-9]{{64}}{_END}", "_v1_"),
    _secret("vault_token", rf"{START}hv[sbr]\.[A-Za-z0-9_-]{{20,300}}", "hvs.", "hvb.", "hvr."),
    _secret("webhook", r"discord(?:app)?\.com/api/webhooks/(?P<secret>[0-9]{10,25}/[A-Za-z0-9_-]{20,200})", "discord"),
    _secret("webhook", r"webhook\.office\.com/webhookb2/(?P<secret>[A-Za-z0-9@/_-]{20,400})", "office.com"),
    _secret("twilio_key", rf"{START}(?:SK|AC)[0-9a-fA-F]{{32}}{_END}", "sk", "ac"),
    _secret("telegram_token", rf"{START}(?:bot)?(?P<secret>[0-9]{{8,10}}:AA[A-Za-z0-9_-]{{32,36}})(?![A-Za-z0-9_-])", ":aa"),
    _secret("google_key", rf"{START}(?:ya29\.[A-Za-z0-9_-]{{20,400}}|GOCSPX-[A-Za-z0-9_-]{{20,60}})", "ya29.", "gocspx-"),
    _secret("shopify_token", rf"{START}shp(?:at|ca|pa|ss)_[a-fA-F0-9]{{32}}{_END}", "shpat_", "shpca_", "shppa_", "shpss_"),
    _secret("atlassian_token", rf"{START}AT(?:ATT|CTT|BB)[A-Za-z0-9_=+/-]{{20,300}}", "atatt", "atctt", "atbb"),
    _secret("newrelic_key", rf"{START}NRAK-[A-Z0-9]{{20,40}}{_END}|{START}[a-f0-9]{{36}}NRAL{_END}", "nrak-", "nral"),
    _secret("grafana_token", rf"{START}gl(?:sa|c)_[A-Za-z0-9_=+/-]{{30,400}}", "glsa_", "glc_"),
    _secret("databricks_token", rf"{START}dapi[a-f0-9]{{32}}(?:-\d)?{_END}", "dapi"),
    _secret("sentry_token", rf"{START}sntry[su]_[A-Za-z0-9_=+/-]{{30,400}}", "sntrys_", "sntryu_"),
    _secret("linear_key", rf"{START}lin_(?:api|oauth)_[A-Za-z0-9]{{30,80}}{_END}", "lin_api_", "lin_oauth_"),
    _secret("notion_token", rf"{START}ntn_[A-Za-z0-9]{{30,80}}{_END}", "ntn_"),
    _secret("docker_token", rf"{START}dckr_pat_[A-Za-z0-9_-]{{20,80}}", "dckr_pat_"),
    _secret("postman_key", rf"{START}PMAK-[a-f0-9]{{24}}-[a-f0-9]{{34}}{_END}", "pmak-"),
    _secret("rubygems_key", rf"{START}rubygems_[a-f0-9]{{48}}{_END}", "rubygems_"),
    _secret("mailgun_key", rf"{START}key-[a-f0-9]{{32}}{_END}", "key-"),
    _secret("age_key", rf"{START}AGE-SECRET-KEY-1[A-Z0-9]{{58}}{_END}", "age-secret-key-1"),
    _secret("azure_key", r"(?i:accountkey|sharedaccesskey)=(?P<secret>[A-Za-z0-9+/]{20,100}={0,2})", "accountkey", "sharedaccesskey"),
    _secret("api_key", rf"{START}sk-[A-Za-z0-9_-]{{20,250}}", "sk-"),
    _secret("jwt", rf"{START}eyJ[A-Za-z0-9_-]{{8,4000}}\.[A-Za-z0-9_-]{{4,4000}}(?:\.[A-Za-z0-9_-]{{0,4000}})?", "eyj"),
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
    # A line of an environment file is a value to its end, whatever stands in it.
    _secret("password", rf"(?m)^(?:export )?[A-Z][A-Z0-9_]{{0,40}}(?:PASSWORD|PASSWD|SECRET|_PASS|_PWD)[A-Z0-9_]{{0,20}}=(?P<secret>{_TEXT}[^\s\"'=]\S{{3,400}})$", "passw", "secret", "_pass", "_pwd"),
    _secret("token", rf"(?m)^(?:export )?[A-Z][A-Z0-9_]{{0,40}}(?:TOKEN|API_?KEY|ACCESS_?KEY)[A-Z0-9_]{{0,20}}=(?P<secret>{_TEXT}[^\s\"'=]\S{{5,2000}})$", "token", "key"),
    _secret("password", rf"(?:--password|--pass)[= ](?P<secret>{_VALUE})", "--pass"),
    _secret("password", r"(?:パスワード|パスフレーズ)\s{0,2}[は：:＝=]?\s{0,2}「(?P<secret>[!-~]{4,200})」", "パス"),
    # A bare word after "password:" is mostly talk ("password: required"); after "=" or in quotes it is a value.
    _secret("password", rf"{_NAMED_PASSWORD}[\"']?(?:[=＝>]|\s{{0,3}}(?:=>|[=:])\s{{0,3}}[\"'])(?P<secret>{_VALUE})", *_PASSWORD_WORDS),
    _secret("password", rf"{_NAMED_PASSWORD}[\"']?\s{{0,3}}(?:=|:|：|は|\sis\s)\s{{0,3}}「?(?P<secret>{_ODD}{_VALUE})", *_PASSWORD_WORDS),
    _secret("token", rf"{_NAMED_TOKEN}[\"']?(?:=|\s{{0,3}}[=:]\s{{0,3}}[\"'])(?P<secret>{_VALUE})", "token", "key", "トークン"),
    _secret("token", rf"{_NAMED_TOKEN}[\"']?\s{{0,3}}(?:=|:|：|は|\sis\s)\s{{0,3}}「?(?P<secret>{_ODD}{_VALUE})", "token", "key", "トークン"),
    _secret("email", rf"(?<![A-Za-z0-9])[A-Za-z0-9_][A-Za-z0-9._%+-]{{0,63}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,8}}\.[A-Za-z]{{2,24}}{_END}", "@"),
    # A domain may be in any letters (RFC 6531): user@例え.jp.
    _secret("email", r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_][A-Za-z0-9._%+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,24}(?![A-Za-z0-9_])", "@"),
    _secret("card", rf"{_DIGITS_BEFORE}[2-6]\d{{3}}(?:[ -]?\d{{4}}){{2}}[ -]?\d{{1,7}}{_DIGITS_AFTER}", holds=is_card),
    _secret("card", rf"{_GROUPS_BEFORE}[2-6]\d{{3}}(?:[ -]\d{{4}}){{2}}[ -]\d{{1,7}}{_GROUPS_AFTER}", holds=is_card),
    _secret("card", rf"{_DIGITS_BEFORE}3[47]\d{{2}}[ -]?\d{{6}}[ -]?\d{{5}}{_DIGITS_AFTER}", holds=is_card),
    _secret("my_number", rf"(?i:マイナンバー|個人番号|my ?number)[^\d\n]{{0,12}}(?P<secret>\d{{4}}[ -]?\d{{4}}[ -]?\d{{4}}){_DIGITS_AFTER}", "マイナンバー", "個人番号", "number"),
    _secret("my_number", rf"(?<!\d ){_DIGITS_BEFORE}\d{{4}}([ -])\d{{4}}\1\d{{4}}(?! \d){_DIGITS_AFTER}", holds=is_my_number),
    # Japan: 03-1234-5678, 090-1234-5678, 0120-123-456, (03) 1234-5678; elsewhere with its +, or as North America writes it.
    _secret("phone", rf"{_GROUPS_BEFORE}(?:0\d{{1,4}}[-‐–ー ]\d{{1,4}}[-‐–ー ]\d{{3,4}}|\(0\d{{1,4}}\) ?\d{{1,4}}[-‐–ー ]\d{{4}}|0\d{{1,4}}\(\d{{1,4}}\)\d{{4}}){_GROUPS_AFTER}", holds=is_phone),
    _secret("phone", rf"(?<![A-Za-z0-9_+.])\+\d{{1,3}}(?:[ .-]?\(?\d{{1,4}}\)?){{2,5}}{_DIGITS_AFTER}", "+", holds=is_phone),
    _secret("phone", rf"{_GROUPS_BEFORE}(?:1[-. ])?(?:\(\d{{3}}\) ?|\d{{3}}[-.])\d{{3}}[-.]\d{{4}}{_GROUPS_AFTER}", holds=is_phone),
    _secret("phone", rf"(?i:電話|携帯|tel|phone|mobile)[^\d\n]{{0,8}}(?P<secret>0\d{{9,10}}){_DIGITS_AFTER}", "電話", "携帯", "tel", "phone", "mobile"),
)
# fmt: on
ADDRESSES = (
    Kind(
        "ip",
        re.compile(
            r"(?<![A-Za-z0-9_.])(?<!\d[-+/:])(?:\d{1,3}\.){3}\d{1,3}(?![\d]|\.\d)|(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4}(?![\w:])"
        ),
        (),
        is_ip,
    ),
)
"""Addresses of machines and people; only if the user wants them gone, since a postmortem often turns on them."""
