"""Signs of life of the workers; what a silent one held is given to the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

from django_tasks import TaskResultStatus

from mitstadt.ground.tasks.declaring import policy_of
from mitstadt.ground.tasks.models import Worker
from mitstadt.ground.tasks.rows import TaskRow

logger = logging.getLogger(__name__)

BEAT_S = 3.0
# Five beats missed: the clocks of the hosts must agree to within a few seconds.
SILENT_FOR = timedelta(seconds=15)


def give_sign(worker: str, *, host: str, now: datetime) -> None:
    """Say that this worker lives."""
    if not Worker.objects.filter(pk=worker).update(seen_at=now):
        Worker.objects.get_or_create(pk=worker, defaults={"host": host[:64], "started_at": now, "seen_at": now})


def living(*, now: datetime) -> list[Worker]:
    """Who works at this moment."""
    return list(Worker.objects.filter(seen_at__gt=now - SILENT_FOR).order_by("started_at"))


def leave(worker: str, *, now: datetime) -> int:
    """Hand back what this worker still holds; its attempt does not count, since being stopped is no failure."""
    returned = 0
    for task in _running(lambda holder: holder == worker):
        returned += _give_back(task, worker_ids=task.worker_ids[:-1], now=now)
    Worker.objects.filter(pk=worker).delete()
    return returned


def hand_back_the_lost(worker: str, *, in_hand: Collection[UUID], now: datetime) -> int:
    """Give to others what nobody works on: what silent workers hold, and what this one lost hold of.

    A worker loses hold of a task when the database goes away before it could write how the task ended. A task that
    ended too many workers is dead.
    """
    others = {alive.pk for alive in living(now=now)} - {worker}
    returned = 0
    for task in _running(lambda holder: holder not in others):
        # One that has only just been claimed may not be in hand yet, or its worker about to give its first sign.
        if task.pk in in_hand or (task.started_at is not None and task.started_at > now - SILENT_FOR):
            continue
        returned += _give_back(task, worker_ids=task.worker_ids, now=now)
    Worker.objects.filter(seen_at__lte=now - SILENT_FOR).delete()
    return returned


def _running(wanted: Callable[[str], bool]) -> list[TaskRow]:
    rows = TaskRow.objects.filter(status=TaskResultStatus.RUNNING)
    return [task for task in rows if wanted(task.worker_ids[-1] if task.worker_ids else "")]


def _give_back(task: TaskRow, *, worker_ids: list[str], now: datetime) -> int:
    """Only this very claim is taken back: where the task was finished or claimed meanwhile, nothing happens."""
    claim = TaskRow.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    if len(worker_ids) >= _attempts(task.task_path):
        logger.error("Task %s (%s) ended its worker too often and is dead.", task.pk, task.task_path)
        return claim.update(status=TaskResultStatus.FAILED, finished_at=now, exception_class_path="worker_died")
    return claim.update(status=TaskResultStatus.READY, run_after=now, worker_ids=worker_ids)


def _attempts(path: str) -> int:
    try:
        return policy_of(path).attempts
    except LookupError:
        return 1
