"""Tell what is new in a process, with pictures and files."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitstadt.ground import clock
from mitstadt.ground.files.api import OFFICE, PICTURES, Accepted
from mitstadt.pages.host.views.access import process_for
from mitstadt.spine.actions.announcements import MOST_CHARACTERS, MOST_IN_TITLE, announce
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.ui.assisted import AssistedForm
from mitstadt.ui.forms import LongText
from mitstadt.ui.requests import actor_of
from mitstadt.ui.uploads.bounds import takes_files
from mitstadt.ui.uploads.fields import UploadsField
from mitstadt.ui.uploads.keeping import form_with_files

_MOST_FILES = 4


class AnnouncementForm(AssistedForm):
    """What is new, in a line and a few sentences."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    title = forms.CharField(
        label=gettext_lazy("Was ist neu?"),
        help_text=gettext_lazy("In einer Zeile, etwa: „Der Entwurf hängt jetzt im Rathaus aus“."),
        max_length=MOST_IN_TITLE,
        error_messages={"required": gettext_lazy("Die Zeile fehlt noch: Was ist neu?")},
    )
    text = forms.CharField(
        label=gettext_lazy("Mehr dazu"),
        max_length=MOST_CHARACTERS,
        widget=LongText(rows=5),
        error_messages={"required": gettext_lazy("Schreiben Sie ein paar Sätze dazu.")},
    )
    documents = UploadsField(
        label=gettext_lazy("Bilder und Dokumente"),
        accepted=Accepted(kinds=OFFICE | PICTURES),
        most=_MOST_FILES,
        captions=True,
    )


@takes_files(60_000_000)
def announcement(request: HttpRequest, ref: str) -> HttpResponse:
    """Write news; everyone reads it on the page of the process, and who follows it is told."""
    process, now = process_for(request, ref, Deed.ANNOUNCE), clock.now()
    form = form_with_files(AnnouncementForm, request, now=now)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            announce(
                process,
                actor=actor_of(request),
                title=said["title"],
                text=said["text"],
                files=said["documents"],
                submission_key=said["submission_key"],
                now=now,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Veröffentlicht. Wer der Beteiligung folgt, erfährt es."))
            return redirect("process", ref=ref)
    context = {
        "process": process,
        "form": form,
        "submit_label": _("Veröffentlichen"),
        "back_href": reverse("host", args=[ref]),
    }
    return render(request, "pages/host/announcement.html", context, status=422 if form.errors else 200)
