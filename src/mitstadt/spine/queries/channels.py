"""On which ways the contributions of a room came: all of them add up in one count."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from mitstadt.spine import kinds
from mitstadt.spine.models import UP, Channel, Record, Room


@dataclass(frozen=True)
class ChannelCount:
    """How many contributions came on one way, and their share of all."""

    channel: Channel
    count: int
    share: float


def voices_by_channel(room: Room) -> list[ChannelCount]:
    """The ways in use, most used first; one query."""
    rows = (
        Record.objects.filter(room=room, kind__in=kinds.answerable_kinds(), state__in=UP)
        .order_by()
        .values_list("channel")
        .annotate(count=Count("pk"))
    )
    counts = sorted(((count, Channel(channel)) for channel, count in rows), reverse=True)
    total = sum(count for count, _channel in counts)
    return [ChannelCount(channel, count, count / total) for count, channel in counts]
