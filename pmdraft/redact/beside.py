"""Secrets that stand beside a name or in a command, written as people write them in talk.

They are looked for after the kinds of `kinds.py`, in the same way: a literal first, every quantifier bounded. Where the
form alone says little ("password is …"), what stands there must look made up.
"""

import base64
import re
from collections.abc import Callable

from pmdraft.redact.kinds import START, Kind
from pmdraft.redact.numbers import always, is_card, is_phone

_REPLACED = "REDACTED_"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NO_SECRETS = re.compile(r"1password|sha-?\d|md5|bcrypt|argon2|base64|oauth2?\b|pbkdf2|https?://", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f]{20,}", re.IGNORECASE)


def is_made_up(text: str) -> bool:
    """Whether it has letters and digits, as no word has; dates, algorithms and addresses are none."""
    mixed = any(char.isalpha() for char in text) and any(char.isdigit() for char in text)
    return mixed and not _DATE.match(text) and not _NO_SECRETS.match(text) and _REPLACED not in text


def is_random(text: str) -> bool:
    """Whether it has letters of both cases and digits, or is long and hexadecimal, as few names have or are."""
    both = any(char.islower() for char in text) and any(char.isupper() for char in text)
    return is_made_up(text) and (both or _HEX.fullmatch(text) is not None)


def is_user_and_password(text: str) -> bool:
    """Whether it is base64 of `user:password`."""
    try:
        return b":" in base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return False


_NAME = (
    r"(?i:passwo?r?d|passwd|passphrase|pass ?code|pwd|(?<![A-Za-z])pw|パスワード|パスフレーズ|パスコード|合言葉"
    r"|シークレット(?:キー)?|秘密鍵|暗号鍵|API ?(?:キー|鍵)|アクセス(?:キー|トークン)|認証(?:キー|トークン)"
    r"|secret[ _-]?(?:access[ _-]?)?key(?:_base)?|client[ _-]secret|bindpw|(?<![A-Za-z])psk)"
)
_NAMES = (
    *("passw", "passp", "pass code", "passcode", "pwd", "pw", "secret", "psk"),
    *("パス", "合言葉", "シークレット", "鍵", "キー", "トークン"),
)
_ALONE = r"(?i:passwo?r?d|passwd|passphrase|pwd|(?<![A-Za-z])pw|パスワード|requirepass|masterauth|bindpw|credentials?|community string)"
_IS = r"(?:=>|->|[=:→]|は、?|を|\s(?:is|was|to|as)\s)"
_OPENS = r"[\s*_`\"'「『【(]{0,6}"
_VALUE = r"[!#-%+\-.-:=?-\[\]-^a-~]{6,400}"
_KEY_NAME = r"(?i:password|passwd|secret|token|api_?key|access_?key|private_?key)"
_CODE = (
    r"(?i:(?<![a-z])otp|(?<![a-z])pin(?: code)?|pass ?code|one[ -]time (?:password|code)|(?:verification|authentication|2fa|mfa) code"
    r"|暗証番号|認証コード|確認コード|パスコード|ワンタイム(?:パスワード|コード))"
)
_DIGITS_AFTER = r"(?![\d]|[-.:/]\d|[A-Za-z_])"


def _secret(kind: str, pattern: str, *literals: str, holds: Callable[[str], bool] = always) -> Kind:
    return Kind(kind, re.compile(pattern), literals, holds)


# fmt: off
BESIDE = (
    _secret("password", rf"{_NAME}[*_~`\"')\s]{{0,3}}{_IS}(?:(?:以下|下記)[^\n]{{0,12}}\n)?{_OPENS}(?P<secret>{_VALUE})", *_NAMES, holds=is_made_up),
    _secret("password", rf"{_ALONE}[*_`\"':;,]{{0,3}}[\s(「『【]{{1,4}}[`\"'*]{{0,3}}(?P<secret>{_VALUE})", "passw", "pwd", "pw", "パスワード", "passphrase", "requirepass", "masterauth", "credential", "community string", holds=is_random),
    _secret("password", rf"{_NAME}(?:は|を)?\s?[「『【](?P<secret>[!-~]{{4,200}})[」』】]", *_NAMES, holds=is_made_up),
    # Short ones are no words either: password=abc12.
    _secret("password", r"(?i:password|passwd|pwd)=(?P<secret>[A-Za-z0-9!#-%*-+.-:?-_]{4,5})(?![!-~])", "passw", "pwd", holds=is_made_up),
    _secret("password", r"(?i:password|passwd|pwd|secret)[\"']?\s{0,3}[=:]\s{0,3}\"(?P<secret>[^\"\\\n]{4,400})\"", "passw", "pwd", "secret", holds=is_made_up),
    _secret("password", r"(?i:identified by|password)\s{1,3}[\"'](?P<secret>[^\"'\n]{4,200})[\"']", "identified by", "password", holds=is_made_up),
    _secret("password", rf"{_CODE}\s?(?:(?:is|was|[:=は])\s{{0,2}}[*_`「]{{0,3}}(?P<secret>\d{{4,8}}){_DIGITS_AFTER})", "otp", "pin", "code", "password", "番号", "コード", "パスワード"),
    # Six digits that stand right after the word are such a code too, and what is in quotes after "passphrase" is one.
    _secret("password", rf"{_CODE}[\s*_`]{{0,3}}(?P<secret>\d{{6}}){_DIGITS_AFTER}", "otp", "pin", "code", "password", "番号", "コード", "パスワード", "passcode"),
    _secret("password", r"(?i:passphrase|パスフレーズ)[:=：は]?\s{0,3}[\"'「](?P<secret>[^\"'」\n]{8,200})[\"'」]", "passphrase", "パスフレーズ"),
    _secret("password", rf"(?i:(?:temp(?:orary)?|initial|default|admin|root|ssh|wi-?fi|vpn|db|login|the|my|new|old)\s{{1,2}}pass)(?:\s(?:is|was|to)\s|\s?[:=]\s?|\s){_OPENS}(?P<secret>{_VALUE})", "pass", holds=is_made_up),
    # A header of one's own.
    _secret("token", r"(?i:x-[a-z-]{1,40}(?:token|key|secret))[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?P<secret>[A-Za-z0-9._~+/=-]{8,2000})", "x-"),
    _secret("token", r"(?i:(?<![a-z])api[ _-]?key|access[ _-]token|APIキー|アクセストークン)[\s`*_「]{1,4}(?P<secret>[A-Za-z0-9]{16,400})(?![A-Za-z0-9_-])", "key", "token", "キー", "トークン", holds=is_made_up),
    # In JSON within JSON within JSON there are three backslashes before each quote.
    _secret("password", r"(?i:passwo?r?d|passwd|pwd|secret)\\{2,15}[\"']\s{0,3}:\s{0,3}\\{1,15}[\"'](?P<secret>[^\"'\\\n]{4,400})\\", "passw", "pwd", "secret"),
    _secret("token", r"(?i:token|api[ _-]?key|access[_-]?key)\\{2,15}[\"']\s{0,3}:\s{0,3}\\{1,15}[\"'](?P<secret>[^\"'\\\n]{6,2000})\\", "token", "key"),
    # A variable of a container's, a setting in XML, a header as a pair.
    _secret("password", rf"(?i:name|key)\\?[\"']?\s{{0,3}}[:=]\s{{0,3}}\\?[\"']?[A-Za-z0-9_.-]{{0,60}}?{_KEY_NAME}[A-Za-z0-9_.]{{0,20}}\\?[\"']?,?\s{{1,80}}\\?[\"']?(?i:value)\\?[\"']?\s{{0,3}}[:=]\s{{0,3}}\\?[\"']?(?P<secret>[^\s\"'\\<>{{}}]{{4,2000}})", "value", holds=is_made_up),
    _secret("token", r"(?i:password|secret|token|api[_-]?key)[\"'],\s{0,3}[\"'](?P<secret>[^\s\"'\\]{6,2000})[\"']", "password", "secret", "token", "key", holds=is_random),
    _secret("token", r"(?i:(?:application|app|fastly|service|integration|routing|auth|license|encryption|signing|master|admin|shared|subscription)[ _-]key)[\"']?\s{0,3}[:=]\s{0,3}[\"']?(?P<secret>[A-Za-z0-9]{20,200})(?![A-Za-z0-9])", "key", holds=is_random),
    _secret("token", r"(?i:client-key-data)[\"']?:\s{0,3}[\"']?(?P<secret>[A-Za-z0-9+/]{16,8000}={0,2})", "client-key-data"),
    _secret("token", r"(?:(?i:basic)\s{1,3}|(?i:auth)\\?[\"']?\s{0,3}[:=]\s{0,3}\\?[\"']?)(?P<secret>[A-Za-z0-9+/]{10,2000}={0,2})(?![A-Za-z0-9+/=])", "basic", "auth", holds=is_user_and_password),
    _secret("cookie", r"(?i:jsessionid|phpsessid|asp\.net_sessionid|connect\.sid|laravel_session|sessionid|session_token)=(?P<secret>[A-Za-z0-9%._:+/=-]{12,2000})", "sess", "connect.sid", holds=is_random),
    _secret("cookie", r"(?<=\s)(?:-b|--cookie)[ =]{1,2}[\"']?(?P<secret>[A-Za-z0-9_.-]{1,60}=[^\s\"']{6,2000})", " -b", "--cookie"),
    _secret("token", r"[?&](?i:key|code|sid|session|auth)=(?P<secret>[A-Za-z0-9._~%+/-]{16,2000})", "key=", "code=", "sid=", "session=", "auth=", holds=is_random),
    _secret("password", r"(?i:passwo?r?d|passwd|pwd|secret|token)(?:%22|%27)?(?:%3[AaDd])(?:%20|%22|%27){0,2}(?P<secret>[A-Za-z0-9._~+!*-]{4,2000})", "%3"),
    _secret("password", r"(?i:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?)://[^\s/:@\"'<>]{0,100}:(?P<secret>(?!\d{1,5}/)[^\s?\"'<>@]{1,200})@", "://"),
    _secret("password", r"(?i:oracle:(?:thin|oci)):[^\s/@\"']{1,64}/(?P<secret>[^\s@\"']{1,200})@", "oracle:"),
    _secret("token", r"://(?P<secret>[A-Za-z0-9_-]{16,64})@", "://", holds=is_random),
    _secret("password", r"(?i:docker login|sshpass)\b[^\n|;]{0,120}?\s-p\s{1,3}[\"']?(?P<secret>[^\s\"'`-][^\s\"'`]{3,200})", "docker login", "sshpass"),
    _secret("password", r"(?i:redis-cli)\b[^\n|;]{0,120}?\s-a\s{1,3}[\"']?(?P<secret>[^\s\"'`-][^\s\"'`]{3,200})", "redis-cli"),
    _secret("password", r"echo\s{1,3}(?:-n\s{1,3})?[\"']?(?P<secret>[^\s\"'`|$]{4,400})[\"']?\s{0,3}\|[^\n|]{0,80}--password-stdin", "--password-stdin"),
    _secret("password", r"(?P<secret>\$(?:apr1|1|5|6|2[abxy])\$[./A-Za-z0-9$=,]{20,200})", "$"),
    # One that a chat or a mail broke into lines.
    _secret("jwt", rf"{START}eyJ[A-Za-z0-9_-]{{8,2000}}\s{{0,3}}\.\s{{0,3}}eyJ[A-Za-z0-9_-]{{4,2000}}(?:\s{{0,3}}\.\s{{0,3}}[A-Za-z0-9_-]{{10,2000}})?", "eyj"),
    # A bare number may be any identifier; beside the word it is a card's, whatever stands between its groups.
    _secret("card", rf"(?i:card|(?<![a-z])pan|カード|クレカ)[^\d\n]{{0,12}}(?P<secret>[2-6]\d{{3}}(?:[  .\u2010-\u2015\u2212-]?\d{{4}}){{2}}[  .\u2010-\u2015\u2212-]?\d{{1,7}}){_DIGITS_AFTER}", "card", "pan", "カード", "クレカ", holds=is_card),
    _secret("card", rf"(?<![\w./+-])(?<!\d:)(?P<secret>[2-6]\d{{3}}(?:[\u00a0\u2010-\u2015\u2212]\d{{4}}){{2}}[\u00a0\u2010-\u2015\u2212]\d{{1,7}}){_DIGITS_AFTER}", "\u00a0", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", holds=is_card),
    _secret("card", rf"(?i:(?<![a-z])cv[vc]2?|セキュリティコード)\s{{0,2}}[:=は]?\s{{0,2}}(?P<secret>\d{{3,4}}){_DIGITS_AFTER}", "cvv", "cvc", "セキュリティコード"),
    # Mobile numbers of Japan, with no hyphens or with what looks like one.
    _secret("phone", rf"(?<![A-Za-z0-9_./+-])0[5789]0[.\u00a0\u2014\u2015\u2212]?\d{{4}}[.\u00a0\u2014\u2015\u2212]?\d{{4}}{_DIGITS_AFTER}", "050", "070", "080", "090", holds=is_phone),
)
# fmt: on
