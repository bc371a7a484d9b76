"""Whether the city is set up; how background work stands; give what was given up another try, or forget it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mitstadt.ground import clock
from mitstadt.ground.conditions import answers
from mitstadt.ground.tasks.operating import dead_tasks, drop, state, try_again
from mitstadt.spine.permits import permit_leading
from mitstadt.spine.queries.checks import newest_checks
from mitstadt.ui.refusals import require_page
from mitstadt.ui.requests import actor_of


def setup(request: HttpRequest) -> HttpResponse:
    """For who leads the platform: what must hold so that the city can be run, and what is to be done."""
    require_page(permit_leading(actor_of(request), None))
    found = answers(now=clock.now(), ask_others=True)
    context = {"open": [one for one in found if not one.is_fine], "fine": [one for one in found if one.is_fine]}
    return render(request, "pages/operations/setup.html", context)


def operations(request: HttpRequest) -> HttpResponse:
    """For who leads the platform: figures, and everything that was given up."""
    require_page(permit_leading(actor_of(request), None))
    if request.method == "POST":
        messages.success(request, _done(request))
        return redirect("operations")
    context = {"state": state(now=clock.now()), "dead": dead_tasks(), "checks": newest_checks()}
    return render(request, "pages/operations/operations.html", context)


def _done(request: HttpRequest) -> str:
    which = request.POST.get("task", "")
    try:
        key = None if which == "all" else UUID(which)
    except ValueError:
        return _nothing()
    if request.POST.get("do") == "drop":
        count = drop(key)
        said = ngettext("%(count)s Auftrag ist verworfen.", "%(count)s Aufträge sind verworfen.", count)
    elif request.POST.get("do") == "retry":
        count = try_again(key, now=clock.now())
        said = ngettext(
            "%(count)s Auftrag wird noch einmal versucht.", "%(count)s Aufträge werden noch einmal versucht.", count
        )
    else:
        return _nothing()
    return said % {"count": count} if count else _nothing()


def _nothing() -> str:
    return _("Es gab nichts zu tun. Vielleicht war jemand schneller.")
