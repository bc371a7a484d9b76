"""The page of a record whose kind has none of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mitstadt.spine.kinds import address_of, kind_of, words
from mitstadt.spine.models import Record
from mitstadt.spine.queries.visibility import traceable_by, visible_to
from mitstadt.ui.records import record_page
from mitstadt.ui.requests import actor_of


def record(request: HttpRequest, ref: str) -> HttpResponse:
    """What was said, its answer, supports and comments; where its words are no longer public, its trail."""
    actor = actor_of(request)
    rows = Record.objects.select_related("author", "organisation", "room__host", "part__room")
    found = visible_to(actor, rows.prefetch_related("part__phases")).filter(ref=ref).first()
    if found is None:
        if traceable_by(actor, Record.objects.all()).filter(ref=ref).exists():
            return redirect("trail", ref=ref)
        raise Http404
    own = address_of(found)
    if own != reverse("record", args=[ref]):
        return redirect(own)
    quoted = words(found)
    context = {
        "room": found.room,
        "room_href": address_of(found.room) if found.room else "",
        "kind": kind_of(found),
        "quoted": quoted if quoted != found.body else "",
        **record_page(request, found),
    }
    return render(request, "pages/together/record.html", context)
