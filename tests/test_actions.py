"""An owner, a date or an issue that nobody named is not in the draft."""

from datetime import date

from pmdraft.drafting.actions import action_item, proposed_action
from pmdraft.drafting.claims import Claims
from pmdraft.evidence import Person
from pmdraft.language import Language
from pmdraft.postmortem import ActionItem, Horizon, Status
from pmdraft.statement import Basis
from pmdraft.wire import ActionClaim, Proposal, Quoted
from tests.builders import evidence, incident

DAY = date(2025, 10, 27)
SAID = evidence("S1", "アラートは #1234、11/3までに自分がやります", at="2025-10-28T09:41:00+09:00", author="bob")
ASKED = evidence("S2", "@charlie さん、env化お願いします", at="2025-10-28T09:44:00+09:00", author="alice")
PEOPLE = (Person(id="U2", handle="bob", names=("高橋",)), Person(id="U3", handle="charlie", names=("鈴木 一",)))


WHOLE = incident(SAID, ASKED, people=PEOPLE)
SAID_SO = Quoted(id="S1", words="アラートは #1234、11/3までに自分がやります")
ASKED_SO = Quoted(id="S2", words="env化お願いします")


def item(**fields: object) -> ActionItem:
    whole = {
        "evidence": [SAID_SO],
        "text": "アラートを追加する",
        "owner": "bob",
        "due_quote": "11/3",
        "status": "in_progress",
        "issue": "#1234",
        "horizon": "long",
        "verification": None,
    }
    claim = ActionClaim.model_validate(whole | fields)
    made = action_item(claim, WHOLE, DAY, Claims(WHOLE, Language.EN))
    assert made is not None
    return made


def test_owner_date_and_issue_that_were_said_are_kept_with_their_message() -> None:
    found = item()

    assert found.owner is not None
    assert (found.owner.text, found.owner.evidence) == ("@bob", ("S1",))
    assert found.due is not None
    assert (found.due.on, found.due.text, found.due.evidence) == (date(2025, 11, 3), "11/3", ("S1",))
    assert found.issue is not None
    assert found.issue.text == "#1234"


def test_the_bucket_follows_the_date_that_was_said() -> None:
    assert item().horizon is Horizon.SHORT


def test_an_owner_who_was_asked_is_found_by_handle_or_by_name() -> None:
    by_handle = item(evidence=[ASKED_SO], owner="charlie", due_quote=None, issue=None)
    by_name = item(evidence=[ASKED_SO], owner="鈴木 一", due_quote=None, issue=None)

    assert by_handle.owner is not None
    assert by_name.owner is not None
    assert by_handle.owner.text == by_name.owner.text == "@charlie"


def test_an_owner_whom_the_evidence_does_not_name_is_dropped() -> None:
    assert item(owner="charlie").owner is None


def test_a_date_that_nobody_said_is_dropped() -> None:
    assert item(due_quote="11/10").due is None


def test_an_issue_number_that_is_part_of_another_is_dropped() -> None:
    assert item(issue="#123").issue is None


def test_what_is_not_done_is_not_an_immediate_action() -> None:
    found = item(horizon="immediate", due_quote=None)

    assert found.horizon is Horizon.SHORT


def test_an_immediate_action_is_dated_by_its_evidence() -> None:
    found = item(horizon="immediate", status="done", due_quote=None)

    assert found.horizon is Horizon.IMMEDIATE
    assert found.status is Status.DONE
    assert found.due is not None
    assert (found.due.on, found.due.basis) == (date(2025, 10, 28), Basis.COMPUTED)


def test_an_action_whose_words_nobody_said_is_no_action() -> None:
    claims = Claims(WHOLE, Language.EN)
    invented = Quoted(id="S1", words="I will rewrite everything in a week")
    claim = ActionClaim(
        evidence=[invented],
        text="Rewrite everything",
        owner="bob",
        due_quote=None,
        status=Status.NOT_STARTED,
        issue=None,
        horizon=Horizon.LONG,
        verification=None,
    )

    assert action_item(claim, WHOLE, DAY, claims) is None
    assert [rejected.text for rejected in claims.rejected] == ["Rewrite everything"]


def test_how_an_action_is_verified_is_stated_only_if_somebody_said_so() -> None:
    how = {"text": "アラートが発火すること"}

    said = item(verification={**how, "said_so": [SAID_SO]}).verification
    proposed = item(verification={**how, "said_so": []}).verification
    invented = item(verification={**how, "said_so": [Quoted(id="S1", words="発火を確認してから閉じます")]}).verification

    assert said is not None
    assert (said.basis, said.evidence) == (Basis.STATED, ("S1",))
    assert proposed is not None
    assert (proposed.basis, proposed.evidence) == (Basis.PROPOSED, ())
    assert invented is not None
    assert (invented.basis, invented.evidence) == (Basis.PROPOSED, ())


def test_a_proposal_has_neither_owner_nor_date_and_looks_like_one() -> None:
    proposal = Proposal(evidence=[SAID_SO], text="演習を行う", horizon="long", verification="日程が決まる")

    found = proposed_action(proposal, Claims(WHOLE, Language.JA))

    assert found is not None
    assert (found.owner, found.due, found.issue, found.status) == (None, None, None, Status.NOT_STARTED)
    assert found.action.basis is Basis.PROPOSED
    assert found.verification is not None
    assert found.verification.basis is Basis.PROPOSED
