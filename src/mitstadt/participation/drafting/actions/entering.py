"""Enter a paper slip, a call or a word said at a stand: it counts like any other contribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.models import Contribution, CoText, Passage
from mitstadt.spine.actions.entries import person_of_slip
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Channel, Record
from mitstadt.spine.permits import permit


@dataclass(frozen=True)
class Slip:
    """What stands on one slip: words about a passage, supports for what others said, and perhaps a code."""

    key: UUID
    channel: Channel
    passage: Passage | None = None
    said: Said | None = None
    supported: Sequence[Record] = ()
    code: str = ""


@dataclass(frozen=True)
class Entered:
    """What came of a slip."""

    contribution: Contribution | None
    supports: int
    counted_before: int
    person_id: int
    entered_at: datetime


def enter_slip(text: CoText, slip: Slip, *, clerk: Actor, now: datetime) -> Entered:
    """Enter a slip for the person who filled it in; sent twice, it is entered once."""
    require(permit(clerk, Deed.ENTER_FOR_OTHERS, text, now=now))
    if slip.said is None and not slip.supported:
        raise Refused("nothing_on_the_slip")
    with transaction.atomic():
        speaker = person_of_slip(text.home, code=slip.code, key=slip.key, channel=slip.channel, now=now)
        if speaker.person is None:
            raise Refused("code_unknown")
        made = None
        if slip.said is not None and slip.passage is not None:
            made = contribute(
                slip.passage,
                actor=speaker,
                said=slip.said,
                now=now,
                submission_key=slip.key,
                entered_by=clerk,
            )
        counted = [support(record, actor=speaker, now=now, entered_by=clerk) for record in slip.supported]
    return Entered(
        contribution=made,
        supports=sum(counted),
        counted_before=len(counted) - sum(counted),
        person_id=speaker.person.pk,
        entered_at=made.created_at if made else now,
    )
