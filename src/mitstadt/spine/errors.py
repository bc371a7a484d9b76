"""Refusals of actions: a permit that was not granted, or a rule that what was sent does not meet."""

from __future__ import annotations

from django.utils.functional import Promise

from mitstadt.spine.permits import Permit
from mitstadt.spine.texts import sentence_for


class Refused(Exception):  # noqa: N818  # reads as what happened
    """An action that did not happen; the page shows the sentence and keeps what was typed."""

    def __init__(self, reason: str, *, permit: Permit | None = None, **parameters: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permit = permit
        self.parameters = parameters

    @property
    def sentence(self) -> str | Promise:
        """What happened, what it means, what to do."""
        until = self.permit.until if self.permit else None
        return sentence_for(self.reason, until, **self.parameters)


def require(permit: Permit) -> None:
    """Go on only with a permit."""
    if not permit:
        raise Refused(permit.reason, permit=permit)
