"""The row of a task, whatever it is given and gives back."""

from typing import Any, TypeAlias

from django_tasks_db.models import DBTaskResult

TaskRow: TypeAlias = DBTaskResult[Any, Any]
