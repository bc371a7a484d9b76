"""What the pages leave behind."""

from django.utils.translation import gettext_lazy as _

from mitstadt.ground import clock
from mitstadt.ground.tasks.declaring import Policy, background
from mitstadt.ground.tasks.schedule import SCHEDULE, Every
from mitstadt.ui.print import kept


@background(Policy(_("Alte Druckdateien löschen"), atomic=False))
def forget_prints() -> None:
    """Delete the prints of yesterday."""
    kept.forget_prints(now=clock.now())


SCHEDULE.add("forget_prints", forget_prints, Every(minutes=60))
