"""What the pages leave behind."""

from django.utils.translation import gettext_lazy as _

from mitstadt.ground import clock
from mitstadt.ground.sheets import begun
from mitstadt.ground.tasks.declaring import Policy, background
from mitstadt.ground.tasks.schedule import SCHEDULE, Every
from mitstadt.ui.print import kept


@background(Policy(_("Alte Druckdateien löschen"), atomic=False))
def forget_prints() -> None:
    """Delete the prints of yesterday."""
    kept.forget_prints(now=clock.now())


@background(Policy(_("Begonnene Bögen löschen, deren Zeit um ist")))
def forget_begun_sheets() -> None:
    """Delete what nobody came back for."""
    begun.forget_begun(now=clock.now())


SCHEDULE.add("forget_begun_sheets", forget_begun_sheets, Every(minutes=60))
SCHEDULE.add("forget_prints", forget_prints, Every(minutes=60))
