"""The link in an invitation: take on the role with an account, or set one up; and taking an invitation back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Role
from mitstadt.pages.colleagues.forms import SetUpForm
from mitstadt.pages.colleagues.queries import invitation_for
from mitstadt.spine.actions.invitations import accept, account_of, invitation_to_role, place_name, revoke, set_up
from mitstadt.spine.actions.limits import CODES_PER_HOUR, count_one
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import RoleInvitation
from mitstadt.ui.participants import connection_address
from mitstadt.ui.requests import actor_of, show_a_secret

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """What one is invited to, and the one next step: set up an account, sign in, or take it on."""
    show_a_secret(request)
    actor, now = actor_of(request), clock.now()
    made = _made(request, code)
    if isinstance(made, Refused):
        context = {"sentence": made.sentence}
        return render(request, "pages/colleagues/invitation_gone.html", context, status=404)
    known = account_of(made.email) is not None
    form = SetUpForm(request.POST if request.method == "POST" and actor.is_guest and not known else None)
    refused = ""
    if request.method == "POST":
        try:
            if not actor.is_guest:
                accept(code, actor=actor, now=now)
                return _welcome(request)
            if not known and form.is_valid():
                person = set_up(code, display_name=form.cleaned_data["display_name"], now=now)
                login(request, person, backend=_BACKEND)
                return _welcome(request)
        except Refused as refusal:
            refused = str(refusal.sentence)
    return _page(request, made, form, known=known, refused=refused)


def _made(request: HttpRequest, code: str) -> RoleInvitation | Refused:
    """The invitation of this link, or why there is none; who tries many is told to wait."""
    now = clock.now()
    try:
        return invitation_to_role(code, now=now)
    except Refused as refusal:
        try:
            count_one("code", connection_address(request), most=CODES_PER_HOUR, now=now)
        except Refused as enough:
            return enough
        return refusal


def _welcome(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Willkommen. Sie haben die Aufgabe; hier steht, was ansteht."))
    return redirect("workplace")


def _page(request: HttpRequest, made: RoleInvitation, form: SetUpForm, *, known: bool, refused: str) -> HttpResponse:
    actor = actor_of(request)
    address = (actor.person.email or "") if actor.person else ""
    context = {
        "made": made,
        "place": place_name(made),
        "role": Role(made.role).label,
        "form": form,
        "known": known,
        "is_guest": actor.is_guest,
        "is_theirs": address.lower() == made.email.lower(),
        "refused": refused,
        "sign_in_href": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    status = 422 if refused or form.errors else 200
    return render(request, "pages/colleagues/invitation.html", context, status=status)


@require_POST
def revoke_it(request: HttpRequest, key: int) -> HttpResponse:
    """Take an invitation back; its link leads nowhere any more."""
    actor = actor_of(request)
    made = invitation_for(actor, key)
    if made is None:
        raise Http404
    try:
        revoke(made, actor=actor, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Zurückgenommen. Der Link führt nirgends mehr hin."))
    if made.organisation:
        return redirect("organisation_people", slug=made.organisation.slug)
    return redirect("room_roles" if made.room and made.room.kind != "process" else "host_roles", ref=made.room.ref)  # type: ignore[union-attr]  # it invites to one of both
