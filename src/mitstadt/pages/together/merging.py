"""Merge, part again, split: for those who work on it, and for the authors of all that is concerned."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.ground import clock
from mitstadt.pages.together.forms import MergeForm, SeparateForm, SplitForm
from mitstadt.pages.together.queries import near, records_by_refs
from mitstadt.pages.voices.records import record_by_ref
from mitstadt.spine import kinds
from mitstadt.spine.actions import merging, splitting
from mitstadt.spine.authorship import fetch_further_authors
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Record
from mitstadt.spine.permits import permit_on
from mitstadt.ui.comments import shown_author
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of


def merge(request: HttpRequest, ref: str) -> HttpResponse:
    """Choose what goes on in this record."""
    target = _permitted(request, ref, Deed.MERGE)
    others = near(target)
    form = MergeForm(others, _labels(others), data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request)
        try:
            sources = records_by_refs(form.chosen, actor=actor)
            merging.merge(sources, target, actor=actor, reason=form.cleaned_data["reason"], now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            said = ngettext("%(n)s Eintrag ging hierin auf.", "%(n)s Einträge gingen hierin auf.", len(sources))
            messages.success(request, said % {"n": len(sources)})
            return redirect(kinds.address_of(target))
    return _page(request, "merge", target, form)


def separate(request: HttpRequest, ref: str) -> HttpResponse:
    """Part a record from the one it went into."""
    record = _permitted(request, ref, Deed.SEPARATE)
    form = SeparateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            merging.separate(record, actor=actor_of(request), reason=form.cleaned_data["reason"], now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Der Eintrag steht wieder für sich."))
            return redirect(kinds.address_of(record))
    return _page(request, "separate", record, form)


def split(request: HttpRequest, ref: str) -> HttpResponse:
    """Say where the pieces of a record end."""
    record = _permitted(request, ref, Deed.SPLIT)
    form = SplitForm(request.POST if request.method == "POST" else None, initial={"text": record.body})
    if request.method == "POST" and form.is_valid():
        pieces = splitting.marked(form.cleaned_data["text"])
        try:
            made = splitting.split(
                record, pieces, actor=actor_of(request), reason=form.cleaned_data["reason"], now=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Der Eintrag hat jetzt %(n)s Teile.") % {"n": len(made)})
            return redirect(kinds.address_of(record))
    return _page(request, "split", record, form)


def _permitted(request: HttpRequest, ref: str, deed: Deed) -> Record:
    record = record_by_ref(ref, actor=actor_of(request))
    require_page(permit_on(actor_of(request), deed, record, now=clock.now()))
    return record


def _labels(records: list[Record]) -> list[str]:
    """What people see of each: its ref, who said it, the first words, and how many support it."""
    fetch_further_authors(records)
    return [
        _("%(ref)s, %(author)s, unterstützt von %(supports)s: %(words)s")
        % {
            "ref": record.ref,
            "author": shown_author(record),
            "supports": record.support_count,
            "words": Truncator(" ".join(kinds.words(record).split())).chars(200),
        }
        for record in records
    ]


def _page(request: HttpRequest, name: str, record: Record, form: MergeForm | SeparateForm | SplitForm) -> HttpResponse:
    context = {
        "record": record,
        "words": kinds.words(record),
        "form": form,
        "back_href": kinds.address_of(record),
    }
    return render(request, f"pages/together/{name}.html", context, status=422 if form.errors else 200)
