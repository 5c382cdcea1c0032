"""What an endpoint's failures mean: which pass, which are about one request, and which end the run."""

import re
from typing import TYPE_CHECKING

from pmdraft.errors import BadAnswer, ModelUnavailable, PromptTooLong, brief
from pmdraft.llm.patience import Passing, retry_after

if TYPE_CHECKING:
    import openai

# OpenAI, vLLM, llama.cpp, Anthropic, Google and DeepSeek, each in its own words.
_TOO_LONG = re.compile(
    r"context_length|context_size|(?:context|input|prompt)[^.]{0,40}(?:length|window|size|tokens?)\b[^.]{0,80}"
    r"(?:exceed|maximum|limit)|(?:exceed|maximum|larger than)[^.]{0,60}(?:context|input token|prompt)"
    r"|(?:prompt|input|request)[^.]{0,20} too (?:long|large)|too many (?:input )?tokens",
    re.IGNORECASE,
)
_FILTERED = re.compile(r"content[_ ](?:filter|management policy)|ResponsibleAIPolicyViolation", re.IGNORECASE)
_TO_DO = {
    401: "check OPENAI_API_KEY",
    402: "the account has no credit; add some",
    403: "check OPENAI_API_KEY",
    404: "check --model and --base-url",
}


def translated(error: "openai.APIStatusError", name: str, key: str) -> Exception:
    """The error of ours that an HTTP status with its body means.

    Args:
        error: what the SDK made of it.
        name: the model's name.
        key: the API key; some servers repeat the one that they refuse.
    """
    said = brief(error.message.replace(key or "\0", "***"))
    status = error.status_code
    if told := about_one_request(
        error.message, str(error.code or ""), name, found=_found(error.body), rejected=status in (400, 413, 422)
    ):
        return told
    passing = status in (408, 409, 429) or status >= 500
    asked_not_to = error.response.headers.get("x-should-retry") == "false"
    if passing and not asked_not_to and "insufficient_quota" not in (error.code, error.type):
        return Passing(f"HTTP {status}: {said}", retry_after(error.response.headers))
    hint = _TO_DO.get(status, "check the endpoint")
    if "insufficient_quota" in (error.code, error.type):
        hint = "the account's quota is used up; check its plan and billing"
    return ModelUnavailable(f"model {name!r}: HTTP {status}: {said}; {hint}")


def about_one_request(said: str, code: str, name: str, *, found: str = "", rejected: bool = True) -> BadAnswer | None:
    """The error, if what an endpoint said is about this one request: too long, or caught by its content filter.

    Args:
        said: the endpoint's words.
        code: its code for it, if it gave one.
        name: the model's name.
        found: what a content filter says that it found.
        rejected: whether it is a rejection of the request; only those are read for their words.
    """
    if code == "content_filter" or (rejected and _FILTERED.search(said)):
        stopped = f"the endpoint's content filter stopped the request{found}; narrow it with --since and --until"
        return BadAnswer(f"model {name!r}: {stopped}")
    if code == "context_length_exceeded" or (rejected and _TOO_LONG.search(said)):
        return PromptTooLong(f"model {name!r}: the evidence is too long for it; lower --token-budget")
    return None


def _found(body: object) -> str:
    """What Azure's content filter found, in brackets, where it says so."""
    inner = body.get("innererror") if isinstance(body, dict) else None
    results = inner.get("content_filter_result") if isinstance(inner, dict) else None
    if not isinstance(results, dict):
        return ""
    kinds = [kind for kind, result in results.items() if isinstance(result, dict) and result.get("filtered") is True]
    return f" ({brief(', '.join(map(str, kinds)))})" if kinds else ""
