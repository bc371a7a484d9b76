"""What the site forgets by the clock."""

from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.tasks.declaring import Policy, background
from mitstadt.ground.tasks.schedule import SCHEDULE, Every


@background(Policy(_("Abgelaufene Sitzungen löschen")))
def forget_sessions() -> None:
    """Delete the sessions that are over."""
    call_command("clearsessions")


SCHEDULE.add("forget_sessions", forget_sessions, Every(minutes=24 * 60))
