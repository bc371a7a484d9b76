"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from mitstadt.ground import clock
from mitstadt.pages.home import queries
from mitstadt.pages.home.maps import district_links, district_map
from mitstadt.pages.home.stories import stories_of
from mitstadt.pages.presenting import card_of
from mitstadt.spine.queries.processes import open_rooms, voices_of


def home(request: HttpRequest) -> HttpResponse:
    """What is open now on the map and as a list; what was promised; what was done."""
    now = clock.now()
    rooms = open_rooms(now)
    open_now = queries.open_by_path(rooms)
    shown = queries.shown_on_the_page(rooms)
    districts = queries.districts_of_the_city()
    counts = queries.open_by_district(open_now, districts)
    city = queries.the_city()
    return render(
        request,
        "pages/home.html",
        {
            "city": city.name(get_language() or "de") if city else gettext("Die Stadt"),
            "map": district_map(districts, counts, shown.first),
            "areas": district_links(districts, counts, whole_city=queries.open_in_the_whole_city(open_now, districts)),
            "open_count": len(rooms),
            "cards": [card_of(process, now=now, voices=voices_of(process)) for process in shown.first],
            "more_open": len(rooms) - len(shown.first),
            "promised": [card_of(process, now=now, with_phases=False) for process in shown.due],
            "stories": stories_of(shown.finished),
        },
    )
