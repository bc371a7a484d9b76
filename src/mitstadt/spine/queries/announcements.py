"""The news of a process, the latest first."""

from __future__ import annotations

from mitstadt.spine.models import UP, Announcement, Room

MOST_SHOWN = 30


def announcements_in(room: Room) -> list[Announcement]:
    """What its host told so far; one query."""
    told = Announcement.objects.filter(room=room.pk, state__in=UP)
    return list(told.order_by("-created_at", "-pk")[:MOST_SHOWN])
