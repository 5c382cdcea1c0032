from pmdraft.checks.blame import find_blame
from pmdraft.evidence import Person
from pmdraft.findings import Level

PEOPLE = (Person(id="U1", handle="dana", names=("高村 花",)), Person(id="B1", handle="pager", is_bot=True))


def test_a_statement_that_blames_is_a_finding_at_its_path() -> None:
    texts = [("timeline[0].event", "Dana restarted the pod.", "timeline"), ("causes[1]", "高村が更新を忘れた。", None)]

    (finding,) = find_blame(texts, PEOPLE)

    assert (finding.where.path, finding.where.span) == ("causes[1]", (0, 9))
    assert finding.rule == "blameless.ja.fault-verb"
    assert finding.level is Level.ERROR


def test_a_bot_is_nobody_to_blame() -> None:
    assert find_blame([("causes[0]", "Pager failed to page anyone.", None)], PEOPLE) == ()
