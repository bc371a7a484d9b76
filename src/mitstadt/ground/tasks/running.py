"""Run one task: claim it, do it, mark it done, or say when it is tried again."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import get_date_max

from mitstadt.ground import clock
from mitstadt.ground.tasks.declaring import Hopeless, Policy, pause_after, policy_of
from mitstadt.ground.tasks.rows import TaskRow
from mitstadt.ground.tasks.signals import ran
from mitstadt.methods.shared.errors import MethodError

logger = logging.getLogger(__name__)


class Lost(Exception):  # noqa: N818  # it says what is so, not that something broke
    """The task was given to another worker meanwhile; what this one did is taken back."""


def run_next(worker: str, queues: Collection[str], *, in_hand: set[UUID] | None = None) -> bool:
    """Claim and run the next task of these queues; False where none waits. `in_hand` names it while it runs."""
    hands = in_hand if in_hand is not None else set()
    claimed = _claim(worker, queues)
    if claimed is None:
        return False
    hands.add(claimed.pk)
    try:
        run_claimed(claimed)
    finally:
        hands.discard(claimed.pk)
    return True


def run_claimed(claimed: TaskRow) -> None:
    """Run a task that this worker holds; whatever it raises is kept with it."""
    try:
        policy = policy_of(claimed.task_path)
        task = _task(claimed.task_path)
    except (LookupError, ImportError, SuspiciousOperation) as error:
        _bury(claimed, error, now=clock.now())
        return
    try:
        _do(claimed, task, policy)
    except Lost:
        logger.warning("Task %s was given to another worker; nothing of it was kept here.", claimed.pk)
    except Exception as error:  # whatever a task raises is written down, and the worker goes on
        _not_done(claimed, policy, error, now=clock.now())
    else:
        ran.send(Task, path=claimed.task_path, outcome="done")


def waiting(queues: Collection[str], *, now: datetime) -> Q:
    """What stands ready to be run."""
    due = Q(run_after=get_date_max()) | Q(run_after__lte=now)
    return Q(status=TaskResultStatus.READY, queue_name__in=queues) & due


def _claim(worker: str, queues: Collection[str]) -> TaskRow | None:
    ready = TaskRow.objects.filter(waiting(queues, now=clock.now()))
    # Read first: a look at an empty queue must not lock an SQLite database.
    if not ready.exists():
        return None
    with transaction.atomic():
        found = ready.get_locked()
        if found is not None:
            found.claim(worker)
    return found


def _task(path: str) -> Task[..., object]:
    found = import_string(path)
    if not isinstance(found, Task):
        raise SuspiciousOperation("That path leads to no task.")
    return found


def _do(claimed: TaskRow, task: Task[..., object], policy: Policy) -> None:
    args, kwargs = claimed.args_kwargs["args"], claimed.args_kwargs["kwargs"]
    if policy.atomic:
        with transaction.atomic():
            task.call(*args, **kwargs)
            _done(claimed, policy)
    else:
        task.call(*args, **kwargs)
        _done(claimed, policy)


def _held(claimed: TaskRow) -> Q:
    """This very claim: whoever claims the task anew changes the moment."""
    return Q(pk=claimed.pk, status=TaskResultStatus.RUNNING, started_at=claimed.started_at)


def _done(claimed: TaskRow, policy: Policy) -> None:
    mine = TaskRow.objects.filter(_held(claimed))
    if policy.kept:
        count = mine.update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=clock.now(), exception_class_path="", traceback=""
        )
    else:
        count = mine.delete()[0]
    if not count:
        raise Lost


def _not_done(claimed: TaskRow, policy: Policy, error: Exception, *, now: datetime) -> None:
    attempts = len(claimed.worker_ids)
    if isinstance(error, Hopeless) or attempts >= policy.attempts:
        _bury(claimed, error, now=now)
        return
    pause = pause_after(attempts, spread=_spread(claimed.pk))
    TaskRow.objects.filter(_held(claimed)).update(
        status=TaskResultStatus.READY, run_after=now + timedelta(seconds=pause), **_written(error)
    )
    logger.warning("Task %s (%s) failed and is tried again: %s", claimed.pk, claimed.task_path, reason_of(error))
    ran.send(Task, path=claimed.task_path, outcome="failed")


def _bury(claimed: TaskRow, error: Exception, *, now: datetime) -> None:
    TaskRow.objects.filter(_held(claimed)).update(status=TaskResultStatus.FAILED, finished_at=now, **_written(error))
    logger.error("Task %s (%s) failed for good: %s", claimed.pk, claimed.task_path, reason_of(error))
    ran.send(Task, path=claimed.task_path, outcome="dead")


def _written(error: Exception) -> dict[str, str]:
    """What is kept of an error: where it happened and what kind it is. Its own words may quote a person."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    places = "".join(traceback.format_tb(error.__traceback__))
    return {"exception_class_path": kind, "traceback": f"{places}{reason_of(error)}"}


def reason_of(error: BaseException) -> str:
    """Why it failed, without a word of anyone: our own sentences, the system's, or the kind of error alone."""
    name = type(error).__name__
    if isinstance(error, MethodError):
        return f"{name}: {error.sentence}"
    if isinstance(error, Hopeless):
        return f"{name}: {error}"
    said = getattr(error, "strerror", None)
    return f"{name}: {said}" if isinstance(said, str) else name


def _spread(key: UUID) -> float:
    return key.int % 1000 / 1000
