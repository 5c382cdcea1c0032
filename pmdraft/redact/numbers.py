"""Whether a run of digits is what it looks like."""

import ipaddress
import re

_NOT_DIGITS = re.compile(r"\D+")
# Weights of the eleven digits before the check digit, from the left; the ordinance of the Ministry of Internal Affairs
# and Communications on Individual Numbers (平成26年総務省令第85号, article 5).
_MY_NUMBER_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_JAPANESE_PHONE_LENGTHS = (10, 11)
# ITU-T E.164: a country code and up to fifteen digits in all.
_E164_LENGTHS = range(8, 16)


def always(text: str) -> bool:
    """Nothing more to ask."""
    del text
    return True


def digits(text: str) -> str:
    """The digits alone."""
    return _NOT_DIGITS.sub("", text)


def is_card(text: str) -> bool:
    """Whether the check digit is that of a payment card (Luhn; ISO/IEC 7812-1), and the digits are not all alike."""
    number = digits(text)
    if not 13 <= len(number) <= 19 or len(set(number)) < 2:
        return False
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_my_number(text: str) -> bool:
    """Whether the check digit is that of a Japanese Individual Number (マイナンバー)."""
    number = digits(text)
    if len(number) != 12:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _MY_NUMBER_WEIGHTS, strict=False)) % 11
    return int(number[-1]) == (0 if total <= 1 else 11 - total)


def is_phone(text: str) -> bool:
    """Whether there are as many digits as a telephone number has."""
    number = digits(text)
    if text.lstrip("( ").startswith("+"):
        return len(number) in _E164_LENGTHS
    return len(number) in _JAPANESE_PHONE_LENGTHS


def is_ip(text: str) -> bool:
    """Whether it is an address of the Internet Protocol that could be somebody's: not loopback, not unspecified."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)
