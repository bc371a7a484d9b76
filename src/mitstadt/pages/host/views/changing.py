"""What can be changed once a process is open: one place, one page for each named act, each public and with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.areas.queries.names import find_areas
from mitstadt.ground.areas.queries.tree import area_by_slug
from mitstadt.pages.changes import TITLES, change_of, changes_of
from mitstadt.pages.host.change_forms import AreaForm, CorrectForm, EarlyEndForm, HandOverForm, ReasonForm, RoomCareForm
from mitstadt.pages.host.change_list import BY_SLUG, ChangePage, changes_on_offer
from mitstadt.pages.host.forms import end_of, said_in
from mitstadt.pages.host.views.access import process_for
from mitstadt.spine import amending
from mitstadt.spine.actions.amendments import amend, confirm, decline
from mitstadt.spine.amending import Amending
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.kinds import address_of
from mitstadt.spine.models import Part, Phase, Process, Room
from mitstadt.spine.permits import permit
from mitstadt.spine.permits.amending import permit_confirming
from mitstadt.spine.queries.amendments import amendment_for, done_in, others_who_lead, waiting_in
from mitstadt.spine.queries.parts import parts_of, taking_part_until
from mitstadt.spine.queries.shortening import ending_at, stretch
from mitstadt.ui.requests import actor_of, sent_text

# What a form says, as the values of the change.
Values = dict[str, Any]


def changes(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that can be changed here, what waits for a second person, and what was changed so far."""
    process = process_for(request, ref, Deed.AMEND)
    actor, now = actor_of(request), clock.now()
    waiting = [(change_of(one), permit_confirming(actor, one, process, now=now)) for one in waiting_in(process)]
    context = {
        "process": process,
        "offers": changes_on_offer(process, parts_of(process), actor=actor, now=now),
        "waiting": waiting,
        "others": others_who_lead(process, actor=actor),
        "done": changes_of(done_in(process)),
    }
    return render(request, "pages/host/changes.html", context)


def change(request: HttpRequest, ref: str, way: str) -> HttpResponse:
    """One named act: what becomes of it in public, its fields, its reason."""
    page = BY_SLUG.get(way)
    if page is None:
        raise Http404
    process = process_for(request, ref, page.way.deed)
    asked = _ASKED[page.slug]
    form = asked.form(request, process, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = asked.values(process, form.cleaned_data)
        if made := _changed(request, process, _way_to(page, values), form, values):
            return made
    return _change_page(request, process, page, form)


def _way_to(page: ChangePage, values: Values) -> Amending:
    """The act of the page; what takes care away is another one than what adds it."""
    return amending.care_for(four_eyes=values["four_eyes"]) if "four_eyes" in values else page.way


def _changed(
    request: HttpRequest, place: Room | Part, way: Amending, form: forms.Form, values: Values
) -> HttpResponse | None:
    """The change is made or proposed; what was refused stands at the form."""
    try:
        amend(
            place,
            way,
            actor=actor_of(request),
            after=values,
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return None
    said = _("Der Vorschlag steht. Öffentlich wird er, sobald eine zweite Person bestätigt.")
    messages.success(request, said if way.by_two else _("Das ist öffentlich geändert."))
    return _to_changes(place.home if isinstance(place, Part) else place)


def _to_changes(room: Room) -> HttpResponse:
    """Where the changes of a room are listed; a room that is no process has them on its own page."""
    return redirect("host_changes", ref=room.ref) if room.kind == Process.KIND else redirect(address_of(room))


def propose_commitment(request: HttpRequest, process: Process, form: forms.Form, field: str) -> HttpResponse | None:
    """Propose another word for one part of the promise."""
    value = said_in(form)
    plain = value.isoformat() if isinstance(value, date) else value
    return _changed(request, process, amending.COMMITMENT, form, {field: plain})


def change_part_care(request: HttpRequest, part: Part, form: forms.Form) -> HttpResponse | None:
    """Say anew who takes part, and whether contributions are read first."""
    values = {name: form.cleaned_data[name] for name in ("access", "checks_first")}
    return _changed(request, part, amending.PART_CARE, form, values)


def propose_shortening(
    request: HttpRequest, phase: Phase, form: forms.Form, days: tuple[datetime | None, datetime | None]
) -> HttpResponse | None:
    """Propose other days for a phase that everyone has read of, or none."""
    return _changed(request, phase.part.home, amending.SHORTEN, form, {"phases": [stretch(phase, *days)]})


def _change_page(request: HttpRequest, process: Process, page: ChangePage, form: forms.Form) -> HttpResponse:
    context = {
        "process": process,
        "form": form,
        "page": page,
        "public_title": TITLES[page.way.key],
        "today": timezone.localdate(clock.now()),
        "others": others_who_lead(process, actor=actor_of(request)) if page.way.by_two else 1,
        "may_assign": permit(actor_of(request), Deed.ASSIGN_ROLES, process, now=clock.now()),
        "sought": request.GET.get("q", "")[:80] if page.slug == "gebiet" else None,
        "submit_label": _("Vorschlagen") if page.way.by_two else _("Öffentlich ändern"),
        "back_href": reverse("host_changes", args=[process.ref]),
    }
    return render(request, "pages/host/change.html", context, status=422 if form.errors else 200)


def proposal(request: HttpRequest, ref: str, key: int) -> HttpResponse:
    """What somebody proposed, for the second person: one click confirms it."""
    actor, now = actor_of(request), clock.now()
    found, room = amendment_for(actor, ref, key, now=now)
    refused = ""
    if request.method == "POST":
        yes = sent_text(request, "do") == "confirm"
        try:
            (confirm if yes else decline)(found, actor=actor, now=now)
        except Refused as refusal:
            refused = str(refusal.sentence)
        else:
            messages.success(
                request, _("Bestätigt. Es ist jetzt öffentlich.") if yes else _("Der Vorschlag ist fallen gelassen.")
            )
            return _back_to_work(request, ref)
    context = {
        "process": room,
        "proposed": change_of(found),
        "by": found.proposed_by,
        "may_confirm": permit_confirming(actor, found, room, now=now),
        "refused": refused,
    }
    return render(request, "pages/host/proposal.html", context, status=422 if refused else 200)


def _back_to_work(request: HttpRequest, ref: str) -> HttpResponse:
    """The changes of the process, for those who lead it; others find their own work."""
    room = Room.objects.get(ref=ref)
    may = permit(actor_of(request), Deed.AMEND, room, now=clock.now())
    return _to_changes(room) if may else redirect("workplace")


@dataclass(frozen=True)
class _Asked:
    """The form of one act, and what it says as values of the change."""

    form: Callable[[HttpRequest, Process, QueryDict | None], forms.Form]
    values: Callable[[Process, Values], Values]


def _area_form(request: HttpRequest, process: Process, data: QueryDict | None) -> forms.Form:
    sought = request.GET.get("q", "").strip()[:80]
    language = get_language() or "de"
    found = find_areas(sought, on=timezone.localdate(clock.now())) if sought else []
    choices = [(one.area.slug, one.label(language)) for one in found]
    return AreaForm([*choices, ("", _("die ganze Stadt"))] if process.area_id else choices, data=data)


def _area_values(_process: Process, data: Values) -> Values:
    area = area_by_slug(data["area"]) if data["area"] else None
    return {"area_id": area.pk if area else None}


def _early_end_form(_request: HttpRequest, process: Process, data: QueryDict | None) -> forms.Form:
    now = clock.now()
    until = taking_part_until(process, now=now)
    if until is None:
        raise Http404
    return EarlyEndForm(today=timezone.localdate(now), until=timezone.localdate(until), data=data)


_ASKED: dict[str, _Asked] = {
    "berichtigen": _Asked(
        lambda _request, process, data: CorrectForm(data, initial={"title": process.title, "body": process.body}),
        lambda _process, data: {"title": data["title"], "body": data["body"]},
    ),
    "gebiet": _Asked(_area_form, _area_values),
    "umgang": _Asked(
        lambda _request, process, data: RoomCareForm(data, initial={"four_eyes": process.four_eyes}),
        lambda _process, data: {"four_eyes": data["four_eyes"]},
    ),
    "uebergeben": _Asked(
        lambda _request, process, data: HandOverForm(process.host_id, data=data),
        lambda _process, data: {"host_id": data["organisation"].pk},
    ),
    "frueher-enden": _Asked(
        _early_end_form,
        lambda process, data: {"phases": ending_at(process, end_of(data["last_day"]), now=clock.now())},
    ),
    "absagen": _Asked(lambda _request, _process, data: ReasonForm(data), lambda _process, _data: {"stage": "closed"}),
    "wieder-oeffnen": _Asked(
        lambda _request, _process, data: ReasonForm(data), lambda _process, _data: {"stage": "open"}
    ),
}
