"""What neighbours of the demo city follow beside their own words: their district, an office, a theme, a search."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from mitstadt.pages.search.following import look_again
from mitstadt.site.demo.residents import Residents
from mitstadt.site.demo.timeline import Timeline
from mitstadt.spine.actions.follows import follow_target
from mitstadt.spine.actors import GUEST
from mitstadt.spine.following import Target, find, of_area, of_organisation, of_theme

THEME = "Barrierefreiheit"
SEARCH = "q=Trinkbrunnen"
# So long a search is followed already, and what it found in the meantime was told this long ago.
_SINCE, _LOOKED_AT = timedelta(days=60), timedelta(hours=3)


def plan(residents: Residents, timeline: Timeline, *, since: datetime, now: datetime) -> None:
    """Put it on the timeline: from the first day on, the search for some weeks."""
    for place, (target, when) in enumerate(_targets(residents, since=since, now=now)):
        key = residents.neighbours[place % len(residents.neighbours)]
        timeline.at(when, partial(_follow, target, residents, key))
        # One neighbour follows all of it, so that there is something to see at once.
        timeline.at(when, partial(_follow, target, residents, residents.neighbours[0]))
    timeline.at(now - _LOOKED_AT, _look)


def _targets(residents: Residents, *, since: datetime, now: datetime) -> list[tuple[Target, datetime]]:
    office = next(one for one in residents.organisations.values() if one.area is not None)
    search = find("suche", SEARCH, actor=GUEST)
    return [
        (of_organisation(office), since),
        *([(of_area(office.area), since)] if office.area else []),
        (of_theme(THEME), since),
        *([(search, max(since, now - _SINCE))] if search else []),
    ]


def _follow(target: Target, residents: Residents, key: str, now: datetime) -> None:
    follow_target(target, actor=residents.actor(key), now=now)


def _look(now: datetime) -> None:
    look_again(now)
