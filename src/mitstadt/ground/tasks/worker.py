"""A worker: lanes that run tasks side by side, signs of life, the schedule, and a stop that loses nothing."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from uuid import UUID

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from mitstadt.ground import clock
from mitstadt.ground.tasks.declaring import DEFAULT, MAIL
from mitstadt.ground.tasks.running import run_next
from mitstadt.ground.tasks.schedule import Timekeeper
from mitstadt.ground.tasks.workers import BEAT_S, give_sign, hand_back_the_lost, leave

logger = logging.getLogger(__name__)

# Seconds between two looks at an empty queue, by lane.
_LOOKS = {(MAIL,): 0.5, (MAIL, DEFAULT): 1.0}
_AFTER_TROUBLE_S = 2.0
# How long a task may go on after the worker was told to stop; then it is handed back.
GRACE_S = 20.0


@dataclass
class Worker:
    """One process that works. `lanes` tasks run side by side, and one lane more carries mail alone."""

    lanes: int = 1
    grace_s: float = GRACE_S
    # Whether whoever started it is still there; a worker without its city stops by itself.
    is_wanted: Callable[[], bool] = lambda: True
    id: str = field(default_factory=lambda: token_hex(16))
    _stopping: threading.Event = field(default_factory=threading.Event)
    _in_hand: set[UUID] = field(default_factory=set)

    def stop(self) -> None:
        """Take no new task; `work` returns when those at work are done or handed back."""
        self._stopping.set()

    def work(self) -> None:
        """Work until told to stop."""
        self._safely(self._give_sign)
        lanes = [self._lane((MAIL,)), *(self._lane((MAIL, DEFAULT)) for _lane in range(self.lanes))]
        self._keep_house()
        self._wind_down(lanes)

    def _lane(self, queues: tuple[str, ...]) -> threading.Thread:
        thread = threading.Thread(target=self._run_lane, args=(queues,), daemon=True)
        thread.start()
        return thread

    def _run_lane(self, queues: tuple[str, ...]) -> None:
        while not self._stopping.is_set():
            close_old_connections()
            if not self._safely(lambda: run_next(self.id, queues, in_hand=self._in_hand)):
                self._stopping.wait(_LOOKS[queues])
        connections.close_all()

    def _keep_house(self) -> None:
        timekeeper = Timekeeper()
        while not self._stopping.is_set():
            close_old_connections()
            self._safely(self._give_sign)
            self._safely(lambda: bool(timekeeper.enqueue_due(now=clock.now())))
            self._safely(lambda: bool(hand_back_the_lost(self.id, in_hand=set(self._in_hand), now=clock.now())))
            if not self.is_wanted():
                self.stop()
            self._stopping.wait(BEAT_S)

    def _give_sign(self) -> bool:
        give_sign(self.id, host=socket.gethostname(), now=clock.now())
        return True

    def _safely(self, deed: Callable[[], bool]) -> bool:
        """A database that is away for a moment ends no worker."""
        try:
            return deed()
        except (DatabaseError, InterfaceError):
            logger.exception("The database did not answer; the worker goes on in a moment.")
            connections.close_all()
            self._stopping.wait(_AFTER_TROUBLE_S)
            return False

    def _wind_down(self, lanes: list[threading.Thread]) -> None:
        until = time.monotonic() + self.grace_s
        while any(lane.is_alive() for lane in lanes) and time.monotonic() < until:
            self._safely(self._give_sign)
            for lane in lanes:
                lane.join(timeout=min(BEAT_S, max(0.0, until - time.monotonic())) / len(lanes))
        self._safely(self._hand_back)
        connections.close_all()
        if any(lane.is_alive() for lane in lanes):
            # What they have begun is taken back by the end of the process alone.
            os._exit(0)

    def _hand_back(self) -> bool:
        returned = leave(self.id, now=clock.now())
        if returned:
            logger.warning("%d tasks were handed back.", returned)
        return True


def run_until_empty() -> int:
    """Run all that waits now, in this process, for commands and tests; how many tasks that were."""
    count = 0
    while run_next("here", (MAIL, DEFAULT)):
        count += 1
    return count
