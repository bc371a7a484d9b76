"""Pages that say who runs this, what it does with data, and how well everyone can use it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mitstadt.ground.organisations.contact import contact_of
from mitstadt.ground.organisations.queries import platform
from mitstadt.ground.translating.service import host_of_service
from mitstadt.ui.opened_for import ask


def about(request: HttpRequest) -> HttpResponse:
    """What this is."""
    return render(request, "pages/people/about.html")


@require_safe
def kept_form(request: HttpRequest) -> HttpResponse:
    """The words of a form that was opened for somebody else, to send them now or not."""
    return ask(request)


def privacy(request: HttpRequest) -> HttpResponse:
    """What happens with data."""
    days = settings.SESSION_COOKIE_AGE // 86_400
    return render(
        request,
        "pages/people/privacy.html",
        {"operator": platform(), "session_days": days, "translation_service": host_of_service()},
    )


def accessibility(request: HttpRequest) -> HttpResponse:
    """How everyone can use this, and what to do where they cannot."""
    return render(request, "pages/people/accessibility.html", {"operator": platform()})


def imprint(request: HttpRequest) -> HttpResponse:
    """Who answers for this site."""
    operator = platform()
    can_be_reached = operator is not None and contact_of(operator).can_be_reached
    return render(request, "pages/people/imprint.html", {"operator": operator, "can_be_reached": can_be_reached})
