"""Say something about a passage, see what others said before sending, get a receipt."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mitstadt.ground import clock
from mitstadt.ground.languages import written_language
from mitstadt.participation.drafting.actions.contributions import contribute as contribute_to
from mitstadt.participation.drafting.forms import ContributeForm
from mitstadt.participation.drafting.models import Contribution, ContributionForm, Passage
from mitstadt.participation.drafting.presenting import Talk, talks_of
from mitstadt.participation.drafting.queries.contributions import contribution_in, similar_at
from mitstadt.participation.drafting.queries.reading import passage_in
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.answering import Answered, with_answers
from mitstadt.spine.queries.promises import promised_in
from mitstadt.ui.participants import taking_part
from mitstadt.ui.records import record_page
from mitstadt.ui.requests import actor_of


def contribute(request: HttpRequest, ref: str, passage_ref: str, form: str) -> HttpResponse:
    """One form a page; similar contributions are shown before sending, and every error keeps what was typed."""
    if form not in ContributionForm:
        raise Http404
    found = passage_in(ref, passage_ref, actor=actor_of(request))
    kind = ContributionForm(form)
    filled = ContributeForm(found, kind, data=request.POST or None)
    if request.method != "POST" or not filled.is_valid():
        return _form_page(request, found, filled)
    if similar := filled.shows_similar(lambda typed: similar_at([found], typed)):
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
            said=filled.said(written_language()),
            now=now,
            submission_key=filled.cleaned_data["submission_key"],
        )
    return made.ref


def _form_page(
    request: HttpRequest, found: Passage, filled: ContributeForm, *, similar: Sequence[Contribution] = ()
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
        "similar": talks_of(with_answers(similar)),
    }
    status = 422 if filled.errors else 200
    return render(request, "drafting/contribute.html", context, status=status)


def contribution(request: HttpRequest, ref: str) -> HttpResponse:
    """A contribution with its answer, and the reasons for and against."""
    found = contribution_in(ref, actor=actor_of(request))
    context = {
        "section": "open",
        "process": found.home,
        "text": found.part,
        "talk": Talk(Answered(found, None)),
        **record_page(request, found),
    }
    return render(request, "drafting/contribution.html", context)
