"""The news of a process, the latest first."""

from __future__ import annotations

from django.db.models import QuerySet

from mitstadt.spine.models import UP, Announcement, Room


def announcements_in(room: Room) -> QuerySet[Announcement]:
    """What its host told so far, for a paginator."""
    return Announcement.objects.filter(room=room.pk, state__in=UP).order_by("-created_at", "-pk")
