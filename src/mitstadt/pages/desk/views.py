"""Pages of the desk: where to enter, the form itself, what was entered today, and the way to take it back."""

from __future__ import annotations

from datetime import datetime, time

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
from mitstadt.pages.desk.forms import CHANNELS, SlipForm
from mitstadt.pages.desk.reading import read_slip
from mitstadt.pages.desk.rows import SlipRow, entry_of
from mitstadt.pages.host.queries import workplace_rows
from mitstadt.participation.drafting.actions.entering import Entered, enter_slip
from mitstadt.participation.drafting.models import CoText
from mitstadt.participation.drafting.queries.slips import entered_slips, passage_choices
from mitstadt.spine.actions.entries import undo_entry
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Process
from mitstadt.spine.permits import Permit, permit, permit_any, permit_entry
from mitstadt.spine.queries.parts import parts_of, with_phases
from mitstadt.spine.queries.processes import process_by_ref
from mitstadt.spine.queries.workplaces import processes_where
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, page_number

LAST = 5
PER_PAGE = 100


def desk(request: HttpRequest) -> HttpResponse:
    """The processes for which one may enter slips now, and those for which one may not, with the reason."""
    actor, now = actor_of(request), clock.now()
    mine = set(processes_where(actor, Deed.ENTER_FOR_OTHERS).values_list("pk", flat=True))
    require_page(Permit(bool(mine), "" if mine else "needs_role"))
    rows = [row.process for row in workplace_rows(actor, now=now) if row.process.pk in mine]
    allowed = [(process, permit_any(actor, Deed.ENTER_FOR_OTHERS, parts_of(process), now=now)) for process in rows]
    context = {"rows": sorted(allowed, key=lambda pair: not pair[1])}
    return render(request, "pages/desk/desk.html", context)


def desk_process(request: HttpRequest, ref: str) -> HttpResponse:
    """One dense form: save, and the next one begins with the same channel."""
    process, text = _enterable(request, ref)
    actor, now = actor_of(request), clock.now()
    if request.method != "POST":
        wanted = request.GET.get("kanal", "")
        known = {channel.value for channel in CHANNELS}
        form = SlipForm(initial={"channel": wanted} if wanted in known else None)
        return _page(request, process, text, form)
    form = SlipForm(request.POST)
    if form.is_valid() and (slip := read_slip(form, text)):
        try:
            entered = enter_slip(text, slip, clerk=actor, now=now)
        except Refused as refusal:
            form.add_error(_FIELD_OF.get(refusal.reason), str(refusal.sentence))
        else:
            messages.success(request, _said(entered), extra_tags="received")
            return redirect(f"{reverse('desk_process', args=[ref])}?kanal={slip.channel.value}")
    return _page(request, process, text, form)


_FIELD_OF = {
    "code_unknown": "code",
    "slip_of_other_room": "code",
    "wording_unchanged": "wording",
    "nothing_on_the_slip": "body",
    "text_missing": "body",
}


def _said(entered: Entered) -> str:
    parts = []
    if entered.contribution:
        parts.append(_("Gespeichert. Auf den Bogen: %(ref)s.") % {"ref": entered.contribution.ref})
    if entered.supports:
        parts.append(
            ngettext("%(n)s Unterstützung zählt.", "%(n)s Unterstützungen zählen.", entered.supports)
            % {"n": entered.supports}
        )
    if entered.counted_before:
        parts.append(
            ngettext("%(n)s zählte schon.", "%(n)s zählten schon.", entered.counted_before)
            % {"n": entered.counted_before}
        )
    return " ".join(parts)


def _page(request: HttpRequest, process: Process, text: CoText, form: SlipForm) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    context = {
        "process": process,
        "form": form,
        "passages": passage_choices(text),
        "allowed": permit(actor, Deed.ENTER_FOR_OTHERS, text, now=now),
        "last": _rows(request, text, most=LAST),
    }
    return render(request, "pages/desk/process.html", context, status=422 if form.errors else 200)


def today(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that this clerk entered today."""
    process, text = _enterable(request, ref)
    rows = _rows(request, text)
    page = Paginator(rows, PER_PAGE).get_page(page_number(request))
    return render(request, "pages/desk/today.html", {"process": process, "page": page, "total": len(rows)})


def _rows(request: HttpRequest, text: CoText, *, most: int | None = None) -> list[SlipRow]:
    now = clock.now()
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    person = actor_of(request).person
    if person is None:
        return []
    return [SlipRow(slip, now) for slip in entered_slips(text, person, since=midnight, most=most)]


@require_POST
def undo(request: HttpRequest, ref: str) -> HttpResponse:
    """Take one slip back after a typing error."""
    process, _text = _enterable(request, ref)
    try:
        person_id, entered_at = entry_of(request.POST.get("entry", ""))
    except signing.BadSignature as error:
        raise Http404 from error
    try:
        undo_entry(process, clerk=actor_of(request), person_id=person_id, entered_at=entered_at, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Zurückgenommen. Im Protokoll steht, dass es ein Irrtum beim Erfassen war."))
    return redirect("desk_process", ref=ref)


def _enterable(request: HttpRequest, ref: str) -> tuple[Process, CoText]:
    actor = actor_of(request)
    process = process_by_ref(ref, actor=actor)
    require_page(permit_entry(actor, process))
    text = with_phases(CoText.objects.filter(room=process.pk)).order_by("pk").first()
    if text is None or not text.is_up:
        require_page(Permit(False, "room_not_open"))
        raise Http404
    return process, text
