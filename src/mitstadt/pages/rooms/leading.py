"""Who works in a room of any kind, and its codes."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Role
from mitstadt.pages.host.forms import CodesForm
from mitstadt.pages.host.printing import printed_codes
from mitstadt.pages.host.queries import code_count, members_of, roles_in
from mitstadt.pages.roles import RoleForm, changed, given
from mitstadt.spine import kinds
from mitstadt.spine.actions.codes import issue_codes
from mitstadt.spine.actions.roles import assign_role, end_role
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Channel, Process, Room
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.rooms import room_by_ref
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, show_a_secret


def room_for(request: HttpRequest, ref: str, deed: Deed) -> Room:
    """The room, for those who may do this deed there; 404 for a draft of others, 403 with a sentence otherwise."""
    actor = actor_of(request)
    found = room_by_ref(ref, actor=actor)
    require_page(permit(actor, deed, found, now=clock.now()))
    return found


def roles(request: HttpRequest, ref: str) -> HttpResponse:
    """Who works in this room; give a role to someone with an account, or end one."""
    room = room_for(request, ref, Deed.ASSIGN_ROLES)
    form = RoleForm(request, [role for role in Role if role != Role.CONTRIBUTOR])
    if changed(request, form, give=partial(assign_role, room), end=partial(end_role, room)):
        return redirect(request.path)
    context = {
        "process": room,
        "form": form,
        "given": given(roles_in(room)),
        "members": given(members_of(room)),
    }
    return render(request, "pages/host/roles.html", context, status=422 if form.errors else 200)


@never_cache
def codes(request: HttpRequest, ref: str) -> HttpResponse:
    """New codes on a sheet to print; this is the one time that anyone can read them."""
    room = room_for(request, ref, Deed.ISSUE_CODES)
    form = CodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret = issue_codes(
            room,
            actor=actor_of(request),
            count=form.cleaned_data["count"],
            channel=Channel(form.cleaned_data["channel"]),
            now=clock.now(),
        )
        show_a_secret(request)
        return render(request, "pages/host/codes_sheet.html", {"process": room, "codes": printed_codes(secret)})
    context = {
        "process": room,
        "form": form,
        "codes": code_count(room),
        "back_href": reverse("host", args=[ref]) if room.kind == Process.KIND else kinds.address_of(room),
        "submit_label": _("Codes erzeugen"),
    }
    return render(request, "pages/host/codes.html", context, status=422 if form.errors else 200)
