"""Support and reply without a new page: only the control that was tapped, or the reply, is answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh, reswap

from mitstadt.ground import clock
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Comment, Record
from mitstadt.spine.permits import permit_on
from mitstadt.ui.comments import comment_part
from mitstadt.ui.requests import actor_of
from mitstadt.ui.support import Supporting, supporting


def support_answered(request: HttpRequest, record: Record, *, said: str, refusal: str = "") -> HttpResponse:
    """The control of the record as it stands now; `said` is read out."""
    record.refresh_from_db(fields=["support_count", "guest_support_count", "held_support_count"])
    context = {"control": _supporting(request, record).of(record, refusal=refusal), "said": "" if refusal else said}
    return render(request, "pages/parts/support_answer.html", context, status=422 if refusal else 200)


def page_anew() -> HttpResponse:
    """The whole page again: a guest was signed in by the deed, so its head and the keys of all its forms are new."""
    return HttpResponseClientRefresh()


def page_instead(address: str) -> HttpResponse:
    """Another page, as after a plain form."""
    return HttpResponseClientRedirect(address)


def reply_form(request: HttpRequest, context: dict[str, object], *, status: int) -> HttpResponse:
    """The form below the comment, with what was typed and what is wrong with it."""
    return render(request, "pages/parts/reply_form.html", {**context, "here": request.path}, status=status)


def reply_made(request: HttpRequest, made: Comment, reply_to: Comment) -> HttpResponse:
    """The new reply in the place of its form, and room for the next one."""
    part = comment_part(made, supporting=_supporting(request, made), is_new=True)
    count = Record.objects.values_list("comment_count", flat=True).get(pk=reply_to.target_id)
    context = {"made": part, "reply_to": reply_to, "count": count}
    return reswap(render(request, "pages/parts/reply_made.html", context), "outerHTML")


def _supporting(request: HttpRequest, record: Record) -> Supporting:
    actor = actor_of(request)
    is_open = bool(permit_on(actor, Deed.SUPPORT, record, now=clock.now()))
    return supporting([record], actor=actor, is_open=is_open)
