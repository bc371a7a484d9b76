"""What a catalogue lets people do: it is open as long as it is open, to everyone."""

from __future__ import annotations

from datetime import datetime

from mitstadt.site.tests.second.models import Catalogue, Unit
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, Room
from mitstadt.spine.permits import GRANTED, Permit
from mitstadt.spine.rooms import RoomKind


def _when(room: Room, deed: Deed, now: datetime) -> Permit:
    return GRANTED


CATALOGUE = RoomKind(
    key=Catalogue.KIND,
    name="Probierkatalog",
    when=_when,
    access=Access.ANYONE,
    takes={
        Unit.KIND: frozenset({Deed.COMMENT, Deed.SUPPORT}),
        Catalogue.KIND: frozenset({Deed.COMMENT, Deed.CONTRIBUTE}),
    },
)
