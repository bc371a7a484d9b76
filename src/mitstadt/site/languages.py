"""Whoever chose a language reads every address in it: printed ones, short ones, the home page, links of friends."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from mitstadt.ground.languages import read_language
from mitstadt.ground.people.models import Person
from mitstadt.ui.languages import COOKIE, chosen_language, in_language, remember
from mitstadt.ui.requests import asks_for_a_part, is_same_for_all


# Whose choice stands on this device once somebody signed out.
_NOBODYS = "nobody's"


class ChosenLanguageMiddleware:
    """Leads from an address without a language to the one that was chosen.

    Pages differ by what was chosen and by what the browser asks for first, so caches are told.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with what it depends on."""
        response = self.get_response(request)
        _with_the_person(request, response)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Lead on where another language was chosen, and this address says none."""
        if request.method not in {"GET", "HEAD"} or is_same_for_all(view) or asks_for_a_part(request):
            return None
        if read_language() != settings.LANGUAGE_CODE:
            return None
        chosen = chosen_language(request)
        if chosen in {"", settings.LANGUAGE_CODE}:
            return None
        here = request.get_full_path()
        there = in_language(here, chosen)
        if there == here:
            return None
        answer = redirect(there)
        add_never_cache_headers(answer)
        return answer


@receiver(user_logged_in)
def _came(request: HttpRequest, user: object, **_more: object) -> None:
    request.language_of_person = user.language if isinstance(user, Person) else ""  # type: ignore[attr-defined]  # ours


@receiver(user_logged_out)
def _went(request: HttpRequest, **_more: object) -> None:
    request.language_of_person = _NOBODYS  # type: ignore[attr-defined]  # ours


def _with_the_person(request: HttpRequest, response: HttpResponse) -> None:
    """On a device that many use, a choice comes and goes with the person; who never chose keeps what stands there."""
    language = getattr(request, "language_of_person", "")
    if language == _NOBODYS:
        response.delete_cookie(COOKIE, samesite="Lax")
    elif language in dict(settings.LANGUAGES):
        remember(response, language)
