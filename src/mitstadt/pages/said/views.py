"""The list of contributions."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mitstadt.ground import clock
from mitstadt.pages.said.forms import ANSWER, ANSWERS, SaidForm
from mitstadt.spine.actions.records import published_in
from mitstadt.spine.queries.parts import parts_of
from mitstadt.spine.queries.processes import process_by_ref
from mitstadt.spine.queries.said import WAITING, SaidList
from mitstadt.spine.queries.tallies import by_answer
from mitstadt.ui.parts import Link
from mitstadt.ui.requests import actor_of, page_number
from mitstadt.ui.said import said_rows

PER_PAGE = 20


def said(request: HttpRequest, ref: str) -> HttpResponse:
    """Everything that people said in a process, narrowed as asked; whoever may, supports it right there."""
    actor = actor_of(request)
    process = process_by_ref(ref, actor=actor)
    form = SaidForm(request.GET, parts=[part for part in parts_of(process) if part.is_up])
    found = SaidList([part.pk for part in form.parts], published_in(process), form.narrowing, form.order)
    page = Paginator(found, PER_PAGE).get_page(page_number(request))
    return render(
        request,
        "pages/said.html",
        {
            "section": "open",
            "process": process,
            "form": form,
            "page": page,
            "total": found.total,
            "is_cut": found.total is None or found.total > len(found),
            "rows": said_rows(list(page), form.parts, actor=actor, now=clock.now()),
            "answers": _answers(form),
        },
    )


def _answers(form: SaidForm) -> list[Link]:
    """The answers as views side by side, with how many each has where that is counted; what nobody gave is left out."""
    wanted = form.narrowing
    counted = wanted.facet is not None
    counts = by_answer(*(part.pk for part in form.parts), kind=wanted.kind, facet=wanted.facet or "") if counted else {}
    numbers = {"": sum(counts.values()), WAITING: counts.get("", 0)}
    return [
        Link(
            label=str(label),
            href="?" + urlencode({**form.kept, **({ANSWER: key} if key else {})}),
            current=key == wanted.answer,
            count=numbers.get(key, counts.get(key, 0)) if counted else None,
        )
        for key, label in ANSWERS
        if not counted or key in ("", wanted.answer) or numbers.get(key, counts.get(key, 0))
    ]
