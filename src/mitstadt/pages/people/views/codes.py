"""Take part with a code instead of an account, and leave again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.pages.people.forms import CodeForm, HouseForm
from mitstadt.spine import kinds
from mitstadt.spine.actions.codes import redeem
from mitstadt.spine.actions.houses import show_house_key
from mitstadt.spine.actions.limits import CODES_PER_HOUR, count_one
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import ParticipationCode
from mitstadt.ui.opened_for import whoever_sends
from mitstadt.ui.participants import connection_address, sign_in_by_code
from mitstadt.ui.requests import actor_of


@whoever_sends
def code(request: HttpRequest) -> HttpResponse:
    """One field; a code that we know leads straight to its room."""
    person = actor_of(request).person
    with_account = person is not None and person.has_account
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:40]})
    if request.method == "POST" and not with_account and form.is_valid():
        try:
            found = _redeemed(request, form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error("code", str(refusal.sentence))
        else:
            return _welcome(request, found)
    context = {"form": form, "with_account": with_account, "person": person}
    return render(request, "pages/people/code.html", context, status=422 if form.errors else 200)


def house(request: HttpRequest) -> HttpResponse:
    """A library or a school shows its key: more people may take part at its connection."""
    form, shown = HouseForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        now, address = clock.now(), connection_address(request)
        try:
            try:
                shown = show_house_key(form.cleaned_data["code"], address, now=now)
            except Refused:
                count_one("code", address, most=CODES_PER_HOUR, now=now)
                raise
        except Refused as refusal:
            form.add_error("code", str(refusal.sentence))
    context = {"form": form, "shown": shown}
    return render(request, "pages/people/house.html", context, status=422 if form.errors else 200)


@whoever_sends
def leave(request: HttpRequest) -> HttpResponse:
    """End the visit with a code: asked first, since a code that is not written down is lost."""
    if request.method == "POST":
        logout(request)
        messages.success(request, _("Sie sind abgemeldet. Mit Ihrem Code kommen Sie jederzeit zurück."))
        return redirect("home")
    return render(request, "pages/people/leave.html")


def _redeemed(request: HttpRequest, typed: str) -> ParticipationCode:
    """The code. Only failed tries are counted, and a right one is never refused, whoever failed before on this line."""
    now = clock.now()
    try:
        return redeem(typed, now=now)
    except Refused:
        count_one("code", connection_address(request), most=CODES_PER_HOUR, now=now)
        raise


def _welcome(request: HttpRequest, found: ParticipationCode) -> HttpResponse:
    sign_in_by_code(request, found.person, found.room)
    if not found.room.is_public:
        messages.info(request, _("Ihr Code stimmt. Dort ist noch nichts offen; kommen Sie später wieder."))
        return redirect("my_page")
    words = _("Sie sind da. Hier können Sie beitragen, kommentieren und unterstützen.")
    messages.success(request, words)
    return redirect(kinds.address_of(found.room))
