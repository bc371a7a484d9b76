"""What we know about a person, why and how long; what they hear of by mail; and where they may not write just now."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.ground.organisations.queries import platform
from mitstadt.pages.colleagues.forms import ObjectionForm
from mitstadt.pages.people.forms import AlertsForm
from mitstadt.pages.people.kept import told_to, what_formats_keep
from mitstadt.pages.people.views.my_page import signed_in, tabs
from mitstadt.spine.actions.accounts import clear_reports as clear_reports_of
from mitstadt.spine.actions.alerts import choose_alerts
from mitstadt.spine.actions.pauses import object_to
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AlertKind, AlertOff, Pause, Report
from mitstadt.ui.requests import actor_of


@login_required
def my_known(request: HttpRequest) -> HttpResponse:
    """Every table with rows about this person: what, why, how long, what can be done; and which have none."""
    person = signed_in(request)
    there, empty = told_to(person)
    context = {
        "person": person,
        "section": "account",
        "views": tabs(person, "my_settings"),
        "there": there,
        "empty": empty,
        "formats": what_formats_keep(),
        "report_words": Report.objects.filter(reporter=person).exclude(text="").exists(),
        "operator": platform(),
    }
    return render(request, "pages/people/my_known.html", context)


@require_POST
@login_required
def clear_reports(request: HttpRequest) -> HttpResponse:
    """Empty the words of one's own reports."""
    clear_reports_of(signed_in(request), now=clock.now())
    messages.success(request, _("Der Text Ihrer Meldungen ist gelöscht. Die Fälle laufen weiter."))
    return redirect("my_known")


@login_required
def my_alerts(request: HttpRequest) -> HttpResponse:
    """Which mails somebody with a task wants."""
    person = signed_in(request)
    off = set(AlertOff.objects.filter(person=person).values_list("kind", flat=True))
    wanted = [one.value for one in AlertKind if one.value not in off]
    form = AlertsForm(request.POST if request.method == "POST" else None, initial={"wanted": wanted})
    if request.method == "POST" and form.is_valid():
        choose_alerts(person, form.chosen())
        messages.success(request, _("Ihre Einstellungen sind gespeichert."))
        return redirect("my_alerts")
    always = [one.label for one in AlertKind if one.is_always_told]
    context = {"person": person, "section": "account", "views": tabs(person, "my_settings"), "form": form}
    page = {**context, "always": always}
    return render(request, "pages/people/my_alerts.html", page, status=422 if form.errors else 200)


@login_required
def my_pauses(request: HttpRequest) -> HttpResponse:
    """Where this person may not write just now, why, and the way to object, once."""
    person = signed_in(request)
    rows = list(Pause.objects.filter(person=person).select_related("organisation", "record").order_by("-begun_at"))
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    chosen = next((one for one in rows if str(one.pk) == request.POST.get("pause")), None)
    if request.method == "POST" and chosen is not None and form.is_valid():
        try:
            object_to(chosen, actor=actor_of(request), text=form.cleaned_data["text"], now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Ihr Widerspruch ist da. Wer die Pause beenden kann, liest ihn."))
            return redirect("my_pauses")
    context = {
        "person": person,
        "section": "account",
        "views": tabs(person, "my_settings"),
        "rows": rows,
        "form": form,
        "operator": platform(),
    }
    return render(request, "pages/people/my_pauses.html", context, status=422 if form.errors else 200)
