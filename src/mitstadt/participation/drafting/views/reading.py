"""Read the text, and one passage with everything said about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mitstadt.ground import clock
from mitstadt.participation.drafting.models import Contribution, ContributionForm, Edition, Passage
from mitstadt.participation.drafting.presenting import (
    difference,
    edition_links,
    language_links,
    outline_links,
    talks_of,
)
from mitstadt.participation.drafting.queries.contributions import contributions_at
from mitstadt.participation.drafting.queries.reading import (
    passage_in,
    predecessors_of,
    reading,
    successors_of,
    text_by_ref,
)
from mitstadt.spine.deeds import Deed
from mitstadt.spine.permits import permit, permit_on
from mitstadt.spine.queries.ordering import Order
from mitstadt.spine.queries.parts import phase_to_show
from mitstadt.ui.orders import order_links, order_of
from mitstadt.ui.phases import still_open
from mitstadt.ui.requests import actor_of, asked_number, page_number
from mitstadt.ui.support import supporting


def text(request: HttpRequest, ref: str) -> HttpResponse:
    """The text with its outline, passage numbers, and how much is said at each passage."""
    actor, now = actor_of(request), clock.now()
    found = text_by_ref(ref, actor=actor)
    shown = reading(found, edition_number=asked_number(request, "fassung"), language=request.GET.get("sprache", ""))
    return render(
        request,
        "drafting/text.html",
        {
            "section": "open",
            "process": found.home,
            "text": found,
            "reading": shown,
            "outline": outline_links(shown),
            "editions": edition_links(shown),
            "languages": language_links(shown),
            "permit": permit(actor, Deed.CONTRIBUTE, found, Passage.KIND, now=now),
            "phase": phase_to_show(found, now=now, deed=Deed.CONTRIBUTE),
            "still_open": still_open(found, now=now),
        },
    )


def passage(request: HttpRequest, ref: str, passage_ref: str) -> HttpResponse:
    """A passage: its words, what was said, what it came from and what became of it."""
    actor = actor_of(request)
    found = passage_in(ref, passage_ref, actor=actor)
    earlier = predecessors_of(found)
    order = order_of(request, Order.MOST_SUPPORTED)
    page, rows = contributions_at([found, *earlier], order=order, page=page_number(request))
    now = clock.now()
    may_support = bool(permit(actor, Deed.SUPPORT, found.own_part, Contribution.KIND, now=now))
    offered = supporting([row.record for row in rows], actor=actor, is_open=may_support)
    return render(
        request,
        "drafting/passage.html",
        {
            "section": "open",
            "process": found.home,
            "text": found.part,
            "passage": found,
            "page": page,
            "talks": talks_of(rows, offered),
            "orders": order_links(order),
            "earlier": [(before, difference(before.body, found.body)) for before in earlier],
            "later": [(link, after, difference(found.body, after.body)) for link, after in successors_of(found)],
            "forms": [(form, reverse("contribute", args=[ref, found.ref, form])) for form in _FORMS],
            "is_current": not Edition.objects.filter(
                text=found.edition.text_id, number__gt=found.edition.number
            ).exists(),
            "permit": permit_on(actor, Deed.CONTRIBUTE, found, now=now),
            "still_open": still_open(found.own_part, now=now),
        },
    )


# The strongest way to take part stands first.
_FORMS = (ContributionForm.WORDING, ContributionForm.COMMENT, ContributionForm.QUESTION)
