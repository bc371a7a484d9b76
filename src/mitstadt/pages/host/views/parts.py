"""The parts of a room, for those who prepare them: plan one, say who takes part and how, its phases, open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.pages.host.change_forms import MoveOpenPhaseForm, PartCareForm, reason_field
from mitstadt.pages.host.forms import (
    MovePhaseForm,
    PartFactsForm,
    PartForm,
    PhaseForm,
    days_of,
    end_of,
    moment_of,
)
from mitstadt.pages.host.part_facts import Stretched, facts_of, stretched
from mitstadt.pages.host.views.access import process_for
from mitstadt.pages.host.views.changing import change_part_care, propose_shortening
from mitstadt.pages.presenting import standing_of
from mitstadt.spine import formats, kinds
from mitstadt.spine.actions.parts import describe_part, is_ready, move_phase, open_part, plan_part, plan_phase
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Part, Phase, Process, RoomStage
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.amendments import others_who_lead
from mitstadt.spine.queries.parts import part_by_ref
from mitstadt.spine.queries.shortening import takes_two
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of


@dataclass(frozen=True)
class _Prepared:
    """The way to what is made ready before the part opens."""

    href: str
    label: str


def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """One more part of a process, with its format and its first stretch of time."""
    process = process_for(request, ref, Deed.PREPARE)
    form = PartForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            planned = plan_part(
                process,
                actor=actor_of(request),
                format_key=data["format"],
                title=data["title"],
                opens_at=moment_of(data["first_day"]),
                closes_at=end_of(data["last_day"]),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error("last_day", str(refusal.sentence))
        else:
            messages.success(request, _("Der Teil ist geplant. Prüfen Sie, wer mitmacht und was noch fehlt."))
            return redirect("host_part", ref=planned.ref)
    context = {"process": process, "form": form, "title": _("Einen weiteren Teil planen")}
    return _form_page(request, context, back=reverse("host", args=[ref]))


def part(request: HttpRequest, ref: str) -> HttpResponse:
    """One part: where it stands, who takes part, its phases, and what is missing before it opens."""
    found = part_for(request, ref)
    now, home = clock.now(), found.home
    declared = formats.format_of(found)
    asked = declared.prepare if declared else None
    ready = is_ready(found)
    context = {
        "part": found,
        "process": home,
        "home_href": _home_href(found),
        "format": declared,
        "standing": standing_of(found, now=now),
        "rows": facts_of(found),
        "phases": [_linked(one) for one in stretched(found)],
        "prepare": _Prepared(asked.address(found), str(asked.change if ready else asked.begin)) if asked else None,
        "ready": ready,
        "may_plan": home.stage != RoomStage.CLOSED and found.dropped_at is None,
        "may_drop_phase": _may_drop(found, now=now),
        "may_drop": not found.is_up and found.dropped_at is None,
        "may_amend": found.is_up
        and home.stage == RoomStage.OPEN
        and permit(actor_of(request), Deed.AMEND, home, now=now),
        "may_open": home.stage == RoomStage.OPEN
        and not found.is_up
        and found.dropped_at is None
        and permit(actor_of(request), Deed.OPEN_PART, found, now=now),
    }
    return render(request, "pages/host/part.html", context)


def _may_drop(part: Part, *, now: datetime) -> frozenset[int]:
    """The keys of the phases that can still be given up."""
    phases = list(part.phases.all())
    if len(phases) == 1:
        return frozenset()
    return frozenset(phase.pk for phase in phases if not part.is_up or phase.opens_at > now)


def _linked(one: Stretched) -> tuple[Stretched, str]:
    return one, reverse("host_phase", args=[one.phase.part.ref, one.place])


def facts(request: HttpRequest, ref: str) -> HttpResponse:
    """What the part is called, who takes part, how it works; nobody changes that once it is open."""
    found = part_for(request, ref)
    if found.is_up:
        return redirect("host_part", ref=ref)
    known = {name: getattr(found, name) for name in PartFactsForm.base_fields}
    data = request.POST if request.method == "POST" else None
    form, own = PartFactsForm(data=data, initial=known), _own_form(found, data)
    if data is not None and form.is_valid() & (own is None or own.is_valid()):
        written = dict(form.cleaned_data)
        if own is not None:
            written["settings"] = {**found.settings, **own.cleaned_data}
        try:
            describe_part(found, actor=actor_of(request), fields=written, now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("host_part", ref=ref)
    context = {"part": found, "process": found.home, "form": form, "own_form": own, "title": _("Angaben zum Teil")}
    return _form_page(request, context, back=reverse("host_part", args=[ref]))


def _own_form(part: Part, data: Any) -> forms.Form | None:
    """The settings that the format adds, filled with what is kept."""
    declared = formats.format_of(part)
    if declared is None or declared.settings_form is None:
        return None
    return declared.settings_form(data=data, initial=part.settings)


def phase_new(request: HttpRequest, ref: str) -> HttpResponse:
    """One more stretch of time of this part, and what it opens."""
    found = part_for(request, ref)
    declared = formats.format_of(found)
    form = PhaseForm(declared.opens if declared else (), data=request.POST or None)
    if _is_public(found):
        form.fields["reason"] = reason_field()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            plan_phase(
                found,
                actor=actor_of(request),
                title=data["title"],
                opens_at=moment_of(data["first_day"]),
                closes_at=end_of(data["last_day"]),
                deeds=[Deed(value) for value in data["deeds"]],
                reason=data.get("reason", ""),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error(_field_of(refusal), str(refusal.sentence))
        else:
            messages.success(request, _("Die Phase ist geplant."))
            return redirect("host_part", ref=ref)
    title, in_public = _("Eine weitere Phase planen"), _is_public(found)
    context = {"part": found, "process": found.home, "form": form, "title": title, "in_public": in_public}
    return _form_page(request, context, back=reverse("host_part", args=[ref]))


def phase(request: HttpRequest, ref: str, place: int) -> HttpResponse:
    """Move a phase; an open process says so in public."""
    found = part_for(request, ref)
    moved = phase_at(found, place)
    in_public = _is_public(found)
    form = (MoveOpenPhaseForm if in_public else MovePhaseForm)(data=request.POST or None, initial=days_of(moved))
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data
        opens_at, closes_at = moment_of(days["first_day"]), end_of(days["last_day"])
        if takes_two(moved, opens_at, closes_at, now=clock.now()):
            if made := propose_shortening(request, moved, form, (opens_at, closes_at)):
                return made
            return _moving_page(request, moved, form)
        try:
            move_phase(
                moved,
                actor=actor_of(request),
                opens_at=opens_at,
                closes_at=closes_at,
                reason=days.get("reason", ""),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error(_field_of(refusal), str(refusal.sentence))
        else:
            said = _("Die Phase ist verschoben. Vorher, nachher und Grund stehen öffentlich.")
            messages.success(request, said if in_public else _("Die Phase ist verschoben."))
            return redirect("host_part", ref=ref)
    return _moving_page(request, moved, form)


def _moving_page(request: HttpRequest, moved: Phase, form: forms.Form) -> HttpResponse:
    found, public = moved.part, _is_public(moved.part)
    others = others_who_lead(found.home, actor=actor_of(request)) if public else 1
    title = _("„%(title)s“ verschieben") % {"title": moved.title}
    context = {
        "part": found,
        "process": found.home,
        "form": form,
        "title": title,
        "in_public": public,
        "may_shorten": public,
        "others": others,
    }
    return _form_page(request, context, back=reverse("host_part", args=[found.ref]))


def care(request: HttpRequest, ref: str) -> HttpResponse:
    """Who takes part and whether contributions are read first, once the part is open: in public, with a reason."""
    found = part_for(request, ref)
    require_page(permit(actor_of(request), Deed.AMEND, found.home, now=clock.now()))
    if not found.is_up:
        return redirect("host_part_facts", ref=ref)
    data = request.POST if request.method == "POST" else None
    form = PartCareForm(data, initial={"access": found.access, "checks_first": found.checks_first})
    if data is not None and form.is_valid() and (made := change_part_care(request, found, form)):
        return made
    title = _("Regeln zum Mitmachen ändern")
    context = {"part": found, "process": found.home, "form": form, "title": title, "in_public": True}
    return _form_page(request, context, back=reverse("host_part", args=[ref]))


def _is_public(part: Part) -> bool:
    """Whether what changes about the part is read by everyone."""
    return part.is_up and part.home.stage == RoomStage.OPEN


def _field_of(refusal: Refused) -> str | None:
    """Where a refusal of new times stands: at the reason, or at the last day."""
    return "reason" if refusal.reason == "reason_missing" else "last_day"


@require_POST
def open_it(request: HttpRequest, ref: str) -> HttpResponse:
    """Open a part that was planned when its room was open already."""
    found = part_for(request, ref)
    try:
        open_part(found, actor=actor_of(request), now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Der Teil ist offen. Alle können ihn jetzt sehen."))
    return redirect("host_part", ref=ref)


def phase_at(part: Part, place: int) -> Phase:
    """A phase by its number, which never changes: the order in which they were planned."""
    found = next((one.phase for one in stretched(part) if one.place == place), None)
    if found is None:
        raise Http404
    return found


def part_for(request: HttpRequest, ref: str) -> Part:
    """The part, for those who prepare it; 404 for a draft of others, 403 with a sentence otherwise."""
    actor = actor_of(request)
    found = part_by_ref(Part.objects.all(), ref, actor=actor)
    require_page(permit(actor, Deed.PREPARE, found, now=clock.now()))
    return found


def _home_href(part: Part) -> str:
    """Where the room of the part is led: a process has a page for that, another kind of room its own page."""
    home = part.home
    return reverse("host", args=[home.ref]) if home.kind == Process.KIND else kinds.address_of(home)


def _form_page(request: HttpRequest, context: dict[str, Any], *, back: str) -> HttpResponse:
    errors = any(form is not None and form.errors for form in (context["form"], context.get("own_form")))
    context = {"back_href": back, "submit_label": _("Speichern"), **context}
    return render(request, "pages/host/part_form.html", context, status=422 if errors else 200)
