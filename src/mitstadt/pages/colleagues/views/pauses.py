"""Pauses: let an author not write for a while, see who is paused and what they say, let them write again."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.pages.colleagues.forms import ReasonForm
from mitstadt.pages.colleagues.queries import may_pause, pauses_of
from mitstadt.pages.tending.queries import tendable
from mitstadt.spine.actions.pauses import end_pause, pause_author
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.permits import Permit, permit_on, room_of
from mitstadt.spine.queries.visibility import visible_to
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, page_number

PER_PAGE = 50


def pause_author_of(request: HttpRequest, ref: str) -> HttpResponse:
    """Pause whoever wrote this, without saying who it is."""
    actor = actor_of(request)
    record = visible_to(actor, tendable()).filter(ref=ref).first()
    if record is None:
        raise Http404
    require_page(permit_on(actor, Deed.PAUSE, record, now=clock.now()))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pause_author(record, actor=actor, reason=form.cleaned_data["reason"], now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Pausiert. Was die Person schrieb, bleibt stehen; sie kann widersprechen."))
            return redirect("pauses")
    room = room_of(record)
    context = {
        "record": record,
        "host": room.host if room else None,
        "form": form,
        "back_href": reverse("tend", args=[ref]),
        "submit_label": _("Pausieren"),
    }
    return render(request, "pages/colleagues/pause_author.html", context, status=422 if form.errors else 200)


def pauses(request: HttpRequest) -> HttpResponse:
    """Who is paused where and why, objections on top; what ended stands below."""
    actor = actor_of(request)
    mine = may_pause(actor)
    require_page(Permit(mine, "" if mine else "needs_role"))
    page = Paginator(pauses_of(actor), PER_PAGE).get_page(page_number(request))
    return render(request, "pages/colleagues/pauses.html", {"page": page})


def pause(request: HttpRequest, key: int) -> HttpResponse:
    """One pause with its reason and what the person says, and the way to end it."""
    actor = actor_of(request)
    require_page(Permit(may_pause(actor), "" if may_pause(actor) else "needs_role"))
    found = pauses_of(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_pause(found, actor=actor, reason=form.cleaned_data["reason"], now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Die Person kann wieder schreiben."))
            return redirect("pauses")
    context = {"pause": found, "form": form, "back_href": reverse("pauses"), "submit_label": _("Pause beenden")}
    return render(request, "pages/colleagues/pause.html", context, status=422 if form.errors else 200)
