"""The app of background work."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TasksConfig(AppConfig):
    """Loads the `tasks` module of every app, so that the schedule is known wherever work is done."""

    name = "mitstadt.ground.tasks"
    label = "tasks"

    def ready(self) -> None:
        """Declarations stand in `tasks.py` beside what they do."""
        autodiscover_modules("tasks")
