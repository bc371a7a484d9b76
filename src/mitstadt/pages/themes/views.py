"""What was said about one theme, in all of the city."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mitstadt.ground import clock
from mitstadt.pages.themes.queries import about, still_read
from mitstadt.spine import following
from mitstadt.spine.authorship import fetch_further_authors
from mitstadt.ui.following import follow_control_of
from mitstadt.ui.records import Said
from mitstadt.ui.requests import actor_of, page_number
from mitstadt.ui.sharing import sharing

PER_PAGE = 20


def theme(request: HttpRequest) -> HttpResponse:
    """The newest first, each with what the host said to it, and the button to follow."""
    actor = actor_of(request)
    target = following.find("thema", request.GET.get("thema", ""), actor=actor)
    if target is None:
        raise Http404
    page = Paginator(about(target.words), PER_PAGE).get_page(page_number(request))
    records = still_read(list(page))
    fetch_further_authors(records)
    context = {
        "theme": target.words,
        "page": page,
        "rows": [Said(record) for record in records],
        "share": sharing(target),
        "follow": follow_control_of(target, actor=actor, now=clock.now()),
    }
    return render(request, "pages/theme.html", context)
