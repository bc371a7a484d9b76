"""What others may want to count: every attempt, with the task's path and its outcome (done, failed, dead)."""

from django.dispatch import Signal  # noqa: TID251  # for those who count: nothing follows from it

ran = Signal()
