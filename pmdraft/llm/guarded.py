"""What is asked of an endpoint's every HTTP response: that it comes from the host that was named, and that it ends."""

from typing import Any

MOST_BYTES = 64 * 1024**2
"""Of one response, unpacked; the longest answer that a model writes is well under one megabyte."""


class Refused(Exception):
    """A response that is not taken; the text says why, for the user."""


def guard(response: Any) -> None:
    """Read a response as far as it may go; a hook of the SDK's HTTP client.

    Raises:
        Refused: it sends the request, and all evidence in it, to another host, or in the clear; or it does not end.
    """
    if response.has_redirect_location:
        _check_redirect(response)
    parts: list[bytes] = []
    left = MOST_BYTES
    for part in response.iter_bytes():
        left -= len(part)
        if left < 0:
            raise Refused(f"it answers with more than {MOST_BYTES >> 20} MB")
        parts.append(part)
    response._content = b"".join(parts)


def _check_redirect(response: Any) -> None:
    here, there = response.url, response.url.join(response.headers["location"])
    if there.host != here.host:
        raise Refused(f"it sends requests on to {there.host}")
    if here.scheme == "https" and there.scheme != "https":
        raise Refused("it sends requests on without encryption")
