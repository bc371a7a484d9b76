"""The public log for everyone: no account, no permission, nothing that can be changed."""

from __future__ import annotations

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from mitstadt.ground import clock
from mitstadt.pages.log.pages import NewestFirst
from mitstadt.pages.log.words import shown
from mitstadt.spine.actions.log import log_key, publish_head
from mitstadt.spine.log import root_of
from mitstadt.spine.models import Act, Record, SignedHead
from mitstadt.spine.queries.log_export import latest_head, log_lines, log_size, proof_of
from mitstadt.spine.queries.visibility import traceable_by
from mitstadt.ui.print.streams import written
from mitstadt.ui.requests import actor_of

PER_PAGE = 50
# A download signs the log anew when its last head is older than this.
_FRESH = timedelta(minutes=10)


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
            "uncovered": page.paginator.count - (head.size if head else 0),
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
            "has_trail": traceable_by(actor_of(request), Record.objects.filter(ref=ref)).exists(),
        },
    )


def log_export(_request: HttpRequest) -> FileResponse:
    """The whole log as the file that anyone verifies with ``./mitstadt log verify``."""
    _recent_head()
    return written(log_lines(log_key()), "application/jsonl", "protokoll.jsonl")


def log_head(_request: HttpRequest) -> HttpResponse:
    """The newest signed head, to be noted and compared later."""
    return HttpResponse(_recent_head().text, content_type="text/plain; charset=utf-8")


def log_proof(_request: HttpRequest, index: int) -> HttpResponse:
    """The proof that one act stands in the log, for ``./mitstadt log check-proof``."""
    if index >= log_size():
        raise Http404
    act = get_object_or_404(Act, index=index)
    head = latest_head()
    if head is None or head.size <= index:
        head = publish_head(now=clock.now())
    response = HttpResponse(str(proof_of(act, head)), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="beleg-{index}.txt"'
    return response


def _recent_head() -> SignedHead:
    """A head that is not old; signing adds no act, and a log that has not grown keeps its head."""
    now = clock.now()
    head = latest_head()
    return head if head is not None and now - head.signed_at < _FRESH else publish_head(now=now)
