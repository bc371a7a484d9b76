"""One role of one person: let it rest, let it hold again, or end it, with a reason that the person reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Membership, Role
from mitstadt.pages.colleagues.forms import ReasonForm
from mitstadt.pages.organisations.queries import organisation_by_slug
from mitstadt.pages.roles import label_of
from mitstadt.pages.rooms.leading import room_for
from mitstadt.spine.actions.organisations import end_membership, rest_membership, resume_membership
from mitstadt.spine.actions.roles import end_role, rest_role, resume_role
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import RoomRole
from mitstadt.spine.permits import permit_leading
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of

Deeds = dict[str, Callable[..., None]]


def membership(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """A role in an organisation."""
    found = organisation_by_slug(slug)
    require_page(permit_leading(actor_of(request), found.pk))
    given = Membership.objects.select_related("person", "organisation").filter(pk=key, organisation=found).first()
    deeds: Deeds = {
        "rest": partial(rest_membership, found),
        "resume": partial(resume_membership, found),
        "end": partial(end_membership, found),
    }
    return _page(request, given, deeds, back=reverse("organisation_people", args=[slug]))


def room_role(request: HttpRequest, ref: str, key: int) -> HttpResponse:
    """A role in one room."""
    room = room_for(request, ref, Deed.ASSIGN_ROLES)
    given = RoomRole.objects.select_related("person", "room").filter(pk=key, room=room.pk).first()
    deeds: Deeds = {
        "rest": partial(rest_role, room),
        "resume": partial(resume_role, room),
        "end": partial(end_role, room),
    }
    back = reverse("host_roles" if room.kind == "process" else "room_roles", args=[ref])
    return _page(request, given, deeds, back=back)


def _page(request: HttpRequest, given: Membership | RoomRole | None, deeds: Deeds, *, back: str) -> HttpResponse:
    if given is None:
        raise Http404
    wanted = request.POST.get("do", "")
    # Whoever lets a role hold again needs no reason.
    form = ReasonForm(request.POST or None)
    if wanted == "resume":
        form.fields["reason"].required = False
    if request.method == "POST" and wanted in deeds and form.is_valid():
        more: dict[str, Any] = {} if wanted == "resume" else {"reason": form.cleaned_data["reason"]}
        try:
            deeds[wanted](
                actor=actor_of(request),
                email=given.person.email or "",
                role=Role(given.role),
                now=clock.now(),
                **more,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Gespeichert. Die Person bekommt eine Mail."))
            return redirect(back)
    context = {"given": given, "label": label_of(given), "form": form, "back_href": back}
    return render(request, "pages/colleagues/role.html", context, status=422 if form.errors else 200)
