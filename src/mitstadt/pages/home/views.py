"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mitstadt.ground import clock
from mitstadt.pages.home import queries
from mitstadt.pages.home.maps import district_links, district_map
from mitstadt.pages.presenting import card_of
from mitstadt.spine.queries.processes import voices_of


def home(request: HttpRequest) -> HttpResponse:
    """What is open now on the map and as a list; what was promised; what was done."""
    now = clock.now()
    open_processes = queries.open_processes(now)
    shown = queries.shown_first(open_processes, now)
    districts = queries.districts_of_the_city()
    counts = queries.open_by_district(open_processes, districts)
    return render(
        request,
        "pages/home.html",
        {
            "map": district_map(districts, counts, shown),
            "areas": district_links(
                districts, counts, whole_city=queries.open_in_the_whole_city(open_processes, districts)
            ),
            "open_count": len(open_processes),
            "nearby": [card_of(process, now=now, voices=voices_of(process), with_phases=False) for process in shown],
            "cards": [card_of(process, now=now, voices=voices_of(process)) for process in shown[: queries.SHOWN_EACH]],
            "promised": [card_of(process, now=now, with_phases=False) for process in queries.most_due(now)],
            "finished": [card_of(process, now=now, with_phases=False) for process in queries.lately_finished()],
        },
    )
