"""The end of a process: close it with what came of it, and correct that in public."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.pages.host.outcome_forms import OutcomeForm, known_of
from mitstadt.pages.host.queries import dashboard
from mitstadt.pages.host.views.access import process_for
from mitstadt.pages.presenting import verdicts_of
from mitstadt.spine.actions.outcomes import correct_outcome
from mitstadt.spine.actions.processes import close_process
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Process, RoomStage
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.decisions import outcome_of
from mitstadt.spine.queries.parts import parts_of, taking_part_until
from mitstadt.ui.requests import actor_of
from mitstadt.ui.uploads.bounds import takes_files
from mitstadt.ui.uploads.keeping import form_with_files

_MOST_BYTES = 60_000_000


@takes_files(_MOST_BYTES)
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close the process once the time to take part is over: what is still open, what came of it."""
    process = process_for(request, ref, Deed.CLOSE)
    if process.stage != RoomStage.OPEN:
        return redirect("host", ref=ref)
    now = clock.now()
    if until := taking_part_until(process, now=now):
        context = {
            "process": process,
            "until": until,
            "may_shorten": permit(actor_of(request), Deed.AMEND, process, now=now),
        }
        return render(request, "pages/host/close_later.html", context, status=422 if request.method == "POST" else 200)
    known = {"decided_by": process.commitment.decided_by_id, "decided_on": timezone.localdate(now)}
    form = _form(request, process, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            close_process(process, actor=actor_of(request), outcome=form.outcome, now=now)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Die Beteiligung ist abgeschlossen. Das Ergebnis steht oben auf ihrer Seite."))
            return redirect("process", ref=ref)
    context = {
        "process": process,
        "board": dashboard(process, parts_of(process), now=now),
        "form": form,
        "verdicts": verdicts_of(process),
        "submit_label": _("Beteiligung abschließen"),
        "back_href": reverse("host", args=[ref]),
    }
    return render(request, "pages/host/close.html", context, status=422 if form.errors else 200)


@takes_files(_MOST_BYTES)
def outcome(request: HttpRequest, ref: str) -> HttpResponse:
    """Correct what came of it, in public and with a reason."""
    process = process_for(request, ref, Deed.AMEND)
    standing = outcome_of(process)
    if standing is None:
        raise Http404
    form = _form(request, process, initial=known_of(standing), reason_label=_("Warum berichtigen Sie das?"))
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        try:
            correct_outcome(standing, form.outcome, actor=actor_of(request), reason=why, now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Das Ergebnis ist öffentlich berichtigt."))
            return redirect("process", ref=ref)
    context = {
        "process": process,
        "form": form,
        "submit_label": _("Öffentlich berichtigen"),
        "back_href": reverse("process", args=[ref]),
    }
    return render(request, "pages/host/outcome.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, process: Process, *, initial: dict[str, Any], reason_label: str = "") -> OutcomeForm:
    return form_with_files(OutcomeForm, request, process, now=clock.now(), initial=initial, reason_label=reason_label)
