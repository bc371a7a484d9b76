"""A slip as a line of the desk's lists, with the signed mark by which it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from mitstadt.participation.drafting.models import ContributionForm
from mitstadt.participation.drafting.queries.slips import EnteredSlip
from mitstadt.spine.actions.entries import UNDO_WITHIN
from mitstadt.spine.models import Channel

_SALT = "desk.slip"


@dataclass(frozen=True)
class SlipRow:
    """One line."""

    slip: EnteredSlip
    now: datetime

    @property
    def ref(self) -> str:
        """What is written on the slip; empty where it only supports others."""
        return self.slip.contribution.ref if self.slip.contribution else ""

    @property
    def place(self) -> str:
        """The passage that it speaks about."""
        return self.slip.contribution.passage.number if self.slip.contribution else ""

    @property
    def kind(self) -> str:
        """Comment, question or wording."""
        return str(ContributionForm(self.slip.contribution.form).label) if self.slip.contribution else ""

    @property
    def channel(self) -> str:
        """On which way it came."""
        return str(Channel(self.slip.contribution.channel).label) if self.slip.contribution else ""

    @property
    def words(self) -> str:
        """What it says."""
        said = self.slip.contribution
        return (said.wording or said.body) if said else ""

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
