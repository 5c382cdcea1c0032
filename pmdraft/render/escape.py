"""Untrusted text in Markdown: shown as it is, never as mark-up."""

import re
from urllib.parse import urlsplit

_SPECIAL = re.compile(r"[\\`*\[\]<>|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w{1,32};)")
# At the start of a line these would begin a heading, list, quote or rule.
_LEADING = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)])(?=\s|$))")
# GitHub makes links of bare addresses, of mail too; a code span does not become one. An address of any scheme is one,
# or what follows a password in it would be taken for an address of mail.
_ADDRESS = (
    r"(?:[a-z][a-z0-9+.-]{0,20}://|www\.)[^\s`<>()「」、。（）|]{1,2000}"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_CODE = re.compile(rf"`(?P<code>[^`]{{1,200}})`|(?P<address>{_ADDRESS})", re.IGNORECASE)
_URL_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f<>()\\\[\]`\"|^{}]")


def escaped(text: str) -> str:
    """`text` on one line, with every character escaped that Markdown would act on; `code` stays code."""
    line = " ".join(text.split())
    parts, end = [], 0
    for match in _CODE.finditer(line):
        parts += [_escape_plain(line[end : match.start()]), code(match["code"] or match["address"])]
        end = match.end()
    shown = "".join([*parts, _escape_plain(line[end:])])
    return _LEADING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", shown)


def code(text: str) -> str:
    """`text` as a code span."""
    return f"`{' '.join(text.replace('`', chr(0x2BC)).split())}`" if text.strip() else ""


def cell(markdown: str) -> str:
    """Markdown made fit for a table cell: one line, pipes escaped."""
    line = " ".join(markdown.split())
    return re.sub(r"(?<!\\)\|", r"\\|", line)


def web_address(url: str | None) -> str | None:
    """`url` fit for a Markdown link, or None if it is no http(s) address."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return _URL_UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)


def _escape_plain(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
