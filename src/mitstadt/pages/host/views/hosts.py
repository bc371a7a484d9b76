"""Who invites to a process: the host that answers, and those beside it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Organisation
from mitstadt.pages.host.forms import FurtherHostForm
from mitstadt.pages.host.views.access import process_for
from mitstadt.spine.actions.rooms import add_host, end_host
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Process
from mitstadt.spine.queries.processes import hosts_beside
from mitstadt.ui.requests import actor_of, sent_text


def hosts(request: HttpRequest, ref: str) -> HttpResponse:
    """Let a further organisation invite, or let one go; the log says so."""
    process = process_for(request, ref, Deed.ASSIGN_ROLES)
    beside = hosts_beside(process)
    ending = request.POST.get("do") == "end"
    data = request.POST if request.method == "POST" and not ending else None
    form = FurtherHostForm([process.host_id, *(one.pk for one in beside)], data=data)
    refused = ""
    if request.method == "POST" and (ending or form.is_valid()):
        try:
            said = _end(request, process) if ending else _add(request, process, form.cleaned_data["organisation"])
        except Refused as refusal:
            refused = str(refusal.sentence)
        else:
            messages.success(request, said)
            return redirect("host_hosts", ref=ref)
    context = {"process": process, "beside": beside, "form": form, "refused": refused}
    status = 422 if form.errors or refused else 200
    return render(request, "pages/host/hosts.html", context, status=status)


def _add(request: HttpRequest, process: Process, organisation: Organisation) -> str:
    add_host(process, organisation, actor=actor_of(request), now=clock.now())
    return _("%(name)s lädt jetzt mit ein.") % {"name": organisation.name}


def _end(request: HttpRequest, process: Process) -> str:
    organisation = Organisation.objects.filter(slug=sent_text(request, "organisation")).first()
    if organisation is None:
        raise Refused("hosts_not")
    end_host(process, organisation, actor=actor_of(request), now=clock.now())
    return _("%(name)s lädt nicht mehr mit ein. Was dort gesagt wurde, bleibt.") % {"name": organisation.name}
