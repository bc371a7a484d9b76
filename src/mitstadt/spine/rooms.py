"""What each kind of room lets people do to what belongs to no part, and when; every kind of room is declared once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from mitstadt.spine.deeds import Deed

if TYPE_CHECKING:
    from mitstadt.spine.models import Access, Room
    from mitstadt.spine.permits import Permit


@dataclass(frozen=True)
class RoomKind:
    """A kind of room, as declared in one place by the slice that owns it.

    ``key`` is the kind of the record that such a room is. ``takes`` names, for kinds of record that are at home here
    without belonging to a part, the deeds that people may do to them (the room itself counts as one of them);
    ``when`` says whether such a deed can be done at that moment. ``access`` is what a person needs for it, and
    ``checks_first`` says that what they write is read before it appears. What belongs to a part asks the phases and the
    access of the part instead.
    """

    key: str
    name: str | Promise
    when: Callable[[Room, Deed, datetime], Permit]
    access: Access
    takes: Mapping[str, frozenset[Deed]] = field(default_factory=dict)
    checks_first: bool = False


_kinds: dict[str, RoomKind] = {}


def register(declared: RoomKind) -> None:
    """Make a kind of room known; its key must be new."""
    if declared.key in _kinds and _kinds[declared.key] != declared:
        raise ValueError(f"There is already a kind of room “{declared.key}”.")
    _kinds[declared.key] = declared


def kind_of(room: Room) -> RoomKind | None:
    """The kind of a room, or None where its slice is not installed."""
    return _kinds.get(room.kind)


def all_kinds() -> tuple[RoomKind, ...]:
    """All kinds of room, by key."""
    return tuple(_kinds[key] for key in sorted(_kinds))
