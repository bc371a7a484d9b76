"""Pages of the desk: where to enter, the form itself, what was entered today, and the way to take it back."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.pages.desk.queries import enterable, rooms_to_enter_for
from mitstadt.pages.desk.rows import SlipRow, entry_of
from mitstadt.spine.actions.entries import undo_entry
from mitstadt.spine.actions.slips import Entered, Slip, enter_slip
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.formats import Desk, desk_of
from mitstadt.spine.models import Channel, Part
from mitstadt.spine.permits import Permit, permit, permit_entry
from mitstadt.spine.queries.parts import part_by_ref
from mitstadt.spine.queries.processes import process_by_ref
from mitstadt.spine.queries.slips import entered_slips
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, page_number
from mitstadt.ui.slips import CHANNELS

LAST = 5
PER_PAGE = 100
# Where a refusal stands that does not depend on the format.
_FIELD_OF = {
    "code_unknown": "code",
    "code_revoked": "code",
    "slip_of_other_room": "code",
    "name_not_shown": "name",
}


def desk(request: HttpRequest) -> HttpResponse:
    """The parts for which one may enter slips now, and those for which one may not, with the reason."""
    actor = actor_of(request)
    rooms = rooms_to_enter_for(actor)
    mine = rooms.exists()
    require_page(Permit(mine, "" if mine else "needs_role"))
    return render(request, "pages/desk/desk.html", {"rows": enterable(rooms, actor=actor, now=clock.now())})


def parts(request: HttpRequest, ref: str) -> HttpResponse:
    """The parts of one process that take slips; where there is one, straight to it."""
    actor = actor_of(request)
    process = process_by_ref(ref, actor=actor)
    require_page(permit_entry(actor, process))
    rows = enterable([process], actor=actor, now=clock.now())
    if len(rows) == 1:
        return redirect("desk_part", ref=rows[0].part.ref)
    return render(request, "pages/desk/desk.html", {"rows": rows, "process": process})


def enter(request: HttpRequest, ref: str) -> HttpResponse:
    """One dense form: save, and the next one begins with the same channel."""
    part, declared = _enterable(request, ref)
    if request.method != "POST":
        wanted = request.GET.get("kanal", "")
        known = {channel.value for channel in CHANNELS}
        return _page(request, part, declared.form(part, initial={"channel": wanted} if wanted in known else None))
    form = declared.form(part, data=request.POST)
    if form.is_valid():
        try:
            entered = _enter(request, part, declared, form)
        except Refused as refusal:
            form.add_error({**_FIELD_OF, **declared.faults}.get(refusal.reason), str(refusal.sentence))
        else:
            messages.success(request, _said(entered), extra_tags="received")
            return redirect(f"{reverse('desk_part', args=[ref])}?kanal={form.cleaned_data['channel']}")
    return _page(request, part, form)


def _enter(request: HttpRequest, part: Part, declared: Desk, form: forms.Form) -> Entered:
    now, clerk, data = clock.now(), actor_of(request), form.cleaned_data
    slip = Slip(
        key=data["submission_key"],
        channel=Channel(data["channel"]),
        say=lambda speaker: declared.say(form, speaker, clerk, now),
        supported=data["supports"],
        code=data["code"],
        name=data["name"],
    )
    return enter_slip(part, slip, clerk=clerk, now=now)


def _said(entered: Entered) -> str:
    told = []
    if entered.said:
        told.append(_("Gespeichert. Auf den Bogen: %(ref)s.") % {"ref": entered.said.ref})
    if entered.supports:
        told.append(
            ngettext("%(n)s Unterstützung zählt.", "%(n)s Unterstützungen zählen.", entered.supports)
            % {"n": entered.supports}
        )
    if entered.counted_before:
        told.append(
            ngettext("%(n)s zählte schon.", "%(n)s zählten schon.", entered.counted_before)
            % {"n": entered.counted_before}
        )
    return " ".join(told)


def _page(request: HttpRequest, part: Part, form: forms.Form) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    context = {
        "part": part,
        "process": part.home,
        "form": form,
        "lists": form.choices_of().items(),  # type: ignore[attr-defined]  # every form of a desk is a SlipForm
        "allowed": permit(actor, Deed.ENTER_FOR_OTHERS, part, now=now),
        "last": _rows(request, part, most=LAST),
    }
    return render(request, "pages/desk/part.html", context, status=422 if form.errors else 200)


def today(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that this clerk entered today."""
    part, _declared = _enterable(request, ref)
    rows = _rows(request, part)
    page = Paginator(rows, PER_PAGE).get_page(page_number(request))
    context = {"part": part, "process": part.home, "page": page, "total": len(rows)}
    return render(request, "pages/desk/today.html", context)


def _rows(request: HttpRequest, part: Part, *, most: int | None = None) -> list[SlipRow]:
    now = clock.now()
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    person = actor_of(request).person
    if person is None:
        return []
    return [SlipRow(slip, now) for slip in entered_slips(part, person, since=midnight, most=most)]


@require_POST
def undo(request: HttpRequest, ref: str) -> HttpResponse:
    """Take one slip back after a typing error."""
    part, _declared = _enterable(request, ref)
    try:
        person_id, entered_at = entry_of(request.POST.get("entry", ""))
    except signing.BadSignature as error:
        raise Http404 from error
    take_back = partial(undo_entry, part.home, clerk=actor_of(request), person_id=person_id, entered_at=entered_at)
    try:
        take_back(now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Zurückgenommen. Im Protokoll steht, dass es ein Irrtum beim Erfassen war."))
    return redirect("desk_part", ref=ref)


def _enterable(request: HttpRequest, ref: str) -> tuple[Part, Desk]:
    """The part with its desk, for those with the task of entering here; 404 where its format knows no slips."""
    actor = actor_of(request)
    part = part_by_ref(Part.objects.all(), ref, actor=actor)
    require_page(permit_entry(actor, part.home))
    declared = desk_of(part)
    if declared is None:
        raise Http404
    if not part.is_up:
        require_page(Permit(False, "part_not_open"))
    return part, declared
