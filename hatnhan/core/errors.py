"""The three ways in which a request can fail for a reason that a person should read.

Each face (page, command, API) turns them into its own answer in one place.
"""

from __future__ import annotations


class HatNhanError(Exception):
    """Base of the errors that carry a message in Vietnamese for the person at the screen."""


class Denied(HatNhanError):
    """The person may not do this; the message says which post would be needed."""


class Missing(HatNhanError):
    """There is no such thing, or the person may not know of it: both look the same."""


class RuleBroken(HatNhanError):
    """A rule of the organisation forbids it.

    ``code`` is stable and English (for programs and tests), ``message`` is Vietnamese and says how to mend it,
    ``citation`` names the instrument and its date when the rule comes from one, ``field`` the form field at fault.
    """

    def __init__(self, code: str, message: str, *, citation: str = "", field: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.citation = citation
        self.field = field
