"""The outline's impact: what was said last, word for word, and None where nothing was."""

from pmdraft.evidence import Channel
from pmdraft.language import Language
from pmdraft.outline import outline_impact
from pmdraft.postmortem import DetectionChannel, Severity
from pmdraft.wire import Claim, DetectionClaim
from tests.builders import evidence, incident
from tests.outline.said import alert, log, said


def cited(claim: Claim | DetectionClaim) -> list[str]:
    return [quoted.id for quoted in claim.evidence]


def test_the_title_is_what_the_first_alert_watches() -> None:
    answer = outline_impact(incident(said(1, "14:00", "hm"), alert(1, "14:25"), alert(2, "14:30")), Language.EN)

    assert (answer.title.text, cited(answer.title)) == ("API error rate high", ["A1"])


def test_without_an_alert_the_title_is_the_channel_or_the_first_message() -> None:
    whole = incident(said(1, "14:00", "API is down\nsince noon"))
    logged = incident(log(1, "13:00", "INFO reloaded"), said(1, "14:00", "API is down"))
    named = logged.model_copy(update={"channel": Channel(id="C1", name="inc-db")})
    title = outline_impact(named, Language.EN).title

    assert (title.text, cited(title)) == ("#inc-db", ["S1"])
    assert outline_impact(whole, Language.EN).title.text == "API is down since noon"


def test_an_alert_whose_text_has_no_colon_still_gives_a_title() -> None:
    answer = outline_impact(incident(evidence("A1", "API error rate high")), Language.EN)

    assert answer.title.text == "API error rate high"


def test_the_last_figure_that_was_told_wins_and_questions_are_no_figures() -> None:
    answer = outline_impact(
        incident(
            said(1, "14:30", "about 500 users affected"),
            said(2, "14:50", "correction, 1,200 users"),
            said(3, "15:00", "really 9000 users?"),
        ),
        Language.EN,
    )

    assert answer.users is not None
    assert (answer.users.text, cited(answer.users)) == ("“correction, 1,200 users”", ["S2"])


def test_what_nobody_spoke_of_is_none() -> None:
    answer = outline_impact(incident(said(1, "14:30", "hm")), Language.EN)

    assert answer.severity is None
    assert answer.detection == []
    told = (answer.services, answer.users, answer.scope, answer.data_loss, answer.what_happened, answer.resolution)
    assert told == (None,) * 6


def test_money_is_left_to_people() -> None:
    answer = outline_impact(incident(said(1, "14:30", "売上の影響は約100万円です")), Language.JA)

    assert answer.business is None


def test_the_services_are_those_of_the_alerts_each_once() -> None:
    whole = incident(
        alert(1, "14:25", service="api"), alert(2, "14:26", service="db"), alert(3, "14:27", service="api")
    )

    answer = outline_impact(whole, Language.EN)

    assert answer.services is not None
    assert (answer.services.text, cited(answer.services)) == ("named by the alerts: api, db", ["A1", "A2"])


def test_the_severity_is_the_declared_one() -> None:
    answer = outline_impact(incident(said(1, "14:30", "SEV-2 を宣言します")), Language.JA)

    assert answer.severity is not None
    assert (answer.severity.level, answer.severity.evidence) == (Severity.SEV2, ["S1"])


def test_an_alert_of_each_tool_is_a_way_of_detection() -> None:
    answer = outline_impact(incident(alert(1, "14:25"), alert(2, "14:26", author="Datadog")), Language.EN)

    (method,) = answer.detection
    assert (method.channel, cited(method), method.text) == (DetectionChannel.ALERT, ["A1", "A2"], "PagerDuty, Datadog")


def test_the_resolution_is_the_last_mitigation_before_the_recovery() -> None:
    answer = outline_impact(
        incident(
            said(1, "14:40", "restarted the pods"),
            said(2, "14:50", "rolled back to v41"),
            said(3, "15:00", "back to normal"),
            said(4, "16:00", "for the notes: we rolled back to v41 in the end"),
        ),
        Language.EN,
    )

    assert answer.resolution is not None
    assert cited(answer.resolution) == ["S2"]
