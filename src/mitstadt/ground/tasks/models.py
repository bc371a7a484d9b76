"""Who works: one row a running worker. The tasks themselves are rows of `django_tasks_db`."""

from django.db import models


class Worker(models.Model):
    """A process that runs tasks, as long as it gives signs of life."""

    id = models.CharField(primary_key=True, max_length=32)
    host = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.id} on {self.host}"
