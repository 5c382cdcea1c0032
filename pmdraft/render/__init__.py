"""A draft as Markdown or as an HTML page, for a person to review."""

import re
from pathlib import Path

from markdown_it import MarkdownIt

from pmdraft.draft import Draft
from pmdraft.render.page import Page, cited_links

# A box in the template is told from one that a text pretends by a character that no text can hold.
_BOX = re.compile(r"^(\s*- )\[([ x])\] ", re.MULTILINE)
_MARK = "\ue000"
_TASK = re.compile(rf"<li>(<p>)?{_MARK}([ x]) ?")


def render_markdown(draft: Draft, *, templates: Path | str | None = None) -> str:
    """The draft as Markdown.

    Args:
        draft: what to render.
        templates: folder of templates that are used before pmdraft's own of the same name.
    """
    page = Page(draft, templates)
    return page.markdown(cited_links(page, draft.evidence))


def render_html(draft: Draft, *, templates: Path | str | None = None) -> str:
    """The draft as one HTML page with its evidence beside it; it fetches nothing from anywhere.

    Args:
        draft: what to render.
        templates: folder of templates that are used before pmdraft's own of the same name.
    """
    page = Page(draft, templates)
    links = {item.id: f"#{item.id}" for item in draft.evidence}
    return page.html(_to_html(page.markdown(links, show_evidence=False)))


def _to_html(markdown: str) -> str:
    """Markdown as HTML; raw HTML in it stays text."""
    markdown = _BOX.sub(lambda match: f"{match[1]}{_MARK}{match[2]} ", markdown.replace(_MARK, ""))
    html = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").render(markdown)
    return _TASK.sub(
        lambda match: (
            f'<li class="task">{match[1] or ""}<input type="checkbox" disabled{" checked" * (match[2] == "x")}> '
        ),
        html,
    )
