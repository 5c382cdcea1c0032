"""HTML of messages as the text that a person saw."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr"})
_SILENT = frozenset({"script", "style", "template", "annotation"})
_LONGEST = 200_000
_BLANK_LINES = re.compile(r"\n{2,}")


def text_of_html(markup: str) -> str:
    """The text of HTML: links with their address, code in fences, lists and quotes marked, pictures by their names."""
    reader = _Reader()
    # The parser's time grows with the square of what is left open, and an unknown declaration fails an assertion.
    try:
        reader.feed(markup[:_LONGEST])
        reader.close()
    except AssertionError:
        return markup
    return _BLANK_LINES.sub("\n", "".join(reader.parts)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._in_code = 0
        self._quotes = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a link or code."""
        given = dict(attrs)
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._newline(always=True)
        elif tag == "a":
            self._links.append((given.get("href") or "", len(self.parts)))
        elif tag == "img":
            self._write(given.get("alt") or given.get("title") or "")
        elif tag == "li":
            self._newline()
            self._write("• ")
        elif tag == "pre":
            self._newline()
            self._write("```\n")
            self._in_code += 1
        elif tag in ("td", "th"):
            self._write(" ")
        elif tag in _BLOCKS:
            self._quotes += tag == "blockquote"
            self._newline()

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a" and self._links:
            self._end_link(*self._links.pop())
        elif tag == "pre" and self._in_code:
            self._in_code -= 1
            self._newline()
            self._write("```")
            self._newline()
        elif tag in _BLOCKS:
            if tag == "blockquote":
                self._quotes = max(0, self._quotes - 1)
            self._newline()

    def handle_data(self, data: str) -> None:
        """Keep text; the line breaks of the markup itself are none."""
        if self._silent:
            return
        if self._in_code:
            self._write(data)
        elif data.strip() or "\n" not in data:
            self._write(data.replace("\n", " ").lstrip(" " if self._at_line_start() else ""))

    def _write(self, text: str) -> None:
        if not text:
            return
        if self._quotes and self._at_line_start():
            self.parts.append("> ")
        self.parts.append(text)

    def _newline(self, *, always: bool = False) -> None:
        if self.parts and (always or not self._at_line_start()):
            self.parts.append("\n")

    def _at_line_start(self) -> bool:
        return not self.parts or self.parts[-1].endswith("\n")

    def _end_link(self, address: str, begun: int) -> None:
        label = "".join(self.parts[begun:])
        if "://" in address and label.strip() and label.strip() != address:
            self.parts[begun:] = [f"[{label.strip()}]({address})"]
