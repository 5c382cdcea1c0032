"""Action items that can be carried out and checked: what is done to what, by whom, until when, and how it shows."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pmdraft.checks.action_wording import search, vague_words
from pmdraft.checks.rules import check_rules
from pmdraft.evidence import Incident
from pmdraft.findings import Finding, Where
from pmdraft.language import Language
from pmdraft.likeness import terms_of
from pmdraft.policy import horizon_of, latest_due
from pmdraft.postmortem import ActionItem, Horizon, Postmortem, Status
from pmdraft.statement import Basis, Statement

# How much an action and a cause must share for the one to be about the other.
_SHARED_TERMS = 2
_FEW = 3


def check_actions(postmortem: Postmortem, incident: Incident, language: Language) -> tuple[Finding, ...]:
    """A finding for each action item that cannot be carried out as it stands, and for causes that none is about."""
    found: list[Finding] = []
    for number, item in enumerate(postmortem.action_items):
        place = f"action_items[{number}]"
        found += _wording(place, item, language)
        found += _owner(place, item, incident, language)
        found += _due(place, item, postmortem, incident, language)
    found += _blanks(postmortem, language)
    found += _causes(postmortem, language)
    return tuple(found)


def _wording(place: str, item: ActionItem, language: Language) -> Iterator[Finding]:
    if item.status is Status.DONE:
        return
    said = vague_words(item.action.text, verified=_can_be_seen(item.verification), taken_on=bool(item.owner))
    if said is not None:
        rule, span = said
        words = item.action.text[slice(*span)].strip(" 　。.")
        yield check_rules()[rule].finding(Where(path=f"{place}.action", span=span), language, words=words)
    if item.verification and not _can_be_seen(item.verification):
        yield check_rules()["action.verification"].finding(Where(path=f"{place}.verification"), language)


def _can_be_seen(verification: Statement | None) -> bool:
    return verification is not None and search("measurable", verification.text) is not None


def _owner(place: str, item: ActionItem, incident: Incident, language: Language) -> Iterator[Finding]:
    if item.owner is None or not incident.people or item.owner.basis is Basis.HUMAN:
        return
    from pmdraft.drafting.actions import names_whom  # noqa: PLC0415 - what reads a file's actions need not load it

    wanted = item.owner.text.strip().lstrip("@")
    roster = {name.casefold() for person in incident.people for name in (person.handle, person.id, *person.names)}
    cited = [known[name].text for name in item.owner.evidence if name in (known := incident.by_id())]
    if wanted.casefold() not in roster and not any(names_whom(text, f"@{wanted}") for text in cited):
        yield check_rules()["action.owner"].finding(Where(path=f"{place}.owner"), language, owner=item.owner.text)


def _due(
    place: str, item: ActionItem, postmortem: Postmortem, incident: Incident, language: Language
) -> Iterator[Finding]:
    if item.due is None:
        return
    zone = incident.zone
    start = (postmortem.incident_start or incident.evidence[0].at).astimezone(zone).date()
    end = (postmortem.incident_end or incident.evidence[-1].at).astimezone(zone).date()
    if item.due.on < start:
        yield check_rules()["consistency.due-early"].finding(
            Where(path=f"{place}.due"), language, due=item.due.on, day=start
        )
        return
    latest = latest_due(item.horizon, max(start, end) if item.horizon is Horizon.IMMEDIATE else start)
    fits = horizon_of(item.due.on, start)
    # An action that is done at once may be written up under a later date's bucket, but not the other way round.
    if item.due.on > latest or (item.horizon is not Horizon.IMMEDIATE and fits is not item.horizon and _is_said(item)):
        yield check_rules()["consistency.due"].finding(
            Where(path=f"{place}.due"), language, due=item.due.on, horizon=item.horizon.value, latest=latest
        )


def _is_said(item: ActionItem) -> bool:
    return item.due is not None and item.status is not Status.DONE


def _blanks(postmortem: Postmortem, language: Language) -> Iterator[Finding]:
    """Actions that were said and are yet to be done, without an owner, a date or a way to see them done."""
    open_ones = [
        (number, item)
        for number, item in enumerate(postmortem.action_items)
        if item.status is not Status.DONE and item.action.basis is not Basis.PROPOSED
    ]
    blanks = {
        "action.unassigned": [number for number, item in open_ones if item.owner is None],
        "action.undated": [number for number, item in open_ones if item.due is None],
        "action.unverified": [
            number
            for number, item in open_ones
            if item.verification is None and not search("verified_in_text", item.action.text)
        ],
    }
    for rule, missing in blanks.items():
        if missing:
            places = ", ".join(f"action_items[{number}]" for number in missing)
            yield check_rules()[rule].finding(Where(path="action_items"), language, n=len(missing), places=places)


def _causes(postmortem: Postmortem, language: Language) -> Iterator[Finding]:
    """A cause or contributing factor that no action is about, and that nobody accepted as a risk."""
    causes = [(f"contributing_factors[{n}]", factor) for n, factor in enumerate(postmortem.contributing_factors)]
    if postmortem.five_whys.root_cause:
        causes.insert(0, ("five_whys.root_cause", postmortem.five_whys.root_cause))
    telling = _telling_terms([cause for _, cause in causes], postmortem.action_items)
    for path, cause in causes:
        accepted = search("accepted", cause.text)
        if not accepted and not any(_is_about(item, cause, telling) for item in postmortem.action_items):
            yield check_rules()["action.cause"].finding(Where(path=path), language)


def _telling_terms(causes: Sequence[Statement], items: Sequence[ActionItem]) -> frozenset[str]:
    """The terms that few causes and actions share, so that one of them is enough to tie two together."""
    counted = Counter(term for text in (*(c.text for c in causes), *map(_whole, items)) for term in terms_of(text))
    return frozenset(term for term, number in counted.items() if number <= _FEW and len(term) > 2)


def _is_about(item: ActionItem, cause: Statement, telling: frozenset[str]) -> bool:
    if set(item.action.evidence) & set(cause.evidence):
        return True
    shared = {term for term in terms_of(_whole(item)) & terms_of(cause.text) if not term[0].isdigit()}
    return len(shared) >= _SHARED_TERMS or bool(shared & telling)


def _whole(item: ActionItem) -> str:
    return f"{item.action.text} {item.verification.text if item.verification else ''}"
