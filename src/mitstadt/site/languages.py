"""Whoever chose a language reads every address in it: printed ones, short ones, the home page, links of friends."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from mitstadt.ground.languages import read_language
from mitstadt.ui.languages import chosen_language, in_language
from mitstadt.ui.requests import asks_for_a_part, is_same_for_all


class ChosenLanguageMiddleware:
    """Leads from an address without a language to the one that was chosen.

    Pages differ by what was chosen and by what the browser asks for first, so caches are told.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with what it depends on."""
        response = self.get_response(request)
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
