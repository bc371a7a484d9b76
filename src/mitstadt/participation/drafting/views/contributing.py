"""Say something about a passage, see what others said before sending, get a receipt."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from mitstadt.ground import clock
from mitstadt.participation.drafting.actions.contributions import contribute as contribute_to
from mitstadt.participation.drafting.forms import ContributeForm
from mitstadt.participation.drafting.models import Contribution, ContributionForm, Passage
from mitstadt.participation.drafting.presenting import Talk
from mitstadt.participation.drafting.queries.contributions import contribution_in, similar_at
from mitstadt.participation.drafting.queries.reading import passage_in
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.answering import with_answers
from mitstadt.spine.queries.comments import CommentOrder, comment_threads
from mitstadt.spine.queries.promises import promised_in
from mitstadt.ui.comments import comment_part
from mitstadt.ui.participants import taking_part
from mitstadt.ui.requests import actor_of
from mitstadt.ui.support import supporting


def contribute(request: HttpRequest, ref: str, passage_ref: str, form: str) -> HttpResponse:
    """One form a page; similar contributions are shown before sending, and every error keeps what was typed."""
    if form not in ContributionForm:
        raise Http404
    found = passage_in(ref, passage_ref, actor=actor_of(request))
    kind = ContributionForm(form)
    filled = ContributeForm(found, kind, data=request.POST or None)
    if request.method != "POST" or not filled.is_valid():
        return _form_page(request, found, filled)
    if not filled.cleaned_data["similar_seen"]:
        similar = similar_at([found], filled.typed)
        if similar:
            filled.similar_are_shown()
            return _form_page(request, found, filled, similar=similar)
    try:
        made_ref = _send(request, found, filled)
    except Refused as refusal:
        filled.add_error(None, str(refusal.sentence))
        return _form_page(request, found, filled)
    return redirect("receipt", ref=made_ref)


def _send(request: HttpRequest, found: Passage, filled: ContributeForm) -> str:
    """Contribute; the ref of what was made."""
    now = clock.now()
    with taking_part(request, found, Deed.CONTRIBUTE, now=now) as actor:
        made = contribute_to(
            found,
            actor=actor,
            said=filled.said(get_language() or "de"),
            now=now,
            submission_key=filled.cleaned_data["submission_key"],
        )
    return made.ref


def _form_page(
    request: HttpRequest, found: Passage, filled: ContributeForm, *, similar: list[Contribution] | None = None
) -> HttpResponse:
    allowed = permit_on(actor_of(request), Deed.CONTRIBUTE, found, now=clock.now())
    context = {
        "section": "open",
        "process": found.home,
        "text": found.part,
        "promise": promised_in(found.home),
        "passage": found,
        "form": filled,
        "kind": filled.form,
        "permit": allowed,
        "similar": [Talk(row) for row in with_answers(similar or [])],
    }
    status = 422 if filled.errors else 200
    return render(request, "drafting/contribute.html", context, status=status)


def contribution(request: HttpRequest, ref: str) -> HttpResponse:
    """A contribution with its answer, and the reasons for and against."""
    actor = actor_of(request)
    found = contribution_in(ref, actor=actor)
    wanted = request.GET.get("reihenfolge", "")
    order = CommentOrder(wanted) if wanted in set(CommentOrder) else CommentOrder.OLDEST
    number = request.GET.get("seite", "1")
    page, threads = comment_threads(found, order=order, page=int(number) if number.isdecimal() else 1)
    [row] = with_answers([found])
    now = clock.now()
    shown = [found, *(one for thread in threads for one in (thread.comment, *thread.replies))]
    offered = supporting(shown, actor=actor, is_open=bool(permit_on(actor, Deed.SUPPORT, found, now=now)))
    return render(
        request,
        "drafting/contribution.html",
        {
            "section": "open",
            "process": found.home,
            "text": found.part,
            "talk": Talk(row, offered),
            "page": page,
            "comments": [
                comment_part(thread.comment, supporting=offered, replies=thread.replies) for thread in threads
            ],
            "may_comment": permit_on(actor, Deed.COMMENT, found, now=now),
            "is_author": actor.person is not None and found.author_id == actor.person.pk,
        },
    )
