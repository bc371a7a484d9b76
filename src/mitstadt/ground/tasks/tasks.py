"""Forget tasks that are long over."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mitstadt.ground import clock
from mitstadt.ground.tasks.declaring import Policy, background
from mitstadt.ground.tasks.schedule import SCHEDULE, Every

# Longer than the longest slot of the schedule, so that no key is forgotten while it may come again.
_KEPT_FOR = timedelta(days=30)


@background(Policy(_("Erledigte Aufträge vergessen")))
def forget_old_tasks() -> None:
    """Done and dead tasks older than a month go, and with them what they held."""
    over = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(status__in=over, finished_at__lt=clock.now() - _KEPT_FOR).delete()


SCHEDULE.add("forget_old_tasks", forget_old_tasks, Every(minutes=60))
