"""Write the next edition passage by passage beside the current one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.participation.drafting.actions.working_copy import begin_next_edition, discard_next_edition, restore
from mitstadt.participation.drafting.models import CoText, Edition, Shape
from mitstadt.participation.drafting.queries.reading import text_by_ref
from mitstadt.participation.drafting.queries.working import current_edition, passages_left_out
from mitstadt.participation.drafting.views.importing import next_address
from mitstadt.participation.drafting.views.working import WorkingPage, lost_words, save_page, shown_page
from mitstadt.participation.drafting.working_rows import kind_options
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.permits import permit
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, sent_text


def next_edition(request: HttpRequest, ref: str) -> HttpResponse:
    """Old words on one side, new ones on the other; the operations are those of the preview."""
    text, edition = editable(request, ref)
    if request.method == "POST" and (deed := request.POST.get("do", "")):
        return _whole_text(request, text, edition, deed)
    if not text.working_passages.exists():
        lost = lost_words(request, edition) if request.method == "POST" else []
        context = {"process": text.home, "text": text, "edition": edition, "lost": lost}
        return render(request, "drafting/next_edition_begin.html", context, status=422 if lost else 200)
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


def editable(request: HttpRequest, ref: str) -> tuple[CoText, Edition]:
    """The text and its current edition, for those who write the next one."""
    actor = actor_of(request)
    text = text_by_ref(ref, actor=actor)
    require_page(permit(actor, Deed.EDIT_PART, text, now=clock.now()))
    edition = current_edition(text)
    if edition is None:
        raise Http404
    return text, edition
