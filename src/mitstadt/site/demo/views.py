"""The demo's own page: take anyone's place with one click. Its addresses exist in a demo only."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from mitstadt.site.demo import guide, visitors
from mitstadt.spine.actors import actor_for

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """Who lives here, and where to look first."""
    return render(
        request, "demo/demo.html", {"seats": guide.seats(), "places": guide.places(), "codes": visitors.codes()}
    )


@require_POST
def take_seat(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as someone of the cast; those with work there begin at their desk."""
    person = guide.person_in(key)
    if person is None:
        raise Http404
    login(request, person, backend=_BACKEND)
    return redirect("workplace" if actor_for(person).is_staff_somewhere else "home")
