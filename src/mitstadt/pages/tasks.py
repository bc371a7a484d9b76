"""What pages do by the clock."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mitstadt.ground import clock
from mitstadt.ground.tasks.declaring import Policy, background
from mitstadt.ground.tasks.schedule import SCHEDULE, Every
from mitstadt.pages.search.following import look_again


# Each search is looked up in a transaction of its own, so that nobody who writes waits for all of them.
@background(Policy(_("Suchen, denen jemand folgt, noch einmal nachschlagen"), atomic=False, kept=False))
def look_at_searches() -> None:
    """Tell those who follow a search what it finds anew."""
    look_again(clock.now())


SCHEDULE.add("followed_searches", look_at_searches, Every(minutes=60))
