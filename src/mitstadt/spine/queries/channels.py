"""On which ways the contributions of a room came: all of them add up in one count."""

from __future__ import annotations

from dataclasses import dataclass

from mitstadt.spine.models import Channel, Room
from mitstadt.spine.queries.tallies import by_channel


@dataclass(frozen=True)
class ChannelCount:
    """How many contributions came on one way, and their share of all."""

    channel: Channel
    count: int
    share: float


def voices_by_channel(room: Room) -> list[ChannelCount]:
    """The ways in use, most used first; one query."""
    counts = sorted(((count, Channel(channel)) for channel, count in by_channel(room.pk).items()), reverse=True)
    total = sum(count for count, _channel in counts)
    return [ChannelCount(channel, count, count / total) for count, channel in counts]
