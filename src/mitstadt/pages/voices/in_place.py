"""Support and reply without a new page: only the control that was tapped, or the reply, is answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django_htmx.http import HttpResponseClientRedirect, reswap, trigger_client_event

from mitstadt.ground import clock
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Comment, Record, Room
from mitstadt.spine.permits import permit_on
from mitstadt.ui.comments import comment_part
from mitstadt.ui.context import chrome
from mitstadt.ui.opened_for import FIELD, key_for
from mitstadt.ui.participants import code_to_note
from mitstadt.ui.requests import actor_of
from mitstadt.ui.support import Supporting, supporting


def support_answered(request: HttpRequest, record: Record, *, said: str, refusal: str = "") -> HttpResponse:
    """The control of the record as it stands now; `said` is read out."""
    record.refresh_from_db(fields=["support_count", "guest_support_count", "held_support_count"])
    context = {"control": _supporting(request, record).of(record, refusal=refusal), "said": "" if refusal else said}
    return render(request, "pages/parts/support_answer.html", context, status=422 if refusal else 200)


def with_new_keys(request: HttpRequest, response: HttpResponse, room: Room | None) -> HttpResponse:
    """A guest was signed in by the deed: the head of the page and its keys are new; and here is the code."""
    key = key_for(request)
    trigger_client_event(response, "new-keys", {"csrfmiddlewaretoken": key, FIELD: key.opened_for})
    head = render_to_string("pages/parts/header_anew.html", {"chrome": chrome(request)["chrome"]}, request)
    if room is not None and (code := code_to_note(request, room)):
        response.write(render_to_string("pages/parts/code_in_place.html", {"code": code}, request))
    response.write(head)
    return response


def page_instead(address: str) -> HttpResponse:
    """Another page, as after a plain form."""
    return HttpResponseClientRedirect(address)


def comment_form(request: HttpRequest, context: dict[str, object], *, status: int) -> HttpResponse:
    """The form below what it answers, with what was typed and what is wrong with it."""
    return render(request, "pages/parts/comment_in_place.html", {**context, "here": request.path}, status=status)


def comment_made(request: HttpRequest, made: Comment, answers: Record) -> HttpResponse:
    """The new comment in the place of its form, and room for the next one."""
    part = comment_part(made, supporting=_supporting(request, made), is_new=True)
    target = Record.objects.get(pk=made.target_id)
    context = {"made": part, "answers": answers, "target": target}
    return reswap(render(request, "pages/parts/comment_made.html", context), "outerHTML")


def _supporting(request: HttpRequest, record: Record) -> Supporting:
    actor = actor_of(request)
    is_open = bool(permit_on(actor, Deed.SUPPORT, record, now=clock.now()))
    return supporting([record], actor=actor, is_open=is_open)
