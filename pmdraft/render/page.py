"""What the templates see: the draft, and the filters that write its parts as Markdown.

A template author gets the postmortem (`pm`), the findings, the ledger, the run's
facts and the evidence; every text of theirs passes a filter that escapes it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pmdraft.assets import asset_dir
from pmdraft.draft import Draft
from pmdraft.drafting.asking import OUTLINE as BY_OUTLINE
from pmdraft.drafting.questions import SLOTS
from pmdraft.errors import InputError, brief
from pmdraft.evidence import Evidence, Skipped, zone
from pmdraft.language import Language
from pmdraft.outline.excerpt import cut, excerpt
from pmdraft.policy import latest_due
from pmdraft.postmortem import (
    ActionItem,
    Horizon,
    Link,
    Postmortem,
    Reviewer,
    TimelineEntry,
)
from pmdraft.render.compiled import COMPILED, at_rendering
from pmdraft.render.escape import cell, code, escaped, web_address
from pmdraft.render.quoted import passages_of, underlined
from pmdraft.render.rows import method_rows, omission_groups, person, within
from pmdraft.render.wording import (
    AS_SAID,
    BASIS,
    EVIDENCE,
    KIND,
    KINDS,
    MISSING,
    OMISSIONS,
    OUTLINE,
    PARTS,
    ROLES,
    SECRETS,
    SKIPPED,
    SOURCES,
    SUPPORT,
    TO_OPEN,
    VERIFIED,
)
from pmdraft.sections import FILE as SECTIONS
from pmdraft.statement import DueDate, Statement
from pmdraft.walk import statements

_FIRST_WORDS = {Language.JA: 20, Language.EN: 40}
"""So many characters tell a statement from the others."""


class Page:
    """One draft, rendered with one set of templates."""

    def __init__(self, draft: Draft, templates: Path | str | None = None) -> None:
        self._draft = draft
        self._language = draft.language
        self._zone = zone(draft.run.timezone)
        self._known = {item.id for item in draft.evidence}
        self._passages = passages_of(draft.postmortem)
        self._statements = dict(statements(draft.postmortem))
        self._questions = {question.about: question for question in reversed(draft.postmortem.open_questions)}
        if templates is not None:
            _check_folder(Path(templates))
        folders = [*([templates] if templates else []), asset_dir("templates")]
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folders),
            undefined=StrictUndefined,
            autoescape=lambda name: bool(name and name.endswith(".html.j2")),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=COMPILED,
        )
        self._environment.filters.update({name: at_rendering(call) for name, call in self._filters().items()})

    def markdown(self, links: Mapping[str, str], *, show_evidence: bool = True) -> str:
        """The draft as Markdown.

        Args:
            links: where each citation leads.
            show_evidence: whether the evidence is listed at the end.
        """
        draft = self._draft
        return self._render(
            f"postmortem.{self._language}.md.j2",
            pm=draft.postmortem,
            findings=draft.findings,
            ledger=draft.ledger,
            run=draft.run,
            uncited=draft.uncited,
            omitted=omission_groups(draft),
            coverage=draft.coverage,
            evidence=draft.evidence,
            links=links,
            show_evidence=show_evidence,
            zone_name=self._zone_name(),
            drafted_by=", ".join(escaped(name) for name in draft.run.drafted_by if name != BY_OUTLINE)
            or OUTLINE.to(self._language),
        )

    def html(self, body: str) -> str:
        """The page around a body of trusted HTML."""
        draft = self._draft
        title = draft.postmortem.title
        return self._render(
            "page.html.j2",
            body=Markup(body),  # noqa: S704 - made from escaped Markdown, raw HTML off
            title=title.text if title else "Postmortem",
            language=self._language.value,
            evidence=draft.evidence,
            evidence_heading=EVIDENCE.to(self._language),
        )

    def _render(self, name: str, **values: object) -> str:
        try:
            return self._environment.get_template(name).render(**values)
        except TemplateError as error:
            # pmdraft's own templates are tested, so this one is the user's.
            where = f"{error.name or name}:{error.lineno}" if isinstance(error, TemplateSyntaxError) else name
            raise InputError(f"template {where}: {brief(str(error))}; mend it, or leave out --templates") from error

    @property
    def evidence_anchor(self) -> str:
        """Where a citation leads that has no address of its own: the list at the end."""
        return f"#{EVIDENCE.to(self._language).lower()}"

    def _filters(self) -> dict[str, Callable[..., object]]:
        language = self._language
        return {
            "escaped": lambda text: escaped(text) if text else "",
            "cell": cell,
            "code": code,
            "text": lambda statement: escaped(statement.text) if statement else "",
            "say": self._say,
            "act": self._act,
            "plan": self._plan,
            "begins": self._begins,
            "kind": lambda entry: KIND.to(language, kind=KINDS[entry.kind].to(language)) if entry.kind in KINDS else "",
            "marks": self._marks,
            "cites": self._cites,
            "missing": self._missing,
            "linked": self._linked,
            "link": self._link,
            "day": lambda at: f"{self._local(at):%Y-%m-%d}",
            "clock": self._clock,
            "moment": lambda at: f"{self._local(at):%m-%d %H:%M:%S}",
            "span": self._span,
            "people": lambda names: ", ".join(person(name) for name in names),
            "name": lambda statement: escaped(statement.text) if statement else "",
            "role": lambda role: ROLES[Reviewer(role)],
            "part": lambda part: PARTS[part].to(self._language) if part in PARTS else escaped(part),
            "within": within,
            "latest": self._latest,
            "due_day": self._due,
            "methods": method_rows,
            "skipped": self._skipped,
            "source": lambda source: SOURCES[source].to(language),
            "omission": lambda kind: OMISSIONS[kind].to(language),
            "secret": lambda kind: SECRETS[kind].to(self._language) if kind in SECRETS else kind.replace("_", " "),
            "excerpt": lambda item: escaped(excerpt(item)),
            "when": self._when,
            "web": web_address,
            "quoted": lambda item: underlined(item.text, self._passages.get(item.id, ())),
        }

    def _say(self, statement: Statement | None, slot: str | None = None) -> str:
        """A statement with its marks and citations; an empty slot says what is missing."""
        if statement is None:
            return self._missing(slot or "")
        return f"{escaped(statement.text)}{self._marks(statement)}"

    def _act(self, entry: TimelineEntry) -> str:
        """The action of a timeline row, or at least the marks and citations of its event."""
        if entry.action is None:
            return self._marks(entry.event).strip()
        doubt = SUPPORT.get(entry.event.support)
        said = self._say(entry.action)
        return f"{said} {doubt.to(self._language)}" if doubt and entry.action.support not in SUPPORT else said

    def _plan(self, item: ActionItem) -> str:
        """An action, and how one will see that it works."""
        said = self._say(item.action)
        if item.verification is None:
            return said
        return said + VERIFIED.to(self._language, how=self._say(item.verification))

    def _marks(self, statement: Statement) -> str:
        basis = BASIS.get(statement.basis)
        support = SUPPORT.get(statement.support)
        marked = basis.to(self._language) if basis else ""
        marked += AS_SAID.to(self._language) if statement.as_said else ""
        marked += f" {support.to(self._language)}" if support else ""
        return marked + self._cites(statement)

    def _cites(self, statement: Statement) -> str:
        return "".join(f" [{name}]" if name in self._known else f" {code(name)}" for name in statement.evidence)

    def _missing(self, slot: str) -> str:
        question = self._questions.get(slot)
        if question is None:
            return escaped(SLOTS[slot].name.to(self._language)) if slot in SLOTS else ""
        shown = MISSING.to(self._language, missing=escaped(question.text), ask=escaped(question.ask))
        return shown + self._cites(question)

    def _linked(self, text: str) -> str:
        """Text of a finding, in which the ids of evidence become citations."""
        words = escaped(text).split(" ")
        return " ".join(
            f"[{word.rstrip(',')}]{',' * word.endswith(',')}" if word.rstrip(",") in self._known else word
            for word in words
        )

    def _link(self, link: Link) -> str:
        url = web_address(link.url)
        cited = "".join(f" [{name}]" for name in link.evidence if name in self._known)
        return (f"[{escaped(link.title)}]({url})" if url else escaped(link.title)) + cited

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)

    def _clock(self, at: datetime) -> str:
        """HH:MM; with the date where the timeline goes over more than one day."""
        days = {self._local(entry.at).date() for entry in self._draft.postmortem.timeline}
        return f"{self._local(at):%m-%d %H:%M}" if len(days) > 1 else f"{self._local(at):%H:%M}"

    def _zone_name(self) -> str:
        name = self._local(self._draft.postmortem.incident_start or self._draft.postmortem.created).tzname()
        return name if name and name.isalpha() else self._draft.run.timezone

    def _begins(self, path: str) -> str:
        """The first words of what stands at a path, for no table numbers its rows; empty where no statement does."""
        said = self._statements.get(path)
        return escaped(cut(said.text, _FIRST_WORDS[self._language])) if said else ""

    def _when(self, item: Evidence) -> str:
        """When it happened; for log lines of one form also until when, how many, and how often against before."""
        first = f"{self._local(item.at):%m-%d %H:%M:%S}"
        shown = f"{first} – {self._local(item.until):%H:%M:%S} ×{item.count}" if item.until else first
        return f"{shown} ({item.trend.to(self._language)})" if item.trend else shown

    def _span(self, postmortem: Postmortem) -> str:
        """`2025-10-27 14:23 - 15:45 (JST)`, as far as it is known."""
        start, end = postmortem.incident_start, postmortem.incident_end
        if start is None:
            return self._missing("incident_start")
        first = self._local(start)
        if end is None:
            shown = TO_OPEN.to(self._language)
        else:
            last = self._local(end)
            shown = f"{last:%H:%M}" if last.date() == first.date() else f"{last:%Y-%m-%d %H:%M}"
        return f"{first:%Y-%m-%d %H:%M} - {shown} ({self._zone_name()})"

    def _latest(self, horizon: str) -> str:
        start = self._draft.postmortem.incident_start or self._draft.postmortem.created
        return latest_due(Horizon(horizon), self._local(start).date()).isoformat()

    def _due(self, due: DueDate) -> str:
        return f"{due.on.isoformat()}{self._marks(due) if due.support in SUPPORT else ''}"

    def _skipped(self, skipped: Mapping[Skipped, int]) -> str:
        told = (f"{SKIPPED[reason].to(self._language)} {count}" for reason, count in skipped.items())
        return ", ".join(told) or "—"


def _check_folder(folder: Path) -> None:
    """A folder with none of the names that pmdraft looks for would be passed over in silence."""
    own = {SECTIONS, *(path.name for path in asset_dir("templates").iterdir())}
    try:
        found = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise InputError(f"{folder}: cannot be read ({error.strerror or error}); name a folder of templates") from error
    if not found & own:
        names = ", ".join(sorted(own))
        raise InputError(f"{folder}: holds no template; a template of your own takes the place of one of {names}")


def cited_links(page: Page, evidence: Sequence[Evidence]) -> dict[str, str]:
    """Where each piece of evidence can be opened."""
    return {item.id: web_address(item.permalink) or page.evidence_anchor for item in evidence}
