"""A slip as a line of the desk's lists, with the signed mark by which it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from mitstadt.spine.actions.entries import UNDO_WITHIN
from mitstadt.spine.formats import SlipLine
from mitstadt.spine.models import Channel
from mitstadt.spine.queries.slips import EnteredSlip

_SALT = "desk.slip"


@dataclass(frozen=True)
class SlipRow:
    """One line."""

    slip: EnteredSlip
    now: datetime

    @property
    def ref(self) -> str:
        """What is written on the slip; empty where it only supports others."""
        return self.slip.said.ref if self.slip.said else ""

    @property
    def line(self) -> SlipLine:
        """What it says, in the words of its format."""
        return self.slip.line

    @property
    def channel(self) -> str:
        """On which way it came."""
        return str(Channel(self.slip.said.channel).label) if self.slip.said else ""

    @property
    def can_be_undone(self) -> bool:
        """Whether the hour is still running."""
        return not self.slip.is_taken_back and self.now - self.slip.at <= UNDO_WITHIN

    @property
    def entry(self) -> str:
        """The signed mark of this slip."""
        return signing.dumps([self.slip.person_id, self.slip.at.isoformat()], salt=_SALT)


def entry_of(mark: str) -> tuple[int, datetime]:
    """Which slip a mark stands for; `BadSignature` where we did not sign it."""
    person_id, at = signing.loads(mark, salt=_SALT)
    return int(person_id), datetime.fromisoformat(at)
