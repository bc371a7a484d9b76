"""Accounts, for those who lead the platform: find one, see its tasks, pause it, delete it on request."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.people.models import Person
from mitstadt.ground.words import clean_words
from mitstadt.pages.colleagues.forms import DeleteAccountForm, ReasonForm
from mitstadt.pages.colleagues.queries import accounts, pauses_of, tasks_of
from mitstadt.pages.roles import label_of
from mitstadt.spine.actions.ending_accounts import decide_account_end, propose_account_end
from mitstadt.spine.actions.erasing_for_others import is_proposer
from mitstadt.spine.actions.pauses import pause_account
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AccountErasure
from mitstadt.spine.permits import permit_leading
from mitstadt.spine.permits.roles import permit_second_leader
from mitstadt.spine.queries.tasks_of_people import leaders_of
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, page_number

PER_PAGE = 50


def people(request: HttpRequest) -> HttpResponse:
    """Everyone with a task or a pause, and a field that finds any account."""
    require_page(permit_leading(actor_of(request), None))
    typed = " ".join(clean_words(request.GET.get("suche", "")).split())[:200]
    page = Paginator(accounts(typed), PER_PAGE).get_page(page_number(request))
    found = list(page.object_list)
    tasks = tasks_of(found)
    context = {
        "page": page,
        "typed": typed,
        "rows": [(one, [label_of(task) for task in tasks[one.pk]]) for one in found],
    }
    return render(request, "pages/colleagues/people.html", context)


def account(request: HttpRequest, key: int) -> HttpResponse:
    """One account with its tasks and pauses, and what can be done."""
    person = _person(request, key)
    actor = actor_of(request)
    context = {
        "person": person,
        "tasks": [(label_of(one), one) for one in tasks_of([person])[person.pk]],
        "pauses": pauses_of(actor).filter(person=person),
        "is_self": actor.person == person,
        "paused_everywhere": pauses_of(actor).filter(person=person, organisation=None, ended_at=None).exists(),
    }
    return render(request, "pages/colleagues/account.html", context)


def pause(request: HttpRequest, key: int) -> HttpResponse:
    """Let this account write nowhere for a while."""
    person = _person(request, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pause_account(person, actor=actor_of(request), reason=form.cleaned_data["reason"], now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Pausiert. Die Person bekommt eine Mail mit Ihrer Begründung."))
            return redirect("person_account", key=key)
    return _form_page(request, person, form, "pages/colleagues/pause_account.html")


def delete(request: HttpRequest, key: int) -> HttpResponse:
    """Propose to end an account for somebody who asked for it; a second leader says yes or no to all of it at once."""
    person = _person(request, key)
    asked = AccountErasure.objects.filter(person=person, decided_at=None).select_related("proposed_by").first()
    form = DeleteAccountForm(request.POST if request.method == "POST" and asked is None else None)
    refused = ""
    if request.method == "POST":
        try:
            if said := request.POST.get("do"):
                return _second_said(request, asked, confirmed=said == "confirm")
            if asked is not None:
                raise Refused("erasure_proposed_already")
            if form.is_valid():
                return _proposed(request, person, form.cleaned_data)
        except Refused as refusal:
            refused = str(refusal.sentence)
            if asked is None:
                form.add_error("reason" if refusal.reason.startswith("reason") else None, refused)
    actor = actor_of(request)
    more = {
        "asked": asked,
        "second": permit_second_leader(actor, asked.proposed_by_id) if asked else None,
        "is_proposer": asked is not None and is_proposer(actor, asked),
        "others": leaders_of(None).exclude(pk=actor.person.pk if actor.person else 0).exists(),
        "refused": refused if asked is not None else "",
    }
    return _form_page(request, person, form, "pages/colleagues/delete_account.html", **more)


def _proposed(request: HttpRequest, person: Person, data: dict[str, Any]) -> HttpResponse:
    propose_account_end(
        person,
        actor=actor_of(request),
        with_words=data["words"] == "erase",
        reason=data["reason"],
        now=clock.now(),
    )
    messages.success(request, _("Vorgeschlagen. Jetzt entscheidet eine zweite Person."))
    return redirect("person_account", key=person.pk)


def _second_said(request: HttpRequest, asked: AccountErasure | None, *, confirmed: bool) -> HttpResponse:
    """Yes or no to the very proposal that stood on the page."""
    if asked is None or request.POST.get("asked") != str(asked.pk):
        raise Refused("erasure_decided")
    decide_account_end(asked, actor=actor_of(request), confirmed=confirmed, now=clock.now())
    said = _("Das Konto ist gelöscht. Im Protokoll steht es mit der Begründung.")
    messages.success(request, said if confirmed else _("Das Konto bleibt, wie es ist."))
    return redirect("people")


def _form_page(request: HttpRequest, person: Person, form: Any, template: str, **more: object) -> HttpResponse:
    context = {"person": person, "form": form, "back_href": reverse("person_account", args=[person.pk]), **more}
    return render(request, template, context, status=422 if form.errors or more.get("refused") else 200)


def _person(request: HttpRequest, key: int) -> Person:
    require_page(permit_leading(actor_of(request), None))
    found = Person.objects.filter(pk=key, is_active=True).exclude(email=None).first()
    if found is None:
        raise Http404
    return found
