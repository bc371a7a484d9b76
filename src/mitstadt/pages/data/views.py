"""Open data of a process, streamed; whoever may see the process's page may have them."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, HttpRequest

from mitstadt.ground import clock
from mitstadt.pages.data import files
from mitstadt.spine.queries.processes import process_by_ref
from mitstadt.ui.print.streams import written
from mitstadt.ui.requests import actor_of


def process_json(request: HttpRequest, ref: str) -> FileResponse:
    """Everything public about a process as JSON."""
    found = process_by_ref(ref, actor=actor_of(request))
    pieces = files.json_pieces(found, address=settings.PUBLIC_URL, now=clock.now())
    return written(pieces, "application/json", f"beteiligung-{ref}.json")


def process_csv(request: HttpRequest, ref: str) -> FileResponse:
    """Its records as a table."""
    found = process_by_ref(ref, actor=actor_of(request))
    pieces = files.csv_lines(found, address=settings.PUBLIC_URL)
    return written(pieces, "text/csv; charset=utf-8", f"beteiligung-{ref}.csv")
