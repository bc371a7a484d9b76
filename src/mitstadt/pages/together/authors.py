"""Who wrote it too: invite with a code, say yes with it, or say yes to stand under words into which one's own went."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mitstadt.ground import clock
from mitstadt.pages.together.forms import InvitationForm, SpeakForm
from mitstadt.pages.voices.records import record_by_ref
from mitstadt.spine.actions import authorship
from mitstadt.spine.actions.limits import CODES_PER_HOUR, count_one
from mitstadt.spine.authorship import fetch_further_authors
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.kinds import address_of
from mitstadt.spine.models import Authorship, Record
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.successions import is_asked_to_stand_here
from mitstadt.spine.queries.visibility import may_read_words
from mitstadt.ui.comments import shown_author
from mitstadt.ui.participants import connection_address, taking_part
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of, show_a_secret


@never_cache
def authors(request: HttpRequest, ref: str) -> HttpResponse:
    """All authors of a record; each of them invites further ones. A new code is shown once, on this page."""
    actor, now = actor_of(request), clock.now()
    record = record_by_ref(ref, actor=actor)
    require_page(permit_on(actor, Deed.INVITE, record, now=now))
    code = sentence = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "revoke":
                authorship.revoke_invitations(record, actor=actor, now=now)
                messages.success(request, _("Die offenen Einladungen gelten nicht mehr."))
                return redirect("authors", ref=ref)
            code = authorship.invite(record, actor=actor, now=now)
            show_a_secret(request)
        except Refused as refusal:
            sentence = str(refusal.sentence)
    fetch_further_authors([record])
    context = {
        "record": record,
        "names": shown_author(record),
        "open": Authorship.objects.filter(record=record, digest__isnull=False).count(),
        "code": code,
        "link": f"{settings.PUBLIC_URL}{reverse('join_authors')}?code={code}" if code else "",
        "sentence": sentence,
        "back_href": address_of(record),
    }
    return render(request, "pages/together/authors.html", context, status=422 if sentence else 200)


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """First the code, then what it is about, then yes."""
    typed = (request.POST.get("code") or request.GET.get("code") or "")[:40]
    form = InvitationForm({"code": typed} if typed or request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return render(request, "pages/together/join.html", {"form": form}, status=422 if form.errors else 200)
    try:
        record = _invited_to(request, typed)
        if not may_read_words(actor_of(request), record):
            raise Refused("record_not_public")
    except Refused as refusal:
        form.add_error("code", str(refusal.sentence))
        return render(request, "pages/together/join.html", {"form": form}, status=422)
    asked = "confirm" in request.POST
    speak = SpeakForm(actor_of(request), request.POST if asked else None)
    if asked and speak.is_valid():
        now = clock.now()
        try:
            with taking_part(request, record, Deed.JOIN, now=now) as actor:
                authorship.join(typed, actor=actor, organisation_id=speak.organisation_id, now=now)
        except Refused as refusal:
            speak.add_error(None, str(refusal.sentence))
        else:
            return redirect("receipt", ref=record.ref)
    return _confirm_page(request, record, speak, code=typed)


def agree(request: HttpRequest, ref: str) -> HttpResponse:
    """Say yes to stand under a text into which one's own words went."""
    actor, now = actor_of(request), clock.now()
    record = record_by_ref(ref, actor=actor)
    form = SpeakForm(actor, request.POST if request.method == "POST" else None)
    if not is_asked_to_stand_here(record, actor=actor):
        refusal = Refused("not_asked_to_join")
        return render(request, "ui/refused.html", {"sentence": refusal.sentence}, status=403)
    if request.method == "POST" and form.is_valid():
        try:
            authorship.agree(record, actor=actor, organisation_id=form.organisation_id, now=now)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Danke. Ihr Name steht jetzt dabei."))
            return redirect(address_of(record))
    return _confirm_page(request, record, form, code="")


def _confirm_page(request: HttpRequest, record: Record, form: SpeakForm, *, code: str) -> HttpResponse:
    fetch_further_authors([record])
    context = {
        "record": record,
        "form": form,
        "code": code,
        "names": shown_author(record),
        "permit": permit_on(actor_of(request), Deed.JOIN, record, now=clock.now()),
        "back_href": "" if code else address_of(record),
    }
    return render(request, "pages/together/confirm.html", context, status=422 if form.errors else 200)


def _invited_to(request: HttpRequest, typed: str) -> Record:
    """The record of the invitation; only failed tries are counted, and a right one is never refused."""
    try:
        return authorship.invitation(typed).record
    except Refused:
        count_one("code", connection_address(request), most=CODES_PER_HOUR, now=clock.now())
        raise
