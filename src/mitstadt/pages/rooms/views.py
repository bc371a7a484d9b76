"""The page of a room of any kind, and the answer to a record in it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.pages.rooms.links import room_links
from mitstadt.pages.voices.records import record_by_ref
from mitstadt.spine import kinds
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AnswerDecision, Record
from mitstadt.spine.permits import permit_on, room_of
from mitstadt.spine.queries.comments import comment_threads
from mitstadt.spine.queries.follows import follows
from mitstadt.spine.queries.rooms import held_by, room_by_ref
from mitstadt.ui.answering.forms import AnswerForm
from mitstadt.ui.comments import comment_part
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, page_number
from mitstadt.ui.support import supporting

PER_PAGE = 24


def room(request: HttpRequest, ref: str) -> HttpResponse:
    """What a room is for, who is its host, and all that it holds; a room with a page of its own is shown there."""
    actor, now = actor_of(request), clock.now()
    found = room_by_ref(ref, actor=actor)
    if (own := kinds.address_of(found)) != request.path:
        return redirect(own)
    page = Paginator(held_by(found, actor=actor), PER_PAGE).get_page(page_number(request))
    rows = [(one, kinds.kind_of(one), kinds.address_of(one)) for one in page]
    return render(
        request,
        "pages/rooms/room.html",
        {
            "room": found,
            "kind": kinds.kind_of(found),
            "page": page,
            "rows": rows,
            "work": room_links(found, actor=actor, now=now),
            **_talk(request, found),
        },
    )


def _talk(request: HttpRequest, about: Record) -> dict[str, object]:
    """What people said to it, and what this person may do to it."""
    actor, now = actor_of(request), clock.now()
    comments_page, threads = comment_threads(about, page=page_number(request))
    may_reply = bool(permit_on(actor, Deed.COMMENT, about, now=now))
    said = [one for thread in threads for one in (thread.comment, *thread.replies)]
    offered = supporting([about, *said], actor=actor, is_open=bool(permit_on(actor, Deed.SUPPORT, about, now=now)))
    return {
        "comments_page": comments_page,
        "comments": [
            comment_part(one.comment, supporting=offered, may_reply=may_reply, replies=one.replies) for one in threads
        ],
        "takes": {deed.value for deed in kinds.kind_of(about).accepts},
        "may": {deed.value: permit_on(actor, deed, about, now=now) for deed in _SHOWN},
        "support": offered.of(about),
        "follows": follows(about, actor=actor),
        "is_author": _is_author(about, actor),
    }


_SHOWN = (Deed.SUPPORT, Deed.COMMENT, Deed.FOLLOW, Deed.REPORT, Deed.ANSWER)


def _is_author(about: Record, actor: Actor) -> bool:
    return actor.person is not None and about.author_id == actor.person.pk and Deed.WITHDRAW in _accepted(about)


def _accepted(about: Record) -> frozenset[Deed]:
    return kinds.kind_of(about).accepts


def answer_record(request: HttpRequest, ref: str) -> HttpResponse:
    """The host answers one record, with a reason."""
    actor, now = actor_of(request), clock.now()
    found = record_by_ref(ref, actor=actor)
    require_page(permit_on(actor, Deed.ANSWER, found, now=now))
    form = AnswerForm(request.POST or None)
    home = room_of(found)
    if request.method == "POST" and form.is_valid() and home is not None:
        try:
            answer(
                [found],
                room=home,
                actor=actor,
                decision=AnswerDecision(form.cleaned_data["decision"]),
                reason=form.cleaned_data["reason"],
                now=now,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Die Antwort ist öffentlich."))
            return redirect(kinds.address_of(found))
    context = {
        "record": found,
        "form": form,
        "back_href": reverse("record", args=[ref]),
        "submit_label": _("Antworten"),
    }
    return render(request, "pages/rooms/answer.html", context, status=422 if form.errors else 200)
