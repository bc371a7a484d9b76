"""The page of a room of any kind, and the answer to a record in it."""

from __future__ import annotations

from datetime import datetime

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
from mitstadt.spine.actions.answers import answer, correct_answer
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AnswerDecision, Record, Room
from mitstadt.spine.permits import permit_on, room_of
from mitstadt.spine.queries.rooms import held_by, room_by_ref
from mitstadt.ui.answering.forms import AnswerForm
from mitstadt.ui.answering.sharing import drafted
from mitstadt.ui.records import record_page
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, page_number

PER_PAGE = 24


def room(request: HttpRequest, ref: str) -> HttpResponse:
    """What a room is for, who is its host, and all that it holds; a room with a page of its own is shown there."""
    actor, now = actor_of(request), clock.now()
    found = room_by_ref(ref, actor=actor)
    if (own := kinds.address_of(found)) != request.path:
        return redirect(own)
    held = Paginator(held_by(found, actor=actor), PER_PAGE).get_page(page_number(request, "blatt"))
    rows = [(one, kinds.kind_of(one), kinds.address_of(one)) for one in held]
    return render(
        request,
        "pages/rooms/room.html",
        {
            "room": found,
            "kind": kinds.kind_of(found),
            "held": held,
            "rows": rows,
            "work": room_links(found, actor=actor, now=now),
            **record_page(request, found),
        },
    )


def answer_record(request: HttpRequest, ref: str) -> HttpResponse:
    """The host answers one record, with a reason."""
    actor, now = actor_of(request), clock.now()
    found = record_by_ref(ref, actor=actor)
    deed = Deed.CORRECT_ANSWER if found.is_answered else Deed.ANSWER
    require_page(permit_on(actor, deed, found, now=now))
    form = AnswerForm(request.POST or None)
    home = room_of(found)
    if request.method == "POST" and form.is_valid() and home is not None:
        try:
            said = _answered(form, found, home, actor=actor, now=now)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, said)
            return redirect(kinds.address_of(found))
    submit_label = _("Antwort ändern") if found.is_answered else _("Antworten")
    context = {
        "record": found,
        "form": form,
        "back_href": reverse("record", args=[ref]),
        "submit_label": _("Entwurf vorlegen") if home and home.host.answers_take_two else submit_label,
    }
    return render(request, "pages/rooms/answer.html", context, status=422 if form.errors else 200)


def _answered(form: AnswerForm, record: Record, home: Room, *, actor: Actor, now: datetime) -> str:
    """Answer, or lay it before a second person where the host answers by two; the sentence for it."""
    if home.host.answers_take_two:
        return drafted(form, home, [record], actor=actor, now=now)
    (correct_answer if record.is_answered else answer)(
        [record],
        room=home,
        actor=actor,
        decision=AnswerDecision(form.cleaned_data["decision"]),
        reason=form.cleaned_data["reason"],
        now=now,
    )
    return _("Die Antwort ist öffentlich.")
