"""The dashboard of a process, and the deeds of those who lead it: roles, codes, commitment, the end."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.pages.host.forms import (
    ChangeForm,
    value_form_for,
)
from mitstadt.pages.host.queries import dashboard
from mitstadt.pages.host.steps import BY_FIELD, BY_KEY, missing_steps, step_address
from mitstadt.pages.host.summary import value_in_words
from mitstadt.pages.host.views.access import process_for
from mitstadt.pages.host.views.changing import propose_commitment
from mitstadt.pages.presenting import standing_of, stretches, together_with
from mitstadt.pages.processes.ways import work_links
from mitstadt.spine import formats
from mitstadt.spine.actions.processes import declare_promise_kept
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import RoomStage
from mitstadt.spine.permits import permit, permit_any
from mitstadt.spine.queries.amendments import cancellation, others_who_lead, waiting_in
from mitstadt.spine.queries.parts import parts_of, taking_part_until
from mitstadt.ui.parts import Row
from mitstadt.ui.requests import actor_of


def host(request: HttpRequest, ref: str) -> HttpResponse:
    """What is due first in this process; every count leads to the work behind it."""
    process = process_for(request, ref, Deed.SEE_DASHBOARD)
    now, actor = clock.now(), actor_of(request)
    may = {
        deed.value: permit(actor, deed, process, now=now)
        for deed in (
            Deed.PREPARE,
            Deed.ANSWER,
            Deed.MODERATE,
            Deed.ISSUE_CODES,
            Deed.CHANGE_COMMITMENT,
            Deed.AMEND,
            Deed.ANNOUNCE,
            Deed.DISCARD,
            Deed.ASSIGN_ROLES,
        )
    }
    parts = parts_of(process)
    may[Deed.ENTER_FOR_OTHERS.value] = permit_any(actor, Deed.ENTER_FOR_OTHERS, parts, now=now)
    missing = missing_steps(process) if process.stage == RoomStage.PREPARED else []
    board, until = dashboard(process, parts, now=now), taking_part_until(process, now=now)
    owed = board.promise is not None and board.promise.kept_at is None and not board.promise.released
    context = {
        "process": process,
        "board": board,
        "several_parts": len(parts) > 1,
        "part_rows": [(part, standing_of(part, now=now)) for part in parts],
        "phases": stretches(process, now=now),
        "together": together_with(process),
        "may": may,
        "missing": [(one, step_address(process, one)) for one in missing],
        "work": [link for link in work_links(process, actor=actor, now=now) if link.href != request.path],
        "may_plan": bool(formats.all_formats()) and process.stage != RoomStage.CLOSED,
        "is_prepared": process.stage == RoomStage.PREPARED,
        "is_open": process.stage == RoomStage.OPEN,
        "may_declare_kept": may["change_commitment"] and owed and not board.waiting and until is None,
        "proposals": len(waiting_in(process)) if may[Deed.AMEND.value] else 0,
        "cancelled": cancellation(process),
    }
    return render(request, "pages/host/dashboard.html", context)


def commitment_parts(request: HttpRequest, ref: str) -> HttpResponse:
    """The commitment with a way to change each part, in public."""
    process = process_for(request, ref, Deed.CHANGE_COMMITMENT)
    if process.stage == RoomStage.PREPARED:
        return redirect("host_check", ref=ref)
    rows = [
        Row(
            term=str(BY_FIELD[field].title),
            value=value_in_words(process, field),
            change_href=reverse("host_commitment_part", args=[ref, BY_FIELD[field].key]),
        )
        for field in BY_FIELD
    ]
    return render(request, "pages/host/commitment.html", {"process": process, "rows": rows})


def commitment_part(request: HttpRequest, ref: str, part: str) -> HttpResponse:
    """Change one part: before, after and why stay public for good."""
    process = process_for(request, ref, Deed.CHANGE_COMMITMENT)
    asked = BY_KEY.get(part)
    if asked is None or not asked.field:
        raise Http404
    if process.stage == RoomStage.PREPARED:
        return redirect("host_step", ref=ref, step=part)
    data = request.POST if request.method == "POST" else None
    known = {"value": getattr(process.commitment, asked.field)}
    value = value_form_for(process, asked.field, data=data, initial=known)
    form = _joined(value, ChangeForm(data=data))
    if data is not None and form.is_valid() and (made := propose_commitment(request, process, form, asked.field)):
        return made
    context = {
        "process": process,
        "asked": asked,
        "form": form,
        "back_href": reverse("host_commitment", args=[ref]),
        "submit_label": _("Vorschlagen"),
        "others": others_who_lead(process, actor=actor_of(request)),
    }
    return render(request, "pages/host/commitment_part.html", context, status=422 if form.errors else 200)


def _joined(first: forms.Form, second: forms.Form) -> forms.Form:
    """One form with the fields of both."""
    for name, field in second.fields.items():
        first.fields[name] = field
    return first


@require_POST
def kept(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that everyone got an answer; refused while one is missing."""
    process = process_for(request, ref, Deed.CHANGE_COMMITMENT)
    try:
        declare_promise_kept(process, actor=actor_of(request), now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Die Zusage ist gehalten. Das steht jetzt auf der Tafel der Zusagen."))
    return redirect("host", ref=ref)
