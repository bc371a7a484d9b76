"""Who works in a room of any kind."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Role
from mitstadt.pages.colleagues.queries import invitations_to, with_lapse
from mitstadt.pages.host.queries import members_of, roles_in
from mitstadt.pages.roles import RoleForm, gave, given
from mitstadt.spine.actions.roles import assign_role
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Process, Room
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.rooms import room_by_ref
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of


def room_for(request: HttpRequest, ref: str, deed: Deed) -> Room:
    """The room, for those who may do this deed there; 404 for a draft of others, 403 with a sentence otherwise."""
    actor = actor_of(request)
    found = room_by_ref(ref, actor=actor)
    require_page(permit(actor, deed, found, now=clock.now()))
    return found


def roles(request: HttpRequest, ref: str) -> HttpResponse:
    """Who works in this room and who is invited; give a role to somebody."""
    room = room_for(request, ref, Deed.ASSIGN_ROLES)
    form = RoleForm(request, [role for role in Role if role != Role.CONTRIBUTOR])
    if gave(request, form, partial(assign_role, room)):
        return redirect(request.path)
    now, page = clock.now(), "host_role" if room.kind == Process.KIND else "room_role"
    context = {
        "process": room,
        "form": form,
        "given": [(one, reverse(page, args=[ref, one.key])) for one in given(roles_in(room))],
        "members": given(members_of(room)),
        "invitations": with_lapse(invitations_to(room), now=now),
    }
    return render(request, "pages/host/roles.html", context, status=422 if form.errors else 200)
