"""The answer of a permit: granted, or why not and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from mitstadt.spine.texts import notice_for, sentence_for


@dataclass(frozen=True)
class Permit:
    """The answer to “may this person do this now?”."""

    ok: bool
    reason: str = ""
    until: datetime | None = None

    def __bool__(self) -> bool:
        return self.ok

    @property
    def sentence(self) -> str | Promise:
        """Why not, for people."""
        return sentence_for(self.reason, self.until)

    @property
    def notice(self) -> str:
        """Why not, on a page where nobody has typed anything yet."""
        return notice_for(self.reason, self.until)


GRANTED = Permit(True)
