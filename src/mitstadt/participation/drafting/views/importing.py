"""Bring a text in, and correct what was recognised before anyone else sees it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.actions.working_copy import import_text
from mitstadt.participation.drafting.importing_forms import MOST_BYTES, ImportForm
from mitstadt.participation.drafting.models import CoText
from mitstadt.participation.drafting.queries.reading import text_by_ref
from mitstadt.participation.drafting.queries.working import shape_counts
from mitstadt.participation.drafting.texts import reading_error, reading_notices
from mitstadt.participation.drafting.views.working import WorkingPage, save_page, shown_page
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.permits import permit
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of
from mitstadt.ui.uploads.bounds import takes_files


# The file, and as much pasted beside it.
@takes_files(2 * MOST_BYTES + 1_000_000)
def load(request: HttpRequest, ref: str) -> HttpResponse:
    """A file or pasted words; what cannot be read is said in a sentence, and pasted words stay."""
    text = _editable(request, ref)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _import(request, text, form):
        return redirect("text_preview", ref=ref)
    context = {
        "process": text.home,
        "form": form,
        "text": text,
        "is_loaded": text.working_passages.exists(),
        "back_href": reverse("host", args=[text.home.ref]),
        "submit_label": _("Text lesen"),
    }
    return render(request, "drafting/import.html", context, status=422 if form.errors else 200)


def _import(request: HttpRequest, text: CoText, form: ImportForm) -> bool:
    file = form.cleaned_data["file"]
    try:
        if file:
            read = computations.read_file(file.read(), file.name)
        else:
            read = computations.read_pasted(form.cleaned_data["pasted"])
        import_text(
            text,
            actor=actor_of(request),
            read=read,
            source_name=file.name[:200] if file else "",
            now=clock.now(),
        )
    except computations.ReadingError as error:
        form.add_error("file" if file else "pasted", reading_error(error))
        return False
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    for sentence in reading_notices(read.notices):
        messages.info(request, sentence)
    return True


def preview(request: HttpRequest, ref: str) -> HttpResponse:
    """What was recognised, to be corrected: kinds, words, cuts, joins, and what goes."""
    text = _editable(request, ref)
    if text.editions.exists():
        return redirect("next_edition", ref=ref)
    if not text.working_passages.exists():
        return redirect("text_import", ref=ref)
    shown = shown_page(request, text)
    if request.method != "POST":
        return _preview_page(request, text, shown)
    try:
        save_page(request, text, shown, now=clock.now())
    except Refused as refusal:
        return _preview_page(request, text, shown, refused=str(refusal.sentence))
    messages.success(request, _("Gespeichert."))
    if request.POST.get("go") == "on":
        return redirect("host_check", ref=text.home.ref)
    return redirect(next_address(request, shown))


def next_address(request: HttpRequest, shown: WorkingPage) -> str:
    """This very page again, or the next one where that was asked for."""
    number = shown.page.number
    if request.POST.get("go") == "next" and shown.page.has_next():
        number += 1
    return f"{request.path}?seite={number}"


def _preview_page(request: HttpRequest, text: CoText, shown: WorkingPage, *, refused: str = "") -> HttpResponse:
    context = {
        "process": text.home,
        "text": text,
        "working": shown,
        "page": shown.page,
        "counts": shape_counts(text),
        "refused": refused,
    }
    return render(request, "drafting/preview.html", context, status=422 if refused else 200)


def _editable(request: HttpRequest, ref: str) -> CoText:
    actor = actor_of(request)
    text = text_by_ref(ref, actor=actor)
    require_page(permit(actor, Deed.EDIT_PART, text, now=clock.now()))
    return text
