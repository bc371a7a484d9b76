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
from mitstadt.spine.actions.accounts import delete_account_for
from mitstadt.spine.actions.pauses import pause_account
from mitstadt.spine.errors import Refused
from mitstadt.spine.permits import permit_leading
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
    """End an account for somebody who asked for it and cannot do it themselves."""
    person = _person(request, key)
    form = DeleteAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            proposed = delete_account_for(
                person,
                actor=actor_of(request),
                erase_words=data["words"] == "erase",
                reason=data["reason"],
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error("reason" if refusal.reason.startswith("reason") else None, str(refusal.sentence))
        else:
            messages.success(request, _("Das Konto ist gelöscht. Im Protokoll steht es mit Ihrer Begründung."))
            if proposed:
                messages.info(request, _("Über die Beiträge entscheidet jetzt eine zweite Person."))
            return redirect("people")
    return _form_page(request, person, form, "pages/colleagues/delete_account.html")


def _form_page(request: HttpRequest, person: Person, form: Any, template: str) -> HttpResponse:
    context = {"person": person, "form": form, "back_href": reverse("person_account", args=[person.pk])}
    return render(request, template, context, status=422 if form.errors else 200)


def _person(request: HttpRequest, key: int) -> Person:
    require_page(permit_leading(actor_of(request), None))
    found = Person.objects.filter(pk=key, is_active=True).exclude(email=None).first()
    if found is None:
        raise Http404
    return found
