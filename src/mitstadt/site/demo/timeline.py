"""What happens in the demo city, in the order of time: deeds that plan further deeds."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

Deed = Callable[[datetime], None]


class Timeline:
    """A queue of deeds; two at the same moment happen in the order in which they were planned."""

    def __init__(self) -> None:
        self._queue: list[tuple[datetime, int, Deed]] = []
        self._order = count()

    def at(self, when: datetime, deed: Deed) -> None:
        """Plan a deed."""
        heapq.heappush(self._queue, (when, next(self._order), deed))

    def run(self, until: datetime) -> int:
        """Do all deeds up to that moment, also those planned meanwhile; returns how many. Later ones never happen."""
        done = 0
        while self._queue and self._queue[0][0] <= until:
            when, _order, deed = heapq.heappop(self._queue)
            deed(when)
            done += 1
        return done
