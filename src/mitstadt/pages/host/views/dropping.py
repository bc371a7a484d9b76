"""Give up what was only planned: a draft, a part, a phase; each page says what goes with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.pages.host.change_forms import ReasonForm
from mitstadt.pages.host.part_facts import stretched
from mitstadt.pages.host.summary import answers_of
from mitstadt.pages.host.views.access import process_for
from mitstadt.pages.host.views.changing import propose_shortening
from mitstadt.pages.host.views.parts import part_for, phase_at
from mitstadt.spine.actions.parts import drop_part, drop_phase
from mitstadt.spine.actions.preparation import discard_draft, restore_draft
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Process
from mitstadt.spine.queries.shortening import is_announced
from mitstadt.ui.parts import Row
from mitstadt.ui.requests import actor_of


def draft(request: HttpRequest, ref: str) -> HttpResponse:
    """Put a draft aside, after one look at all that was typed; it can be brought back."""
    process = process_for(request, ref, Deed.DISCARD)
    if process.discarded_at is not None:
        return redirect("host", ref=ref)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            discard_draft(process, actor=actor_of(request), now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Der Entwurf ist verworfen. Unten auf dieser Seite holen Sie ihn zurück."))
            return redirect("workplace")
    context = {
        "title": _("Diesen Entwurf verwerfen?"),
        "means": _("Er steht dann auf keinem Arbeitsplatz mehr. Niemand außerhalb hat ihn je gesehen."),
        "rows": [Row(term=row.term, value=row.value) for row in answers_of(process)],
        "submit_label": _("Entwurf verwerfen"),
        "process": process,
        "form": form,
    }
    return _drop_page(request, context, back=reverse("host", args=[ref]))


@require_POST
def restore(request: HttpRequest, ref: str) -> HttpResponse:
    """Bring a draft back with all that was typed."""
    process = process_for(request, ref, Deed.DISCARD)
    try:
        restore_draft(process, actor=actor_of(request), now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Der Entwurf ist wieder da, wie er war."))
    return redirect("host", ref=ref)


def part(request: HttpRequest, ref: str) -> HttpResponse:
    """Give up a planned part with its phases."""
    found = part_for(request, ref)
    home = found.home
    if found.is_up or found.dropped_at is not None:
        return redirect("host_part", ref=ref)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            drop_part(found, actor=actor_of(request), now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Der Teil ist gestrichen."))
            return redirect("host", ref=home.ref) if home.kind == Process.KIND else redirect("room", ref=home.ref)
    context = {
        "title": _("Den Teil „%(title)s“ streichen?") % {"title": found.title},
        "means": _("Der Teil war nie offen. Seine Zeiten und was dafür bereitliegt, gehen mit."),
        "rows": [Row(term=one.phase.title, value=one.days) for one in stretched(found)],
        "submit_label": _("Teil streichen"),
        "process": home,
        "part": found,
        "form": form,
    }
    return _drop_page(request, context, back=reverse("host_part", args=[ref]))


def phase(request: HttpRequest, ref: str, place: int) -> HttpResponse:
    """Give up a phase that has not begun; what everyone has read of takes a reason and a second person."""
    found = part_for(request, ref)
    dropped = phase_at(found, place)
    in_public = is_announced(found)
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data) if in_public else forms.Form(data)
    if data is not None and form.is_valid() and in_public:
        if made := propose_shortening(request, dropped, form, (None, None)):
            return made
    elif data is not None and form.is_valid():
        try:
            drop_phase(dropped, actor=actor_of(request), now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Die Phase ist gestrichen."))
            return redirect("host_part", ref=ref)
    said = _("Niemand außerhalb hat sie gesehen.")
    if in_public:
        said = _("Das entscheiden zwei: Sie schlagen es vor, eine zweite Person bestätigt. Dann steht es öffentlich.")
    context = {
        "title": _("Die Phase „%(title)s“ streichen?") % {"title": dropped.title},
        "means": said,
        "rows": [Row(term=one.phase.title, value=one.days) for one in stretched(found) if one.place == place],
        "submit_label": _("Vorschlagen") if in_public else _("Phase streichen"),
        "process": found.home,
        "part": found,
        "form": form,
    }
    return _drop_page(request, context, back=reverse("host_part", args=[ref]))


def _drop_page(request: HttpRequest, context: dict[str, Any], *, back: str) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, "pages/host/drop.html", {"back_href": back, **context}, status=status)
