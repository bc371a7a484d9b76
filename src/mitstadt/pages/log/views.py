"""The public log for everyone: no account, no permission, nothing that can be changed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from mitstadt.pages.log.pages import NewestFirst
from mitstadt.pages.log.words import shown
from mitstadt.spine.actions.log import log_key
from mitstadt.spine.log import SEALED_WITHIN_MINUTES, root_of
from mitstadt.spine.models import Act, Record
from mitstadt.spine.queries.log_export import covered_size, latest_head, log_lines, log_size, proof_of
from mitstadt.spine.queries.visibility import traceable_by
from mitstadt.ui.print.streams import written
from mitstadt.ui.requests import actor_of

PER_PAGE = 50


def log(request: HttpRequest) -> HttpResponse:
    """What the log is, its newest signed head, and its acts, newest first."""
    page = Paginator(NewestFirst(), PER_PAGE).get_page(request.GET.get("seite"))
    head = latest_head()
    return render(
        request,
        "pages/log.html",
        {
            "section": "log",
            "page": page,
            "acts": [shown(act) for act in page.object_list],
            "size": page.paginator.count,
            "head": head,
            "root": root_of(head) if head else "",
            "covered": head.size if head else 0,
            "uncovered": page.paginator.count - (head.size if head else 0),
            "minutes": SEALED_WITHIN_MINUTES,
            "key": str(log_key()),
        },
    )


def log_of(request: HttpRequest, ref: str) -> HttpResponse:
    """All acts about one record, oldest first; the log tells of every record, also where its words are not public."""
    acts = Act.objects.filter(ref=ref).order_by("index")
    page = Paginator(acts, PER_PAGE).get_page(request.GET.get("seite"))
    if not page.paginator.count:
        raise Http404
    return render(
        request,
        "pages/log_of.html",
        {
            "section": "log",
            "ref": ref,
            "page": page,
            "acts": [shown(act) for act in page.object_list],
            "covered": covered_size(),
            "minutes": SEALED_WITHIN_MINUTES,
            "has_trail": traceable_by(actor_of(request), Record.objects.filter(ref=ref)).exists(),
        },
    )


def log_export(request: HttpRequest) -> HttpResponseBase:
    """The whole log as the file that anyone verifies with ``./mitstadt log verify``, as far as it is signed."""
    if latest_head() is None:
        return _not_yet(request)
    return written(log_lines(log_key()), "application/jsonl", "protokoll.jsonl")


def log_head(request: HttpRequest) -> HttpResponse:
    """The newest signed head, to be noted and compared later."""
    head = latest_head()
    return HttpResponse(head.text, content_type="text/plain; charset=utf-8") if head else _not_yet(request)


def log_proof(request: HttpRequest, index: int) -> HttpResponse:
    """The proof that one act stands in the log, for ``./mitstadt log check-proof``."""
    if index >= log_size():
        raise Http404
    act, head = get_object_or_404(Act, index=index), latest_head()
    if head is None or head.size <= index:
        return _not_yet(request)
    response = HttpResponse(str(proof_of(act, head)), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="beleg-{index}.txt"'
    return response


def _not_yet(request: HttpRequest) -> HttpResponse:
    """No head covers it yet. A reader's request signs nothing: the city does so by the clock."""
    answer = render(request, "pages/log_not_yet.html", {"section": "log", "minutes": SEALED_WITHIN_MINUTES}, status=404)
    answer.headers["Retry-After"] = str(60 * SEALED_WITHIN_MINUTES)
    return answer
