"""The promise board."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mitstadt.ground import clock
from mitstadt.pages.changes import in_words
from mitstadt.pages.presenting import area_name, promise_words
from mitstadt.spine.queries.promises import Promise, PromiseState, promise_board

PER_PAGE = 50
_TONES = {
    PromiseState.OVERDUE: "missed",
    PromiseState.DUE_SOON: "due",
    PromiseState.RUNNING: "neutral",
    PromiseState.KEPT: "done",
    PromiseState.KEPT_LATE: "done",
    PromiseState.RELEASED: "neutral",
}


@dataclass(frozen=True)
class BoardRow:
    """A promise with its words."""

    promise: Promise
    area: str
    tone: str
    words: str
    # The day that was promised before, where it was changed.
    earlier: str = ""


def promises(request: HttpRequest) -> HttpResponse:
    """Every promise; what is overdue stands first."""
    now = clock.now()
    page = Paginator(promise_board(now=now), PER_PAGE).get_page(request.GET.get("seite"))
    rows = [
        BoardRow(
            promise,
            area_name(promise.process),
            _TONES[promise.state],
            promise_words(promise.state, days=promise.days_left),
            in_words("answer_by", promise.moved.before) if promise.moved else "",
        )
        for promise in page
    ]
    groups = {
        "overdue": [row for row in rows if row.promise.state is PromiseState.OVERDUE],
        "running": [row for row in rows if row.promise.state in {PromiseState.DUE_SOON, PromiseState.RUNNING}],
        "released": [row for row in rows if row.promise.released],
        "kept": [row for row in rows if row.promise.state in {PromiseState.KEPT, PromiseState.KEPT_LATE}],
    }
    return render(request, "pages/promises.html", {"section": "promises", "groups": groups, "page": page})
