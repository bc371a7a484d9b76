"""Pages of organisations: the list, one with its processes, what is said of it, who acts for it."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Organisation, Role
from mitstadt.pages.colleagues.queries import invitations_to, with_lapse
from mitstadt.pages.organisations import queries
from mitstadt.pages.organisations.forms import EndForm, OrganisationForm, known_of
from mitstadt.pages.presenting import card_of
from mitstadt.pages.roles import RoleForm, gave, given, zip_given
from mitstadt.spine.actions.closing_organisations import end_organisation, reopen_organisation
from mitstadt.spine.actions.organisations import (
    change_organisation,
    facts_of,
    found_organisation,
    give_membership,
)
from mitstadt.spine.errors import Refused
from mitstadt.spine.following import of_organisation
from mitstadt.spine.permits import permit_leading, permit_text_blocks
from mitstadt.spine.queries.organisations import is_used, still_owes
from mitstadt.spine.queries.processes import hosted_by, voices_of
from mitstadt.spine.queries.tasks_of_people import members, roles_in_rooms_of
from mitstadt.ui.following import follow_control_of
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, page_number
from mitstadt.ui.sharing import sharing

PER_PAGE = 50
PROCESSES_PER_PAGE = 24


def organisations(request: HttpRequest) -> HttpResponse:
    """Who works on the city here, by name."""
    page = Paginator(queries.organisations(), PER_PAGE).get_page(page_number(request))
    context = {"page": page, "may_found": permit_leading(actor_of(request), None)}
    return render(request, "pages/organisations/list.html", context)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, how to reach it, and what it asked the city."""
    found, now = queries.organisation_by_slug(slug), clock.now()
    page = Paginator(hosted_by(found), PROCESSES_PER_PAGE).get_page(page_number(request))
    context = {
        "organisation": found,
        "follow": follow_control_of(of_organisation(found), actor=actor_of(request), now=now),
        "share": sharing(of_organisation(found)),
        "page": page,
        "cards": [card_of(process, now=now, voices=voices_of(process)) for process in page],
        "may_lead": permit_leading(actor_of(request), found.pk),
        "may_keep_blocks": permit_text_blocks(actor_of(request), found.pk),
        "may_end": not found.runs_platform and permit_leading(actor_of(request), None),
    }
    return render(request, "pages/organisations/detail.html", context)


def organisation_new(request: HttpRequest) -> HttpResponse:
    """Add an organisation; those who lead the platform may."""
    actor = actor_of(request)
    require_page(permit_leading(actor, None))
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = found_organisation(form.facts, actor=actor, now=clock.now())
        except Refused as refusal:
            form.add_error("name", str(refusal.sentence))
        else:
            messages.success(request, _("Angelegt. Geben Sie jetzt jemandem die Leitung."))
            return redirect("organisation_people", slug=made.slug)
    return _form_page(
        request,
        form,
        title=_("Eine Organisation anlegen"),
        submit_label=_("Organisation anlegen"),
        back_href=reverse("organisations"),
    )


def organisation_facts(request: HttpRequest, slug: str) -> HttpResponse:
    """Say anew what it is and how to reach it."""
    found = _led(request, slug)
    form = OrganisationForm(request.POST or None, initial=known_of(facts_of(found)))
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(found, form.facts, actor=actor_of(request), now=clock.now())
        except Refused as refusal:
            form.add_error("name" if refusal.reason == "organisation_name_taken" else None, str(refusal.sentence))
        else:
            messages.success(request, _("Gespeichert. Die Änderung steht im öffentlichen Protokoll."))
            return redirect("organisation", slug=slug)
    title = _("Angaben ändern: %(name)s") % {"name": found.name}
    back_href = reverse("organisation", args=[slug])
    return _form_page(request, form, title=title, submit_label=_("Angaben speichern"), back_href=back_href)


def organisation_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who acts for it, in all of it or in one room; who is invited; and the way to give somebody a role."""
    found = _led(request, slug)
    form = RoleForm(request, list(Role))
    if gave(request, form, partial(give_membership, found)):
        return redirect("organisation_people", slug=slug)
    now = clock.now()
    context = {
        "organisation": found,
        "form": form,
        "given": [(one, reverse("membership", args=[slug, one.key])) for one in given(members(found))],
        "in_rooms": [(row.room, one) for row, one in zip_given(roles_in_rooms_of(found))],
        "invitations": with_lapse(invitations_to(found), now=now),
        "may_see_accounts": permit_leading(actor_of(request), None),
    }
    return render(request, "pages/organisations/people.html", context, status=422 if form.errors else 200)


def organisation_end(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove what was founded by mistake, close what is in use, open it again; for those who lead the platform."""
    found, actor = queries.organisation_by_slug(slug), actor_of(request)
    require_page(permit_leading(actor, None))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = _ended(request, found, form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, said)
            gone = not Organisation.objects.filter(pk=found.pk).exists()
            return redirect("organisations") if gone else redirect("organisation", slug=slug)
    context = {
        "organisation": found,
        "form": form,
        "is_used": is_used(found),
        "owes": still_owes(found),
        "back_href": reverse("organisation", args=[slug]),
    }
    return render(request, "pages/organisations/end.html", context, status=422 if form.errors else 200)


def _ended(request: HttpRequest, found: Organisation, reason: str) -> str:
    actor, now, key = actor_of(request), clock.now(), found.pk
    if found.closed_at is not None:
        reopen_organisation(found, actor=actor, reason=reason, now=now)
        return _("Die Organisation ist wieder offen. Das steht im öffentlichen Protokoll.")
    removed = end_organisation(found, actor=actor, reason=reason, now=now)
    found.pk = key
    if removed:
        return _("Die Organisation ist entfernt. Das steht im öffentlichen Protokoll.")
    return _("Die Organisation ist geschlossen. Das steht mit Ihrem Grund auf ihrer Seite.")


def _led(request: HttpRequest, slug: str) -> Organisation:
    found = queries.organisation_by_slug(slug)
    require_page(permit_leading(actor_of(request), found.pk))
    return found


def _form_page(
    request: HttpRequest, form: forms.Form, *, title: str, submit_label: str, back_href: str
) -> HttpResponse:
    context = {"form": form, "title": title, "submit_label": submit_label, "back_href": back_href}
    return render(request, "pages/organisations/form.html", context, status=422 if form.errors else 200)
