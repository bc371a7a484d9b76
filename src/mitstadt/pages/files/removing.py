"""The files of a record, for those who may take one off: its author, and who moderates there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.pages.voices.records import record_by_ref
from mitstadt.spine import kinds
from mitstadt.spine.actions.attachments import detach, permit_detach
from mitstadt.spine.models import Attachment
from mitstadt.spine.queries.attachments import attachments_of
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, sent_text
from mitstadt.ui.uploads.showing import downloads_of, pictures_of


def record_files(request: HttpRequest, ref: str) -> HttpResponse:
    """Every file with its button; one that is taken off is gone for ever."""
    actor, now = actor_of(request), clock.now()
    record = record_by_ref(ref, actor=actor)
    require_page(permit_detach(record, actor=actor, now=now))
    files = attachments_of([record], actor=actor).get(record.pk, [])
    if request.method == "POST":
        detach(_named(files, sent_text(request, "key")), actor=actor, now=now)
        messages.success(request, _("Die Datei ist gelöscht, in jeder Größe."))
        return redirect("record_files", ref=ref)
    rows = [{"file": one, "pictures": pictures_of([one]), "downloads": downloads_of([one])} for one in files]
    return render(
        request, "pages/record_files.html", {"record": record, "rows": rows, "back_href": kinds.address_of(record)}
    )


def _named(files: list[Attachment], key: str) -> Attachment:
    found = next((one for one in files if one.file.key == key), None)
    if found is None:
        raise Http404
    return found
