"""Enter a paper slip, a call or a word said at a stand: it counts like anything said on the web."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mitstadt.spine.actions.entries import person_of_slip, show_name
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Channel, Part, Record
from mitstadt.spine.permits import permit


@dataclass(frozen=True)
class Slip:
    """What stands on one slip: what `say` writes for the one who filled it in, supports, and perhaps a code."""

    key: UUID
    channel: Channel
    say: Callable[[Actor], Record | None]
    supported: Sequence[Record] = ()
    code: str = ""
    # The name that stands on the slip, to be shown beside its words.
    name: str = ""


@dataclass(frozen=True)
class Entered:
    """What came of a slip."""

    said: Record | None
    supports: int
    counted_before: int
    person_id: int
    entered_at: datetime


def enter_slip(part: Part, slip: Slip, *, clerk: Actor, now: datetime) -> Entered:
    """Enter a slip for the person who filled it in; sent twice, it is entered once. An empty one leaves nothing."""
    with transaction.atomic():
        lock(part)
        require(permit(clerk, Deed.ENTER_FOR_OTHERS, part, now=now))
        speaker = person_of_slip(part.home, code=slip.code, key=slip.key, channel=slip.channel, now=now)
        if speaker.person is None:
            raise Refused("code_unknown")
        if slip.name.strip():
            show_name(speaker.person, slip.name)
        said = slip.say(speaker)
        if said is None and not slip.supported:
            raise Refused("nothing_on_the_slip")
        counted = [support(record, actor=speaker, now=now, entered_by=clerk) for record in slip.supported]
    return Entered(
        said=said,
        supports=sum(counted),
        counted_before=len(counted) - sum(counted),
        person_id=speaker.person.pk,
        entered_at=said.created_at if said else now,
    )
