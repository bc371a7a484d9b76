"""What the operator sees and may do: how much waits, who works, what died, and give the dead another try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise
from django_tasks import TaskResultStatus

from mitstadt.ground.tasks.declaring import DEFAULT, MAIL, policy_of
from mitstadt.ground.tasks.rows import TaskRow
from mitstadt.ground.tasks.running import waiting
from mitstadt.ground.tasks.workers import living

_DEAD = Q(status=TaskResultStatus.FAILED)


@dataclass(frozen=True)
class Dead:
    """A task that was given up."""

    key: UUID
    says: str | Promise
    path: str
    since: datetime | None
    attempts: int
    reason: str


@dataclass(frozen=True)
class State:
    """How background work stands."""

    due: int
    later: int
    running: int
    dead: int
    oldest_due: datetime | None
    workers: int


def state(*, now: datetime) -> State:
    """The figures, in two queries."""
    due = waiting((MAIL, DEFAULT), now=now)
    later = Q(status=TaskResultStatus.READY) & ~due
    found = TaskRow.objects.filter(~Q(status=TaskResultStatus.SUCCESSFUL)).aggregate(
        due=Count("pk", filter=due),
        later=Count("pk", filter=later),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        dead=Count("pk", filter=_DEAD),
        oldest_due=Min("enqueued_at", filter=due),
    )
    return State(workers=len(living(now=now)), **found)


def dead_tasks() -> list[Dead]:
    """The newest hundred that were given up; what they were given is not shown."""
    return [_dead(row) for row in TaskRow.objects.filter(_DEAD).order_by("-finished_at")[:100]]


def try_again(key: UUID | None, *, now: datetime) -> int:
    """Give one dead task, or all of them, their attempts anew; how many that were."""
    return _chosen(key).update(status=TaskResultStatus.READY, run_after=now, worker_ids=[], finished_at=None)


def drop(key: UUID | None) -> int:
    """Forget one dead task, or all of them; how many that were."""
    return _chosen(key).delete()[0]


def _chosen(key: UUID | None) -> QuerySet[TaskRow]:
    dead = TaskRow.objects.filter(_DEAD)
    return dead if key is None else dead.filter(pk=key)


def _dead(row: TaskRow) -> Dead:
    return Dead(
        key=row.pk,
        says=says(row.task_path),
        path=row.task_path,
        since=row.finished_at,
        attempts=len(row.worker_ids),
        reason=row.traceback.rpartition("\n")[2] or row.exception_class_path,
    )


def says(path: str) -> str | Promise:
    """What a task is called; the name of its function where it is no longer declared."""
    try:
        return policy_of(path).says
    except LookupError:
        return path.rpartition(".")[2]
