"""The codes of a room of any kind: print them, see how many are used, revoke a batch or a single one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from mitstadt.ground import clock
from mitstadt.pages.host.forms import CodesForm, RevokeBatchForm, RevokeCodeForm
from mitstadt.pages.host.printing import as_download, code_page_address, printed_codes
from mitstadt.pages.host.queries import batches_of, code_count
from mitstadt.pages.rooms.leading import room_for
from mitstadt.spine import kinds
from mitstadt.spine.actions.codes import issue_codes, revoke_batch, revoke_code
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Channel, CodeBatch, Process, Room
from mitstadt.ui.requests import actor_of, show_a_secret


@never_cache
def codes(request: HttpRequest, ref: str) -> HttpResponse:
    """New codes on a sheet to print and as a file; this is the one time that anyone can read them."""
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
        return _sheet(request, room, secret)
    context = {
        "process": room,
        "form": form,
        "codes": code_count(room),
        "batches": [(one, _address(room, "batch", one.number)) for one in batches_of(room)],
        "revoke_href": _address(room, "revoke"),
        "back_href": reverse("host", args=[ref]) if room.kind == Process.KIND else kinds.address_of(room),
        "submit_label": _("Codes erzeugen"),
    }
    return render(request, "pages/host/codes.html", context, status=422 if form.errors else 200)


@never_cache
def batch(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """One batch: revoke what nobody has used yet, and print as many anew where that is wanted."""
    room = room_for(request, ref, Deed.ISSUE_CODES)
    found = next((one for one in batches_of(room) if one.number == number), None)
    if found is None:
        raise Http404
    form = RevokeBatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count, anew = _revoked(request, found, form)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            if anew:
                return _sheet(request, room, anew)
            told = ngettext("%(n)s Code ist jetzt ungültig.", "%(n)s Codes sind jetzt ungültig.", count)
            messages.success(request, told % {"n": count})
            return redirect(_address(room, "codes"))
    context = {"process": room, "batch": found, "form": form, "back_href": _address(room, "codes")}
    return render(request, "pages/host/code_batch.html", context, status=422 if form.errors else 200)


def _revoked(request: HttpRequest, found: CodeBatch, form: RevokeBatchForm) -> tuple[int, list[str]]:
    return revoke_batch(
        found,
        actor=actor_of(request),
        reason=form.cleaned_data["reason"],
        print_anew=request.POST.get("do") == "anew",
        now=clock.now(),
    )


def revoke(request: HttpRequest, ref: str) -> HttpResponse:
    """Make one code invalid that got into wrong hands; it is typed, since we do not know it."""
    room = room_for(request, ref, Deed.ISSUE_CODES)
    form = RevokeCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            revoke_code(room, data["code"], actor=actor_of(request), reason=data["reason"], now=clock.now())
        except Refused as refusal:
            form.add_error("code", str(refusal.sentence))
        else:
            messages.success(request, _("Der Code ist jetzt ungültig. Was mit ihm gesagt wurde, bleibt stehen."))
            return redirect(_address(room, "codes"))
    context = {
        "process": room,
        "form": form,
        "back_href": _address(room, "codes"),
        "submit_label": _("Ungültig machen"),
    }
    return render(request, "pages/host/code_revoke.html", context, status=422 if form.errors else 200)


def _sheet(request: HttpRequest, room: Room, secret: list[str]) -> HttpResponse:
    show_a_secret(request)
    context = {
        "process": room,
        "number": batches_of(room)[0].number,
        "codes": printed_codes(secret),
        "page": code_page_address(),
        "download": as_download(secret, room.title),
        "back_href": _address(room, "codes"),
    }
    return render(request, "pages/host/codes_sheet.html", context)


_PAGES = {
    "codes": ("host_codes", "room_codes"),
    "batch": ("host_code_batch", "room_code_batch"),
    "revoke": ("host_code_revoke", "room_code_revoke"),
}


def _address(room: Room, page: str, *more: object) -> str:
    of_process, of_room = _PAGES[page]
    return reverse(of_process if room.kind == Process.KIND else of_room, args=[room.ref, *more])
