"""What becomes of statements that the checks flag: they stay, marked, or move to the ledger."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pmdraft.checks.rules import Handling, check_rules
from pmdraft.findings import Finding, Level
from pmdraft.ledger import Rejected
from pmdraft.places import parts_of, path_of, shifted, take_out, value_at
from pmdraft.policy import Unsupported
from pmdraft.postmortem import Postmortem
from pmdraft.statement import Statement
from pmdraft.walk import statements

_FAMILIES = ("grounding.", "citation.", "verification.")
# What can go without tearing the draft: the timeline's rows, which all durations are counted from, and the chain of
# whys stay. Where the flagged words are what an item is about, the whole item goes.
_WHOLE = re.compile(
    r"(?P<piece>(?:what_happened|contributing_factors|went_well|went_badly)\[\d+\]"
    r"|summary\.(?:what_happened|impact|resolution)|impact\.(?:services|users|scope|data_loss|business)"
    r"|timeline\[\d+\]\.action|review\.meeting|sections\[\d+\]\.statements\[\d+\]"
    r"|(?:alternatives|disagreements)\[\d+\]\.outcome|disagreements\[\d+\]\.positions\[\d+\]"
    r"|action_items\[\d+\]\.(?:owner|due|issue|verification)|lessons\.(?:technical|process)\[\d+\]\.points\[\d+\])"
    r"|(?P<item>detection\.methods\[\d+\](?=\.detail)|alternatives\[\d+\](?=\.explanation)"
    r"|action_items\[\d+\](?=\.action)|lessons\.(?:technical|process)\[\d+\](?=\.lesson)).*"
)


class Moved(NamedTuple):
    """A draft after what is not borne out has moved."""

    postmortem: Postmortem
    findings: tuple[Finding, ...]
    """All of them; those about what moved name its place in the ledger, `ledger.R1`."""
    rejected: tuple[Rejected, ...]


def move_unsupported(postmortem: Postmortem, findings: tuple[Finding, ...], policy: Unsupported) -> Moved:
    """Move the statements that the policy wants moved.

    Args:
        postmortem: the checked draft.
        findings: what the checks found in it.
        policy: what becomes of flagged statements.
    """
    told: dict[str, list[Finding]] = {}
    for finding in findings:
        piece = _piece(finding.where.path)
        if piece is not None and _is_to_move(finding, policy):
            told.setdefault(piece, []).append(finding)
    texts = dict(statements(postmortem))
    order = [piece for piece in dict.fromkeys(_piece(path) for path in texts) if piece in told]
    data = postmortem.model_dump(mode="json")
    rejected = [
        _rejected(f"R{number}", piece, value_at(data, parts_of(piece)), told[piece], texts)
        for number, piece in enumerate(order, 1)
        if piece is not None
    ]
    if not rejected:
        return Moved(postmortem, findings, ())
    # From the end, so that the places before stay what they are.
    for item in reversed(rejected):
        take_out(data, parts_of(item.path or ""))
    return Moved(Postmortem.model_validate(data), tuple(_renamed(findings, rejected)), tuple(rejected))


def _is_to_move(finding: Finding, policy: Unsupported) -> bool:
    if policy is Unsupported.MARK or finding.level is Level.INFO or not finding.rule.startswith(_FAMILIES):
        return False
    rule = check_rules().get(finding.rule)
    return policy is Unsupported.MOVE or (rule is not None and rule.handling is Handling.MOVE)


def _piece(path: str) -> str | None:
    match = _WHOLE.fullmatch(path)
    return (match["piece"] or match["item"]) if match else None


def _rejected(name: str, piece: str, value: object, found: Iterable[Finding], texts: dict[str, Statement]) -> Rejected:
    reasons = list(found)
    first = texts[next(path for path in texts if _piece(path) == piece)]
    return Rejected.model_validate(
        {
            "part": re.split(r"[.\[]", piece)[0],
            "text": first.text,
            "reason": "; ".join(dict.fromkeys(finding.message for finding in reasons)),
            "evidence": first.evidence,
            "nearest": next((finding.nearest for finding in reasons if finding.nearest), None),
            "id": name,
            "path": piece,
            "piece": value,
        }
    )


def _renamed(findings: Iterable[Finding], rejected: Iterable[Rejected]) -> Iterable[Finding]:
    """The findings by the places that their statements have now."""
    moved = [(parts_of(item.path or ""), item.id) for item in rejected]
    for finding in findings:
        parts = parts_of(finding.where.path)
        name = next((name for place, name in moved if parts[: len(place)] == place), None)
        if name is not None:
            path = f"ledger.{name}"
        else:
            for place, _ in reversed(moved):
                parts = shifted(parts, place, -1)
            path = path_of(parts)
        where = finding.where.model_copy(update={"path": path})
        yield finding if path == finding.where.path else finding.model_copy(update={"where": where})
