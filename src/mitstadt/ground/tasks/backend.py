"""Where tasks are kept: the city's database, or nowhere while tests run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task, TaskResult
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max
from django_tasks_db.utils import normalize_uuid

_KEYS = uuid5(NAMESPACE_URL, "mitstadt/tasks")


def enqueue_once(task: Task[Any, Any], key: str, /, **arguments: Any) -> bool:
    """Enqueue unless the same task has this key already, waiting, running, done or dead; whether it is new."""
    return bool(task.get_backend().once(task, key, arguments))  # type: ignore[attr-defined]  # both of ours have it


def id_of(task: Task[Any, Any], key: str) -> UUID:
    """The one id that this task has under this key; the database's primary key does the rest."""
    return uuid5(_KEYS, f"{task.module_path} {key}")


class CityBackend(DatabaseBackend):
    """Keeps tasks in the database; a key is the id, so that two processes cannot both be first."""

    def once(self, task: Task[Any, Any], key: str, arguments: Mapping[str, Any]) -> bool:
        """Enqueue under a key, in the transaction of the caller."""
        self.validate_task(task)  # type: ignore[arg-type]  # the same class, by its coming name
        _row, is_new = DBTaskResult.objects.get_or_create(
            id=normalize_uuid(id_of(task, key)),
            defaults={
                "args_kwargs": {"args": [], "kwargs": dict(arguments)},
                "priority": task.priority,
                "task_path": task.module_path,
                "queue_name": task.queue_name,
                "run_after": task.run_after or get_date_max(),
                "backend_name": self.alias,
            },
        )
        return is_new


class InlineBackend(ImmediateBackend):
    """Runs a task where it is enqueued, and raises what it raises: for tests, in which nobody works in between."""

    def once(self, task: Task[Any, Any], _key: str, arguments: Mapping[str, Any]) -> bool:
        """Run it; what ran is not remembered."""
        self.enqueue(task, (), dict(arguments))
        return True

    def _execute_task(self, task_result: TaskResult[Any]) -> None:
        task_result.task.call(*task_result.args, **task_result.kwargs)
