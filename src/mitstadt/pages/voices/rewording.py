"""Change one's own words; what stood there before stays to be read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.pages.voices.forms import RewordForm
from mitstadt.pages.voices.records import record_by_ref
from mitstadt.spine.actions import corrections
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.kinds import address_of, stands_at
from mitstadt.spine.models import Record
from mitstadt.spine.permits import permit_on
from mitstadt.ui.participants import taking_part
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of


def reword(request: HttpRequest, ref: str) -> HttpResponse:
    """Say it otherwise; supports stay, and those who gave them are told."""
    record = record_by_ref(ref, actor=actor_of(request))
    require_page(permit_on(actor_of(request), Deed.REWORD, record, now=clock.now()))
    form = RewordForm(record, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _reword(request, record, form)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Geändert. Was vorher dastand, bleibt im Werdegang zu lesen."))
            return redirect(address_of(stands_at(record)))
    context = {
        "record": record,
        "form": form,
        "back_href": address_of(record),
        "submit_label": _("Öffentlich ändern"),
    }
    return render(request, "pages/reword.html", context, status=422 if form.errors else 200)


def _reword(request: HttpRequest, record: Record, form: RewordForm) -> None:
    now = clock.now()
    with taking_part(request, record, Deed.REWORD, now=now) as actor:
        corrections.reword(record, actor=actor, texts=form.corrected(), reason=form.cleaned_data["reason"], now=now)
