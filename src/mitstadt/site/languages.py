"""Whoever chose a language reads every address in it: printed ones, short ones, the home page, links of friends."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from mitstadt.ground.languages import read_language
from mitstadt.ground.people.models import Person
from mitstadt.ui.languages import COOKIE, chosen_language, in_language, remember
from mitstadt.ui.requests import asks_for_a_part, is_same_for_all


class ChosenLanguageMiddleware:
    """Leads from an address without a language to the one that was chosen.

    Pages differ by what was chosen and by what the browser asks for first, so caches are told. On a device that many
    use, a choice comes and goes with the person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with what it depends on."""
        response = self.get_response(request)
        if request.session.modified:
            _with_the_person(request, response)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Lead on where another language was chosen, and this address says none."""
        if is_same_for_all(view):
            return None
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.signed_in_before = request.session.get(SESSION_KEY)  # type: ignore[attr-defined]  # ours
        if request.method not in {"GET", "HEAD"} or asks_for_a_part(request):
            return None
        chosen = chosen_language(request) if read_language() == settings.LANGUAGE_CODE else ""
        if chosen in {"", settings.LANGUAGE_CODE}:
            return None
        here = request.get_full_path()
        there = in_language(here, chosen)
        if there == here:
            return None
        answer = redirect(there)
        add_never_cache_headers(answer)
        return answer


def _with_the_person(request: HttpRequest, response: HttpResponse) -> None:
    """Whoever came reads what they once chose, or goes on as they were; whoever went leaves no language behind."""
    before, after = getattr(request, "signed_in_before", None), request.session.get(SESSION_KEY)
    if before and not after:
        response.delete_cookie(COOKIE, samesite="Lax")
    elif after != before and isinstance(request.user, Person) and request.user.language in dict(settings.LANGUAGES):
        remember(response, request.user.language)
