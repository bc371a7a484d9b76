"""A page for what was here and is not to be read any more (410): what happened, by which rule, why, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from mitstadt.spine.models import Record, RecordState
from mitstadt.spine.queries.moderation import hiding_of
from mitstadt.spine.queries.visibility import may_read_words, traceable_by
from mitstadt.ui.requests import actor_of

_AWAY = (RecordState.HIDDEN, RecordState.WITHDRAWN, RecordState.ERASED)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer for an address where nothing is: gone, where there was something whose way everyone may read.

    One place for all addresses that name a record, so that no page can forget it.
    """
    record = _was_here(request)
    return page_not_found(request, exception) if record is None else _gone(request, record)


def _was_here(request: HttpRequest) -> Record | None:
    match = request.resolver_match
    ref = match.kwargs.get("ref") if match else None
    if not isinstance(ref, str):
        return None
    actor = actor_of(request)
    records = traceable_by(actor, Record.objects.select_related("room")).filter(ref=ref, state__in=_AWAY)
    record = records.first()
    return None if record is None or may_read_words(actor, record) else record


def _gone(request: HttpRequest, record: Record) -> HttpResponse:
    case = hiding_of(record.pk) if record.state == RecordState.HIDDEN else None
    context = {"record": record, "case": case, "appeal": getattr(case, "appeal", None)}
    response = render(request, "ui/gone.html", context, status=410)
    # A browser may keep what is gone and tell it again, though somebody decided otherwise meanwhile.
    response["Cache-Control"] = "no-store"
    return response
