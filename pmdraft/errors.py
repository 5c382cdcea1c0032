"""Everything that pmdraft raises.

PmdraftError
├── InputError              something the user gave cannot be read or used
│   └── ChannelNotFound     no such channel
├── SlackError              Slack itself refused, or cannot be reached
├── UsageError              an option has no such value, or does not go with another
├── OutputExists            a file is there already and may not be replaced
├── Interrupted             the user stopped the run
└── ModelError
    ├── ModelUnavailable    the endpoint cannot be used: refused, timed out, wrong key
    │   └── LimitReached    the request would cost more than the run may
    ├── BadAnswer           the model answered, but not with what was asked
    │   ├── CutOff          its answer is not whole: it came to the model's length limit
    │   └── PromptTooLong   the request is longer than the model takes
    └── RecordingMiss       a replay was asked for something that was never recorded
"""

from pmdraft.shown import one_line


class PmdraftError(Exception):
    """Base of every error that pmdraft raises; its text is one line for the user."""


class InputError(PmdraftError):
    """Something the user gave cannot be read or used."""


class ChannelNotFound(InputError):
    """There is no channel of that name or id."""


class SlackError(PmdraftError):
    """Slack's Web API refused a request, or cannot be reached.

    Args:
        message: one line for the user.
        code: Slack's own word for it, such as `missing_scope`; empty where it gave none.
    """

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class UsageError(PmdraftError):
    """An option has no such value, or does not go with another."""


class OutputExists(PmdraftError):
    """A file is there already, and replacing it was not asked for."""


class Interrupted(PmdraftError):
    """The user stopped the run; the text says how to go on."""


class ModelError(PmdraftError):
    """A request to the model gave nothing that can be used."""


class ModelUnavailable(ModelError):
    """The endpoint cannot be used, so asking it for another part is pointless."""


class LimitReached(ModelUnavailable):
    """The request would cost more than the run may."""


class BadAnswer(ModelError):
    """The model answered, but not with what was asked."""


class CutOff(BadAnswer):
    """The answer is not whole: it came to the model's length limit."""


class PromptTooLong(BadAnswer):
    """The request is longer than the model takes."""


class RecordingMiss(ModelError):
    """A recording holds no response to this request."""


def brief(text: str) -> str:
    """The first 200 characters on one line; other people's errors echo whole requests."""
    return one_line(text, 200)
