"""Numbers of people, addresses, and people's names."""

import pytest

from pmdraft.evidence import Person
from pmdraft.llm.seam import Message, Reply, Request
from pmdraft.redact import PseudonymModel, Redactor


def clean(text: str, *, addresses: bool = False) -> str:
    return Redactor(addresses=addresses).clean(text)


# The test numbers of card networks, and numbers set aside for fiction or made up with a right check digit.
NUMBERS = [
    ("card", "4242 4242 4242 4242"),
    ("card", "5555555555554444"),
    ("card", "3782-822463-10005"),
    ("phone", "090-1234-5678"),
    ("phone", "03-1234-5678"),
    ("phone", "0120-123-456"),
    ("phone", "(03) 1234-5678"),
    ("phone", "+81 90-1234-5678"),
    ("phone", "+1 (415) 555-0132"),
    ("phone", "(415) 555-0132"),
    ("my_number", "1234-5678-9018"),
    ("email", "taro@例え.jp"),
]


@pytest.mark.parametrize(("kind", "number"), NUMBERS)
@pytest.mark.parametrize(("before", "after"), [("it is ", " here"), ("番号は", "です。"), ("「", "」"), ("", "")])
def test_a_number_of_a_person_becomes_a_placeholder(kind: str, number: str, before: str, after: str) -> None:
    assert clean(f"{before}{number}{after}") == f"{before}REDACTED_{kind.upper()}_1{after}"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("電話 ０９０－１２３４－５６７８ まで", "電話 REDACTED_PHONE_1 まで"),
        ("マイナンバー：１２３４５６７８９０１８", "マイナンバー：REDACTED_MY_NUMBER_1"),
        ("カード４２４２４２４２４２４２４２４２で", "カードREDACTED_CARD_1で"),
        ("TEL:0312345678", "TEL:REDACTED_PHONE_1"),
    ],
)
def test_full_width_digits_are_digits(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-27 14:23:05",
        "order 4242424242424241",
        "trace 123e4567-e89b-12d3-a456-426614174000",
        "build 2025.10.27-1234",
        "request 1761543780.123456",
        "commit 0123456789012345678901234567890123456789",
        "pool 100/100, 243 pending, p99 1,234 ms",
        "0.4ms と 0.5ms の間",
        "1234-5678-9012",
        "v1.2.3-4567-8901",
        "10.0.3.17:5432",
        "3,600 → 1,200",
        "ids 1001 1002 1003 1004 1005",
        "port 8080-8090-9090",
        "0000 0000 0000 0000",
        "+1 for a rollback, +2 more",
        "UTC+09:00",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("address", ["10.0.3.17", "203.0.113.7", "2001:db8::8a2e:370:7334", "fe80::1"])
def test_addresses_go_only_if_they_are_to(address: str) -> None:
    text = f"api-3 ({address}) から接続"

    assert clean(text) == text
    assert clean(text, addresses=True) == "api-3 (REDACTED_IP_1) から接続"


@pytest.mark.parametrize("text", ["version 1.2.3.4.5", "at 14:23:05", "127.0.0.1", "0.0.0.0:80", "999.1.1.1", "::"])
def test_what_is_no_address_of_anybody_stays(text: str) -> None:
    assert clean(text, addresses=True) == text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("the token is abc123def456", "abc123def456"),
        ("DB_PASSWORD=ab&cd,ef'gh", "cd,ef'gh"),
        ("export API_TOKEN=x&y,z;long", "y,z;long"),
        ("AC" + "0123456789abcdef" * 2, "0123456789abcdef" * 2),
        ("bot" + "123456789:AA" + "Hk" * 17, "Hk" * 17),
        ("AccountKey=" + "Eby8vdM02xNO" + "cqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq==", "cqFlqUwJPL"),
        ("glsa_" + "a1B2" * 8 + "_0f3c9d1e", "a1B2a1B2"),
        ("ya29." + "a0AfH6SMBx" * 3, "a0AfH6SMBx"),
        (
            "-----BEGIN RSA PRIVATE KEY-----\n" + ("A1b2C3d4" * 8 + "\n") * 600 + "-----END RSA PRIVATE KEY-----",
            "A1b2C3d4",
        ),
        ("-----BEGIN EC PRIVATE KEY-----\n" + "A1b2C3d4" * 8 + "\nshort1==", "short1=="),
    ],
)
def test_secrets_written_in_odd_ways_are_replaced_too(text: str, secret: str) -> None:
    assert secret not in clean(f"{text}\n")


def test_talk_after_a_key_that_was_cut_off_stays() -> None:
    text = "-----BEGIN EC PRIVATE KEY-----\n" + "A1b2C3d4" * 8 + "\nこれは鍵です。消してください"

    assert clean(text) == "REDACTED_PRIVATE_KEY_1\nこれは鍵です。消してください"


class Echo:
    """Answers with what it was asked."""

    name = "echo"

    def __init__(self) -> None:
        self.asked = ""

    def complete(self, request: Request) -> Reply:
        self.asked = request.messages[0].content
        return Reply(self.asked)


PEOPLE = [
    Person(id="U1", handle="taka", names=("高橋 健", "高橋")),
    Person(id="U2", handle="mori", names=("森",)),
    Person(id="U3", handle="deploybot", names=("Deploy Bot",), is_bot=True),
]


def test_a_model_sees_pseudonyms_and_the_answer_has_the_names() -> None:
    echo = Echo()
    text = '@taka と高橋さん、高橋 健、森さん、@mori が takahashi-db の森林を見た。deploybot より "person_9"'

    reply = PseudonymModel(echo, PEOPLE).complete(Request("timeline", (Message("user", text),), {}))

    assert reply.text == text
    assert echo.asked == (
        "@person_1 とperson_1bさん、person_1a、person_2aさん、@person_2 が takahashi-db の森林を見た。"
        'deploybot より "person_9"'
    )


def test_a_name_goes_back_as_json_writes_it() -> None:
    odd = [Person(id="U1", handle='Bob "B" Lee', names=())]

    class Fixed(Echo):
        def complete(self, request: Request) -> Reply:
            super().complete(request)
            return Reply('{"owner": "person_1"}')

    reply = PseudonymModel(Fixed(), odd).complete(Request("x", (Message("user", "hi"),), {}))

    assert reply.text == '{"owner": "Bob \\"B\\" Lee"}'


def test_a_roster_of_nobody_hides_nothing() -> None:
    assert PseudonymModel(Echo(), []).hidden("@taka") == "@taka"
