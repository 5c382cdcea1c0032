"""Secrets become placeholders, and nothing else does."""

import time

import pytest

from pmdraft.evidence import Person, Redaction
from pmdraft.redact import Redactor, redact
from tests.builders import evidence, incident

# Put together here, so that no scanner of this repository takes them for real ones.
AWS_ID = "AKIA" + "IOSFODNN7EXAMPLE"
AWS_SECRET = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
GITHUB = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
JWT = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0" + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7x\nq2V/8+=\n-----END RSA PRIVATE KEY-----"

SECRETS = [
    ("private_key", KEY),
    ("private_key", KEY.replace("RSA ", "")),
    ("private_key", KEY.replace("RSA ", "OPENSSH ")),
    ("aws_key_id", AWS_ID),
    ("aws_key_id", AWS_ID.replace("AKIA", "ASIA")),
    ("google_key", "AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"),
    ("slack_token", "xoxb-" + "123456789012-abcdefGHIJKL"),
    ("slack_token", "xoxe.xoxp-" + "1-Mi0yLTk4NzY1NDMyMTA"),
    ("slack_token", "xapp-" + "1-A111-222-abcdef"),
    ("github_token", GITHUB),
    ("github_token", "github_pat_" + "11ABCDEFG0abcdefghij_klmnopqrst"),
    ("gitlab_token", "glpat-" + "AbCdEfGhIjKlMnOpQrSt"),
    ("stripe_key", "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"),
    ("stripe_key", "whsec_" + "4eC39HqLyjWDarjtT1zdp7dc"),
    ("api_key", "sk-" + "proj-abcdefghij0123456789"),
    ("api_key", "EZAK" + "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0u1v2w3x4y5z6a1"),
    (
        "api_key",
        "dt0c01." + "ST2EY72KQINMH574WMNVI7YN.G3DFPBEJYMODIDAEX454M7YWBUVEFOWKPRVMWFASS64NFH52PX6BNDVFFM572RZM",
    ),
    ("api_key", "glagent-" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v2W3x4Y5"),
    ("api_key", "pplx-" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4"),
    ("api_key", "A1b" + "8Q~" + "C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"),
    ("jwt", JWT),
    ("email", "alice.o+ops@mail.example.co.jp"),
]
INSIDE = [
    ("aws_secret_key", "AWS_SECRET_ACCESS_KEY=", AWS_SECRET, ""),
    ("aws_secret_key", '"aws_secret_access_key": "', AWS_SECRET, '"'),
    ("slack_webhook", "https://hooks.slack.com/", "services/T000/B000/XXXXXXXX", " posted"),
    ("password", "postgres://app:", "s3cr/et".replace("/", "-"), "@db.internal:5432/app"),
    ("password", "redis://:", "hunter2", "@cache:6379"),
    ("token", "Authorization: Bearer ", "abc123def456", ""),
    ("token", "authorization: bearer ", "abc123def456", "\n"),
    ("token", "X-Api-Key: ", "abc123def456", ""),
    ("password", "password=", "hunter2!", " ok"),
    ("password", "DB_PASSWORD: '", "hunter2!", "'"),
    ("password", "pwd = ", "hunter2!", ""),
    ("password", '{"password":"', "hunter2!", '"}'),
    ("password", "client_secret=", "abc-123-def", "&grant=x"),
    ("password", "パスワードは「", "hunter2!", "」です"),
    ("password", "パスワード：", "hunter2!", " です"),
    ("github_token", r"log: first\n", GITHUB, r"\nlast"),
    ("api_key", "snyk = '", "3f2504e0-4f89-41d3-9A0c-0305e82c3301", "'"),
    ("api_key", '"okta": "', "00HMLF6Ijq3F-g90HUxbfruatO-LKO7L1EiYrQzbfe", '"'),
]


def clean(text: str) -> str:
    return Redactor().clean(text)


@pytest.mark.parametrize(("kind", "secret"), SECRETS)
@pytest.mark.parametrize(("before", "after"), [("it is ", " here"), ("鍵は", "です。"), ("(", ")"), ("", "")])
def test_a_secret_becomes_a_placeholder_of_its_kind(kind: str, secret: str, before: str, after: str) -> None:
    assert clean(f"{before}{secret}{after}") == f"{before}REDACTED_{kind.upper()}_1{after}"


@pytest.mark.parametrize(("kind", "before", "secret", "after"), INSIDE)
@pytest.mark.parametrize("prefix", ["", "設定に", "see "])
def test_only_the_secret_in_what_names_it_is_replaced(
    kind: str, before: str, secret: str, after: str, prefix: str
) -> None:
    assert clean(f"{prefix}{before}{secret}{after}") == f"{prefix}{before}REDACTED_{kind.upper()}_1{after}"


@pytest.mark.parametrize(
    "text",
    [
        "commit da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "codecov commit=da39a3ee5e6b4b0d3255bfef95601890afd80709",
        'datadog.trace_id: "da39a3ee5e6b4b0d3255bfef95601890"',
        "Grafana: dashboards-of-checkout-2025 is slow",
        "task-management-system-of-the-warehouse v1.2.10",
        "request 123e4567-e89b-12d3-a456-426614174000",
        "password reset page",
        "the password: required field is empty",
        "パスワードを変更しました",
        "パスワードは変更済みです",
        "token expired at 14:23",
        "token required 401",
        "14:23:05 から 15:45 まで",
        "2025-10-27T14:23:00+09:00",
        "https://example.com/path?page=2#top",
        "http://localhost:8080/users/@me",
        "see https://github.com/acme/api/pull/123",
        "@alice @高橋 please look",
        "risk-assessment-for-the-next-quarter",
        "disk-usage-of-the-database-server",
        "REDACTED_PASSWORD_1",
        "pool size 100 → 300, p99 1.2 s, SEV-1",
        "secret: prod",
        "the key is to retry",
        "basic authentication",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
        ("password=correcthorsebattery", "correcthorsebattery"),
        ("GET /hook?token=abc123def456ghi", "abc123def456ghi"),
        ('{"token": "abc123def456ghi"}', "abc123def456ghi"),
        ('{"x-api-key": "abc123def456ghi"}', "abc123def456ghi"),
        ("api-key=abc123def456ghi", "abc123def456ghi"),
        ("postgres://app:p@ss1word@db/app", "ss1word"),
        (KEY.replace("MIIE", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A\n\nMIIE"), "q2V/8+="),
    ],
)
def test_a_secret_written_in_another_way_is_replaced_too(text: str, secret: str) -> None:
    assert secret not in clean(text)


RANDOM = "Xk29fQz8" + "LmW4Tb7v"
USER_AND_PASSWORD = "YXBwOlhrMjlmUXo4" + "TG1XNFRiN3Y="
HASH = "9f86d081884c7d65" + "9a2feaa0c55ad015"
BESIDE = [
    ("the temp pass is ", "Winter" + "2026!", ""),
    ("認証コード", "839201", ""),
    ("otp ", "839201", " please"),
    ("x-vault-token: ", "s.AbCdEfGhIjKlMnOp", ""),
    ("api key ", "abcd1234efgh5678ijkl", ""),
    ('the passphrase: "', "correct horse battery staple", '"'),
    ("the db password was ", RANDOM, ""),
    ("Password\n", RANDOM, ""),
    ("password -> ", RANDOM, ""),
    ("password: `", RANDOM, "`"),
    ("password:\n```", RANDOM, "```"),
    ("*password:* ", RANDOM, ""),
    ("reset the password to ", RANDOM, ""),
    ("password=", "abc12", ""),
    ('password="', "ab'cd12ef", '"'),
    ("PW: ", RANDOM, ""),
    ("PWは", RANDOM, "です"),
    ("パスワードは、", RANDOM, "です"),
    ("パスワードは以下です\n", RANDOM, ""),
    ("パスワードは『", RANDOM, "』"),
    ("パスワードを ", RANDOM, " に変更しました"),
    ("仮パスワード　", RANDOM, ""),
    ("秘密鍵: ", RANDOM, ""),
    ("クライアントシークレットは ", RANDOM, ""),
    ("ＡＰＩキー：", RANDOM, ""),
    ("認証コード: ", "482913", ""),
    ("暗証番号は", "4829", "です"),
    ("your verification code is ", "482913", ""),
    ("SECRET_KEY = '", RANDOM, "'"),
    ("- name: DB_PASSWORD\n  value: ", RANDOM, ""),
    ('[{"name": "DB_PASSWORD", "value": "', RANDOM, '"}]'),
    (r'{"x": "{\"y\": \"{\\\"password\\\": \\\"', RANDOM, r'\\\"}\"}"}'),
    ("('x-api-key', '", RANDOM, "')"),
    ("https://x.example/api?key=", RANDOM, "&x=1"),
    ("data=%7B%22password%22%3A%22", RANDOM, "%22%7D"),
    ("postgres://app:", "Xk29/fQz8", "@db/x"),
    ("jdbc:oracle:thin:app/", RANDOM, "@db:1521/x"),
    ("nats://", RANDOM, "@host:4222"),
    ("curl -b 'session=", RANDOM, "' https://x"),
    ("JSESSIONID=", HASH, ""),
    ("docker login -u a -p ", RANDOM, " reg.example"),
    ("redis-cli -h x -a ", RANDOM, ""),
    ("echo ", RANDOM, " | docker login --password-stdin"),
    ("IDENTIFIED BY '", RANDOM, "'"),
    ("Basic ", USER_AND_PASSWORD, ""),
    ('{"auths":{"reg":{"auth":"', USER_AND_PASSWORD, '"}}}'),
    ("app:", "$2b$12$" + RANDOM * 3, ""),
    ("DD-APPLICATION-KEY: ", HASH + "12345678", ""),
    ("", "sbp_" + HASH + "12345678", ""),
    ("card:", "4111111111111111", ""),
    ("カード番号 ", "4111.1111.1111.1111", ""),
    ("", "4111–1111–1111–1111", ""),
    ("", "09012345678", " に連絡"),
    ("", "090−1234−5678", ""),
    ("", JWT.replace(".", ".\n"), ""),
]


NUMBERS = [
    ("tel:", "090-1234-5678", ""),
    ("電話：", "０３－１２３４－５６７８", ""),
    ("03-9999-0000/", "090-1234-5678", ""),
    ("", "090-1234-5678", "/03-9999-0000"),
    ("10,", "090-1234-5678", ",x"),
    ("", "03(1234)5678", ""),
    ("", "1-800-555-0199", ""),
    ("user:", "415-555-2671", ""),
    ("id,", "4111111111111111", ",2026-01"),
    ("no:", "4111 1111 1111 1111", ""),
    ("", "4111-1111-1111-1111", "/12/29"),
    ("client 203.0.113.9,", "198.51.100.7", ""),
    ("http://", "198.51.100.7", "/x"),
    ("client:", "198.51.100.7", ":8080"),
]


@pytest.mark.parametrize(("before", "secret", "after"), NUMBERS)
def test_a_number_is_replaced_whatever_mark_stands_beside_it(before: str, secret: str, after: str) -> None:
    cleaned = Redactor(addresses=True).clean(f"{before}{secret}{after}")

    assert secret not in cleaned
    assert "REDACTED_" in cleaned


@pytest.mark.parametrize(
    "text",
    [
        "2026/03/10 14:23:05,123 took 1,234.5ms, id=20260310142305",
        "order:4000123412341234 processed, 1.2.3.4",
        "03-10-2026 03:04:05, 2/3 on 03-04",
        "tests pass: 120 of 130, the pass rate was 98%",
        "api key rotation2026 job, error code 500123",
    ],
)
def test_numbers_of_other_things_stay(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(("before", "secret", "after"), BESIDE)
def test_a_secret_in_talk_or_in_a_command_is_replaced(before: str, secret: str, after: str) -> None:
    assert secret not in clean(f"{before}{secret}{after}")


@pytest.mark.parametrize(
    "text",
    [
        "パスワードは変更済みです。2回確認しました",
        "the password was hashed with sha256 before",
        "パスワードを 2025-10-27 に変更",
        "secret payment-api-v2 not found",
        "パスワードを「設定2」画面で変更",
        "OTP 1200 requests failed, verification code path 5",
        "cache key: user_profile_2, partition-key=orders2025",
        "git checkout -b fix-2 origin/main; deploy v1.090.1234",
        "basic checks, auth: service2 is fine",
        "redis-cli -p 6379 -h cache2",
        '["password", "user_id2", "token"]',
        "enode://0a1b2c3d@10.0.0.1",
        "パスワードは1Passwordにあります",
        "refresh token 2025-10-27T14:23:00 に失敗",
        "basic health-check-2 passed",
    ],
)
def test_what_only_stands_beside_the_word_is_left_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("パスワードはhunter2!です。DBに繋ぎました", "パスワードはREDACTED_PASSWORD_1です。DBに繋ぎました"),
        ("password=hunter2!。次はDB", "password=REDACTED_PASSWORD_1。次はDB"),
    ],
)
def test_the_sentence_round_a_password_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_the_same_secret_has_the_same_placeholder_and_another_the_next() -> None:
    redactor = Redactor()

    cleaned = [redactor.clean(f"password={secret}") for secret in ("hunter1!", "hunter2!", "hunter1!")]

    assert cleaned == [f"password=REDACTED_PASSWORD_{number}" for number in (1, 2, 1)]


def test_kinds_are_numbered_apart() -> None:
    assert clean(f"{AWS_ID} {GITHUB} a@example.com") == "REDACTED_AWS_KEY_ID_1 REDACTED_GITHUB_TOKEN_1 REDACTED_EMAIL_1"


def test_two_secrets_in_one_text_are_both_replaced() -> None:
    assert clean("password=hunter1! password=hunter2!") == "password=REDACTED_PASSWORD_1 password=REDACTED_PASSWORD_2"


def test_the_report_counts_different_secrets_and_never_shows_them() -> None:
    redactor = Redactor()
    redactor.clean(f"password=hunter1! password=hunter2! password=hunter1! {GITHUB}")

    assert redactor.report() == (Redaction(kind="github_token", count=1), Redaction(kind="password", count=2))


@pytest.mark.parametrize(
    "text",
    [secret for _, secret in SECRETS] + [f"{before}{secret}{after}" for _, before, secret, after in INSIDE],
)
def test_cleaning_twice_is_the_same_as_once(text: str) -> None:
    once = clean(f"{text} {text}")

    assert clean(once) == once


def test_every_text_of_an_incident_is_cleaned() -> None:
    item = evidence(text="password=hunter2!", author="a@example.com", permalink="https://u:hunter2!@slack.example/p1")
    person = Person(id="U1", handle="b@example.com", names=("Bob", "c@example.com"))

    cleaned = redact(incident(item, people=[person]))

    assert cleaned.evidence[0].text == "password=REDACTED_PASSWORD_1"
    assert cleaned.evidence[0].permalink == "https://u:REDACTED_PASSWORD_1@slack.example/p1"
    assert cleaned.evidence[0].author == "REDACTED_EMAIL_1"
    assert cleaned.people[0].handle == "REDACTED_EMAIL_2"
    assert cleaned.people[0].names == ("Bob", "REDACTED_EMAIL_3")
    assert cleaned.redactions == (Redaction(kind="email", count=3), Redaction(kind="password", count=1))


def test_the_service_of_an_alert_is_cleaned() -> None:
    cleaned = redact(incident(evidence("A1", service="https://u:hunter2!@node:9100")))

    assert "hunter2!" not in cleaned.model_dump_json()


def test_redacting_an_incident_twice_keeps_it_and_its_report() -> None:
    once = redact(incident(evidence(text=f"password=hunter2! {GITHUB} a@example.com")))

    assert redact(once) == once


def test_an_incident_without_secrets_stays_as_it_is() -> None:
    plain = incident(evidence(text="API is down"))

    assert redact(plain) == plain


@pytest.mark.parametrize(
    "piece",
    [
        "a", "eyJ", "eyJ-", "eyJaaaaaaaa.", "://", "://a:", "password=", "password:   ", "@", "a@", "a.", "1@a.",
        "-----BEGIN PRIVATE KEY", "-----BEGIN PRIVATE KEY-----", "AKIA", "ghp_", "xoxb-", "sk-", "bearer ", "token:a",
        'api_key="aaaaa', "aws_secret_key=", "hooks.slack.com/services/", "パスワード：", " ",
        "password to (", "name: A_TOKEN ", "eyJ-aaaaaaaa.",
    ],
)  # fmt: skip
def test_no_text_makes_cleaning_slow(piece: str) -> None:
    hostile = piece * (100_000 // len(piece)) + " @ eyj password secret private key value"
    started = time.process_time()

    clean(hostile)

    # Work that grows with the square of the text takes minutes here; what is linear, well under a second.
    assert time.process_time() - started < 10
