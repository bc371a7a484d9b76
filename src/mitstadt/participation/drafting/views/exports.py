"""What leaves the city from writing together: the synopsis as page and files."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.participation.drafting.synopsis import as_csv, as_docx, as_json, as_pdf, page, wording
from mitstadt.participation.drafting.synopsis.queries import all_voices, synopsis_in
from mitstadt.participation.drafting.synopsis.rows import Synopsis
from mitstadt.ui.parts import Link
from mitstadt.ui.print.heavy import made_in_turn
from mitstadt.ui.print.streams import written
from mitstadt.ui.requests import actor_of, asked_number

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def synopsis(request: HttpRequest, ref: str) -> HttpResponse:
    """The document a committee gets, as a page."""
    found = synopsis_in(ref, actor=actor_of(request))
    only = request.GET.get("zeige") == "beitraege"
    shown, parts = page.page_of(found, number=request.GET.get("seite"), only_with_voices=only)
    return render(
        request,
        "drafting/synopsis.html",
        {
            "section": "open",
            "process": found.text.home,
            "text": found.text,
            "page": shown,
            "parts": parts,
            "title": wording.title_of(found),
            "lead": wording.lead(),
            "facts": page.facts(found),
            "files": page.files(found),
            "note": wording.not_shown_note(found),
            "views": [
                Link(label=_("Der ganze Text"), href="?", current=not only),
                Link(label=_("Nur Stellen mit Beiträgen"), href="?zeige=beitraege", current=only),
            ],
        },
    )


def synopsis_file(request: HttpRequest, ref: str, extension: str) -> HttpResponseBase:
    """The same as a file."""
    write = _WRITERS.get(extension)
    if write is None:
        raise Http404
    found = synopsis_in(ref, actor=actor_of(request))
    response = write(request, found)
    name = f"synopse-{found.text.ref}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pdf(request: HttpRequest, found: Synopsis) -> HttpResponseBase:
    volume = asked_number(request, "teil") if "teil" in request.GET else 1
    if volume is None or not 1 <= volume <= as_pdf.volume_count(found):
        raise Http404
    made = as_pdf.pdf(found, volume=volume, address=settings.PUBLIC_URL)
    return HttpResponse(made, content_type="application/pdf")


def _docx(_request: HttpRequest, found: Synopsis) -> HttpResponseBase:
    now = clock.now()
    return made_in_turn(lambda file: as_docx.write_docx(found, file, address=settings.PUBLIC_URL, now=now), _DOCX)


def _csv(_request: HttpRequest, found: Synopsis) -> HttpResponseBase:
    lines = as_csv.csv_lines(all_voices(found, found.rows), address=settings.PUBLIC_URL)
    return written(lines, "text/csv; charset=utf-8")


def _json(_request: HttpRequest, found: Synopsis) -> HttpResponseBase:
    pieces = as_json.json_pieces(found, all_voices(found, found.rows), address=settings.PUBLIC_URL, now=clock.now())
    return written(pieces, "application/json")


_WRITERS: dict[str, Callable[[HttpRequest, Synopsis], HttpResponseBase]] = {
    "pdf": _pdf,
    "docx": _docx,
    "csv": _csv,
    "json": _json,
}
