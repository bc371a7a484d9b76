"""What can be done with a role while a room is in preparation, open or over."""

from __future__ import annotations

from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Room, RoomStage

_WHILE_PREPARED = {Deed.OPEN, Deed.SHOW_TO, Deed.DISCARD}
_ONCE_OPENED = {Deed.AMEND, Deed.ANNOUNCE, Deed.CHANGE_COMMITMENT, Deed.HAND_OVER}
# What gives nobody anything once the room is over.
_UNTIL_CLOSED = {Deed.ISSUE_CODES}


def why_not_at_this_stage(deed: Deed, room: Room) -> str:
    """The reason against a deed where the room stands; empty where nothing speaks against it."""
    if room.discarded_at is not None and deed not in {Deed.SEE_DASHBOARD, Deed.DISCARD}:
        return "draft_discarded"
    if deed in _WHILE_PREPARED and room.stage != RoomStage.PREPARED:
        return "already_open"
    if deed in _ONCE_OPENED and room.stage == RoomStage.PREPARED:
        return "room_not_open"
    if deed is Deed.CANCEL and room.stage != RoomStage.OPEN:
        return "not_open"
    if deed is Deed.REOPEN and room.stage != RoomStage.CLOSED:
        return "not_closed"
    return "room_closed" if deed in _UNTIL_CLOSED and room.stage == RoomStage.CLOSED else ""
