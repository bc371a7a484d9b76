"""Settings, the download of all data, and the end of an account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.ground.people.unsubscribing import end_digest, is_ours
from mitstadt.pages.people.download import everything_about
from mitstadt.pages.people.forms import DeleteForm, SettingsForm
from mitstadt.pages.people.safety import tell_deleted
from mitstadt.pages.people.views.my_page import signed_in, tabs
from mitstadt.spine.actions.accounts import change_settings, delete_account, own_words
from mitstadt.ui.languages import remember
from mitstadt.ui.requests import actor_of


@login_required
def my_settings(request: HttpRequest) -> HttpResponse:
    """Name, language, digest; and the ways to all data and out."""
    person = signed_in(request)
    form = SettingsForm(person, request.POST or None) if person.has_account else None
    if request.method == "POST" and form is not None and form.is_valid():
        change_settings(person, form.settings(), now=clock.now())
        messages.success(request, _("Ihre Einstellungen sind gespeichert."))
        answer = redirect(translate_url(reverse("my_settings"), person.language))
        remember(answer, person.language)
        return answer
    context = {"person": person, "form": form, "section": "account", "views": tabs(person, "my_settings")}
    return render(request, "pages/people/my_settings.html", context, status=422 if form and form.errors else 200)


@require_POST
@never_cache
@login_required
def download(request: HttpRequest) -> StreamingHttpResponse:
    """All data about the person who asks, as a file. There is no address that gives it to anyone else."""
    response = StreamingHttpResponse(everything_about(signed_in(request)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="mitstadt-{clock.now():%Y-%m-%d}.json"'
    return response


@login_required
def delete(request: HttpRequest) -> HttpResponse:
    """What goes, what stays, a choice, and a word to confirm it."""
    person = signed_in(request)
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = person.email
        delete_account(actor_of(request), erase_words=form.cleaned_data["words"] == "erase", now=clock.now())
        if address:
            tell_deleted(address)
        logout(request)
        messages.success(request, _("Ihr Konto ist gelöscht. Danke, dass Sie dabei waren."))
        return redirect("home")
    context = {
        "person": person,
        "form": form,
        "own_count": len(own_words(person)),
        "backup_days": settings.BACKUP_DAYS,
        "back_href": reverse("my_settings"),
    }
    return render(request, "pages/people/delete.html", context, status=422 if form.errors else 200)


# Mail programs that offer one click send a POST without any page of ours before it; the signed word is the proof.
@csrf_exempt
def digest_off(request: HttpRequest, token: str) -> HttpResponse:
    """The link at the foot of a digest: asks once, then ends it, without a sign-in."""
    if request.method == "POST":
        known = ended = end_digest(token)
    else:
        known, ended = is_ours(token), False
    return render(
        request, "pages/people/digest_off.html", {"known": known, "ended": ended}, status=200 if known else 404
    )
