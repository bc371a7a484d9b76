"""Sign in by a link that the operator made."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from mitstadt.pages.people.sign_in_links import person_of


@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first: mail programs open links to look at them. A second factor is still asked for."""
    person = person_of(token)
    if person is None:
        return render(request, "pages/people/sign_in_link.html", status=410)
    if request.method == "POST":
        if request.user.is_authenticated and request.user != person:
            logout(request)
        # A fresh proof of who is there, as the link is the only one that somebody without mail can give.
        record_authentication(request, person, method="link")
        # Whoever runs the machine vouches for the address: the link is there because no mail arrives.
        where = reverse("workplace")
        answer: HttpResponse = perform_login(request, person, email_verification="none", redirect_url=where)
        return answer
    return render(request, "pages/people/sign_in_link.html", {"person": person})
