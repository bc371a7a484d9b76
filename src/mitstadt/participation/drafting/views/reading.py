"""Read the text, and one passage with everything said about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.languages import read_language
from mitstadt.participation.drafting.forms import ContributeForm
from mitstadt.participation.drafting.models import Contribution, ContributionForm, Edition, Passage
from mitstadt.participation.drafting.presenting import (
    difference,
    edition_links,
    language_links,
    language_notes,
    outline_links,
    runs_of,
    talks_of,
)
from mitstadt.participation.drafting.queries.contributions import contributions_at
from mitstadt.participation.drafting.queries.reading import (
    passage_in,
    predecessors_of,
    reading,
    successors_of,
    text_by_ref,
    words_in,
)
from mitstadt.spine.deeds import Deed
from mitstadt.spine.following import of_record
from mitstadt.spine.permits import permit, permit_on
from mitstadt.spine.queries.ordering import Order
from mitstadt.spine.queries.parts import phase_to_show
from mitstadt.spine.queries.promises import promised_in
from mitstadt.ui.following import follow_control_of
from mitstadt.ui.languages import language_wanted
from mitstadt.ui.orders import order_links, order_of
from mitstadt.ui.parts import Link
from mitstadt.ui.phases import still_open
from mitstadt.ui.requests import actor_of, asked_number, page_number
from mitstadt.ui.sharing import sharing
from mitstadt.ui.support import supporting


def text(request: HttpRequest, ref: str) -> HttpResponse:
    """The text with its outline, passage numbers, and how much is said at each passage."""
    actor, now = actor_of(request), clock.now()
    found = text_by_ref(ref, actor=actor)
    shown = reading(found, edition_number=asked_number(request, "fassung"), language=language_wanted(request))
    return render(
        request,
        "drafting/text.html",
        {
            "section": "open",
            "process": found.home,
            "text": found,
            "reading": shown,
            "runs": runs_of(shown.passages),
            "outline": outline_links(shown),
            "editions": edition_links(shown),
            "languages": language_links(shown),
            "language_notes": language_notes(shown),
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
    allowed = permit_on(actor, Deed.CONTRIBUTE, found, now=now)
    is_current = not Edition.objects.filter(text=found.edition.text_id, number__gt=found.edition.number).exists()
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
            "language": read_language(),
            "translated": words_in(found, read_language()),
            "page": page,
            "talks": talks_of(rows, offered),
            "orders": order_links(order),
            "earlier": [(before, difference(before.body, found.body)) for before in earlier],
            "later": [(link, after, difference(found.body, after.body)) for link, after in successors_of(found)],
            "is_current": is_current,
            "share": sharing(of_record(found), text=found.body),
            "follow": follow_control_of(of_record(found), actor=actor, now=now) if found.is_public else None,
            "permit": allowed,
            "may_comment": permit(actor, Deed.COMMENT, found.own_part, Contribution.KIND, now=now),
            "still_open": still_open(found.own_part, now=now),
            **(_saying(found) if allowed and is_current else {}),
        },
    )


def _saying(found: Passage) -> dict[str, object]:
    """The form that says something to the passage, and the ways to say it otherwise."""
    return {
        "form": ContributeForm(found, ContributionForm.COMMENT, is_short=True),
        "form_href": _form_of(found, ContributionForm.COMMENT),
        "promise": promised_in(found.home),
        "other_forms": [
            Link(label=_("Wortlaut vorschlagen"), href=_form_of(found, ContributionForm.WORDING)),
            Link(label=_("Etwas fragen"), href=_form_of(found, ContributionForm.QUESTION)),
        ],
    }


def _form_of(found: Passage, form: ContributionForm) -> str:
    return reverse("contribute", args=[found.own_part.ref, found.ref, form])
