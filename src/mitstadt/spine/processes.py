"""What a process, as a kind of room, lets people do to what belongs to none of its parts."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, Process, Room
from mitstadt.spine.permits import Permit
from mitstadt.spine.rooms import RoomKind


def _when(room: Room, deed: Deed, now: datetime) -> Permit:
    """Nothing is said or supported outside the parts: their phases are what was promised."""
    return Permit(False, "no_such_phase")


PROCESS_ROOM = RoomKind(key=Process.KIND, name=_("Beteiligung"), when=_when, access=Access.ANYONE)
