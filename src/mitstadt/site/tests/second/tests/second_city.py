"""A process with a list of wishes beside another part, and a catalogue with a unit."""

from __future__ import annotations

from datetime import timedelta

from cast import NOW, malik, office, prepared_process
from mitstadt.site.tests.second.actions import open_catalogue, publish_unit
from mitstadt.site.tests.second.models import Catalogue, Unit, WishList
from mitstadt.spine.actions.parts import plan_part
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.models import Process
from mitstadt.spine.queries.parts import with_phases

DAY = timedelta(days=1)


def planned_list(process: Process, *, title: str = "Wünsche für den Platz") -> WishList:
    """A list of wishes in a process in preparation, open from yesterday for thirty days."""
    part = plan_part(
        process,
        actor=malik(),
        format_key="wishes",
        title=title,
        opens_at=NOW - DAY,
        closes_at=NOW + 30 * DAY,
        now=NOW - 9 * DAY,
    )
    return WishList.objects.get(pk=part.pk)


def opened_list(title: str = "Wie soll der Leopoldplatz werden?") -> WishList:
    """A list of wishes that is open, in a process of its own."""
    process = prepared_process(title)
    planned = planned_list(process)
    open_process(process, actor=malik(), now=NOW - 2 * DAY)
    return with_phases(WishList.objects.all()).get(pk=planned.pk)


def opened_catalogue() -> Catalogue:
    """The catalogue of an office, with nothing in it."""
    made = Catalogue(title="Probierkatalog", body="Was man bei uns lernen kann.", host=office())
    return open_catalogue(made, actor=malik(), now=NOW - 2 * DAY)


def unit(catalogue: Catalogue | None = None, title: str = "Karten lesen") -> Unit:
    """A unit of the catalogue."""
    return publish_unit(
        catalogue or opened_catalogue(), actor=malik(), title=title, body="Wie ein Bauplan zu lesen ist.", now=NOW
    )
