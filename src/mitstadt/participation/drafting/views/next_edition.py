"""Write the next edition passage by passage beside the current one, then publish it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.working_copy import begin_next_edition, discard_next_edition, restore
from mitstadt.participation.drafting.editing_forms import PublishForm
from mitstadt.participation.drafting.models import CoText, Edition, Shape
from mitstadt.participation.drafting.presenting import difference
from mitstadt.participation.drafting.queries.reading import text_by_ref
from mitstadt.participation.drafting.queries.working import (
    all_working,
    current_edition,
    draft_summary,
    passages_left_out,
    rewritten,
)
from mitstadt.participation.drafting.views.importing import next_address
from mitstadt.participation.drafting.views.working import WorkingPage, save_page, shown_page
from mitstadt.participation.drafting.working_rows import kind_options
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.permits import permit
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, sent_text


def next_edition(request: HttpRequest, ref: str) -> HttpResponse:
    """Old words on one side, new ones on the other; the operations are those of the preview."""
    text, edition = _editable(request, ref)
    if request.method == "POST" and (deed := request.POST.get("do", "")):
        return _whole_text(request, text, edition, deed)
    if not text.working_passages.exists():
        return render(
            request, "drafting/next_edition_begin.html", {"process": text.home, "text": text, "edition": edition}
        )
    shown = shown_page(request, text)
    if request.method != "POST":
        return _editor(request, text, edition, shown)
    try:
        save_page(request, text, shown, now=clock.now())
    except Refused as refusal:
        return _editor(request, text, edition, shown, refused=str(refusal.sentence))
    messages.success(request, _("Gespeichert. Noch liest es niemand außer Ihnen und der Redaktion."))
    if request.POST.get("go") == "on":
        return redirect("publish_edition", ref=ref)
    return redirect(next_address(request, shown))


def _whole_text(request: HttpRequest, text: CoText, edition: Edition, deed: str) -> HttpResponse:
    now, actor = clock.now(), actor_of(request)
    if deed == "begin":
        begin_next_edition(text, actor=actor, now=now)
    elif deed == "discard":
        discard_next_edition(text, actor=actor, now=now)
    elif deed == "restore":
        passage = edition.passages.filter(ref=sent_text(request, "passage")).first()
        if passage is None:
            raise Http404
        restore(text, actor=actor, passage=passage, now=now)
    return redirect("next_edition", ref=text.ref)


def _editor(
    request: HttpRequest, text: CoText, edition: Edition, shown: WorkingPage, *, refused: str = ""
) -> HttpResponse:
    context = {
        "process": text.home,
        "text": text,
        "edition": edition,
        "number": edition.number + 1,
        "working": shown,
        "page": shown.page,
        "first_options": kind_options(Shape.PARAGRAPH.value),
        "left_out": passages_left_out(text, edition),
        "refused": refused,
    }
    return render(request, "drafting/next_edition.html", context, status=422 if refused else 200)


def publish(request: HttpRequest, ref: str) -> HttpResponse:
    """What changes, once more in one view; then everyone reads it, and those concerned are told."""
    text, edition = _editable(request, ref)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = publish_edition(text, actor=actor_of(request), now=clock.now(), note=form.cleaned_data["note"])
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Fassung %(number)s ist veröffentlicht.") % {"number": made.number})
            return redirect(f"{reverse('editions_compared', args=[ref])}?von={edition.number}&bis={made.number}")
    working = all_working(text)
    if not working and request.method != "POST":
        return redirect("next_edition", ref=ref)
    left_out = passages_left_out(text, edition) if working else []
    context = {
        "process": text.home,
        "text": text,
        "form": form,
        "number": edition.number + 1,
        "summary": draft_summary(working, len(left_out)),
        "changes": [
            (row, difference(" ".join(old.body for old in row.predecessors.all()), row.words))
            for row in rewritten(working)
        ],
        "left_out": left_out,
        "back_href": reverse("next_edition", args=[ref]),
    }
    return render(request, "drafting/publish_edition.html", context, status=422 if form.errors else 200)


def _editable(request: HttpRequest, ref: str) -> tuple[CoText, Edition]:
    actor = actor_of(request)
    text = text_by_ref(ref, actor=actor)
    require_page(permit(actor, Deed.EDIT_PART, text, now=clock.now()))
    edition = current_edition(text)
    if edition is None:
        raise Http404
    return text, edition
