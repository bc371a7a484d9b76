"""What everyone may do: while a phase of the part takes it, with what the part asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, CodeOrigin, Part, Phase, Room, RoomStage, Standing
from mitstadt.spine.permits.answer import GRANTED, Permit

# Forms that were filled in on time still count while the post brings them.
PAPER_GRACE = timedelta(days=3)
_CODES = frozenset({Standing.PRINTED, Standing.LETTER})
# Whose turn counts under which access.
COUNTS = {
    Access.ANYONE: frozenset(Standing),
    Access.CODE: _CODES | {Standing.ACCOUNT},
    Access.ACCOUNT: frozenset({Standing.ACCOUNT}),
}


def has_opened(room: Room) -> bool:
    """Whether people can see the room; one in preparation takes nothing, whatever its phases say."""
    return room.is_up and room.stage != RoomStage.PREPARED


def phase_permit(part: Part, deed: Deed, *, now: datetime, grace: timedelta = timedelta(0)) -> Permit:
    """Whether a phase of the part takes the deed at this moment, or a while after its end."""
    if not part.is_up:
        return Permit(False, "part_not_open")
    phases = [phase for phase in part.phases.all() if phase.takes(deed)]
    if any(phase.opens_at <= now < phase.closes_at + grace for phase in phases):
        return GRANTED
    return _why_not_now(phases, now=now)


def _why_not_now(phases: Iterable[Phase], *, now: datetime) -> Permit:
    phases = list(phases)
    coming = [phase.opens_at for phase in phases if phase.opens_at > now]
    if coming:
        return Permit(False, "phase_not_yet", min(coming))
    over = [phase.last_moment for phase in phases]
    return Permit(False, "phase_over", max(over)) if over else Permit(False, "no_such_phase")


def access_permit(actor: Actor, access: str, room: Room) -> Permit:
    """Whether the actor has what the part, or the kind of the room, asks for."""
    if actor.person is not None and actor.person.has_account:
        return GRANTED
    if access == Access.ACCOUNT:
        return Permit(False, "needs_account")
    if actor.person is not None and actor.code_room_id != room.pk:
        return Permit(False, "code_of_other_room")
    if access == Access.CODE and actor.code_origin in {None, CodeOrigin.GUEST}:
        # A guest's code is a cookie from another part of the room.
        return Permit(False, "needs_code")
    return GRANTED
